//! Recognizes the furniture of pages: lines by which a page is used, which report nothing.
//!
//! A line is furniture by its form alone:
//!
//! - All of its words belong to the use of a page, in one language of `page_words`: `Read more`, `Share on Facebook`,
//!   `Advertisement`. Numbers are furniture only beside what a page counts about itself: `12 Comments`, `3 min read`,
//!   `Page 1 of 3`. A number beside any other word reports something, as in `Price: 20 dollars`.
//! - It is a short label, ends in a colon, and nothing follows: `Photo:`.
//! - It consists of links: `[Home](/) | [News](/news)`.
//! - It is a copyright line.
//! - It is the credit of a picture. This may also be at the end of a line, after the caption:
//!   `The ferry at noon. Photo: Mia Berg / AFP`.
//!
//! Cost: a look at a few characters and tokens of each line. Few lines are read.

use super::copyright::is_copyright_notice;
use super::page_words::{WordUses, page_word_filter, uses_of};
use super::picture_credit::picture_credit;
use super::token_filter::is_unspaced;
use crate::text::Token;

/// The most words of a line of page words: a row of buttons has several, a longer line is a sentence.
const PAGE_LINE_WORDS: usize = 11;
/// The most words of a label that ends in a colon.
const LABEL_WORDS: usize = 4;
/// The most bytes of a line that may be furniture or end with it: a copyright notice of several sentences, a caption.
const LINE_BYTES: usize = 400;
/// Signs beside numbers that report an amount. No counter of a page has one.
const AMOUNTS: [char; 7] = ['%', '$', '€', '£', '¥', '₹', '°'];

/// Returns the byte of a line at which furniture begins that extends to the end of the line: 0 if all of the line is
/// furniture. `tokens` are the tokens of the line.
pub(crate) fn furniture_begin(line: &str, tokens: &[Token]) -> Option<usize> {
    if line.len() > LINE_BYTES {
        return None;
    }
    let trimmed = line.trim();
    let is_furniture = is_label(trimmed)
        || is_copyright_notice(trimmed)
        || is_row_of_links(trimmed)
        || may_be_page_line(trimmed, tokens) && is_page_line(trimmed);
    if is_furniture { Some(0) } else { picture_credit(line, tokens) }
}

/// Returns whether all words of a line may belong to the use of a page. Lines in scripts without spaces always may: their
/// tokens are not their words.
fn may_be_page_line(line: &str, tokens: &[Token]) -> bool {
    let words = page_word_filter().for_line(line);
    tokens.len() <= PAGE_LINE_WORDS
        && (tokens.iter().all(|&token| token.has_digit() || words.may_contain(token))
            || !line.is_ascii() && line.contains(is_unspaced))
}

/// Returns whether a line is a short label that ends in a colon. It begins with a capital letter, where the script has
/// them: other lines that end in a colon are the ends of wrapped sentences.
fn is_label(line: &str) -> bool {
    let Some(label) = line.strip_suffix([':', '：']) else { return false };
    let mut words = label.split_whitespace();
    label.chars().find(|letter| letter.is_alphabetic()).is_some_and(|first| !first.is_lowercase())
        && words.by_ref().take(LABEL_WORDS).count() > 0
        && words.next().is_none()
        && !label.contains(char::is_numeric)
}

/// Returns whether all words of a line belong to the use of a page.
fn is_page_line(line: &str) -> bool {
    let mut all = WordUses { any: u32::MAX, ..WordUses::default() };
    let (mut words, mut has_number, mut ends_with_minutes) = (0, false, false);
    for piece in pieces(line) {
        words += 1;
        if words > PAGE_LINE_WORDS {
            return false;
        }
        if piece.starts_with(char::is_numeric) {
            has_number = true;
            continue;
        }
        let Some(uses) = uses_of_all(piece) else { return false };
        all = combined(all, uses);
        ends_with_minutes = uses.minutes != 0;
        if all.any == 0 {
            return false;
        }
    }
    let of_counter = all.counted | all.minutes & all.reading;
    if !has_number {
        return all.any & (all.counted | all.reading | all.labels) != 0;
    }
    // A sentence that was wrapped before a number ends with a full stop; a counter at most with an abbreviation.
    all.any & of_counter != 0
        && (ends_with_minutes || !line.ends_with(['.', '。']))
        && !line.contains(AMOUNTS)
}

