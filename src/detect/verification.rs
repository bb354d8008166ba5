//! Verifies candidates in parallel, those with the same longer article together.

use rayon::prelude::*;

use crate::article::ArticleId;
use crate::corpus::{Corpus, TokenBuffer};
use crate::error::Error;
use crate::index::Pair;
use crate::progress::Progress;
use crate::store::Storage;
use crate::verify::{Match, Matches, PackedMatches, Verifier};

/// The number of candidates that one thread verifies at a time.
const STRETCH: usize = 1024;
/// The largest number of stretches that one task verifies. Each task begins with empty memory.
const STRETCHES: usize = 4;

/// Verifies pairs in parallel. Returns the matches, packed.
///
/// # Errors
/// [`Error::Storage`] if what does not fit into memory cannot be stored.
pub(super) fn verify(
    corpus: &Corpus,
    verifier: &Verifier<'_>,
    pairs: Vec<Pair>,
    progress: &dyn Progress,
    storage: &Storage,
) -> Result<Matches, Error> {
    let (writer, budget) = (storage.writer(), storage.budget);
    let packed = for_each_stretch(corpus, verifier, pairs, progress, |verifier, pairs| {
        let found: Vec<Match> = pairs.iter().filter_map(|&(a, b)| verifier.verify(a, b)).collect();
        PackedMatches::new(&found, &writer, budget.matches())
    });
    let packed: Result<_, Error> = packed.into_iter().collect();
    Matches::from_packed(packed?, writer, storage.writer(), budget.matches(), budget.mapped_files())
}

/// Calls `work` for stretches of pairs, in parallel. Pairs with the same longer article follow each other, so that the
/// aligner builds the table of that article once. The longer article of each pair comes first. If the run is cancelled,
/// the remaining stretches are left out.
pub(crate) fn for_each_stretch<'a, T: Send>(
    corpus: &Corpus,
    verifier: &Verifier<'a>,
    pairs: Vec<Pair>,
    progress: &dyn Progress,
    work: impl Fn(&mut Verifier<'a>, &[(ArticleId, ArticleId)]) -> T + Sync,
) -> Vec<T> {
    // There may be very many pairs: they are ordered in place.
    let mut order: Vec<(ArticleId, ArticleId)> = pairs.into_iter().map(|pair| (pair.a, pair.b)).collect();
    order.par_iter_mut().for_each_init(
        <[TokenBuffer; 2]>::default,
        |[buffer, other_buffer], (longer, shorter)| {
            let [words, others] = [*longer, *shorter].map(|id| corpus.words(id));
            let mut is_less =
                || corpus.read_tokens(*longer, buffer) <= corpus.read_tokens(*shorter, other_buffer);
            if words < others || words == others && is_less() {
                std::mem::swap(longer, shorter);
            }
        },
    );
    order.par_sort_unstable();
    order
        .par_chunks(STRETCH)
        .with_max_len(STRETCHES)
        .filter(|_| !progress.is_cancelled())
        .map_init(
            || verifier.clone(),
            |verifier, stretch| {
                let made = work(verifier, stretch);
                progress.advance(stretch.len() as u64);
                made
            },
        )
        .collect()
}
