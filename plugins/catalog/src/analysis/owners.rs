use super::Repository;

/// Where forges look for owners, in their order.
pub const OWNER_FILES: [&str; 4] =
    [".github/CODEOWNERS", ".gitlab/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"];

/// Who owns the whole repository, and the file that says so.
pub fn owner(repository: &Repository) -> Option<(String, &'static str)> {
    let (file, text) = OWNER_FILES.iter().find_map(|&file| Some((file, repository.texts.get(file)?)))?;
    // The last pattern that matches has it.
    let everything = text.lines().rev().filter_map(|line| {
        let line = line.split('#').next().unwrap_or_default();
        let mut words = line.split_whitespace();
        let pattern = words.next().filter(|pattern| matches!(*pattern, "*" | "/" | "/**" | "**"))?;
        let _ = pattern;
        words.next()
    });
    let owner = everything.filter_map(|owner| owner.strip_prefix('@')).find(|owner| !owner.is_empty())?;
    Some((owner.to_owned(), file))
}
