//! Loads the articles of an archive that a run must compare new ones with, or needs in order to see what sites repeat.
//!
//! 1. The articles that share text with new ones ([`nearby`]), or all words.
//! 2. The other articles of their stories, so that the run finds these stories as a whole.
//! 3. Pages of the outlets of all of these that show what the outlets repeat: it is masked in old articles, too, by what
//!    the archive knows now. They are compared with nothing.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::nearby::{SearchFor, nearby, with_same_words};
use super::number_set::NumberSet;
use super::queries::Queries;
use super::snapshot::Snapshot;
use crate::boilerplate::SAMPLE;
use crate::corpus::{Role, Segment};
use crate::error::Error;
use crate::index::{IndexRule, Sketcher};

/// The number of pages of an outlet that are loaded only to see what it repeats: three times the sample by which one text
/// is judged, since pages of several kinds repeat different texts.
const PAGES_OF_OUTLET: usize = 3 * SAMPLE;

/// The articles that were loaded, in segments, each with the numbers of its articles.
pub(super) type Loaded = Vec<(Vec<u32>, Segment)>;

/// Which articles of the archive take part in a run.
pub(super) struct Wanted<'a> {
    /// Those that do not.
    pub(super) left_out: &'a (dyn Fn(u32) -> bool + Sync),
    /// The part that the others have.
    pub(super) role: Role,
    /// True if whole stories take part: the other articles of the stories of all that are near. Otherwise, only those that may
    /// be near, too, and were not looked at.
    pub(super) whole_stories: bool,
}

/// Loads the articles near those of `queries`.
///
/// # Errors
/// [`Error::Archive`] if the archive cannot be read.
pub(super) fn neighborhood(
    snapshot: &Snapshot,
    mut queries: Queries,
    wanted: &Wanted<'_>,
    rule: &IndexRule,
) -> Result<Loaded, Error> {
    if snapshot.segments.is_empty() {
        return Ok(Vec::new());
    }
    let sketcher = Sketcher::new(rule);
    let segments = &snapshot.segments;
    let near = nearby(segments, &mut queries, SearchFor::ArticlesAndPages, rule, wanted.left_out)?;
    let mut numbers: NumberSet = near.articles.into_iter().collect();
    let same_words = with_same_words(segments, &queries.identities, rule.shortest_article)?;
    numbers.extend(same_words.iter().filter(|&number| !(wanted.left_out)(number)));
    drop(queries);
    let in_stories = |number: &u32| wanted.whole_stories || near.stand_ins.contains(*number);
    let in_stories: Vec<u32> = numbers.iter().filter(in_stories).collect();
    add_stories(snapshot, &in_stories, &mut numbers, wanted);
    let mut loaded = snapshot.load(&numbers.iter().collect::<Vec<_>>(), wanted.role)?;
    let mut queries = Queries::default();
    for (numbers, segment) in &loaded {
        let identities = numbers.iter().map(|&number| snapshot.identity(number));
        queries.push_segment(segment, identities, &sketcher);
    }
    let left_out = |number: u32| numbers.contains(number) || (wanted.left_out)(number);
    let mut pages = nearby(segments, &mut queries, SearchFor::Pages, rule, &left_out)?.pages;
    pages.extend(near.pages.into_iter().filter(|&(number, _)| !numbers.contains(number)));
    loaded.extend(snapshot.load(&pages_of_outlets(snapshot, pages), Role::Context)?);
    Ok(loaded)
}

/// Adds the other articles of the stories of near articles. One of these may be on a page with a further story, which is not
/// near.
fn add_stories(snapshot: &Snapshot, near: &[u32], numbers: &mut NumberSet, wanted: &Wanted<'_>) {
    let mut added = NumberSet::default();
    for story in near.iter().flat_map(|&number| snapshot.stories_of.of(number)) {
        if added.insert(story as u32) {
            let members = snapshot.state.stories[story].members.iter().copied();
            numbers.extend(members.filter(|&member| !(wanted.left_out)(member)));
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
