//! Finds the agency that a text is credited to.
//!
//! Newsrooms credit an agency at few positions: in the dateline (`PARIS (AFP) -`), in a byline or source line, in a
//! line at the end (`© 2031 AFP`, `Copyright 2031 The Associated Press`), after the last sentence
//! (`… on Monday. — AFP`). Only these count: a text that quotes an agency is not credited to it. A credit is
//! evidence, not proof, and most copies have none.
//!
//! Cost: a few searches in the first five and the last four lines that are not blank.

use std::sync::LazyLock;

use memchr::memmem::Finder;
use memchr::{memchr2, memchr3};

use super::agency::{
    Agency, DATELINE_BYTES, DATELINE_WORD, LONGEST_NAME, agency_named, agency_with_mark, find_agency,
};
use super::copyright::SIGNS;
use super::lines::{first_lines, last_lines};

/// The number of first lines that may contain a dateline or a byline: headline, standfirst, byline, lead.
const FIRST_LINES: usize = 5;
/// The number of last lines that may contain a credit.
const LAST_LINES: usize = 4;
/// The number of characters at the beginning of a line that may contain a dateline.
const DATELINE_CHARS: usize = 80;
/// The most characters of a line that is a credit because it ends with a mark in parentheses.
const CREDIT_LINE_CHARS: usize = 120;
/// The most words of the place in a dateline.
const PLACE_WORDS: usize = 4;
/// The number of words of the day in a dateline, as in `Jan 5`.
const DAY_WORDS: usize = 2;

/// The words before the name in a line that names the author.
const BYLINES: [&str; 5] = ["By ", "Von ", "Par ", "Por ", "Av "];
/// The most bytes of an author's name with that of an agency.
const LONGEST_BYLINE: usize = 60;
/// The words before the name in a line that names the source of the text.
const SOURCES: [&str; 15] = [
    "Source:",
    "Sources:",
    "Quelle:",
    "Fuente:",
    "Fonte:",
    "Bron:",
    "Kilde:",
    "Källa:",
    "Lähde:",
    "Kaynak:",
    "Źródło:",
    "Источник:",
    "المصدر:",
    "来源：",
    "来源:",
];

/// The length of the longest of these, in bytes.
const LONGEST_SOURCE: usize = 17;
/// A byte of each of these: that of a colon, and the first one of the colon of Chinese.
const SOURCE_BYTES: [u8; 2] = [b':', 0xEF];

/// Opening parentheses, that of Chinese and Japanese included.
const OPENING: [char; 2] = ['(', '（'];
/// Closing parentheses.
const CLOSING: [char; 2] = [')', '）'];
/// Hyphens and dashes that come before a credit or after a dateline.
const DASHES: [char; 4] = ['-', '–', '—', '―'];

/// Returns the agency that a text is credited to. Returns nothing if it is credited to none, or to several.
///
/// ```
/// use wirecopy::provenance::credit;
/// assert_eq!(credit("PARIS (AFP) - The river rose again on Monday."), Some("AFP"));
/// assert_eq!(credit("The river rose again on Monday, the mayor told AFP."), None);
/// ```
pub fn credit(text: &str) -> Option<&'static str> {
    let at_start = |line| in_dateline(line).or_else(|| in_byline(line));
    let at_end =
        |line| in_credit_line(line).or_else(|| in_byline(line)).or_else(|| after_last_sentence(line));
    let from_start = first_lines(text).take(FIRST_LINES).filter_map(at_start);
    let mut found = from_start.chain(last_lines(text).take(LAST_LINES).filter_map(at_end));
    let first = found.next()?;
    found.all(|other| other == first).then_some(first)
}

