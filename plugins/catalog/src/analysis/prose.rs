use super::Repository;

/// The longest description that is proposed, in characters.
const LONGEST: usize = 300;

/// What is said of the repository in its README: the title and the first paragraph, and the name of the file.
pub struct Prose {
    pub file: String,
    pub title: Option<String>,
    pub paragraph: Option<String>,
}

/// Reads the README.
pub fn prose(repository: &Repository) -> Option<Prose> {
    let is_readme = |file: &&String| file.to_ascii_lowercase().starts_with("readme") && !file.contains('/');
    let file = repository.texts.keys().find(is_readme)?.clone();
    let text = repository.texts.get(&file)?;
    let mut title = None;
    let mut paragraph: Vec<&str> = Vec::new();
    let mut is_code = false;
    for line in text.lines().map(str::trim) {
        if line.starts_with("```") || line.starts_with("~~~") {
            is_code = !is_code;
            continue;
        }
        let is_decoration = line.starts_with(['!', '<', '[', '|', '>', '-', '*', '=']) || is_code;
        match line.strip_prefix("# ") {
            Some(heading) if title.is_none() => title = Some(plain(heading)),
            _ if (line.is_empty() || line.starts_with('#')) && !paragraph.is_empty() => break,
            _ if line.is_empty() || line.starts_with('#') || is_decoration => {}
            _ => paragraph.push(line),
        }
    }
    let paragraph = plain(&paragraph.join(" "));
    Some(Prose {
        file,
        title: title.filter(|title| !title.is_empty()),
        paragraph: (!paragraph.is_empty()).then(|| sentence(&paragraph)),
    })
}

/// Markdown without its marks: links by their text.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("](") {
        let (before, after) = rest.split_at(start);
        out.push_str(before);
        rest = after.find(')').map_or("", |end| after.get(end + 1..).unwrap_or_default());
    }
    out.push_str(rest);
    let marks = |character: char| !matches!(character, '`' | '*' | '[' | ']' | '!');
    out.chars().filter(|character| marks(*character)).collect::<String>().trim().to_owned()
}

/// As many sentences as fit.
pub fn sentence(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let cut: String = text.chars().take(LONGEST).collect();
    match cut.rfind(". ") {
        Some(end) => cut.get(..=end).unwrap_or(&cut).to_owned(),
        None => format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(start, _)| start)),
    }
}
