//! Scores whole pages by their Jaccard coefficients, as other tools for near-duplicates do: the baseline of a sweep.
//!
//! Tokens and shingles are those of wirecopy, so that only the method differs. Nothing is masked, since those tools do
//! not mask.
//! Cost: memory for the shingles and a signature of every article.

use rayon::prelude::*;

use super::survey::Survey;
use crate::article::ArticleId;
use crate::index::{Pair, Posting, for_each_list, link};
use crate::shingle::shingle;
use crate::sketch::{Context, MinHasher};

/// The shingles and signatures of whole pages.
pub(super) struct WholePages {
    /// The distinct shingles of each article, ascending; empty if it is not a leader.
    shingles: Vec<Vec<u64>>,
    signatures: Vec<Vec<u32>>,
    /// The pairs of leaders with an equal band, and the candidates of the survey, ascending.
    pub(super) pairs: Vec<Pair>,
}

impl WholePages {
    pub(super) fn new(survey: &Survey) -> Self {
        let (settings, corpus) = (survey.settings(), survey.corpus());
        let hasher = MinHasher::new(settings.num_hashes);
        let sketch = |index: usize| {
            let id = ArticleId::new(index);
            let (mut shingles, mut signature) = (Vec::new(), Vec::new());
            if survey.identical().leader(id) == id {
                shingle(corpus.all_tokens(id), settings.shingle_size, &mut shingles);
                shingles.sort_unstable();
                shingles.dedup();
                shingles.shrink_to_fit();
                hasher.sign(&shingles, &mut signature);
            }
            (shingles, signature)
        };
        let (shingles, signatures): (Vec<_>, Vec<_>) = (0..corpus.len()).into_par_iter().map(sketch).unzip();
        let mut pages = Self { shingles, signatures, pairs: Vec::new() };
        pages.pairs = pages.linked(survey);
        pages
    }

    /// Returns the pairs with an equal band, and the candidates of the survey.
    fn linked(&self, survey: &Survey) -> Vec<Pair> {
        let (banding, rule) = (survey.settings().banding(), survey.settings().link_rule());
        let buckets: Vec<Vec<u32>> =
            self.signatures.par_iter().map(|signature| banding.buckets(signature).collect()).collect();
        let of_band = |band: usize| {
            let posting = |(index, buckets): (usize, &Vec<u32>)| {
                let (value, context) = (*buckets.get(band)?, Context::UNKNOWN);
                Some(Posting { value, id: ArticleId::new(index), context })
            };
            let mut postings: Vec<Posting> = buckets.iter().enumerate().filter_map(posting).collect();
            let length = |id: ArticleId| self.shingles[id.index()].len();
            let mut pairs = Vec::new();
            for_each_list(&mut postings, |list| {
                link(list, rule, length, |a, b| pairs.push(Pair::new(a.id, b.id)));
            });
            pairs
        };
        let united = |mut pairs: Vec<Pair>, more: Vec<Pair>| {
            pairs.extend(more);
            pairs.par_sort_unstable();
            pairs.dedup();
            pairs
        };
        let linked = (0..banding.bands).into_par_iter().map(of_band).reduce(Vec::new, united);
        united(linked, survey.candidates().to_vec())
    }

    /// Returns the exact Jaccard coefficient of the pages of two leaders.
    pub(super) fn resemblance(&self, one: ArticleId, other: ArticleId) -> f64 {
        let (left, right) = (&self.shingles[one.index()], &self.shingles[other.index()]);
        let (mut at_left, mut at_right, mut shared) = (0, 0, 0);
        while at_left < left.len() && at_right < right.len() {
            let order = left[at_left].cmp(&right[at_right]);
            shared += usize::from(order.is_eq());
            at_left += usize::from(order.is_le());
            at_right += usize::from(order.is_ge());
        }
        let all = left.len() + right.len() - shared;
        if all == 0 { 0.0 } else { shared as f64 / all as f64 }
    }

    /// Returns the Jaccard coefficient of the pages of two leaders as their signatures estimate it.
    pub(super) fn estimate(&self, one: ArticleId, other: ArticleId) -> f64 {
        let (left, right) = (&self.signatures[one.index()], &self.signatures[other.index()]);
        let equal = left.iter().zip(right).filter(|(one, other)| one == other).count();
        if left.is_empty() { 0.0 } else { equal as f64 / left.len() as f64 }
    }
}
