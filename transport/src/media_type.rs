use http::{
    HeaderMap, HeaderValue,
    header::{ACCEPT, CONTENT_ENCODING, CONTENT_TYPE},
};

/// What an answer is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerType {
    /// `application/graphql-response+json`, whose status says how the operation went.
    GraphqlResponse,
    /// `application/json`, whose status is 200 for whatever GraphQL has to say.
    Json,
    /// `text/event-stream`, an event for each answer.
    EventStream,
}

impl AnswerType {
    const fn essence(self) -> (&'static str, &'static str) {
        match self {
            Self::GraphqlResponse => ("application", "graphql-response+json"),
            Self::Json => ("application", "json"),
            Self::EventStream => ("text", "event-stream"),
        }
    }

    /// The value of `Content-Type`.
    pub const fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
            Self::EventStream => "text/event-stream; charset=utf-8",
        })
    }
}

/// What the client accepts.
#[derive(Debug)]
pub struct Accepted {
    ranges: Vec<Range>,
}

impl Accepted {
    /// Reads the `Accept` headers; what cannot be read is passed over.
    pub fn of(headers: &HeaderMap) -> Self {
        let mut values = headers.get_all(ACCEPT).iter().filter(|value| !value.is_empty()).peekable();
        if values.peek().is_none() {
            // The draft would have `application/graphql-response+json` here; clients that send nothing predate it,
            // and the audit suite asks for this.
            return Self { ranges: vec![Range::new("application", "json", 1000)] };
        }
        let ranges = values
            .filter_map(|value| value.to_str().ok())
            .flat_map(|text| split(text, ','))
            .filter_map(Range::parse)
            .collect();
        Self { ranges }
    }

    /// The type that the client likes best; where it has no preference between types that it names, the one that says
    /// most, and behind a wildcard the one that everyone can read.
    pub fn best(&self) -> Option<AnswerType> {
        let by_name = [AnswerType::EventStream, AnswerType::Json, AnswerType::GraphqlResponse];
        let by_wildcard = [AnswerType::EventStream, AnswerType::GraphqlResponse, AnswerType::Json];
        let named = by_name.into_iter().filter_map(|kind| self.rank(kind)).max_by_key(|found| found.0);
        let wild = by_wildcard.into_iter().filter_map(|kind| self.rank(kind)).max_by_key(|found| found.0);
        let best = named.filter(|(rank, _)| rank.1 == NAMED).or(wild);
        best.map(|(_, kind)| kind)
    }

    /// Whether the client accepts the type at all.
    pub fn allows(&self, kind: AnswerType) -> bool {
        self.rank(kind).is_some()
    }

    /// Quality and precision of the range that speaks for a type.
    fn rank(&self, kind: AnswerType) -> Option<((u16, u8), AnswerType)> {
        let range = self
            .ranges
            .iter()
            .filter(|range| range.matches(kind))
            .max_by_key(|range| (range.precision(), range.quality))?;
        (range.quality > 0).then_some(((range.quality, range.precision()), kind))
    }
}

const NAMED: u8 = 2;

#[derive(Debug)]
struct Range {
    main: String,
    sub: String,
    /// In thousandths.
    quality: u16,
}

impl Range {
    fn new(main: &str, sub: &str, quality: u16) -> Self {
        Self { main: main.to_ascii_lowercase(), sub: sub.to_ascii_lowercase(), quality }
    }

    /// `None` for what is not a media range, and for a charset that we do not write.
    fn parse(text: &str) -> Option<Self> {
        let mut parts = split(text, ';');
        let (main, sub) = parts.next()?.trim().split_once('/')?;
        let mut quality = 1000;
        for (name, value) in parts.filter_map(parameter) {
            match name.as_str() {
                "q" => quality = thousandths(&value)?,
                "charset" if !is_utf8(&value) => return None,
                _ => {}
            }
        }
        Some(Self::new(main.trim(), sub.trim(), quality))
    }

