use callboard_kit::{Decision, PermissionAction, PermissionDefinition, Viewer};
use chrono::DateTime;
use serde_json::json;

use super::*;
use crate::{
    book::Knowledge,
    condition::Condition,
    config::Effect,
    model::{Grant, GrantTarget},
    service::{delegation::Right, export::export},
    test_rules,
};

fn empty() -> RoleBook {
    use PermissionAction::{Delete, Read};
    let definition =
        |name, action, resource_type| PermissionDefinition { name, description: "", action, resource_type };
    let permissions = [
        definition("catalog.entity.read", Read, Some("catalog-entity")),
        definition("catalog.entity.delete", Delete, Some("catalog-entity")),
        definition("catalog.entity.purge", Delete, Some("catalog-entity")),
        definition("catalog.report.read", Read, None),
    ];
    let knowledge = Knowledge { permissions: permissions.into(), rules: test_rules(), enabled: true };
    RoleBook::new(Vec::new(), knowledge)
}

fn import(csv_text: &str, conditions_text: &str) -> (RoleBook, Vec<ImportProblem>) {
    let mut problems = Vec::new();
    let mut statements = csv::read(csv_text, &mut problems);
    statements.extend(conditions::read(conditions_text, &mut problems));
    let book = empty();
    let draft = Draft::of(&book, &statements, DateTime::UNIX_EPOCH, &mut problems);
    (book.with_roles(draft.roles.into_iter().map(|(_, role)| Arc::new(role)).collect()), problems)
}

/// Whether ada may do it to what her crew owns, and to what it does not.
fn decisions(book: &RoleBook) -> Vec<bool> {
    let crew = "group:default/crew".parse().unwrap();
    let ada = Viewer::user("user:default/ada".parse().unwrap(), [crew]);
    let resource = |owner: &str| Role {
        owner: Some(owner.parse().unwrap()),
        ..Role::new("a resource", DateTime::UNIX_EPOCH)
    };
    let (own, other) = (resource("group:default/crew"), resource("group:default/port"));
    let known = book.knowledge().permissions.iter();
    known
        .flat_map(|permission| {
            let decision = book.decide(&ada, permission.name);
            let right = Right(match decision {
                Decision::Conditional(filter) if permission.resource_type.is_some() => {
                    Decision::Conditional(filter)
                }
                other => other,
            });
            [right.covers(&own), right.covers(&other)]
        })
        .collect()
}

fn grants() -> Vec<Grant> {
    let own = json!({ "rule": "IS_ENTITY_OWNER", "params": { "claims": ["$ownerRefs"] } });
    let own = Condition::read(&own).unwrap();
    let targets = [
        GrantTarget::new("catalog.entity.read", None),
        GrantTarget::new("catalog.entity.delete", None),
        GrantTarget::new("catalog.*", None),
        GrantTarget::new("*.delete", None),
        GrantTarget::new("*.read", None),
        GrantTarget::new("catalog-entity", Some(PermissionAction::Read)),
        GrantTarget::new("catalog-entity", Some(PermissionAction::Delete)),
    ];
    let mut grants = Vec::new();
    for target in targets {
        for effect in [Effect::Allow, Effect::Deny] {
            for when in [None, Some(own.clone())] {
                grants.push(Grant::new(target.clone(), effect, when));
            }
        }
    }
    grants
}

/// Whatever two roles grant, who has both may do no more by the files that come of them; and just the same wherever no
/// comment says otherwise.
#[test]
fn files_that_go_out_and_come_in_widen_nothing() {
    let all = grants();
    let mut same = 0;
    for (index, first) in all.iter().enumerate() {
        for second in &all[index..] {
            let role = |name: &str, grants: Vec<Grant>| {
                let members = vec!["user:default/ada".parse().unwrap()];
                Arc::new(Role { members, grants, ..Role::new(name, DateTime::UNIX_EPOCH) })
            };
            let apart = vec![role("a", vec![first.clone()]), role("default/a", vec![second.clone()])];
            let together = vec![role("a", vec![first.clone(), second.clone()])];
            for roles in [apart, together] {
                let book = empty().with_roles(roles);
                let exported: Vec<&Role> = book.roles().iter().map(AsRef::as_ref).collect();
                let files = export(&book, &exported).unwrap();
                let (again, problems) = import(&files.csv, &files.conditions);
                let (before, after) = (decisions(&book), decisions(&again));
                let told = files.csv.contains('#') || !problems.is_empty();
                let is_narrower = after.iter().zip(&before).all(|(after, before)| *before || !*after);
                // A denial on a condition cannot be said at all, which its comment tells.
                let is_lost = files.csv.contains("is denied");
                assert!(is_narrower || is_lost, "{files:?}: {before:?} {after:?}");
                assert!(told || before == after, "{files:?}: {before:?} {after:?}");
                same += usize::from(!told);
            }
        }
    }
    assert!(same > 100, "{same}");
}

#[test]
fn lines_that_mean_nothing_or_less_in_backstage_allow_nothing_here() {
    let condition = "roleEntityRef: role:default/r\nresourceType: catalog-entity\npermissionMapping: [read]\n\
                     conditions: { rule: IS_ENTITY_OWNER, params: { claims: [$ownerRefs] } }\n";
    let (book, problems) = import(
        "g, user:default/ada, role:default/r\n\
         p, role:default/r, catalog.entity.delete, read, allow\n\
         p, role:default/r, catalog.*, read, allow\n\
         p, role:default/r, catalog-entity, read, allow\n\
         p, role:default/r, catalog.entity.read, read, allow\n",
        condition,
    );
    let lines: Vec<usize> = problems.iter().map(|problem| problem.line).collect();
    assert_eq!(lines, [3, 2, 4, 5], "{problems:?}");
    assert_eq!(decisions(&book), [true, false, false, false, false, false, false, false]);
}

#[test]
fn what_is_too_much_is_told_and_not_stored() {
    let lines: Vec<String> =
        (0..5_001).map(|index| format!("g, user:default/u{index}, role:default/r")).collect();
    let text = lines.join("\n");
    let (book, problems) = import(&text, "");
    assert_eq!((book.find("r").unwrap().members.len(), problems.len()), (5_000, 1));
    let lines: Vec<String> =
        (0..5_002).map(|index| format!("g, user:default/u, role:default/r{index}")).collect();
    let text = lines.join("\n");
    let (book, problems) = import(&text, "");
    assert_eq!((book.roles().len(), problems.len()), (5_000, 2));
}
