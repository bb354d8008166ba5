//! Finds dialogue that is marked by dashes.

use std::ops::Range;

/// Appends the direct speech of paragraphs that begin with a dash, in bytes.
///
/// A dash at the beginning of a line may also begin an item of a list. So lines count as dialogue only if one of them
/// has words of the narrator, between dashes that follow a clause (`— Yes, — he said. — Now.`) or are attached to them
/// (`—Yes —he said—. Now.`).
pub(super) fn push_dialogue(text: &str, speech: &mut Vec<Range<usize>>) {
    let mut lines = Vec::new();
    let mut begin = 0;
    for end in memchr::memchr_iter(b'\n', text.as_bytes()).chain(std::iter::once(text.len())) {
        // The first bytes of dashes: most lines begin with another one.
        if matches!(text.as_bytes().get(begin), Some(b'-' | 0xE2)) && text[begin..end].starts_with(is_dash) {
            lines.push(Line::new(&text[begin..end], begin));
        }
        begin = end + 1;
    }
    let told: Vec<char> = lines.iter().filter(|line| line.has_narrator).map(|line| line.dash).collect();
    for line in lines.iter().filter(|line| told.contains(&line.dash)) {
        speech.extend(line.turns.chunks_exact(2).map(|turn| turn[0]..turn[1]));
    }
}

/// A line that begins with a dash.
struct Line {
    dash: char,
    /// The bytes at which speech begins and ends, alternately.
    turns: Vec<usize>,
    has_narrator: bool,
}

impl Line {
    /// Reads a line that is at byte `begin` of its text.
    fn new(line: &str, begin: usize) -> Self {
        let dash = line.chars().next().expect("the line begins with a dash");
        let mut turns = vec![begin];
        for (index, _) in line.match_indices(dash).skip(1) {
            let (before, after) = (&line[..index], &line[index + dash.len_utf8()..]);
            let (last, next) = (before.chars().next_back(), after.chars().next());
            let is_after_clause = before.trim_end().ends_with([',', '.', '!', '?', '…']);
            let is_narrator = turns.len() % 2 == 0;
            // Some languages put no space between a dash and the words of the narrator.
            let is_attached = if is_narrator {
                last.is_some_and(char::is_alphabetic) && !next.is_some_and(char::is_alphanumeric)
            } else {
                last.is_some_and(char::is_whitespace) && next.is_some_and(char::is_lowercase)
            };
            if is_after_clause || is_attached {
                turns.push(begin + index);
            }
        }
        let has_narrator = turns.len() > 1;
        turns.push(begin + line.len());
        Self { dash, turns, has_narrator }
    }
}

fn is_dash(char: char) -> bool {
    matches!(char, '—' | '–' | '―' | '-')
}