    fn matches(&self, kind: AnswerType) -> bool {
        let (main, sub) = kind.essence();
        match (self.main.as_str(), self.sub.as_str()) {
            ("*", "*") => true,
            (range, "*") => range == main,
            (range, subrange) => range == main && subrange == sub,
        }
    }

    fn precision(&self) -> u8 {
        u8::from(self.main != "*") + u8::from(self.sub != "*")
    }
}

/// Whether the body is JSON in UTF-8, not compressed.
///
/// Nothing else is taken: the types that a browser's form can send would let any site act with a visitor's cookies.
pub fn is_json_body(headers: &HeaderMap) -> bool {
    let plain = headers.get(CONTENT_ENCODING).is_none_or(|encoding| encoding.as_bytes() == b"identity");
    let Some(text) = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()) else { return false };
    let mut parts = split(text, ';');
    let is_json = parts.next().is_some_and(|essence| essence.trim().eq_ignore_ascii_case("application/json"));
    plain && is_json && parts.filter_map(parameter).all(|(name, value)| name != "charset" || is_utf8(&value))
}

fn is_utf8(charset: &str) -> bool {
    charset.eq_ignore_ascii_case("utf-8") || charset.eq_ignore_ascii_case("utf8")
}

fn thousandths(text: &str) -> Option<u16> {
    let value: f32 = text.parse().ok().filter(|value| (0.0..=1.0).contains(value))?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 1000")]
    Some((value * 1000.0).round() as u16)
}

fn parameter(text: &str) -> Option<(String, String)> {
    let (name, value) = text.split_once('=')?;
    Some((name.trim().to_ascii_lowercase(), value.trim().trim_matches('"').to_owned()))
}

/// The parts between separators, those within quotes left alone.
fn split(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    text.split(move |character| {
        quoted ^= character == '"';
        character == separator && !quoted
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(accept: &'static str) -> Option<AnswerType> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static(accept));
        Accepted::of(&headers).best()
    }

    #[test]
    fn the_client_gets_the_type_it_likes_best() {
        use AnswerType::{EventStream, GraphqlResponse, Json};
        for (accept, expected) in [
            ("", Some(Json)),
            ("*/*", Some(Json)),
            ("application/*", Some(Json)),
            ("text/*", Some(EventStream)),
            ("application/json", Some(Json)),
            ("Application/JSON; Charset=\"UTF-8\"", Some(Json)),
            ("application/graphql-response+json", Some(GraphqlResponse)),
            ("application/graphql-response+json, application/json;q=0.9", Some(GraphqlResponse)),
            ("application/json, application/graphql-response+json", Some(GraphqlResponse)),
            ("application/graphql-response+json;q=0.5, application/json;q=0.8", Some(Json)),
            ("application/graphql-response+json, application/json, text/event-stream", Some(GraphqlResponse)),
            ("text/event-stream, multipart/mixed", Some(EventStream)),
            ("text/html,application/xhtml+xml,*/*;q=0.8", Some(Json)),
            ("application/json;q=0, */*", Some(GraphqlResponse)),
            ("*/*;q=0.1, text/event-stream", Some(EventStream)),
            ("text/plain;note=\"a, */*\"", None),
            ("application/json;q=0", None),
            ("application/json;charset=latin1", None),
            ("text/html", None),
            ("nonsense", None),
            ("application/json;q=2", None),
        ] {
            assert_eq!(best(accept), expected, "{accept}");
        }
    }

    #[test]
    fn only_plain_json_is_a_body() {
        for (content_type, expected) in [
            ("application/json", true),
            ("application/json; charset=UTF-8", true),
            ("application/json; charset=\"utf-8\"", true),
            ("application/json; charset=iso-8859-1", false),
            ("application/jsonp", false),
            ("text/plain", false),
            ("text/plain; application/json", false),
            ("application/x-www-form-urlencoded", false),
            ("multipart/form-data; boundary=x", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
            assert_eq!(is_json_body(&headers), expected, "{content_type}");
        }
        assert!(!is_json_body(&HeaderMap::new()));
    }
}
