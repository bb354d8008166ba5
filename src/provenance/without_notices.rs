//! Leaves out of a text the notices that its page shows before or after the article: about consent, subscription,
//! advertising or the reader's region.
//!
//! Extractors often take such a notice for the first paragraph. It is no part of the article: short articles of several
//! sites that have the same notice are no copies of each other, and one with a notice is a copy of one without it.
//!
//! A text that is hardly more than a notice is a wall ([`is_wall`](super::is_wall)). It is left as it is.
//!
//! Cost: one search for the words of notices in the beginnings of the first three and the last three lines.

use std::borrow::Cow;
use std::ops::Range;

use super::lines::{first_lines, last_lines};
use super::notice::{
    LABEL_WORDS, MAX_CHARS, MAX_OTHER_WORDS, SENTENCE_ENDS, begins_with_reader, is_about_reader, is_notice,
    may_begin_with_phrase, normalized, opens_with_phrase,
};
use crate::text::{Tokens, tokenize};

/// The number of lines at each end of a text with which a notice may begin. A headline, and a line with the author and the
/// date, may stand before it.
const LINES: usize = 3;
/// The most words of a sentence. Where there are more, the text has no punctuation: a menu, or a whole page.
const MAX_SENTENCE_WORDS: usize = 60;
/// The characters that direct speech begins with. The words of a person are no notice.
const SPEECH_BEGINS: [char; 14] = ['"', '\'', '“', '”', '„', '‘', '’', '«', '»', '‹', '›', '「', '—', '–'];

/// Returns a text with spaces in place of notices to the reader before and after the article, so that everything else is
/// where it was.
///
/// ```
/// use wirecopy::provenance::without_notices;
/// let lead = "The ferry to Lund island stopped on Monday after its second engine failed in the storm, and stays in harbor.";
/// assert_eq!(without_notices(&format!("We use cookies. {lead}")).trim(), lead);
/// assert_eq!(without_notices(lead), lead);
/// ```
pub fn without_notices(text: &str) -> Cow<'_, str> {
    let notices = notices(text);
    if notices.is_empty() || words_besides(text, &notices) <= MAX_OTHER_WORDS {
        return Cow::Borrowed(text);
    }
    let mut out = text.to_owned();
    for notice in notices {
        out.replace_range(notice.clone(), &" ".repeat(notice.len()));
    }
    Cow::Owned(out)
}

/// Divides the text of an article into tokens, without those of notices. Returns the text as [`without_notices`] does, if it has
/// notices.
pub(crate) fn tokenize_without_notices(text: &str, tokens: &mut Tokens) -> Option<String> {
    let without = without_notices(text);
    tokenize(&without, tokens);
    match without {
        Cow::Borrowed(_) => None,
        Cow::Owned(without) => Some(without),
    }
}

/// Returns the ranges of the notices in a text, in bytes, ascending and disjoint.
fn notices(text: &str) -> Vec<Range<usize>> {
    let lines = first_lines(text).take(LINES).chain(last_lines(text).take(LINES));
    // Each line is a part of the text, so the difference of their addresses is where it begins.
    let mut begins: Vec<usize> = lines.map(|line| line.as_ptr().addr() - text.as_ptr().addr()).collect();
    begins.sort_unstable();
    begins.dedup();
    let mut notices: Vec<Range<usize>> = Vec::new();
    if !may_begin_with_phrase(text, &begins) {
        return notices;
    }
    for begin in begins {
        if notices.last().is_none_or(|last| last.end <= begin) {
            notices.extend(notice_length(&text[begin..]).map(|length| begin..begin + length));
        }
    }
    notices
}

/// Returns the length of the notice with which a text begins, if it begins with one: up to its last sentence that surely is part
/// of it.
fn notice_length(text: &str) -> Option<usize> {
    if !opens_with_phrase(text) {
        return None;
    }
    let line = text.lines().next()?;
    let is_label = line.split_whitespace().count() <= LABEL_WORDS;
    let first = line.split(SENTENCE_ENDS).next().unwrap_or_default();
    let is_notice_line = is_notice(&normalized(first)) || begins_with_reader(line);
    if is_label || line.starts_with(SPEECH_BEGINS) || !is_notice_line {
        return None;
    }
    let longest = text.char_indices().nth(MAX_CHARS).map_or(text, |(end, _)| &text[..end]);
    let (mut length, mut end, mut other_words) = (None, 0, 0);
    for sentence in longest.split_inclusive(|c| SENTENCE_ENDS.contains(&c) || c == '\n') {
        end += sentence.len();
        let sentence = normalized(sentence);
        let words = sentence.split_whitespace().count();
        if words <= MAX_SENTENCE_WORDS && is_notice(&sentence) {
            length = Some(end);
        } else if words > MAX_SENTENCE_WORDS || !is_about_reader(&sentence) {
            other_words += words;
            if other_words > MAX_OTHER_WORDS {
                break;
            }
        }
    }
    length
}

