//! Paths inside repositories, as others write them.

/// Whether a text is a path without `.`, `..` or empty parts, which means the same wherever it is written to.
pub fn is_path(text: &str) -> bool {
    text.split('/').all(is_plain)
}

/// No name of a file or folder that could mean anything else to whoever writes it somewhere, on whatever system.
pub fn is_plain(name: &str) -> bool {
    let bare = name.trim_end_matches(['.', ' ']).to_ascii_lowercase();
    let has_drive = name.as_bytes().get(1) == Some(&b':') && name.as_bytes()[0].is_ascii_alphabetic();
    !bare.is_empty()
        && name.len() <= 255
        && !matches!(bare.as_str(), ".git" | "git~1")
        && !bare.starts_with(".git:")
        && !has_drive
        && !name.contains(['/', '\\'])
        && !name.contains(|character: char| character.is_control())
}

/// Where a path leads that is written in the file `base`; `None` where that is out of the repository.
pub fn resolve_path(base: &str, target: &str) -> Option<String> {
    let folder = base.rsplit_once('/').map_or("", |(folder, _)| folder);
    let start = if target.starts_with('/') { "" } else { folder };
    let mut path: Vec<&str> = start.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                path.pop()?;
            }
            part => path.push(part),
        }
    }
    Some(path.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_mean_the_same_wherever_they_are_written_to() {
        for path in ["a", ".github/x.yaml", "docs/a b.md", "a..b", ".gitignore", "ä/ß", "git", "ab:c"] {
            assert!(is_path(path), "{path}");
        }
        let long = "a".repeat(256);
        for path in [
            "",
            "/etc/passwd",
            "a//b",
            "a/",
            ".",
            "..",
            "../a",
            "a/../b",
            "a/./b",
            "...",
            "a/.. ",
            ".git/config",
            ".GIT/hooks/x",
            ".git ",
            ".git.",
            ".git::$INDEX_ALLOCATION",
            "git~1",
            "C:",
            "c:\\x",
            "C:x/y",
            "a\\..\\b",
            "\\\\host\\share",
            "a\nb",
            "a\0",
            &long,
        ] {
            assert!(!is_path(path), "{path:?}");
        }
    }
}