/// Finds the agency in the dateline of a line, such as `PARIS, Nov 5 (AFP) —`.
///
/// A dateline has a mark in parentheses near the beginning of the line that is followed by a dash or a colon, or
/// comes after a place and a day. Some agencies have other forms, which are searched in the same range.
fn in_dateline(line: &str) -> Option<&'static str> {
    let beginning = beginning(line);
    parenthesized(beginning)
        .filter(|mark| begins_with_dash(mark.after) || is_place_and_day(mark.before))
        .find_map(|mark| agency_with_mark(mark.inside))
        .or_else(|| with_own_form(beginning))
}

/// Returns the beginning of a line: the characters that may contain a dateline.
fn beginning(line: &str) -> &str {
    // The common case: if all bytes are ASCII, characters need not be counted.
    if line.as_bytes().get(..DATELINE_CHARS).is_some_and(<[u8]>::is_ascii) {
        return &line[..DATELINE_CHARS];
    }
    line.char_indices().nth(DATELINE_CHARS).map_or(line, |(end, _)| &line[..end])
}

/// Returns whether a text begins with a dash or a colon, perhaps after a full stop.
fn begins_with_dash(text: &str) -> bool {
    let text = text.strip_prefix('.').unwrap_or(text).trim_start();
    text.starts_with(DASHES) || text.starts_with(':')
}

/// Returns whether a text is a place and a day and nothing else, such as `New Delhi, Jan 5` or `Madrid, 15 nov`.
fn is_place_and_day(text: &str) -> bool {
    let is_day = |word: &str| word.parse().is_ok_and(|day: u8| (1..=31).contains(&day));
    let Some((place, day)) = text.rsplit_once(',') else { return false };
    place.split_whitespace().count() <= PLACE_WORDS
        && day.split_whitespace().count() == DAY_WORDS
        && day.split_whitespace().any(|word| is_day(word.trim_end_matches('.')))
}

/// Finds an agency by a string that only its datelines contain.
fn with_own_form(beginning: &str) -> Option<&'static str> {
    if !may_have_own_form(beginning) {
        return None;
    }
    find_agency(|agency| agency.datelines.iter().any(|form| beginning.contains(form)))
}

/// Returns whether a text may contain one of these strings: a quick test, which most lines of ASCII fail.
fn may_have_own_form(beginning: &str) -> bool {
    static WORD: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(DATELINE_WORD));
    let bytes = beginning.as_bytes();
    let [one, two, three] = DATELINE_BYTES;
    !bytes.is_ascii() || memchr3(one, two, three, bytes).is_some() || WORD.find(bytes).is_some()
}

/// Finds the agency in a line that has nothing but its name, perhaps with the author before, or the initials of an
/// editor after it: `By The Associated Press`, `By Anna Holm, Associated Press`, `Source: Reuters/ah`, `Reuters`.
fn in_byline(line: &str) -> Option<&'static str> {
    let line = line.trim_end_matches(['.', ':']);
    if let Some(source) = after_source_word(line) {
        return agency_named(source.trim_start().split('/').next().unwrap_or_default());
    }
    let Some(author) = BYLINES.iter().find_map(|word| line.strip_prefix(word)) else {
        return agency_named(line);
    };
    match author.rsplit_once(", ") {
        Some((_, name)) if author.len() <= LONGEST_BYLINE => agency_named(name),
        _ => agency_named(author),
    }
}

/// Returns what follows a word such as `Source:` at the beginning of a line.
pub(super) fn after_source_word(line: &str) -> Option<&str> {
    let beginning = &line.as_bytes()[..line.len().min(LONGEST_SOURCE)];
    // Nearly all lines end here.
    memchr2(SOURCE_BYTES[0], SOURCE_BYTES[1], beginning)?;
    SOURCES.iter().find_map(|word| line.strip_prefix(word))
}

