use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A word as it is compared: lower-cased, without accents.
pub(crate) fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(word.len());
    for character in word.nfkd().filter(|character| !is_combining_mark(*character)) {
        match character {
            'ß' | 'ẞ' => folded.push_str("ss"),
            'æ' | 'Æ' => folded.push_str("ae"),
            'œ' | 'Œ' => folded.push_str("oe"),
            'ø' | 'Ø' => folded.push('o'),
            'ł' | 'Ł' => folded.push('l'),
            'đ' | 'Đ' => folded.push('d'),
            'ı' => folded.push('i'),
            other => folded.extend(other.to_lowercase().filter(|lower| !is_combining_mark(*lower))),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn accents_and_case_do_not_matter() {
        for (word, folded) in [
            ("Überweisung", "uberweisung"),
            ("Straße", "strasse"),
            ("café", "cafe"),
            ("ŁÓDŹ", "lodz"),
            ("İstanbul", "istanbul"),
            ("API", "api"),
            ("Привет", "привет"),
            ("ﬁle", "file"),
        ] {
            assert_eq!(fold(word), folded);
        }
    }

    proptest! {
        #[test]
        fn what_is_folded_stays_as_it_is(word in "\\PC{0,20}") {
            let once = fold(&word);
            prop_assert_eq!(fold(&once), once.clone());
        }
    }
}