/// Returns the runs of letters and the runs of digits of a line.
fn pieces(line: &str) -> impl Iterator<Item = &str> {
    let words = line.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.flat_map(|word| {
        let mut rest = word;
        std::iter::from_fn(move || {
            let first = rest.chars().next()?;
            let differs = |letter: char| letter.is_numeric() != first.is_numeric();
            let (piece, after) = rest.split_at(rest.find(differs).unwrap_or(rest.len()));
            rest = after;
            Some(piece)
        })
    })
}

/// Returns the uses of a run of letters. In scripts without spaces it is divided into the longest known words.
fn uses_of_all(letters: &str) -> Option<WordUses> {
    let letters = letters.to_lowercase();
    if let Some(uses) = uses_of(&letters) {
        return Some(uses);
    }
    let mut rest = letters.as_str();
    let mut all = WordUses { any: u32::MAX, ..WordUses::default() };
    while let Some(first) = rest.chars().next() {
        if !is_unspaced(first) {
            return None;
        }
        let ends = rest.char_indices().map(|(at, letter)| at + letter.len_utf8());
        let (end, uses) = ends.rev().find_map(|end| Some((end, uses_of(&rest[..end])?)))?;
        all = combined(all, uses);
        rest = &rest[end..];
    }
    Some(all)
}

/// Returns the uses of words together: the languages that have all of them, and the uses of any of them.
fn combined(all: WordUses, uses: WordUses) -> WordUses {
    WordUses {
        any: all.any & uses.any,
        counted: all.counted | uses.counted,
        minutes: all.minutes | uses.minutes,
        reading: all.reading | uses.reading,
        labels: all.labels | uses.labels,
    }
}

/// Returns whether a line consists of one or more links with their addresses, and of signs between them.
fn is_row_of_links(line: &str) -> bool {
    let mut rest = line;
    if !rest.starts_with('[') {
        return false;
    }
    while let Some(label) = rest.strip_prefix('[') {
        let Some((label, after)) = label.split_once("](") else { return false };
        let Some((address, after)) = after.split_once(')') else { return false };
        if label.contains(['[', ']']) || address.contains(char::is_whitespace) {
            return false;
        }
        rest = after.trim_start_matches(|sign: char| !sign.is_alphanumeric() && !"[(".contains(sign));
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Tokens, tokenize};

    fn begin(line: &str) -> Option<usize> {
        let mut tokens = Tokens::new();
        tokenize(line, &mut tokens);
        furniture_begin(line, tokens.tokens())
    }

    #[test]
    fn lines_of_page_words_are_furniture() {
        let lines = [
            "Advertisement",
            "ADVERTISEMENT - CONTINUE READING BELOW",
            "Anzeige",
            "Publicité",
            "Реклама",
            "広告",
            "Read more",
            "Read on one page",
            "Next page",
            "Weiterlesen",
            "Lire la suite",
            "続きを読む",
            "Share on Facebook | Tweet | WhatsApp | E-Mail",
            "Facebook Twitter WhatsApp",
            "12 Comments",
            "1.2K views",
            "Comments (3)",
            "3 Kommentare",
            "コメント12件",
            "评论 12",
            "3 min read",
            "Estimated reading time: 3 minutes",
            "Lesezeit: 3 Min.",
            "Temps de lecture : 3 min",
            "阅读时间约3分钟",
            "Page 1 of 3",
            "Page 2/3",
            "Seite 1 von 3",
            "第1页 共3页",
            "All rights reserved.",
            "Alle Rechte vorbehalten",
        ];
        for line in lines {
            assert_eq!(begin(line), Some(0), "{line}");
        }
    }

    #[test]
    fn other_forms_of_furniture() {
        let lines = [
            "Photo:",
            "More on this:",
            "写真：",
            "© 2031",
            "© 2031 Harbor News. All rights reserved.",
            "[Home](/) | [News](/news)",
            "[Read the timetable](https://harbor.example/t)",
        ];
        for line in lines {
            assert_eq!(begin(line), Some(0), "{line}");
        }
    }

    #[test]
    fn lines_that_report_something_are_no_furniture() {
        let lines = [
            "",
            "12",
            "2-1",
            "1 of 3",
            "Lund 2-1 Ystad",
            "Price: 20 dollars",
            "Shares: $12",
            "Correction: the toll is 14",
            "20 minutes",
            "Cook for 20 minutes.",
            "The post drew 12 comments",
            "12 comments.",
            "12 die",
            "12 Likes sind es",
            "Read 14 names",
            "Ferry stopped",
            "said:",
            "In all twelve ferries were stopped:",
            "The ferry [stopped](/f) twice",
            "[Home](/) twelve ferries",
            "Copyright law changes",
        ];
        for line in lines {
            assert_eq!(begin(line), None, "{line}");
        }
    }
}
