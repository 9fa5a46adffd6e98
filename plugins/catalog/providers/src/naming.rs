//! Names of entities, made from what others call things.

use std::collections::{HashMap, HashSet};

/// The longest name of an entity.
const LONGEST: usize = 63;

/// A name that an entity may have: letters, digits, `-`, `_` and `.` between letters or digits. Empty where nothing of
/// the text is left.
pub fn entity_name(text: &str) -> String {
    let mut name = String::with_capacity(text.len().min(LONGEST));
    for character in text.trim().chars() {
        let fits = character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '.');
        match fits {
            true => name.push(character),
            false if !name.ends_with('-') => name.push('-'),
            false => {}
        }
        if name.len() == LONGEST {
            break;
        }
    }
    name.trim_matches(|character: char| !character.is_ascii_alphanumeric()).to_owned()
}

/// Names for all of these, each a text and the id of what is called so: by text, and no two alike whatever their case,
/// as who is in one team is not in another. Whose text is a name already has it, then who was there first; to the name
/// of any other its id is added.
pub fn distinct(all: impl IntoIterator<Item = (String, u64)>) -> HashMap<String, String> {
    let mut all: Vec<(bool, u64, String)> =
        all.into_iter().map(|(text, id)| (entity_name(&text) != text, id, text)).collect();
    all.sort_unstable();
    let mut taken = HashSet::new();
    let mut names = HashMap::with_capacity(all.len());
    for (_, id, text) in all {
        let mut name = entity_name(&text);
        if name.is_empty() || !taken.insert(name.to_lowercase()) {
            let id = format!("-{id}");
            name = entity_name(&name.chars().take(LONGEST - id.len()).chain(id.chars()).collect::<String>());
            if !taken.insert(name.to_lowercase()) {
                continue;
            }
        }
        names.insert(text, name);
    }
    names
}

/// A namespace, or another label of DNS: the same in lower case, of letters, digits and `-` alone.
pub fn label(text: &str) -> String {
    let name = entity_name(text).to_ascii_lowercase().replace(['_', '.'], "-");
    name.trim_matches('-').to_owned()
}

/// A tag: lower case, of letters, digits and `+`, `#`, `:`, `-`.
pub fn tag(text: &str) -> String {
    let mut tag = String::with_capacity(text.len().min(LONGEST));
    for character in text.trim().to_ascii_lowercase().chars() {
        let fits = character.is_ascii_alphanumeric() || matches!(character, '+' | '#' | ':');
        match fits {
            true => tag.push(character),
            false if !tag.is_empty() && !tag.ends_with('-') => tag.push('-'),
            false => {}
        }
        if tag.len() == LONGEST {
            break;
        }
    }
    tag.trim_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_things_get_one_name() {
        let long = "x".repeat(70);
        let all = [
            ("a/b-c", 7),
            ("a-b/c", 3),
            ("Crew", 9),
            ("crew_", 2),
            (long.as_str(), 12),
            (&long[..66], 11),
            ("日本", 5),
        ];
        let names = distinct(all.map(|(text, id)| (text.to_owned(), id)));
        assert_eq!(names["a-b/c"], "a-b-c", "which was there first");
        assert_eq!(names["a/b-c"], "a-b-c-7");
        assert_eq!(
            (names["Crew"].as_str(), names["crew_"].as_str()),
            ("Crew", "crew-2"),
            "whose name it is has it"
        );
        assert_eq!(names[&long[..66]], "x".repeat(63));
        assert_eq!(names[&long], format!("{}-12", "x".repeat(60)));
        assert_eq!(names["日本"], "5");
    }

    #[test]
    fn what_others_call_things_becomes_a_name() {
        for (text, name) in [
            ("checkout", "checkout"),
            ("Payment Service (EU)", "Payment-Service-EU"),
            ("  --billing.v2_x-- ", "billing.v2_x"),
            ("group/sub group/ö", "group-sub-group"),
            ("日本", ""),
            ("", ""),
        ] {
            assert_eq!(entity_name(text), name, "{text}");
        }
        let long = entity_name(&format!("{}-tail", "a".repeat(62)));
        assert_eq!(long, "a".repeat(62), "no name ends with a dash");
        assert_eq!(label("Acme_Corp.eu"), "acme-corp-eu");
        assert_eq!(tag("  C++ / Tooling "), "c++-tooling");
    }
}
