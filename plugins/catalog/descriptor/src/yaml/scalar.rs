use serde_json::{Number, Value};

/// Reads a plain scalar by the core schema of YAML 1.2.
///
/// Words of YAML 1.1 (`on`, `no`, timestamps, `1_000`) stay text, and so do integers with leading zeros, which
/// are modes, telephone numbers and codes that a number would spoil.
pub(crate) fn resolve_plain(text: &str) -> Option<Value> {
    let value = match text.as_bytes() {
        [] | b"~" | b"null" | b"Null" | b"NULL" => Value::Null,
        b"true" | b"True" | b"TRUE" => Value::Bool(true),
        b"false" | b"False" | b"FALSE" => Value::Bool(false),
        [b'0'..=b'9' | b'+' | b'-' | b'.', ..] => return resolve_number(text),
        _ => return None,
    };
    Some(value)
}

fn resolve_number(text: &str) -> Option<Value> {
    if let Some(digits) = text.strip_prefix("0x") {
        return radix(digits, 16);
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return radix(digits, 8);
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    match unsigned {
        // JSON has neither; the reference writes null.
        ".inf" | ".Inf" | ".INF" => return Some(Value::Null),
        ".nan" | ".NaN" | ".NAN" if unsigned.len() == text.len() => return Some(Value::Null),
        _ => {}
    }
    if !unsigned.is_empty() && unsigned.bytes().all(|byte| byte.is_ascii_digit()) {
        if unsigned.len() > 1 && unsigned.starts_with('0') {
            return None;
        }
        let signed = text.strip_prefix('+').unwrap_or(text);
        if let Ok(number) = signed.parse::<i64>() {
            return Some(Value::from(number));
        }
        if let Ok(number) = signed.parse::<u64>() {
            return Some(Value::from(number));
        }
        return float(text);
    }
    is_float(unsigned).then(|| float(text)).flatten()
}

fn radix(digits: &str, radix: u32) -> Option<Value> {
    let is_digits = !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix));
    is_digits.then(|| u64::from_str_radix(digits, radix).ok().map(Value::from)).flatten()
}

/// `.5`, `5.`, `5.5`, each with an exponent or without, and `5e5`.
fn is_float(unsigned: &str) -> bool {
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let mantissa_fits = match mantissa.split_once('.') {
        Some((whole, fraction)) => {
            is_digits(whole) && is_digits(fraction) && !(whole.is_empty() && fraction.is_empty())
        }
        None => exponent.is_some() && !mantissa.is_empty() && is_digits(mantissa),
    };
    let exponent_fits = exponent.is_none_or(|exponent| {
        let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !digits.is_empty() && is_digits(digits)
    });
    mantissa_fits && exponent_fits
}

fn float(text: &str) -> Option<Value> {
    let number: f64 = text.parse().ok()?;
    #[expect(clippy::cast_possible_truncation, reason = "whole and within the exact range of an f64")]
    if number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_992.0 {
        return Some(Value::from(number as i64));
    }
    Some(Number::from_f64(number).map_or(Value::Null, Value::Number))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn core_words_and_numbers_are_read_as_the_reference_reads_them() {
        for (text, expected) in [
            ("", json!(null)),
            ("~", json!(null)),
            ("NULL", json!(null)),
            ("true", json!(true)),
            ("FALSE", json!(false)),
            ("0", json!(0)),
            ("+5", json!(5)),
            ("-17", json!(-17)),
            ("0x1F", json!(31)),
            ("0o17", json!(15)),
            ("1.0", json!(1)),
            ("1e3", json!(1000)),
            ("5.", json!(5)),
            (".5", json!(0.5)),
            ("01.5", json!(1.5)),
            ("-1.25E-2", json!(-0.0125)),
            ("18446744073709551615", json!(18_446_744_073_709_551_615_u64)),
            (".inf", json!(null)),
            (".nan", json!(null)),
        ] {
            assert_eq!(resolve_plain(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn everything_else_stays_text() {
        for text in [
            "on",
            "no",
            "Yes",
            "nUll",
            "tRue",
            "0755",
            "-01",
            "1_000",
            "2001-01-01",
            "12:30",
            "0b11",
            "0x",
            "+",
            "-",
            ".",
            "1.2.3",
            "e5",
            "1e",
            "+.nan",
            "v1",
            "++1",
        ] {
            assert_eq!(resolve_plain(text), None, "{text}");
        }
    }
}
