//! The changes that remembering the new articles of a run would make.

use std::collections::BTreeMap;

use super::batch_articles::BatchArticles;
use super::event::EventKind;
use super::number_set::NumberSet;
use super::purpose::Purpose;
use super::settlement::FoundStory;
use super::state::State;
use crate::article::ArticleId;
use crate::cluster::StoryId;
use crate::corpus::{Corpus, Role};
use crate::detect::Findings;
use crate::provenance::Seconds;

/// The changes that remembering the new articles of a run would make.
#[derive(Debug)]
pub struct BatchPlan {
    pub(super) purpose: Purpose,
    /// The time at which the articles were taken in, in seconds since 1970.
    pub(super) seen: Seconds,
    /// For each article of the run its number in the archive, if it has one.
    pub(super) numbers: Vec<Option<u32>>,
    pub(super) batch: BatchArticles,
    /// The articles that get a new number, in the order of these.
    pub(super) new: Vec<ArticleId>,
    /// The state of the archive with the new articles.
    pub(super) state: State,
    pub(super) events: Vec<EventKind>,
    /// The number of articles that were loaded from the archive.
    pub(super) loaded: usize,
}

impl BatchPlan {
    /// Returns the number of articles of the archive that were compared with the new ones, or show what sites repeat.
    pub fn loaded(&self) -> usize {
        self.loaded
    }
}

/// Returns for each article of a corpus its number in the archive, and the article of each record that was read, in the
/// order of reading. `loaded` has the numbers of the articles that were loaded, segment by segment.
pub(super) fn numbers(
    corpus: &Corpus,
    batch: &BatchArticles,
    loaded: &[Vec<u32>],
) -> (Vec<Option<u32>>, Vec<ArticleId>) {
    let read = corpus.segment_count() - loaded.len();
    let articles: Vec<ArticleId> =
        (0..read).flat_map(|segment| corpus.ids_of_segment(segment).iter().copied()).collect();
    let mut numbers = vec![None; corpus.len()];
    for (&id, &number) in articles.iter().zip(&batch.numbers) {
        numbers[id.index()] = number;
    }
    for (segment, of_segment) in (read..).zip(loaded) {
        for (&id, &number) in corpus.ids_of_segment(segment).iter().zip(of_segment) {
            numbers[id.index()] = Some(number);
        }
    }
    (numbers, articles)
}

/// Returns the numbers of the articles that a run compared. `numbers` has for each article its number, if it has one.
pub(super) fn compared(corpus: &Corpus, numbers: &[Option<u32>]) -> NumberSet {
    let is_compared = |&(id, _): &(ArticleId, &Option<u32>)| corpus.role(id) != Role::Context;
    corpus.ids().zip(numbers).filter(is_compared).filter_map(|(_, number)| *number).collect()
}

/// Returns the stories of a run with two articles or more that have numbers. `is_new` returns whether an article was not
/// in the archive.
pub(super) fn found_stories(
    findings: &Findings,
    numbers: &[Option<u32>],
    is_new: impl Fn(ArticleId) -> bool,
) -> Vec<FoundStory> {
    let number = |id: ArticleId| numbers[id.index()];
    let mut stories: BTreeMap<StoryId, FoundStory> = BTreeMap::new();
    for cluster in findings.clusters() {
        let key = |id: ArticleId| findings.key(id).to_owned();
        let represents = cluster.id.0 == cluster.story_id.0;
        let mut members = cluster.members.iter().filter_map(|member| Some((member.id, number(member.id)?)));
        // The members begin with the representative, which may have no number.
        let Some((first, first_number)) = members.next() else { continue };
        let story = stories.entry(cluster.story_id).or_insert_with(|| FoundStory {
            id: cluster.story_id,
            representative: (first_number, key(first)),
            members: Vec::new(),
            is_touched: false,
        });
        if represents {
            story.representative = (first_number, key(first));
        }
        story.members.push(first_number);
        story.members.extend(members.map(|(_, number)| number));
        story.is_touched |= cluster.members.iter().any(|member| is_new(member.id));
    }
    for story in stories.values_mut() {
        story.members.sort_unstable();
        story.members.dedup();
    }
    stories.into_values().filter(|story| story.members.len() > 1).collect()
}

/// Sets the ids of the stories of a run, and drops the clusters without new articles, of which not all may have been looked
/// at.
pub(super) fn name_stories(findings: &mut Findings, ids: &BTreeMap<StoryId, StoryId>) {
    findings.rename_stories(|id| ids.get(&id).copied().unwrap_or(id));
    findings.retain_clusters(|corpus, cluster| {
        cluster.members.iter().any(|member| corpus.role(member.id) == Role::New)
    });
}
