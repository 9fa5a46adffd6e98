use callboard_kit::EntityRef;
use csv::{ReaderBuilder, StringRecord, Trim};

use super::{ImportProblem, ImportSource, Says, Statement, role_name};
use crate::{config::Effect, model::action_named, service::WrittenGrant};

/// Reads the lines of a Casbin policy: `p, role:default/team, catalog-entity, read, allow` and
/// `g, user:default/ada, role:default/team`.
pub(super) fn read(text: &str, problems: &mut Vec<ImportProblem>) -> Vec<Statement> {
    let mut statements = Vec::new();
    // Line by line, so that one that cannot be read swallows no other.
    for (index, written) in text.lines().enumerate() {
        let line = index + 1;
        match record(written).and_then(|record| statement(&record)) {
            Ok(Some((role, says))) => {
                statements.push(Statement { source: ImportSource::Csv, line, role, says });
            }
            Ok(None) => {}
            Err(message) => problems.push(ImportProblem { source: ImportSource::Csv, line, message }),
        }
    }
    statements
}

/// The fields of a line; none for an empty one or a comment.
fn record(line: &str) -> Result<StringRecord, String> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .trim(Trim::All)
        .comment(Some(b'#'))
        .from_reader(line.trim_start().as_bytes());
    let record = reader.records().next().transpose();
    Ok(record.map_err(|_| "is not readable as CSV".to_owned())?.unwrap_or_default())
}

fn statement(record: &StringRecord) -> Result<Option<(String, Says)>, String> {
    let fields: Vec<&str> = record.iter().collect();
    match fields.as_slice() {
        [] | [""] => Ok(None),
        ["p", role, permission, action, effect] => {
            let effect = match effect.to_ascii_lowercase().as_str() {
                "allow" => Effect::Allow,
                "deny" => Effect::Deny,
                _ => return Err(format!("`{effect}` is not an effect, which is `allow` or `deny`")),
            };
            let action = action_named(action)
                .ok_or_else(|| format!("`{action}` is not create, read, update, delete or use"))?;
            // A name says its action itself; what is no name is a type of resources.
            if permission.contains('*') {
                return Err(format!(
                    "`{permission}` is a pattern, which these files do not know: name each permission"
                ));
            }
            let by_type = (!permission.contains('.')).then_some(action);
            let written =
                WrittenGrant { permission: (*permission).to_owned(), action: by_type, effect, when: None };
            Ok(Some((role_name(role)?, Says::Grant(written, action))))
        }
        ["g", member, role] => {
            let member = member.parse::<EntityRef>().map_err(|error| error.to_string())?;
            Ok(Some((role_name(role)?, Says::Member(member))))
        }
        ["p", ..] => Err("a policy is written `p, role, permission, action, effect`".to_owned()),
        ["g", ..] => Err("a membership is written `g, member, role`".to_owned()),
        [other, ..] => Err(format!("`{other}` is neither a policy `p` nor a membership `g`")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_say_nothing_are_told_and_cost_no_others() {
        let text = "# roles\n\
                    p, role:default/team, catalog-entity, read, allow\n\
                    \n\
                    p, role:default/team, catalog.entity.delete, delete, deny\n\
                    p, role:default/team, catalog-entity, fly, allow\n\
                    p, team, catalog-entity, read, allow\n\
                    p, role:default/team, catalog.*, read, allow\n\
                    g, user:default/ada, role:default/team\n\
                    g, user:default/ada\n";
        let mut problems = Vec::new();
        let statements = read(text, &mut problems);
        let lines: Vec<usize> = statements.iter().map(|statement| statement.line).collect();
        assert_eq!(lines, [2, 4, 8]);
        assert!(statements.iter().all(|statement| statement.role == "team"));
        let told: Vec<usize> = problems.iter().map(|problem| problem.line).collect();
        assert_eq!(told, [5, 6, 7, 9]);
        let Says::Grant(by_type, _) = &statements[0].says else { panic!("a grant") };
        assert!(by_type.action.is_some());
        let Says::Grant(by_name, _) = &statements[1].says else { panic!("a grant") };
        assert_eq!((by_name.action, by_name.effect), (None, Effect::Deny));
    }
}