/// Finds the agency that newsrooms name after the last sentence of a text, as in `… on Monday. — AFP` and
/// `… on Monday. (AFP)`; or in a sentence of the form `This report by The Canadian Press was first published …`.
fn after_last_sentence(line: &str) -> Option<&'static str> {
    /// The number of bytes at the end of a line that are searched: the longest name, a dash and spaces fit.
    const SEARCHED: usize = LONGEST_NAME + 8;
    const REPORT_BY: &str = "This report by ";
    const PUBLISHED: &str = " was first published";
    if let Some(report) = line.strip_prefix(REPORT_BY) {
        return report.split_once(PUBLISHED).and_then(|(name, _)| agency_named(name));
    }
    let mut begin = line.len().saturating_sub(SEARCHED);
    while !line.is_char_boundary(begin) {
        begin += 1;
    }
    let end = &line[begin..];
    if let Some(end) = end.strip_suffix(CLOSING) {
        let (sentence, mark) = end.rsplit_once(OPENING)?;
        let is_complete = sentence.trim_end().ends_with(['.', '!', '?', '"', '”', '»', '。', '’']);
        return is_complete.then(|| agency_with_mark(mark)).flatten();
    }
    let (before, name) = end.trim_end_matches('.').rsplit_once(DASHES)?;
    // A hyphen inside a word, as in `non-AP`, does not separate a credit.
    let is_separate = before.is_empty() || before.ends_with([' ', '\u{a0}', '-', '.']);
    is_separate.then(|| agency_named(name.trim())).flatten()
}

/// Finds the agency in a copyright line, such as `© 2031 AFP` and `Copyright 2031 The Associated Press. All rights
/// reserved.`, or in a mark at the end of a short line, such as `(dpa)`.
fn in_credit_line(line: &str) -> Option<&'static str> {
    static FINDERS: LazyLock<[Finder<'static>; 4]> = LazyLock::new(|| SIGNS.map(Finder::new));
    let after = |sign: &Finder<'_>| Some(&line[sign.find(line.as_bytes())? + sign.needle().len()..]);
    let mut owners = FINDERS.iter().filter_map(after);
    owners.find_map(|owner| find_agency(|agency| is_owner(agency, owner))).or_else(|| as_last_mark(line))
}

/// Returns whether the text after a copyright sign begins with a name of the agency, and not with a longer name of
/// somebody else, as in `© 2031 AP Motors`.
fn is_owner(agency: &Agency, owner: &str) -> bool {
    let owner = owner.trim_start_matches(|letter: char| !letter.is_alphabetic());
    agency.names.iter().filter_map(|name| owner.strip_prefix(name)).any(|rest| {
        let rest = rest.trim_start();
        !rest.starts_with(char::is_alphanumeric) || rest.starts_with("All rights")
    })
}

/// Finds the agency whose mark in parentheses ends a short line.
fn as_last_mark(line: &str) -> Option<&'static str> {
    let is_short = || line.char_indices().nth(CREDIT_LINE_CHARS).is_none();
    if !line.ends_with(CLOSING) || !is_short() {
        return None;
    }
    parenthesized(line).filter(|mark| mark.after.is_empty()).find_map(|mark| agency_with_mark(mark.inside))
}

/// A text in parentheses.
struct Parenthesized<'a> {
    /// The line up to the opening parenthesis.
    before: &'a str,
    inside: &'a str,
    /// The line from the closing parenthesis on, without any that follow it at once.
    after: &'a str,
}

