use super::fold;

/// Longer words are cut: nobody types them, and each would be a term of its own.
const MAX_WORD: usize = 64;
/// Parts of one identifier; what has more is data rather than a name.
const MAX_PARTS: usize = 12;

/// A word of a text, or a part of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// As it is compared.
    pub text: String,
    /// Where it is in the text, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Its place among the words, for phrases. Parts of an identifier have places of their own.
    pub position: usize,
    /// Whether it is one of several parts of a word.
    pub is_part: bool,
    /// Whether it has parts, which are told beside it.
    pub has_parts: bool,
}

/// The words of a text in order: each run of letters and digits, and beside a run like `PaymentService2` its parts.
pub(crate) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut position = 0;
    for (start, end) in runs(text) {
        let run = &text[start..end];
        let parts = parts(run);
        let has_parts = parts.len() > 1 && parts.len() <= MAX_PARTS;
        push(&mut pieces, run, start, position, false, has_parts);
        if has_parts {
            for (offset, part) in &parts {
                push(&mut pieces, part, start + offset, position, true, false);
                position += 1;
            }
        } else {
            position += 1;
        }
    }
    pieces
}

fn push(pieces: &mut Vec<Piece>, word: &str, start: usize, position: usize, is_part: bool, has_parts: bool) {
    let end = word.char_indices().nth(MAX_WORD).map_or(word.len(), |(at, _)| at);
    let text = fold(&word[..end]);
    if !text.is_empty() {
        pieces.push(Piece { text, start, end: start + end, position, is_part, has_parts });
    }
}

/// Where the runs of letters and digits lie. Where words are written without spaces, each sign is one.
fn runs(text: &str) -> Vec<(usize, usize)> {
    let mut runs = Vec::new();
    let mut open: Option<usize> = None;
    for (at, character) in text.char_indices() {
        let is_sign = is_ideograph(character);
        if (is_sign || !is_word(character))
            && let Some(start) = open.take()
        {
            runs.push((start, at));
        }
        if is_sign {
            runs.push((at, at + character.len_utf8()));
        } else if is_word(character) && open.is_none() {
            open = Some(at);
        }
    }
    if let Some(start) = open {
        runs.push((start, text.len()));
    }
    runs
}

/// Marks belong to the letters that they stand on.
fn is_word(character: char) -> bool {
    character.is_alphanumeric() || unicode_normalization::char::is_combining_mark(character)
}

const fn is_ideograph(character: char) -> bool {
    matches!(character, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// The parts of `paymentService`, `HTTPServer`, `api2go`: a part begins where case or kind of sign turns.
fn parts(run: &str) -> Vec<(usize, &str)> {
    let signs: Vec<(usize, char)> = run.char_indices().collect();
    let mut starts = vec![0];
    for index in 1..signs.len() {
        let (before, (at, now)) = (signs[index - 1].1, signs[index]);
        let next = signs.get(index + 1).map(|(_, next)| *next);
        let rises = before.is_lowercase() && now.is_uppercase();
        let ends_acronym =
            before.is_uppercase() && now.is_uppercase() && next.is_some_and(char::is_lowercase);
        let turns = before.is_numeric() != now.is_numeric();
        if rises || ends_acronym || turns {
            starts.push(at);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([run.len()]);
    starts.iter().zip(ends).map(|(start, end)| (*start, &run[*start..end])).collect()
}

/// Names as people write them without their separators: `payment-service` is `paymentservice`, too. Of what is joined by
/// `-`, `_`, `.`, `/` or `:` without spaces.
pub(crate) fn joined(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for word in text.split(|character: char| !is_word(character) && !"-_./:".contains(character)) {
        let parts: Vec<&str> =
            word.split(|character: char| !is_word(character)).filter(|part| !part.is_empty()).collect();
        if parts.len() > 1 && parts.len() <= MAX_PARTS {
            let whole = fold(&parts.concat());
            if whole.chars().count() <= MAX_WORD {
                found.push(whole);
            }
        }
    }
    found
}

/// A whole title or name as one word, for those who type all of it.
pub(crate) fn squashed(text: &str) -> String {
    let kept: String = text.chars().filter(|character| is_word(*character)).take(2 * MAX_WORD).collect();
    fold(&kept)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(text: &str) -> Vec<(String, usize)> {
        pieces(text).into_iter().map(|piece| (piece.text, piece.position)).collect()
    }

    fn list(expected: &[(&str, usize)]) -> Vec<(String, usize)> {
        expected.iter().map(|(text, position)| ((*text).to_owned(), *position)).collect()
    }

    #[test]
    fn identifiers_are_found_whole_and_by_their_parts() {
        assert_eq!(
            words("payment-service.v2"),
            list(&[("payment", 0), ("service", 1), ("v2", 2), ("v", 2), ("2", 3)])
        );
        assert_eq!(
            words("the PaymentServiceAPI"),
            list(&[("the", 0), ("paymentserviceapi", 1), ("payment", 1), ("service", 2), ("api", 3)])
        );
        assert_eq!(words("HTTPServer"), list(&[("httpserver", 0), ("http", 0), ("server", 1)]));
        assert_eq!(joined("the payment-service of team_a: x.y"), ["paymentservice", "teama", "xy"]);
        assert_eq!(squashed("Payment Service (v2)"), "paymentservicev2");
    }

    #[test]
    fn signs_without_spaces_are_words_of_their_own() {
        assert_eq!(words("支付ok"), list(&[("支", 0), ("付", 1), ("ok", 2)]));
    }

    #[test]
    fn long_words_are_cut_and_data_is_not_taken_apart() {
        assert_eq!(pieces(&"a".repeat(5000))[0].text.len(), MAX_WORD);
        assert_eq!(words(&"aB".repeat(30)).len(), 1);
    }

    proptest! {
        #[test]
        fn a_piece_says_where_it_is(text in "\\PC{0,60}") {
            for piece in pieces(&text) {
                prop_assert_eq!(fold(&text[piece.start..piece.end]), piece.text);
            }
        }
    }
}
