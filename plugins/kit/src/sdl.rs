//! The SDL of an async-graphql schema, as composition reads it.

use async_graphql::{ObjectType, SDLExportOptions, Schema, SubscriptionType};

/// The Federation v2 SDL of a schema.
///
/// async-graphql writes an interface's directives before its `implements`; the grammar wants them after.
pub fn federation_sdl<Q, M, S>(schema: &Schema<Q, M, S>) -> String
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
{
    let sdl = schema.sdl_with_options(SDLExportOptions::new().federation());
    let mut ordered = String::with_capacity(sdl.len());
    for line in sdl.split_inclusive('\n') {
        match interface_head(line) {
            Some((name, directives, implements)) => {
                let head = ["interface ", name, " implements ", implements, " ", directives, " {\n"];
                ordered.extend(head);
            }
            None => ordered.push_str(line),
        }
    }
    ordered
}

/// `interface Name @directives implements Interfaces {`, in its parts.
fn interface_head(line: &str) -> Option<(&str, &str, &str)> {
    let head = line.strip_prefix("interface ")?.trim_end().strip_suffix(" {")?;
    let (name, rest) = head.split_once(' ')?;
    let (directives, implements) = rest.rsplit_once(" implements ")?;
    directives.starts_with('@').then_some((name, directives, implements))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interface_names_what_it_implements_before_its_directives() {
        assert_eq!(
            interface_head("interface Entity @key(fields: \"id\") implements Node {\n"),
            Some(("Entity", "@key(fields: \"id\")", "Node"))
        );
        assert_eq!(interface_head("interface Node {\n"), None);
        assert_eq!(interface_head("interface Entity implements Node {\n"), None);
    }
}
