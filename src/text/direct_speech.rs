//! Finds direct speech in a text: what is between quotation marks, and dialogue that begins with a dash.
//!
//! Quotation marks are those of any language (`quotation_marks`). A quotation ends at its closing mark. It continues
//! in the next paragraph if that begins with an opening mark, as quotations of several paragraphs are printed;
//! otherwise it must close in its own paragraph. So a mark without its counterpart never makes speech of what
//! follows. A paragraph that begins with a dash is dialogue; from each further dash on it alternates between speech
//! and the words of the narrator.
//!
//! Text that is attributed without marks (interviews of questions and answers, statements printed as articles) is
//! not recognized.
//!
//! Cost: grows linearly with the length of the text; little more than a search for a few bytes.

use std::ops::Range;

use super::dialogue::push_dialogue;
use super::quotation_marks::{Mark, marks_of};

/// Returns the tokens of a text that are direct speech, as ascending ranges that do not touch. `spans` are the byte
/// ranges of the tokens.
pub fn direct_speech(text: &str, spans: &[(u32, u32)]) -> Vec<Range<u32>> {
    let mut speech = quotations(text, &marks_of(text));
    push_dialogue(text, &mut speech);
    speech.sort_unstable_by_key(|range| range.start);
    let token_at = |byte: usize| spans.partition_point(|&(begin, _)| (begin as usize) < byte) as u32;
    let mut tokens: Vec<Range<u32>> = Vec::new();
    for range in speech {
        let (begin, end) = (token_at(range.start), token_at(range.end));
        match tokens.last_mut() {
            Some(last) if begin <= last.end => last.end = last.end.max(end),
            _ if begin < end => tokens.push(begin..end),
            _ => {}
        }
    }
    tokens
}

/// A quotation that is not closed yet.
struct Open {
    mark: Mark,
    /// The byte at which the speech of the present paragraph begins.
    begin: usize,
    /// Up to where the paragraph is known not to end.
    seen: usize,
    /// The number of quotations of the same style inside it that are open.
    depth: u32,
    /// The byte at which it may have ended: the first mark that looked like the apostrophe of a plural, or the last one that
    /// closed a quotation inside it.
    doubtful_end: Option<usize>,
}

impl Open {
    fn new(mark: Mark) -> Self {
        Self { begin: mark.end, seen: mark.end, mark, depth: 0, doubtful_end: None }
    }

    /// Returns the quotation if only a doubtful mark can have closed it.
    fn given_up(self) -> Option<Range<usize>> {
        self.doubtful_end.map(|end| self.begin..end)
    }
}

/// Returns what is between the marks of a text, in bytes. The ranges do not overlap.
fn quotations(text: &str, marks: &[Mark]) -> Vec<Range<usize>> {
    let mut speech = Vec::new();
    let mut open: Option<Open> = None;
    for mark in marks {
        if let Some(mut quotation) = open.take() {
            let paragraph_end = paragraph_break(text, &quotation, mark.begin);
            quotation.seen = mark.begin;
            if let Some((end, next)) = paragraph_end {
                if next == mark.begin && mark.opens_like(&quotation.mark) {
                    speech.push(quotation.begin..end);
                    open = Some(Open::new(*mark));
                    continue;
                }
                speech.extend(quotation.given_up());
            } else if mark.closes(&quotation.mark) {
                if mark.may_be_apostrophe {
                    let doubtful_end = quotation.doubtful_end.or(Some(mark.begin));
                    open = Some(Open { doubtful_end, ..quotation });
                } else if quotation.depth > 0 {
                    let (depth, doubtful_end) = (quotation.depth - 1, Some(mark.begin));
                    open = Some(Open { depth, doubtful_end, ..quotation });
                } else {
                    speech.push(quotation.begin..mark.begin);
                }
                continue;
            } else if mark.opens_like(&quotation.mark) && mark.nests() {
                open = Some(Open { depth: quotation.depth + 1, ..quotation });
                continue;
            } else if mark.opens_like(&quotation.mark) {
                speech.extend(quotation.given_up());
            } else {
                open = Some(quotation);
                continue;
            }
        }
        if mark.may_open {
            open = Some(Open::new(*mark));
        }
    }
    speech.extend(open.and_then(Open::given_up));
    speech
}

