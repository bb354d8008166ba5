//! Sketches in, the pairs of articles that are worth verifying out.
//!
//! Cost: postings are sorted in slices of their values, pairs in slices of the articles, so that neither stand in
//! memory all at once; what a slice finds waits in a store.

use std::ops::Range;

use rayon::prelude::*;

use super::budget::Budget;
use super::sketches::Sketchbook;
use crate::article::ArticleId;
use crate::config::Settings;
use crate::corpus::Corpus;
use crate::error::Error;
use crate::index::{Pair, Posting, for_each_list, link, link_near};
use crate::sketch::{Fingerprint, ValueBins};
use crate::store::{Column, Store};
use crate::text::Token;

/// Finds the pairs of signed articles that share a bucket or a fingerprint, ascending, each once; of two articles of the
/// reference pile it is not asked.
///
/// # Errors
/// What does not fit into memory cannot be kept.
pub(super) fn candidates(
    corpus: &Corpus,
    book: &Sketchbook,
    settings: &Settings,
    budget: Budget,
) -> Result<Vec<Pair>, Error> {
    let mut linked = Linked::new(settings, budget);
    for band in 0..settings.bands {
        let postings =
            book.signed().zip(book.band(band)).map(|(id, value)| Posting { value, id, position: 0 });
        linked.link(corpus, postings.collect(), None)?;
    }
    let guaranteed = settings.window + settings.shingle_size - 1;
    let ids: Vec<ArticleId> = book.signed().collect();
    for slice in slices(corpus, &ids, book, budget.postings()) {
        linked.link(corpus, postings(corpus, &ids, book, &slice), Some(guaranteed))?;
    }
    linked.candidates()
}

/// Articles that may share a value which is proof enough by being rare; what more of them share may be a phrase.
const RARE: usize = 4;

/// Cuts the range of fingerprints' values into slices of bins whose postings take so many bytes, or more where one bin
/// alone does.
fn slices(corpus: &Corpus, ids: &[ArticleId], book: &Sketchbook, bytes: usize) -> Vec<Range<usize>> {
    let count = |ids: &[ArticleId]| {
        let mut bins = ValueBins::new();
        ids.iter().for_each(|&id| bins.add(book.fingerprints(corpus, id)));
        bins
    };
    let bins = ids.par_chunks(GATHERED).map(count).reduce(ValueBins::new, ValueBins::merged);
    // They are gathered in parts before they stand in one list.
    bins.slices(bytes / (2 * size_of::<Posting>()))
}

/// Articles whose postings one thread gathers at a time.
const GATHERED: usize = 4096;

/// Gives the postings of these articles whose values are in a slice.
fn postings(corpus: &Corpus, ids: &[ArticleId], book: &Sketchbook, slice: &Range<usize>) -> Vec<Posting> {
    let here = |&Fingerprint { value, position }: &Fingerprint, id| {
        slice.contains(&ValueBins::of(value)).then_some(Posting { value, id, position })
    };
    let of = |&id: &ArticleId| book.fingerprints(corpus, id).iter().filter_map(move |found| here(found, id));
    let parts: Vec<Vec<Posting>> =
        ids.par_chunks(GATHERED).map(|ids| ids.iter().flat_map(of).collect()).collect();
    parts.concat()
}

/// Pairs of articles that share values. In their lists a pair is one number: the smaller article above the other.
struct Linked<'a> {
    settings: &'a Settings,
    budget: Budget,
    /// By a value that is proof enough, ascending, each once.
    proved: Vec<u64>,
    /// By a value that is not: for each call of `link` those that share one such value, ascending.
    hinted: Vec<Column<u64>>,
    store: Store,
}

impl<'a> Linked<'a> {
    fn new(settings: &'a Settings, budget: Budget) -> Self {
        Self {
            settings,
            budget,
            proved: Vec::new(),
            hinted: Vec::new(),
            store: Store::new(&settings.temp_folder(), settings.reserve()),
        }
    }

    /// Links the lists of some postings. A value that two of them share is proof enough, or, where a `run` is given, if
    /// so many tokens around it are equal, or few have it. No two calls may be about the same value.
    fn link(&mut self, corpus: &Corpus, postings: Vec<Posting>, run: Option<usize>) -> Result<(), Error> {
        let rule = self.settings.link_rule();
        let start = || (Tally::default(), Surroundings::default());
        let tallies = for_each_list(postings, start, |(tally, surroundings), list| {
            let length = |id| corpus.words(id);
            let asked = run.filter(|_| list.len() > RARE);
            if let Some(run) = asked {
                surroundings.gather(corpus, list, run);
            }
            let emit = |a: Posting, b: Posting| {
                if corpus.is_reference(a.id) && corpus.is_reference(b.id) {
                    return;
                }
                let is_proof = asked.is_none_or(|run| surroundings.share(list, a, b, run));
                tally.add(number(a.id, b.id), is_proof);
            };
            match self.settings.within {
                None => link(list, rule, length, emit),
                Some(within) => link_near(list, rule, within, |id| corpus.time(id), length, emit),
            }
        });
        let (mut proved, mut hinted) = (Vec::new(), Vec::new());
        for (mut tally, _) in tallies {
            tally.settle();
            proved.append(&mut tally.proved);
            hinted.append(&mut tally.hinted);
        }
        hinted.par_sort_unstable();
        proved.extend(repeated(&hinted));
        proved.par_sort_unstable();
        proved.dedup();
        if !proved.is_empty() {
            self.proved = union(&self.proved, &proved);
        }
        hinted.dedup();
        hinted.shrink_to_fit();
        self.hinted.push(self.store.put(hinted, self.budget.pairs_held())?);
        Ok(())
    }