/// Returns what is in parentheses in a line, from left to right.
fn parenthesized(line: &str) -> impl Iterator<Item = Parenthesized<'_>> {
    // The first bytes of the two opening parentheses: most lines have neither.
    let has_opening = memchr2(b'(', 0xEF, line.as_bytes()).is_some();
    let line = if has_opening { line } else { "" };
    line.match_indices(OPENING).filter_map(|(begin, opening)| {
        let rest = &line[begin + opening.len()..];
        let end = rest.find(CLOSING)?;
        let after = rest[end..].trim_start_matches(CLOSING);
        Some(Parenthesized { before: &line[..begin], inside: &rest[..end], after })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quick_tests_miss_nothing() {
        let is_missed = |agency: &Agency| agency.datelines.iter().any(|form| !may_have_own_form(form));
        assert_eq!(find_agency(is_missed), None);
        let longest = SOURCES.iter().map(|word| word.len()).max();
        assert_eq!(longest, Some(LONGEST_SOURCE));
        assert!(SOURCES.iter().all(|word| word.bytes().any(|byte| SOURCE_BYTES.contains(&byte))));
        assert_eq!('（'.encode_utf8(&mut [0; 4]).as_bytes()[0], 0xEF);
    }

    #[test]
    fn finds_credits() {
        let cases = [
            ("dateline", "River rises\n\nPARIS (AFP) - The river rose.", Some("AFP")),
            ("dateline with a date", "BEIJING, Jan 5 (Xinhua) -- The river rose.", Some("Xinhua")),
            ("German dateline", "Berlin (dpa) - Der Fluss stieg.", Some("dpa")),
            ("Chinese dateline", "新华社北京1月5日电 河水上涨。", Some("Xinhua")),
            ("Russian dateline", "МОСКВА, 5 января. /ТАСС/. Река поднялась.", Some("TASS")),
            ("Korean dateline", "(서울=연합뉴스) 강물이 불어났다.", Some("Yonhap")),
            ("byline", "River rises\nBy The Associated Press\nThe river rose.", Some("AP")),
            ("copyright line", "The river rose.\n\n© 2031 AFP", Some("AFP")),
            (
                "copyright in words",
                "The river rose.\nCopyright 2031 The Associated Press. All rights reserved.",
                Some("AP"),
            ),
            ("a mark alone", "El río creció.\n(EFE)", Some("EFE")),
            ("a place and a day", "New Delhi, Jan 5 (PTI) The river rose.", Some("PTI")),
            ("Spanish dateline", "Madrid, 15 nov (EFE).- El río creció.", Some("EFE")),
            ("author and agency", "River rises\nBy ANNA HOLM, Associated Press\nThe river rose.", Some("AP")),
            ("source and initials", "The river rose.\nSource: Reuters/ah", Some("Reuters")),
            ("source in Arabic", "ارتفع النهر.\nالمصدر: رويترز", Some("Reuters")),
            ("source in Russian", "Река поднялась.\nИсточник: ТАСС", Some("TASS")),
            ("after a dash", "The river rose on Monday. — AFP", Some("AFP")),
            (
                "after hyphens, and a line after it",
                "The river rose. -- Reuters\nRelated Articles",
                Some("Reuters"),
            ),
            ("after the last sentence", &long_with("(AFP)"), Some("AFP")),
            (
                "first published",
                "The river rose.\nThis report by The Canadian Press was first published Jan. 5.",
                Some("CP"),
            ),
            ("an acronym at the end", &long_with("of the Afghan Peace Force (AFP)"), None),
            ("a word with a hyphen", "The river rose, says the spokesman of non-AP", None),
            ("a score", "Final score: Reds 3 - Blues", None),
            ("a place, and a year", "In Lund, since 1990 (AP) the river rises.", None),
            ("a sentence before", "The mayor of Lund met them, on May 5 (AP) and 6.", None),
            ("quoted", "The river rose, the mayor told Reuters.", None),
            ("quoted in parentheses", "The Party of Action (AP) rose in the polls.", None),
            ("an acronym of something else", "The river rose.\n© 2031 AP Motors", None),
            ("two agencies", "PARIS (AFP) - The river rose.\n© 2031 Reuters", None),
            ("none", "The river rose.", None),
            ("empty", "", None),
        ];
        for (name, text, expected) in cases {
            assert_eq!(credit(text), expected, "{name}");
        }
    }

    /// A line of several sentences.
    fn long_with(end: &str) -> String {
        format!("{}{end}", "The river rose over its banks on Monday. ".repeat(5))
    }
}
