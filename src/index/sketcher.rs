//! Computes the sketches of articles: fingerprints and MinHash bands.

use super::fingerprints::Fingerprints;
use super::rule::IndexRule;
use crate::shingle::shingle;
use crate::sketch::{Banding, Context, ContextRule, Fingerprint, MinHasher, Winnower};
use crate::text::Token;

/// Computes sketches.
#[derive(Clone, Debug)]
pub(crate) struct Sketcher {
    shingle_size: usize,
    window: usize,
    banding: Banding,
    shortest_article: usize,
    hasher: MinHasher,
    context: ContextRule,
}

/// The memory of one thread that computes sketches.
#[derive(Default)]
pub(crate) struct Scratch {
    shingles: Vec<u64>,
    signature: Vec<u32>,
    /// The positions of fingerprints.
    positions: Vec<u32>,
    winnower: Winnower,
}

impl Sketcher {
    pub(crate) fn new(rule: &IndexRule) -> Self {
        Self {
            shingle_size: rule.shingle_size,
            window: rule.window,
            banding: rule.banding,
            shortest_article: rule.shortest_article,
            hasher: MinHasher::new(rule.banding.bands * rule.banding.rows),
            context: rule.context(),
        }
    }

    /// Appends the fingerprints of an article to those of others. An article that is too short has none.
    pub(crate) fn fingerprint(&self, tokens: &[Token], scratch: &mut Scratch, out: &mut Fingerprints) {
        if tokens.len() >= self.shortest_article {
            shingle(tokens, self.shingle_size, &mut scratch.shingles);
            let Scratch { shingles, winnower, .. } = scratch;
            winnower.winnow(shingles, self.window, |position| {
                out.push(Fingerprint {
                    value: Fingerprint::value_of(shingles[position]),
                    position: position as u32,
                });
            });
        }
        out.end_article();
    }

    /// Computes what is indexed of a core. Hands its buckets to `bucket`, band after band, and then the value and the
    /// context of those fingerprints for whose value `is_wanted` is true to `fingerprint`.
    ///
    /// `seed` differs from article to article. A core must not be shorter than a shingle.
    pub(super) fn index(
        &self,
        tokens: &[Token],
        seed: u64,
        scratch: &mut Scratch,
        bucket: impl FnMut(u32),
        is_wanted: impl Fn(u32) -> bool,
        mut fingerprint: impl FnMut(u32, Context),
    ) {
        let Scratch { shingles, signature, positions, winnower } = scratch;
        shingle(tokens, self.shingle_size, shingles);
        self.hasher.sign(shingles, signature);
        self.banding.buckets(signature).for_each(bucket);
        positions.clear();
        winnower.winnow(shingles, self.window, |position| positions.push(position as u32));
        // `is_wanted` may miss the cache. In a loop of its own without branches, several misses are waited for at once.
        let mut wanted = 0;
        for at in 0..positions.len() {
            let position = positions[at];
            positions[wanted] = position;
            wanted += usize::from(is_wanted(Fingerprint::value_of(shingles[position as usize])));
        }
        for position in positions[..wanted].iter().map(|&position| position as usize) {
            fingerprint(
                Fingerprint::value_of(shingles[position]),
                self.context.around(tokens, position, seed),
            );
        }
    }
}
