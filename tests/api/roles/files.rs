use callboard_tests::Database;
use serde_json::{Value, json};

use crate::roles::{mutate, strict_portal};

const CSV: &str = "# from Backstage
p, role:default/team, catalog-entity, read, allow
p, role:default/team, catalog.entity.reed, read, allow
g, user:default/bob, role:default/team
g, group:default/crew, role:ops/team
p, role:ops/team, catalog.entity.read, read, deny
p, role:default/admin, catalog-entity, read, allow
nonsense
";

const CONDITIONS: &str = "---
result: CONDITIONAL
roleEntityRef: role:default/leads
pluginId: catalog
resourceType: catalog-entity
permissionMapping: [read]
conditions:
  anyOf:
    - rule: IS_ENTITY_OWNER
      resourceType: catalog-entity
      params: { claims: [$ownerRefs] }
    - rule: IS_ENTITY_KIND
      resourceType: catalog-entity
      params: { kinds: [Group] }
---
result: CONDITIONAL
roleEntityRef: role:default/leads
pluginId: catalog
resourceType: catalog-entity
permissionMapping: [read]
conditions: { rule: NO_SUCH_RULE, resourceType: catalog-entity }
";

#[tokio::test]
async fn the_files_of_backstage_come_in_and_go_out() {
    let portal = strict_portal(Database::Sqlite).await;
    let alice = portal.alice();
    let import = async |dry_run: bool| {
        let input = json!({ "csv": CSV, "conditions": CONDITIONS, "dryRun": dry_run });
        let answer =
            mutate(&alice, "importRoles", input, "created updated problems { source line message }").await;
        assert!(answer.codes().is_empty(), "{}", answer.body);
        answer.data("/importRoles").clone()
    };
    let dry = import(true).await;
    let names = |answer: &Value| answer.data_names();
    let count = alice.ask("{ roles { totalCount } }").await;
    assert_eq!(count.data("/roles/totalCount"), 1, "nothing was stored");
    let real = import(false).await;
    assert_eq!(names(&dry), names(&real));
    assert_eq!(real["created"], json!(["team", "ops/team", "leads"]));
    let problems: Vec<(&str, i64)> = real["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| (problem["source"].as_str().unwrap(), problem["line"].as_i64().unwrap()))
        .collect();
    assert_eq!(problems, [("CSV", 3), ("CSV", 7), ("CSV", 8), ("CONDITIONS", 16)]);
    assert_eq!(import(false).await["updated"], json!([]), "twice is once");
    assert_eq!(
        portal.bob().ask("{ entities { totalCount } }").await.data("/entities/totalCount"),
        0,
        "deny by name"
    );

    let exported = alice.ask("{ exportRoles { csv conditions } }").await;
    let csv = exported.data("/exportRoles/csv").as_str().unwrap();
    for line in ["p,role:default/team,catalog-entity,read,allow", "g,user:default/bob,role:default/team"] {
        assert!(csv.lines().any(|found| found == line), "{csv}");
    }
    let conditions = exported.data("/exportRoles/conditions").as_str().unwrap().to_owned();
    assert!(conditions.contains("roleEntityRef: role:default/leads"), "{conditions}");
    // Somewhere else the files make the same of it.
    let other = strict_portal(Database::Sqlite).await;
    let input = json!({ "csv": csv, "conditions": conditions });
    let answer = mutate(&other.alice(), "importRoles", input, "created problems { line message }").await;
    assert_eq!(answer.data("/importRoles/created").as_array().unwrap().len(), 3, "{}", answer.body);
    let again = other.alice().ask("{ exportRoles { csv conditions } }").await;
    assert_eq!(again.data("/exportRoles"), exported.data("/exportRoles"));
}

trait Names {
    fn data_names(&self) -> Vec<Value>;
}

impl Names for Value {
    fn data_names(&self) -> Vec<Value> {
        vec![self["created"].clone(), self["updated"].clone(), self["problems"].clone()]
    }
}