    /// Gives the pairs that are candidates, ascending, each once: those that one shared value proves, and those that
    /// share two. A phrase that many articles have in common makes no candidates of them all.
    fn candidates(self) -> Result<Vec<Pair>, Error> {
        let shelf = self.store.close(self.budget.shown())?;
        let count: usize = self.hinted.iter().map(Column::len).sum();
        // They are looked at in slices of the smaller article's number.
        let slices = (count * size_of::<u64>()).div_ceil(self.budget.postings().max(1)).max(1) as u64;
        let border = |slice: u64| (u128::from(slice) << 64) / u128::from(slices);
        let mut shared = Vec::new();
        for slice in 0..slices {
            let mut pairs: Vec<u64> = Vec::new();
            for run in &self.hinted {
                let run = shelf.get(run);
                let [begin, end] = [slice, slice + 1]
                    .map(|slice| run.partition_point(|&pair| u128::from(pair) < border(slice)));
                pairs.extend_from_slice(&run[begin..end]);
            }
            pairs.par_sort_unstable();
            shared.extend(repeated(&pairs));
        }
        let pairs = union(&self.proved, &shared);
        Ok(pairs.into_iter().map(pair).collect())
    }
}

/// Pairs that a stretch of lists makes.
#[derive(Default)]
struct Tally {
    proved: Vec<u64>,
    hinted: Vec<u64>,
}

impl Tally {
    /// Pairs after which a list is rid of those that it holds several times.
    const FULL: usize = 1 << 18;

    fn add(&mut self, pair: u64, is_proved: bool) {
        let pairs = if is_proved { &mut self.proved } else { &mut self.hinted };
        pairs.push(pair);
        if pairs.len() == pairs.capacity() && pairs.len() >= Self::FULL {
            self.settle();
        }
    }

    /// Keeps each pair once; one that is hinted at twice is proved.
    fn settle(&mut self) {
        self.hinted.sort_unstable();
        self.proved.extend(repeated(&self.hinted));
        self.proved.sort_unstable();
        self.proved.dedup();
        self.hinted.dedup();
    }
}

fn number(a: ArticleId, b: ArticleId) -> u64 {
    u64::from(a.min(b).get()) << 32 | u64::from(a.max(b).get())
}

fn pair(number: u64) -> Pair {
    let id = |half: u64| ArticleId::new(half as usize);
    Pair { a: id(number >> 32), b: id(number & u64::from(u32::MAX)) }
}

/// Gives the numbers that stand several times in an ascending list, each once.
fn repeated(numbers: &[u64]) -> impl Iterator<Item = u64> + '_ {
    numbers.chunk_by(|one, other| one == other).filter(|run| run.len() > 1).map(|run| run[0])
}

/// Unites two ascending lists of numbers that are there once in each.
fn union(one: &[u64], other: &[u64]) -> Vec<u64> {
    let mut out = Vec::with_capacity(one.len() + other.len());
    let (mut one, mut other) = (one.iter().peekable(), other.iter().peekable());
    while let (Some(&&left), Some(&&right)) = (one.peek(), other.peek()) {
        out.push(left.min(right));
        one.next_if(|_| left <= right);
        other.next_if(|_| right <= left);
    }
    out.extend(one);
    out.extend(other);
    out
}

/// The tokens around the places of a list of postings: each article is looked at once, with however many others it is
/// compared.
#[derive(Default)]
struct Surroundings {
    tokens: Vec<Token>,
    room: Vec<Token>,
    /// For each posting where its tokens begin, where its place is among them, and where they end.
    places: Vec<(usize, usize, usize)>,
}

impl Surroundings {
    /// Gathers what may be part of a run of `run` equal tokens.
    fn gather(&mut self, corpus: &Corpus, list: &[Posting], run: usize) {
        self.tokens.clear();
        self.places.clear();
        for posting in list {
            let begin = self.tokens.len();
            if posting.position == Posting::SEVERAL {
                self.places.push((begin, begin, begin));
                continue;
            }
            let at = posting.position as usize;
            let from = (at + 1).saturating_sub(run);
            let around = from..(at + run).min(corpus.words(posting.id));
            self.tokens.extend_from_slice(corpus.read_tokens(posting.id, around, &mut self.room));
            self.places.push((begin, begin + (at - from), self.tokens.len()));
        }
    }

