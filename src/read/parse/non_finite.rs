//! Replaces the numbers that are not finite. JSON has none, but Python writes them: `NaN`, `Infinity` and `-Infinity`.

/// The words that stand for such numbers. `-Infinity` is before the word that it contains.
const WORDS: [&str; 3] = ["NaN", "-Infinity", "Infinity"];

/// Returns JSON text with `null` for each number that is not finite; `None` if there is none.
pub(super) fn with_nulls(json: &str) -> Option<String> {
    replaced(json, |_| "null")
}

/// Returns JSON text with other numbers of the same length for those that are not finite, so that the columns stay the
/// same; `None` if there is none.
pub(super) fn with_numbers(json: &str) -> Option<String> {
    replaced(json, |word| if word.len() == 3 { "123" } else { &"123456789"[..word.len()] })
}

/// Replaces each of the words outside of strings.
fn replaced(json: &str, replacement: impl Fn(&str) -> &'static str) -> Option<String> {
    let mut out = String::new();
    let mut copied = 0;
    let mut at = 0;
    let bytes = json.as_bytes();
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => at = string_end(bytes, at),
            b'N' | b'I' | b'-' => match WORDS.iter().find(|word| bytes[at..].starts_with(word.as_bytes())) {
                Some(word) => {
                    out.push_str(&json[copied..at]);
                    out.push_str(replacement(word));
                    at += word.len();
                    copied = at;
                }
                None => at += 1,
            },
            _ => at += 1,
        }
    }
    out.push_str(&json[copied..]);
    (copied > 0).then_some(out)
}

/// Returns where the string ends that begins with the quote at byte `at`.
fn string_end(bytes: &[u8], at: usize) -> usize {
    let mut end = at + 1;
    while let Some(length) = memchr::memchr2(b'"', b'\\', bytes.get(end..).unwrap_or_default()) {
        end += length;
        if bytes[end] == b'"' {
            return end + 1;
        }
        end += 2;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaces_numbers_that_are_not_finite() {
        let cases = [
            ("none", r#"{"a": 1}"#, None),
            ("each", r#"{"a":NaN,"b":[Infinity, -Infinity]}"#, Some(r#"{"a":null,"b":[null, null]}"#)),
            (
                "inside of a string",
                r#"{"a": "NaN \" NaN", "b": NaN}"#,
                Some(r#"{"a": "NaN \" NaN", "b": null}"#),
            ),
            ("only inside of strings", r#"{"NaN": "Infinity\\"}"#, None),
            ("a string that is cut off", r#"{"a": NaN, "b\"#, Some(r#"{"a": null, "b\"#)),
        ];
        for (name, json, expected) in cases {
            assert_eq!(with_nulls(json).as_deref(), expected, "{name}");
            assert!(with_numbers(json).is_none_or(|replaced| replaced.len() == json.len()), "{name}");
        }
    }
}
