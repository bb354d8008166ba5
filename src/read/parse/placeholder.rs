//! Recognizes what programs and services write into a field that has no content.

/// Such contents: Python's and pandas' for a missing value, JavaScript's, and those that news and discussion services
/// put in place of what was taken down.
const PLACEHOLDERS: [&str; 10] = [
    "nan",
    "none",
    "null",
    "undefined",
    "n/a",
    "<na>",
    "[object object]",
    "[removed]",
    "[deleted]",
    "(no content)",
];

/// Returns whether a field has no content: it is blank or a placeholder.
pub(crate) fn is_blank(content: &str) -> bool {
    let content = content.trim();
    content.is_empty() || PLACEHOLDERS.iter().any(|placeholder| content.eq_ignore_ascii_case(placeholder))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recognizes_placeholders() {
        for content in ["", " \n", "nan", "NaN", " None ", "NULL", "[Removed]", "[deleted]"] {
            assert!(is_blank(content), "{content:?}");
        }
        for content in ["0", "Nancy", "None of them", "null and void", "[Removed] by the council"] {
            assert!(!is_blank(content), "{content:?}");
        }
    }
}