/// Returns the end of the paragraph of a quotation, if that is before byte `to`, and where the next one begins.
///
/// A paragraph ends at an empty line, and at the end of a line whose last character ends a sentence. Any other line
/// may have been wrapped.
fn paragraph_break(text: &str, quotation: &Open, to: usize) -> Option<(usize, usize)> {
    let Open { begin, seen, .. } = *quotation;
    for newline in memchr::memchr_iter(b'\n', &text.as_bytes()[seen..to]).map(|at| seen + at) {
        let before = text[begin..newline].trim_end();
        let after = text[newline..].trim_start();
        let next = text.len() - after.len();
        let is_empty_line = memchr::memchr(b'\n', &text.as_bytes()[newline + 1..next]).is_some();
        if is_empty_line || before.ends_with(ends_sentence) {
            return Some((begin + before.len(), next));
        }
    }
    None
}

fn ends_sentence(char: char) -> bool {
    matches!(
        char,
        '.' | '!' | '?' | '…' | ':' | ';' | '。' | '！' | '？' | '।' | '؟' | '۔' | '"' | '”' | '»' | '’'
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tokenize::tokenize;
    use super::super::tokens::Tokens;
    use super::*;

    /// Returns the words of direct speech, one string for each range of tokens.
    fn speech(text: &str) -> Vec<String> {
        let mut tokens = Tokens::new();
        tokenize(text, &mut tokens);
        let word = |at: u32| {
            let (begin, end) = tokens.spans()[at as usize];
            &text[begin as usize..end as usize]
        };
        let ranges = direct_speech(text, tokens.spans());
        ranges.into_iter().map(|range| range.map(word).collect::<Vec<_>>().join(" ")).collect()
    }

    #[test]
    fn quotation_marks_of_many_languages() {
        let cases: [(&str, &str, &[&str]); 26] = [
            ("straight", "He said: \"The gate is shut.\" Then he left.", &["The gate is shut"]),
            ("curly", "“The gate,” she said, “is shut.”", &["The gate", "is shut"]),
            ("single", "‘The gate’s lock is old,’ she said.", &["The gate’s lock is old"]),
            (
                "single, with a plural",
                "‘The players’ gate is shut,’ she said.",
                &["The players gate is shut"],
            ),
            ("single, around a plural", "the ‘old gates’ of the town", &["old gates"]),
            ("straight single", "'It's shut,' she said of the players' gate.", &["It's shut"]),
            ("German", "„Das Tor ist zu“, sagte er.", &["Das Tor ist zu"]),
            ("German, pointing inward", "»Das Tor ist zu«, sagte er.", &["Das Tor ist zu"]),
            ("Polish", "„Brama jest zamknięta” – powiedział.", &["Brama jest zamknięta"]),
            ("French", "« La porte est fermée », dit-il.", &["La porte est fermée"]),
            ("Swedish", "”Porten är stängd”, sade han.", &["Porten är stängd"]),
            ("Finnish", "»Portti on kiinni», hän sanoi.", &["Portti on kiinni"]),
            ("Chinese", "他说:“门关了。”然后走了。", &["门关 了"]),
            ("Japanese", "彼は「門は閉まった」と述べた", &["門 は閉 ま った"]),
            ("low and straight", "„Poarta e închisă\", a spus el.", &["Poarta e închisă"]),
            ("typed", "``The gate is shut,'' he said.", &["The gate is shut"]),
            ("mixed", "“The gate is shut,\" he said.", &["The gate is shut"]),
            ("nested", "« Мы из «Единой России». Все», – сказал он.", &["Мы из Единой России Все"]),
            ("nested, closed once", "«Мы из «Единой России», – сказал он.", &["Мы из Единой России"]),
            ("one inside another", "“He said ‘no’ to us,” she said.", &["He said no to us"]),
            ("apostrophes", "The players' gate isn't the town's.", &[]),
            ("inches", "a 5'11\" keeper and a 12\" pipe", &[]),
            ("an acronym", "בצה\"ל אמרו כי השער סגור", &[]),
            ("nothing between them", "\"\" and “ ”", &[]),
            ("a year", "in ’98 and '99 the gate was shut", &[]),
            ("at the end", "he said: \"The gate is shut", &[]),
        ];
        for (name, text, expected) in cases {
            assert_eq!(speech(text), expected, "{name}");
        }
    }

    #[test]
    fn quotations_of_several_paragraphs() {
        let cases: [(&str, &str, &[&str]); 6] = [
            ("each opened", "“One two.\n\n“Three four,” he said.", &["One two Three four"]),
            ("each opened, straight", "\"One two.\n\"Three four,\" he said.", &["One two Three four"]),
            ("not opened again", "“One two.\n\nThree four,” he said.", &[]),
            (
                "wrapped lines",
                "He said: “One two\nthree four\nfive.” And left.",
                &["One two three four five"],
            ),
            ("an empty line", "“One two\n\nthree four” he said.", &[]),
            ("a new quotation", "“One two.\n\nHe left. “Three four.” She stayed.", &["Three four"]),
        ];
        for (name, text, expected) in cases {
            assert_eq!(speech(text), expected, "{name}");
        }
    }

    #[test]
    fn a_mark_without_its_counterpart_makes_no_speech() {
        let rest = "The harbor opens on Monday. Nobody came.\n".repeat(50);
        let cases: [(&str, String, &[&str]); 5] = [
            ("not closed", format!("“The gate is shut, he said.\n{rest}"), &[]),
            ("straight, not closed", format!("He said \"the gate is shut.\n{rest}"), &[]),
            ("not opened", format!("The gate is shut,” he said.\n{rest}"), &[]),
            ("closed much later", format!("“The gate is shut, he said.\n{rest} It is shut.” "), &[]),
            ("opened twice", format!("\"The gate, he said, \"is shut.\" {rest}"), &["is shut"]),
        ];
        for (name, text, expected) in cases {
            assert_eq!(speech(&text), expected, "{name}");
        }
    }

    #[test]
    fn dialogue_begins_with_a_dash() {
        let cases: [(&str, &str, &[&str]); 8] = [
            ("Spanish", "—No fui yo —dijo Ana—. Fue él.\nY se fue.", &["No fui yo", "Fue él"]),
            ("Russian", "— Ворота закрыты, — сказал он. — Навсегда.", &["Ворота закрыты", "Навсегда"]),
            ("French", "– La porte est fermée.\n– Oui, – dit-il.", &["La porte est fermée Oui"]),
            (
                "hyphens",
                "- Brama jest zamknięta, - powiedział. - Na zawsze.",
                &["Brama jest zamknięta", "Na zawsze"],
            ),
            ("a dash in speech", "— Город — не дом, — сказал он.", &["Город не дом"]),
            ("a list", "- bread\n- milk - two liters\n- eggs", &[]),
            ("a dateline", "MOSCOW — The gate is shut.", &[]),
            ("a range", "—De 10—12 estará cerrada —dijo—.", &["De 10 12 estará cerrada"]),
        ];
        for (name, text, expected) in cases {
            assert_eq!(speech(text), expected, "{name}");
        }
    }

    proptest! {
        #[test]
        fn ranges_ascend_and_are_within_the_tokens(
            text in prop::collection::vec(
                prop::sample::select(vec![
                    "\"", "“", "”", "‘", "’", "'", "«", "»", "„", "「", "」", "—", "- ", "\n", "\n\n", " ", ". ",
                    "gate", "s", "門", "``", "''", ", ",
                ]),
                0..60,
            ),
        ) {
            let text = text.concat();
            let mut tokens = Tokens::new();
            tokenize(&text, &mut tokens);
            let ranges = direct_speech(&text, tokens.spans());
            prop_assert!(ranges.windows(2).all(|pair| pair[0].end < pair[1].start));
            prop_assert!(ranges.iter().all(|range| range.start < range.end));
            prop_assert!(ranges.last().is_none_or(|last| last.end as usize <= tokens.spans().len()));
        }
    }
}