/// Returns the number of words outside some ranges of a text.
fn words_besides(text: &str, ranges: &[Range<usize>]) -> usize {
    let begins = std::iter::once(0).chain(ranges.iter().map(|range| range.end));
    let ends = ranges.iter().map(|range| range.start).chain([text.len()]);
    begins.zip(ends).map(|(begin, end)| text[begin..end].split_whitespace().count()).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LEAD: &str = "The harbor of Lund was closed on Monday after a freighter lost forty containers in the strait, and \
                        the port authority expects no ships before the end of the week.";
    const CONSENT: &str = "We and our 214 partners ask for permission. Measurement of audiences, and research. Your consent \
                           is stored for a year. You may change your choices in the privacy settings of this site.";

    /// Returns the words of a text without its notices.
    fn words(text: &str) -> String {
        without_notices(text).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn leaves_notices_out_and_nothing_else() {
        let more = "Forty containers are adrift. “We have no choice,” said the captain of the port.";
        let article = format!("{LEAD} {more}");
        let cases = [
            ("no notice", article.clone()),
            ("above", format!("{CONSENT}\n\n{article}")),
            ("in the same line", format!("{CONSENT} {article}")),
            ("line by line", format!("{}\n{LEAD}\n{more}", CONSENT.replace(". ", ".\n"))),
            ("short", format!("We use cookies. {article}")),
            ("below", format!("{article}\n\n{CONSENT}\n")),
            ("above and below", format!("{CONSENT}\n{article}\nSubscribe now and support our reporters.")),
            ("German", format!("Wir und unsere Partner verwenden Cookies mit Ihrer Zustimmung.\n{article}")),
            ("Russian", format!("Мы используем файлы cookie, чтобы сайт работал.\n{article}")),
            ("curly", format!("We’re glad you came. We value your privacy.\n{article}")),
        ];
        for (name, text) in cases {
            assert_eq!(words(&text), words(&article), "{name}");
            assert_eq!(without_notices(&text).len(), text.len(), "{name}");
        }
        for headline in ["Forty containers lost off Lund island, port closed", "Port closed"] {
            assert_eq!(words(&format!("{headline}\n{CONSENT}\n{article}")), format!("{headline} {article}"));
        }
    }

    #[test]
    fn leaves_other_texts_as_they_are() {
        let law = "The parliament voted on Monday for a law that allows cookies without consent of the reader, and the \
                   publishers of the country welcomed it.";
        let cases = [
            ("wall", CONSENT.to_owned()),
            ("wall with a teaser", format!("{CONSENT}\n\nThe harbor of Lund is closed.")),
            ("news about cookies", format!("{law}\n{LEAD}")),
            (
                "a quote",
                format!("{LEAD}\n“We need your consent,” the captain told the crew.\n{LEAD}\n{LEAD}\n{LEAD}"),
            ),
            (
                "third person",
                format!("El alcalde publicó la foto del actor sin su consentimiento.\n{LEAD}\n{LEAD}"),
            ),
            ("a part of a word", format!("Senators end the roadblock of the harbor bill.\n{LEAD}")),
            (
                "no punctuation",
                format!("Home Your account Subscribe now {}\n{LEAD}", "News Sports ".repeat(40)),
            ),
            ("US", format!("US agency cancels its privacy rule.\n{LEAD}")),
            ("empty", String::new()),
            ("blank", " \n\n ".to_owned()),
        ];
        for (name, text) in cases {
            assert_eq!(without_notices(&text), text, "{name}");
        }
    }

    proptest! {
        #[test]
        fn everything_else_stays_where_it_was(
            parts in prop::collection::vec(prop::sample::select(vec![LEAD, CONSENT, "\n", "我们。\n", "é", "We use cookies", " "]), 0..8),
        ) {
            let text = parts.concat();
            let out = without_notices(&text);
            prop_assert_eq!(out.len(), text.len());
            let is_same = |(one, other): (u8, u8)| one == other || one == b' ';
            prop_assert!(out.bytes().zip(text.bytes()).all(is_same));
        }
    }
}
