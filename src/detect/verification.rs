//! Candidates in, what verification makes of them out: in parallel, those with one longer article together.

use rayon::prelude::*;

use crate::article::ArticleId;
use crate::corpus::{Corpus, TokenBuffer};
use crate::error::Error;
use crate::index::Pair;
use crate::progress::Progress;
use crate::settings::Settings;
use crate::store::Budget;
use crate::store::StoreWriter;
use crate::verify::{Match, Matches, PackedMatches, Verifier};

/// Candidate pairs that one thread verifies at a time.
const PAIRS: usize = 1024;
/// Times that one thread does so before others may take over: each begins with empty memory.
const STRETCHES: usize = 4;

/// Verifies pairs in parallel, and packs those that match.
///
/// # Errors
/// They cannot be kept.
pub(super) fn verify(
    corpus: &Corpus,
    verifier: &Verifier<'_>,
    pairs: Vec<Pair>,
    progress: &dyn Progress,
    settings: &Settings,
    budget: Budget,
) -> Result<Matches, Error> {
    let store = StoreWriter::new(&settings.temp_folder(), settings.reserve());
    let packed = for_each_stretch(corpus, verifier, pairs, progress, |verifier, pairs| {
        let found: Vec<Match> = pairs.iter().filter_map(|&(a, b)| verifier.verify(a, b)).collect();
        PackedMatches::new(&found, &store, budget.matches_held())
    });
    let packed: Result<_, Error> = packed.into_iter().collect();
    Ok(Matches::stored(packed?, store.close(budget.shown())?))
}

/// Works on stretches of pairs in parallel, those with one longer article behind each other, so that its table is made
/// once. They are put in that order where they stand: there may be very many.
pub(super) fn for_each_stretch<'a, T: Send>(
    corpus: &Corpus,
    verifier: &Verifier<'a>,
    pairs: Vec<Pair>,
    progress: &dyn Progress,
    work: impl Fn(&mut Verifier<'a>, &[(ArticleId, ArticleId)]) -> T + Sync,
) -> Vec<T> {
    let mut order: Vec<(ArticleId, ArticleId)> = pairs.into_iter().map(|pair| (pair.a, pair.b)).collect();
    order.par_iter_mut().for_each_init(
        <[TokenBuffer; 2]>::default,
        |[room, other_room], (longer, shorter)| {
            let [words, others] = [*longer, *shorter].map(|id| corpus.words(id));
            let mut is_less =
                || corpus.read_tokens(*longer, room) <= corpus.read_tokens(*shorter, other_room);
            if words < others || words == others && is_less() {
                std::mem::swap(longer, shorter);
            }
        },
    );
    order.par_sort_unstable();
    order
        .par_chunks(PAIRS)
        .with_max_len(STRETCHES)
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
