//! Edits the words of a story as newsrooms do.

use wirecopy::sketch::SplitMix64;

use super::language::Language;
use super::story::{OWN, Story, Token};

/// The smallest number of words of an excerpt, which is longer than a quote.
const EXCERPT: usize = 60;

/// Changes one of every 20 to 44 words, and removes the last paragraph of one copy of four. Numbers stay.
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

/// Keeps the first third, up to the end of a paragraph.
pub(super) fn excerpt(body: &mut Vec<Token>) {
    let third = EXCERPT.max(body.len() / 3);
    let end = body.iter().enumerate().position(|(at, token)| at + 1 >= third && token.ends_paragraph);
    body.truncate(end.map_or(body.len(), |end| end + 1));
}

/// Adds a paragraph after the first one and changes a few words, as in a later version.
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

/// Returns the position at which the last paragraph begins.
fn last_paragraph(body: &[Token]) -> usize {
    body.split_last()
        .map_or(0, |(_, before)| before.iter().rposition(|token| token.ends_paragraph).map_or(0, |at| at + 1))
}
