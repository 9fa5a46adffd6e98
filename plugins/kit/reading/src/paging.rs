//! The pages of lists that forges and other APIs give in parts.

use http::header::LINK;
use url::Url;

use crate::http::Fetched;

/// Whether a page is of the API at `base`, so that what proves to the API who asks may go there.
pub fn is_below(base: &Url, page: &Url) -> bool {
    let above = base.path().trim_end_matches('/');
    let rest = page.path().strip_prefix(above);
    page.origin() == base.origin() && rest.is_some_and(|rest| matches!(rest.chars().next(), None | Some('/')))
}

/// The page after this one, as RFC 8288 writes it.
pub fn next(url: &Url, fetched: &Fetched) -> Option<Url> {
    let links = fetched.headers.get_all(LINK).iter().filter_map(|link| link.to_str().ok());
    links.flat_map(split).find_map(|link| {
        let (target, parameters) = link.trim().strip_prefix('<')?.split_once('>')?;
        let is_next =
            parameters.split(';').filter_map(|parameter| parameter.split_once('=')).any(|(name, value)| {
                name.trim().eq_ignore_ascii_case("rel")
                    && value
                        .trim()
                        .trim_matches('"')
                        .split_ascii_whitespace()
                        .any(|rel| rel.eq_ignore_ascii_case("next"))
            });
        // A page that leads to itself leads nowhere.
        url.join(target).ok().filter(|next| is_next && next != url)
    })
}

/// The links of a header: separated by commas, but not by those inside their targets.
fn split(header: &str) -> impl Iterator<Item = &str> {
    let mut is_inside = false;
    header.split(move |character| {
        match character {
            '<' => is_inside = true,
            '>' => is_inside = false,
            _ => {}
        }
        character == ',' && !is_inside
    })
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::{HeaderMap, HeaderValue};

    use super::*;

    #[test]
    fn the_next_page_is_the_one_that_is_called_so() {
        let at: Url = "https://api.example/items?page=1".parse().unwrap();
        let next_of = |link: &str| {
            let headers = HeaderMap::from_iter([(LINK, HeaderValue::from_str(link).unwrap())]);
            next(&at, &Fetched { bytes: Bytes::new(), headers }).map(String::from)
        };
        let both = "<https://api.example/items?page=1,2>; rel=\"prev\", <https://api.example/items?page=2>; rel=\"next\"";
        assert_eq!(next_of(both).as_deref(), Some("https://api.example/items?page=2"));
        assert_eq!(
            next_of("<?page=2>; title=x; rel=next").as_deref(),
            Some("https://api.example/items?page=2")
        );
        assert_eq!(next_of("<?page=2>; rel=\"last\""), None);
        assert_eq!(next_of("<https://api.example/items?page=1>; rel=next"), None);
        assert_eq!(next_of("nonsense"), None);
    }
}
