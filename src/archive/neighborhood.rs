//! Loads the articles of an archive that a run must compare new ones with, or needs in order to see what sites repeat.
//!
//! 1. The articles that share text with new ones ([`nearby`]), or all words.
//! 2. The other articles of their stories: all, if the run remembers what it finds, so that it finds these stories as a whole.
//! 3. Pages that show what the outlets of new articles repeat. They are compared with nothing. If the run remembers what it
//!    finds, there are such pages of the outlets of old articles, too: these are masked by what the archive knows now.
//!    Otherwise they stay masked as the archive recorded it, unless a new article gives reason to doubt that
//!    ([`outlets_with_doubted_masks`]).

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::article_cache::CachedArticle;
use super::doubted_masks::outlets_with_doubted_masks;
use super::loaded_articles::LoadedArticles;
use super::nearby::{SearchFor, nearby, with_same_words};
use super::number_set::NumberSet;
use super::queries::Queries;
use super::snapshot::Snapshot;
use crate::boilerplate::SAMPLE;
use crate::corpus::{Role, Segment};
use crate::detect::fingerprints_of_segment;
use crate::error::Error;
use crate::index::{Fingerprints, IndexRule, Scratch, Sketcher};

/// The number of pages of an outlet that are loaded only to see what it repeats: three times the sample by which one text
/// is judged, since pages of several kinds repeat different texts.
const PAGES_OF_OUTLET: usize = 3 * SAMPLE;

/// The number of articles up to which those that a run loads are kept for the next one.
const MOST_CACHED: usize = 1 << 12;
/// The number of these that one thread loads at a time.
const CACHED_AT_ONCE: usize = 1 << 6;

/// The use that a run makes of the articles of the archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aim {
    /// It matches new articles with them, and changes nothing. Of the stories of near articles, only articles take part
    /// that may be near, too, and were not looked at.
    LookUp,
    /// It continues their stories, which take part as a whole.
    Remember,
}

impl Aim {
    /// Returns the part that the articles of the archive have in the run.
    fn role(self) -> Role {
        match self {
            Self::LookUp => Role::Reference,
            Self::Remember => Role::Remembered,
        }
    }
}

/// Loads the articles near those of `queries`. `is_left_out` says which ones take no part.
///
/// # Errors
/// [`Error::Archive`] if the archive cannot be read.
pub(super) fn neighborhood(
    snapshot: &Snapshot,
    mut queries: Queries,
    aim: Aim,
    rule: &IndexRule,
    is_left_out: &(dyn Fn(u32) -> bool + Sync),
) -> Result<Vec<LoadedArticles>, Error> {
    if snapshot.segments.is_empty() {
        return Ok(Vec::new());
    }
    let sketcher = Sketcher::new(rule);
    let segments = &snapshot.segments;
    let near = nearby(segments, &mut queries, SearchFor::ArticlesAndPages, rule, is_left_out)?;
    let mut numbers: NumberSet = near.articles.into_iter().collect();
    let same_words = with_same_words(segments, &queries.identities, rule.shortest_article)?;
    numbers.extend(same_words.iter().filter(|&number| !is_left_out(number)));
    let in_stories = |number: &u32| aim == Aim::Remember || near.stand_ins.contains(*number);
    let in_stories: Vec<u32> = numbers.iter().filter(in_stories).collect();
    add_stories(snapshot, &in_stories, &mut numbers, is_left_out);
    let mut loaded = load(snapshot, &numbers.iter().collect::<Vec<_>>(), aim.role(), &sketcher)?;
    let mut pages = near.pages;
    pages.retain(|&(number, _)| !numbers.contains(number));
    let doubted = match aim {
        Aim::LookUp => outlets_with_doubted_masks(snapshot, &queries, &loaded),
        Aim::Remember => BTreeSet::new(),
    };
    drop(queries);
    let mut masked_anew = Queries::default();
    for LoadedArticles { numbers, segment, fingerprints } in &mut loaded {
        for (index, &number) in numbers.iter().enumerate() {
            let identity = snapshot.identity(number);
            if aim == Aim::Remember || doubted.contains(&identity.outlet) {
                segment.mask_anew(index);
                masked_anew.push(identity, fingerprints.of(index));
            }
        }
    }
    let is_left_out = |number: u32| numbers.contains(number) || is_left_out(number);
    pages.extend(nearby(segments, &mut masked_anew, SearchFor::Pages, rule, &is_left_out)?.pages);
    loaded.extend(load(snapshot, &pages_of_outlets(snapshot, pages), Role::Context, &sketcher)?);
    Ok(loaded)
}

/// Loads the articles with these numbers, ascending. If they are few, they are kept for the next look-up, and those that an
/// earlier one loaded are not read again.
fn load(
    snapshot: &Snapshot,
    numbers: &[u32],
    role: Role,
    sketcher: &Sketcher,
) -> Result<Vec<LoadedArticles>, Error> {
    if numbers.len() <= MOST_CACHED {
        let loaded =
            numbers.par_chunks(CACHED_AT_ONCE).map(|numbers| cached(snapshot, numbers, role, sketcher));
        return loaded.collect();
    }
    let loaded = snapshot.load(numbers, role)?.into_par_iter().map(|(numbers, segment)| {
        let fingerprints = fingerprints_of_segment(sketcher, &segment);
        LoadedArticles { numbers, segment, fingerprints }
    });
    Ok(loaded.collect())
}

