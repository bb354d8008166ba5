//! Quotes how a passage begins in an article.

use unicode_segmentation::GraphemeCursor;

use crate::article::ArticleId;
use crate::corpus::Corpus;

/// The largest number of characters of an excerpt, without the mark of its end: about two lines, enough to recognize a
/// story.
const CHARS: usize = 200;
/// The number of characters before this end in which the last word is looked for. Scripts without spaces have none.
const LAST_WORD_CHARS: usize = 40;
/// The bytes of a text that are read for an excerpt: characters have at most four, and some are white space that is
/// collapsed.
const BYTES: u32 = 5 * CHARS as u32;
/// Shows that text is left out.
const ELLIPSIS: char = '…';

/// Returns the first words of a passage in an article on one line; `None` if texts were not kept. `spans` are the begin
/// and end of each part of the passage in the text, in bytes.
pub(super) fn excerpt(corpus: &Corpus, id: ArticleId, spans: &[[u32; 2]]) -> Option<String> {
    let mut words = Excerpt::default();
    for &[begin, end] in spans {
        let part = corpus.text_part(id, begin..end.min(begin + BYTES))?;
        if !words.push(&part) {
            break;
        }
    }
    Some(words.text)
}

/// An excerpt to which parts of a passage are added until it is full.
#[derive(Default)]
struct Excerpt {
    text: String,
    chars: usize,
}

impl Excerpt {
    /// Adds the words of a part of the passage, after an ellipsis if it is not the first. Returns whether more fits.
    fn push(&mut self, part: &str) -> bool {
        if self.chars > 0 {
            self.text.extend([' ', ELLIPSIS]);
            self.chars += 2;
        }
        for (index, word) in part.split_whitespace().enumerate() {
            if index > 0 || self.chars > 0 {
                self.text.push(' ');
                self.chars += 1;
            }
            self.text.push_str(word);
            self.chars += word.chars().count();
            if self.chars > CHARS {
                cut(&mut self.text);
                return false;
            }
        }
        true
    }
}

/// Cuts a text that is too long before its last word, or within a word that is very long, and marks the end.
fn cut(text: &mut String) {
    let mut ends = text.char_indices().map(|(at, _)| at).skip(CHARS - LAST_WORD_CHARS);
    let first = ends.next().unwrap_or(text.len());
    let last = ends.nth(LAST_WORD_CHARS - 1).unwrap_or(text.len());
    let end = match text[first..]
        .char_indices()
        .take_while(|(at, _)| first + at <= last)
        .filter(|(_, c)| *c == ' ')
        .last()
    {
        Some((at, _)) => first + at,
        None => grapheme_end(text, last),
    };
    text.truncate(end);
    text.push(ELLIPSIS);
}

/// Returns the last end of a character as readers see it, at or before `at`.
fn grapheme_end(text: &str, at: usize) -> usize {
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    match cursor.is_boundary(text, 0) {
        Ok(false) => cursor.prev_boundary(text, 0).ok().flatten().unwrap_or(at),
        _ => at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(parts: &[&str]) -> String {
        let mut words = Excerpt::default();
        let _ = parts.iter().all(|part| words.push(part));
        words.text
    }

    #[test]
    fn quotes_the_first_words() {
        let long = "word ".repeat(100);
        let forty = "word ".repeat(40);
        let cases: [(&str, &[&str], String); 7] = [
            ("nothing", &[], String::new()),
            ("short", &["The ferry\n\n stopped"], "The ferry stopped".into()),
            ("several parts", &["The ferry", "on Monday"], "The ferry … on Monday".into()),
            ("long", &[&long], format!("{}…", forty.trim_end())),
            ("just full", &[&forty[..199], "on"], format!("{}…", forty.trim_end())),
            ("a script without spaces", &[&"渡轮".repeat(150)], format!("{}…", "渡轮".repeat(100))),
            ("one long word", &[&"e\u{301}".repeat(150)], format!("{}…", "e\u{301}".repeat(100))),
        ];
        for (name, parts, expected) in cases {
            assert_eq!(of(parts), expected, "{name}");
        }
    }

    #[test]
    fn no_character_is_divided() {
        let text = "x".to_owned() + &"e\u{301}".repeat(150);
        assert_eq!(of(&[&text]), format!("x{}…", "e\u{301}".repeat(99)));
    }
}
