//! Names of entities, made from what others call things.

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
