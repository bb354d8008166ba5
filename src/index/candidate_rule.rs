//! The rule that makes two articles a candidate, with all its numbers.
//!
//! Every value that two articles share is evidence that they share text. An equal band is enough by itself. A shared
//! fingerprint is a third of what is enough: a single one may be a phrase. If one of the articles has it at several
//! positions, it counts as often: a text that repeats a few words has few different fingerprints, and a single phrase of
//! the other article may cover most of it. Little may be left of a short article, so two of its fingerprints are enough.
//! One is enough if the run around it may be equal, or if it occurs several times; in an article of fewer than 40 words,
//! also if at most 4 articles have it.

use super::posting::Posting;
use super::rule::IndexRule;
use crate::sketch::ContextRule;

/// The evidence that makes two articles a candidate, counted in fingerprints of long articles.
pub(super) const ENOUGH: u64 = 3;
/// The evidence of one shared fingerprint, if the shorter article is short: two of them are enough.
const HALF: u64 = ENOUGH.div_ceil(2);
/// The largest number of articles that share a rare fingerprint. One that more articles share may be a phrase.
const RARE: usize = 4;
/// An article with fewer words has only a few fingerprints. After an edit, one may be all that is left of a copy.
const BRIEF: usize = 40;
/// An article with fewer words is short whatever the settings are. It may share no more with its copy than one run of
/// the length that winnowing guarantees to find, and pieces of an edited sentence.
const SHORT: usize = 100;

/// Decides how much evidence a shared value is.
pub(super) struct CandidateRule {
    context: ContextRule,
    /// An article with fewer words is short.
    short: usize,
}

impl CandidateRule {
    pub(super) fn new(rule: &IndexRule) -> Self {
        Self { context: rule.context(), short: short(rule) }
    }

    /// Returns the evidence of an equal band: enough by itself.
    pub(super) fn of_band() -> u64 {
        ENOUGH
    }

    /// Returns the evidence of a fingerprint that `sharing` articles share, among them `a` and `b`. `words` is the
    /// number of words of the shorter one of these two.
    pub(super) fn of_fingerprint(&self, sharing: usize, words: usize, a: Posting, b: Posting) -> u64 {
        if words >= self.short {
            return ENOUGH.min(a.context.positions().max(b.context.positions()));
        }
        let is_rare = words < BRIEF && sharing <= RARE;
        if is_rare || self.context.may_share_run(a.context, b.context) { ENOUGH } else { HALF }
    }
}

/// Returns the number of common fingerprints from which on two articles are worth looking at, without the words around the
/// fingerprints. `words` is the number of words of the shorter one of the two.
pub(crate) fn enough_fingerprints(rule: &IndexRule, words: usize) -> u32 {
    if words < BRIEF {
        1
    } else if words < short(rule) {
        ENOUGH.div_ceil(HALF) as u32
    } else {
        ENOUGH as u32
    }
}

/// Returns the number of words from which on an article is long. A long article matches nothing by one short run
/// alone: a match of the lowest score that is searched for contains a run that is certain to contain [`ENOUGH`]
/// fingerprints.
fn short(rule: &IndexRule) -> usize {
    let certain = ENOUGH as usize * rule.window + rule.shingle_size - 1;
    if (rule.partial_words as usize) < certain {
        return usize::MAX;
    }
    SHORT.max((certain as f64 / rule.lowest_score).ceil() as usize)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::article::ArticleId;
    use crate::index::LinkRule;
    use crate::sketch::{Banding, Context};

    /// The default settings.
    pub(in crate::index) const RULE: IndexRule = IndexRule {
        shingle_size: 5,
        window: 8,
        banding: Banding { bands: 32, rows: 4 },
        link: LinkRule { all_pairs_up_to: 64, representatives: 2 },
        shortest_article: 12,
        partial_words: 40,
        lowest_score: 0.6,
        within: None,
    };

    #[test]
    fn a_fingerprint_at_several_positions_of_a_long_article_counts_as_often() {
        let posting = |id: usize, positions: u64| {
            let once: Context = bytemuck::Zeroable::zeroed();
            let context = (1..positions).fold(once, |context, _| context.with_another_position());
            Posting { value: 7, id: ArticleId::new(id), context }
        };
        for (of_a, of_b, expected) in [(1, 1, 1), (2, 2, 2), (1, 2, 2), (3, 1, 3), (22, 4, ENOUGH)] {
            let found =
                CandidateRule::new(&RULE).of_fingerprint(9, SHORT, posting(0, of_a), posting(1, of_b));
            assert_eq!(found, expected, "{of_a} {of_b}");
        }
    }

    #[test]
    fn all_articles_are_short_if_a_match_may_be_one_short_run() {
        let cases = [
            (0.6, 40, SHORT),
            (0.1, 40, 280),
            (0.0, 40, usize::MAX),
            (0.6, 28, SHORT),
            (0.6, 27, usize::MAX),
        ];
        for (lowest_score, partial_words, expected) in cases {
            let rule = IndexRule { lowest_score, partial_words, ..RULE };
            assert_eq!(short(&rule), expected, "{lowest_score} {partial_words}");
        }
    }
}
