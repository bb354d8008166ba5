//! Finds the source that a text names, in a line that begins with a word such as `Source:` or in a sentence such as
//! `This article was first published on …`.
//!
//! Only the first and the last lines count, as for credits: inside a text, such words are about something else.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::copyright::owner_name;
use super::credit::after_source_word;
use super::lines::{first_lines, last_lines};

/// The number of first lines that may name the source.
const FIRST_LINES: usize = 5;
/// The number of last lines that may name the source.
const LAST_LINES: usize = 4;
/// The most bytes of a line with a sentence that names the source. Longer lines are paragraphs of the text.
const LONGEST_LINE: usize = 300;

/// The verbs of a sentence that names the source.
const VERBS: [&str; 2] = ["appeared ", "published "];
/// How such a sentence begins.
const SUBJECTS: [&str; 6] =
    ["This ", "The post ", "A version of this ", "Originally ", "First ", "Republished "];
/// The words before the verb that say that the source came first, unless `first` follows the verb.
const FIRST: [&str; 4] = ["irst ", "riginally ", "re", "Re"];
/// The words between the verb and the name.
const PREPOSITIONS: [&str; 5] = ["on ", "in ", "by ", "at ", "from "];
/// The words that end the name.
const NAME_ENDS: [&str; 9] = [" under ", " on ", " in ", " by ", " with ", " and ", " (", "/", ";"];

/// Returns the source that a text names in its first or last lines: a name or a host. Returns nothing if there is none.
///
/// ```
/// use wirecopy::provenance::named_source;
/// assert_eq!(named_source("The river rose.\nSource: Lind Times"), Some("Lind Times"));
/// assert_eq!(named_source("The post River rises appeared first on Lind Times."), Some("Lind Times"));
/// ```
pub fn named_source(text: &str) -> Option<&str> {
    let of_line = |line| in_source_line(line).or_else(|| in_sentence(line));
    let mut lines = first_lines(text).take(FIRST_LINES).chain(last_lines(text).take(LAST_LINES));
    lines.find_map(of_line)
}

/// Returns the name after a word such as `Source:` at the beginning of a line.
fn in_source_line(line: &str) -> Option<&str> {
    name(after_source_word(line)?)
}

/// Returns the name in a sentence that says where a text was first published.
fn in_sentence(line: &str) -> Option<&str> {
    static FINDERS: LazyLock<[Finder<'static>; 2]> = LazyLock::new(|| VERBS.map(Finder::new));
    // Nearly all lines end here.
    if line.len() > LONGEST_LINE || FINDERS.iter().all(|verb| verb.find(line.as_bytes()).is_none()) {
        return None;
    }
    line.split_inclusive(". ").find_map(|sentence| {
        let is_about_text = SUBJECTS.iter().any(|subject| sentence.starts_with(subject));
        let (before, after) =
            VERBS.iter().find_map(|verb| sentence.split_once(verb)).filter(|_| is_about_text)?;
        let is_first = FIRST.iter().any(|word| before.ends_with(word)) || after.starts_with("first ");
        let after = after.strip_prefix("first ").unwrap_or(after);
        let after = PREPOSITIONS.iter().find_map(|word| after.strip_prefix(word)).filter(|_| is_first)?;
        name(after)
    })
}

/// Returns the name or the host at the beginning of a text.
fn name(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let text = ["https://", "http://"].iter().find_map(|scheme| text.strip_prefix(scheme)).unwrap_or(text);
    let text = text.strip_prefix("www.").unwrap_or(text);
    // A line may name other things after the source, as in `Source: lindtimes.example Photo: Anna Holm`.
    let label = text.find(':').map(|colon| text[..colon].rfind(char::is_whitespace).unwrap_or(colon));
    let end = NAME_ENDS.iter().filter_map(|mark| text.find(mark)).chain(label).min().unwrap_or(text.len());
    owner_name(&text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_named_sources() {
        let cases = [
            ("a line", "The river rose.\nSource: The Daily Example", Some("The Daily Example")),
            (
                "a host, and another label",
                "Река поднялась.\nИсточник: lind.example Фото: архив",
                Some("lind.example"),
            ),
            ("an address", "The river rose.\nSource: https://www.lind.example/river/5", Some("lind.example")),
            ("initials", "Der Fluss stieg.\nQuelle: Lind Times/ah", Some("Lind Times")),
            ("at the beginning", "Source: Lind Times\nThe river rose.", Some("Lind Times")),
            (
                "a feed",
                "The river rose.\nThe post River rises appeared first on Lind Times.",
                Some("Lind Times"),
            ),
            (
                "republished",
                "The river rose.\nThis article is republished from Lind Times under a license.",
                Some("Lind Times"),
            ),
            ("originally", "Originally published on lind.example\nThe river rose.", Some("lind.example")),
            (
                "after another sentence",
                "The river rose.\nAnna Holm is a writer. This story first appeared in Lind Times.",
                Some("Lind Times"),
            ),
            ("a report", "The figures, first published by Lind Times, show that the river rose.", None),
            ("a sentence without a source", "This article was published on Monday.", None),
            ("something that appeared", "This week the river appeared in the streets.", None),
            ("no name", "The river rose.\nSource:", None),
            ("in the middle", "One.\nTwo.\nThree.\nFour.\nFive.\nSource: Lind\n6.\n7.\n8.\n9.", None),
            ("none", "The river rose.", None),
            ("empty", "", None),
        ];
        for (name, text, expected) in cases {
            assert_eq!(named_source(text), expected, "{name}");
        }
    }
}
