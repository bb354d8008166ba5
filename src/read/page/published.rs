//! Finds the time of day at which a page was published, of which the day is known.

use memchr::memmem;

/// The number of bytes before a time in which a page says what the time is: the name of a property.
const NAME_BEFORE: usize = 80;

/// Returns the date and time at which a page says that it was published: those of `day`, which is as `2031-01-05`. Without
/// a time, returns the day.
///
/// Pages say the time in `meta` elements (`article:published_time`) and in data for search engines (`datePublished`). The
/// order of the copies of a story of one day depends on it.
pub(super) fn published_time(html: &str, day: &str) -> String {
    let begin = format!("{day}T");
    let times = memmem::find_iter(html.as_bytes(), begin.as_bytes());
    let published = times.filter_map(|at| {
        let before = &html.as_bytes()[at.saturating_sub(NAME_BEFORE)..at];
        let names = before.rsplit(|byte| b"<,{".contains(byte)).next().unwrap_or(before);
        let lower = names.to_ascii_lowercase();
        let is_published = memmem::find(&lower, b"publish").is_some();
        is_published.then(|| time_at(&html[at..])).flatten()
    });
    published.into_iter().next().map_or_else(|| day.to_owned(), str::to_owned)
}

/// Returns the date and time at the beginning of `text`.
fn time_at(text: &str) -> Option<&str> {
    /// The length of `2031-01-05T07:30`.
    const TO_THE_MINUTE: usize = 16;
    let is_part = |byte: &u8| byte.is_ascii_digit() || b"T:.+-Z".contains(byte);
    let length = text.bytes().take_while(is_part).count();
    (length >= TO_THE_MINUTE).then(|| &text[..length])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_time_of_publication() {
        let meta = r#"<meta property="article:modified_time" content="2021-01-05T09:00:00Z"><meta property="article:published_time" content="2021-01-05T07:30:00+01:00">"#;
        let cases = [
            (meta, "2021-01-05T07:30:00+01:00"),
            (r#"{"datePublished":"2021-01-05T07:30","x":1}"#, "2021-01-05T07:30"),
            (r#"{"datePublished":"2021-01-05"}"#, "2021-01-05"),
            (r#"{"dateModified":"2021-01-05T07:30:00Z"}"#, "2021-01-05"),
            (r#"<time class="published" datetime="2021-01-05T07">"#, "2021-01-05"),
            ("", "2021-01-05"),
        ];
        for (html, expected) in cases {
            assert_eq!(published_time(html, "2021-01-05"), expected, "{html}");
        }
    }
}
