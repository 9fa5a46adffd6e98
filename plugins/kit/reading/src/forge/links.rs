use callboard_kit::SourceLinks;
use url::Url;

use super::Spot;

/// The links of a file, made by what shows a path and what edits one.
pub fn links(
    spot: &Spot,
    view: impl Fn(&str, bool) -> Option<Url>,
    edit: impl Fn(&str) -> Option<Url>,
) -> SourceLinks {
    let folder = spot.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let folder = view(folder, true).map(|mut url| {
        if url.query().is_none() && !url.path().ends_with('/') {
            url.set_path(&format!("{}/", url.path()));
        }
        url
    });
    SourceLinks { view: view(&spot.path, false), edit: edit(&spot.path), folder }
}
