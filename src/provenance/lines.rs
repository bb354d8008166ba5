//! Reads the lines of a text from its beginning or from its end, trimmed and without blank lines.
//!
//! Cost: only the lines that are taken are searched for.

use memchr::{memchr, memrchr};

/// Returns the lines in order, from the first one.
pub(super) fn first_lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    let lines = std::iter::from_fn(move || {
        let line = rest?;
        let Some(end) = memchr(b'\n', line.as_bytes()) else { return rest.take() };
        rest = Some(&line[end + 1..]);
        Some(&line[..end])
    });
    lines.map(str::trim).filter(|line| !line.is_empty())
}

/// Returns the lines in reverse order, from the last one.
pub(super) fn last_lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    let lines = std::iter::from_fn(move || {
        let line = rest?;
        let Some(end) = memrchr(b'\n', line.as_bytes()) else { return rest.take() };
        rest = Some(&line[..end]);
        Some(&line[end + 1..])
    });
    lines.map(str::trim).filter(|line| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_lines_as_the_standard_library() {
        for text in ["", "\n", "a", "a\n", "\na\r\n\n b \u{A0}\nc", "a\n\n", "\r\n\u{3000}\n x"] {
            let mut lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
            assert_eq!(first_lines(text).collect::<Vec<_>>(), lines, "{text:?}");
            lines.reverse();
            assert_eq!(last_lines(text).collect::<Vec<_>>(), lines, "{text:?}");
        }
    }
}
