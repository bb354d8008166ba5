//! The words of a story in, what a newsroom makes of them out.

use wirecopy::sketch::SplitMix64;

use super::language::Language;
use super::story::{OWN, Story, Token};

/// The least words of an excerpt: longer than a quote.
const EXCERPT: usize = 60;

/// Changes a word for every 20 to 44, and in one copy of four leaves the last paragraph out. Numbers stay.
pub(super) fn edit(language: &Language, random: &mut SplitMix64, body: &mut Vec<Token>) {
    let mut at = random.below(40);
    while at < body.len() {
        let token = &mut body[at];
        if token.word < OWN {
            token.word = language.ranks.draw(random.next());
        }
        at += 20 + random.below(25);
    }
    if random.below(4) == 0 {
        let last = last_paragraph(body);
        if last > body.len() / 2 {
            body.truncate(last);
        }
    }
}

/// Leaves the first third, up to the end of a paragraph.
pub(super) fn excerpt(body: &mut Vec<Token>) {
    let third = EXCERPT.max(body.len() / 3);
    let end = body.iter().enumerate().position(|(at, token)| at + 1 >= third && token.ends_paragraph);
    body.truncate(end.map_or(body.len(), |end| end + 1));
}

/// Adds a paragraph behind the first one and changes a few words, as a later version does.
pub(super) fn revise(language: &Language, random: &mut SplitMix64, story: &mut Story) {
    let mut added = Vec::new();
    let words = 30 + random.below(31);
    story.write_passage(language, random, words, &mut added);
    let body = &mut story.body;
    for _ in 0..body.len() / 80 {
        let at = random.below(body.len());
        if body[at].word < OWN {
            body[at].word = language.ranks.draw(random.next());
        }
    }
    let first = body.iter().position(|token| token.ends_paragraph).map_or(body.len(), |at| at + 1);
    body.splice(first..first, added);
}

/// Finds where the last paragraph begins.
fn last_paragraph(body: &[Token]) -> usize {
    body.split_last()
        .map_or(0, |(_, before)| before.iter().rposition(|token| token.ends_paragraph).map_or(0, |at| at + 1))
}