/// Returns the articles with these numbers, ascending, from the cache, or loads them into it.
fn cached(
    snapshot: &Snapshot,
    numbers: &[u32],
    role: Role,
    sketcher: &Sketcher,
) -> Result<LoadedArticles, Error> {
    let mut articles = snapshot.cache.get(numbers);
    let is_missing =
        |(number, article): (&u32, &Option<Arc<CachedArticle>>)| article.is_none().then_some(*number);
    let missing: Vec<u32> = numbers.iter().zip(&articles).filter_map(is_missing).collect();
    let (mut read, mut scratch) = (Vec::with_capacity(missing.len()), Scratch::default());
    snapshot.for_each(&missing, |number, columns| {
        let mut fingerprints = Fingerprints::default();
        sketcher.fingerprint(&columns.tokens, &mut scratch, &mut fingerprints);
        read.push((number, Arc::new(CachedArticle { columns: columns.to_owned(), fingerprints })));
    })?;
    // Both are in the order of the numbers.
    for (slot, (_, article)) in articles.iter_mut().filter(|article| article.is_none()).zip(&read) {
        *slot = Some(Arc::clone(article));
    }
    snapshot.cache.insert(read);
    let (mut segment, mut fingerprints) = (Segment::of_archived(role), Fingerprints::default());
    for article in articles.iter().flatten() {
        segment.push_columns(&article.columns);
        fingerprints.push_article(article.fingerprints.of(0));
    }
    Ok(LoadedArticles { numbers: numbers.to_vec(), segment, fingerprints })
}

/// Adds the other articles of the stories of near articles. One of these may be on a page with a further story, which is not
/// near.
fn add_stories(
    snapshot: &Snapshot,
    near: &[u32],
    numbers: &mut NumberSet,
    is_left_out: &(dyn Fn(u32) -> bool + Sync),
) {
    let mut added = NumberSet::default();
    for story in near.iter().flat_map(|&number| snapshot.stories_of.of(number)) {
        if added.insert(story as u32) {
            let members = snapshot.state.stories[story].members.iter().copied();
            numbers.extend(members.filter(|&member| !is_left_out(member)));
        }
    }
}

/// Returns of each outlet the pages with most votes, ascending.
fn pages_of_outlets(snapshot: &Snapshot, mut pages: Vec<(u32, u32)>) -> Vec<u32> {
    pages.sort_unstable();
    let mut by_outlet: BTreeMap<u64, Vec<(Reverse<u32>, u32)>> = BTreeMap::new();
    for of_page in pages.chunk_by(|one, other| one.0 == other.0) {
        let (number, votes) = (of_page[0].0, of_page.iter().map(|&(_, votes)| votes).sum());
        by_outlet.entry(snapshot.identity(number).outlet).or_default().push((Reverse(votes), number));
    }
    let mut chosen = Vec::new();
    for mut pages in by_outlet.into_values() {
        pages.sort_unstable();
        chosen.extend(pages.into_iter().take(PAGES_OF_OUTLET).map(|(_, number)| number));
    }
    chosen.sort_unstable();
    chosen
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::article_cache::ArticleCache;
    use super::super::test_archive::archive;
    use super::*;
    use crate::corpus::Corpus;
    use crate::settings::Settings;

    /// Returns of each article all that is known of it.
    fn shown(loaded: LoadedArticles) -> Vec<String> {
        let LoadedArticles { numbers, segment, fingerprints } = loaded;
        let tokens: Vec<String> =
            (0..segment.len()).map(|row| format!("{:?}", segment.tokens(row))).collect();
        let corpus = Corpus::new(vec![segment]);
        let show = |(row, &id)| {
            let (header, spans) = (corpus.header(id), corpus.spans(id));
            format!("{} {header:?} {spans:?} {:?} {}", numbers[row], fingerprints.of(row), tokens[row])
        };
        corpus.ids_of_segment(0).iter().enumerate().map(show).collect()
    }

    proptest! {
        // Each case writes an archive.
        #![proptest_config(ProptestConfig::with_cases(12))]

        #[test]
        fn cached_articles_are_those_of_the_archive(
            articles in prop::collection::vec(prop::collection::vec(0_u32..12, 1..6), 2..24),
            steps in prop::collection::vec(prop::collection::btree_set(0_u32..24, 0..8), 1..12),
            bytes in prop::sample::select(vec![0, 10_000, 1 << 20]),
        ) {
            let (_folder, snapshot) = archive(&articles);
            let mut snapshot = Arc::into_inner(snapshot).unwrap();
            snapshot.cache = Arc::new(ArticleCache::new(bytes));
            let sketcher = Sketcher::new(&Settings::default().index_rule());
            for numbers in steps {
                let numbers: Vec<u32> =
                    numbers.into_iter().filter(|&number| (number as usize) < articles.len()).collect();
                let mut expected = Vec::new();
                for (numbers, segment) in snapshot.load(&numbers, Role::Context).unwrap() {
                    let fingerprints = fingerprints_of_segment(&sketcher, &segment);
                    expected.extend(shown(LoadedArticles { numbers, segment, fingerprints }));
                }
                let found = cached(&snapshot, &numbers, Role::Context, &sketcher).unwrap();
                prop_assert_eq!(shown(found), expected);
            }
        }
    }
}