    /// Tells whether two articles of the list share a run of `run` tokens around their places. It may be around any of
    /// several places: verification finds out.
    fn share(&self, list: &[Posting], a: Posting, b: Posting, run: usize) -> bool {
        let place = |posting: Posting| list.binary_search_by_key(&posting.id, |other| other.id).ok();
        let several = a.position == Posting::SEVERAL || b.position == Posting::SEVERAL;
        several || place(a).zip(place(b)).is_none_or(|(a, b)| self.equal_run(a, b, run))
    }

    fn equal_run(&self, a: usize, b: usize, run: usize) -> bool {
        let [(begin_a, at_a, end_a), (begin_b, at_b, end_b)] = [self.places[a], self.places[b]];
        let equal = |(one, other): &(&Token, &Token)| one == other;
        let tokens = &self.tokens;
        let behind = tokens[at_a..end_a].iter().zip(&tokens[at_b..end_b]).take_while(equal).count();
        let before = tokens[begin_a..at_a].iter().rev().zip(tokens[begin_b..at_b].iter().rev());
        behind + before.take_while(equal).count() >= run
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Article, Place};
    use crate::corpus::Part;
    use crate::detect::sketches::Sketcher;
    use crate::text::{Tokens, tokenize};

    #[test]
    fn slices_hold_every_posting_once() {
        let settings = Settings::default();
        let (mut part, mut tokens) = (Part::new(), Tokens::new());
        let words = (0..3000).map(|number| format!("w{number}")).collect::<Vec<_>>().join(" ");
        tokenize(&words, &mut tokens);
        let place = Place { file: "made".into(), line: 1 };
        let article =
            Article { key: "a".into(), text: words, site: None, published: None, title: None, place };
        part.push(article, &tokens, false);
        let corpus = Corpus::new(vec![part]);
        let (sketcher, budget) = (Sketcher::new(&settings), Budget::new(0, 0));
        let store = Store::new(&std::env::temp_dir(), 0);
        let book = Sketchbook::of_all(&corpus, &sketcher, store, budget).unwrap();
        let ids = corpus.ids_as_put_in();
        let all = book.fingerprints(&corpus, ids[0]).len();
        for (allowed, fewest) in [(0, 100), (100 * 24, all / 100), (usize::MAX, 1)] {
            let slices = slices(&corpus, ids, &book, allowed);
            assert!(slices.len() >= fewest, "{} slices of {all} postings", slices.len());
            let gathered = slices.iter().map(|slice| postings(&corpus, ids, &book, slice).len());
            assert!(gathered.clone().all(|count| allowed < 24 || count * 24 <= allowed.max(24)));
            assert_eq!(gathered.sum::<usize>(), all);
        }
    }

    #[test]
    fn finds_equal_runs() {
        let (mut part, mut tokens) = (Part::new(), Tokens::new());
        for (key, text) in [("0", "x b c d e y"), ("1", "b c d e z")] {
            tokenize(text, &mut tokens);
            let place = Place { file: "made".into(), line: 1 };
            let (key, text) = (key.to_owned(), text.to_owned());
            part.push(Article { key, text, site: None, published: None, title: None, place }, &tokens, false);
        }
        let corpus = Corpus::new(vec![part]);
        for (name, at_a, at_b, longest) in [
            ("begin", 1, 0, 4),
            ("middle", 3, 2, 4),
            ("end", 4, 3, 4),
            ("nothing", 5, 4, 0),
            ("other", 0, 3, 0),
            ("several", Posting::SEVERAL, 0, 6),
        ] {
            let posting = |id, position| Posting { value: 0, id: ArticleId::new(id), position };
            let list = [posting(0, at_a), posting(1, at_b)];
            for run in 1..7 {
                let mut surroundings = Surroundings::default();
                surroundings.gather(&corpus, &list, run);
                let found = surroundings.share(&list, list[0], list[1], run);
                assert_eq!(found, run <= longest, "{name}, {run}");
            }
        }
    }

    #[test]
    fn two_hints_make_a_candidate() {
        let of = |pairs: &[(usize, usize)]| -> Vec<u64> {
            pairs.iter().map(|&(a, b)| number(ArticleId::new(a), ArticleId::new(b))).collect()
        };
        let mut tally =
            Tally { proved: of(&[(5, 1), (1, 5)]), hinted: of(&[(2, 3), (1, 5), (0, 4), (3, 2)]) };
        tally.settle();
        assert_eq!(tally.proved, of(&[(1, 5), (2, 3)]));
        assert_eq!(tally.hinted, of(&[(0, 4), (1, 5), (2, 3)]));
        let settings = Settings::default();
        for memory in [0, u64::MAX] {
            let mut linked = Linked::new(&settings, Budget::new(memory, 0));
            linked.proved = of(&[(2, 7)]);
            for hinted in
                [of(&[(0, 4), (1, 9), (8, 9)]), of(&[(0, 3), (1, 9), (2, 7)]), of(&[(2, 7), (8, 9)])]
            {
                linked.hinted.push(linked.store.put(hinted, linked.budget.pairs_held()).unwrap());
            }
            let found: Vec<(u32, u32)> =
                linked.candidates().unwrap().iter().map(|pair| (pair.a.get(), pair.b.get())).collect();
            assert_eq!(found, [(1, 9), (2, 7), (8, 9)]);
        }
    }
}
