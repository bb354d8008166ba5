//! The part of an archive that changes: which articles are gone, and the stories.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::number_set::NumberSet;
use crate::cluster::StoryId;
use crate::provenance::Seconds;

/// All of an archive that changes. It is written anew with each commit.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct State {
    /// The numbers of the articles that were removed, have expired, or were taken in again with other words.
    pub(super) gone: NumberSet,
    /// The numbers of the articles that `dedup` removed: they belong to stories, and nothing is removed because of them.
    pub(super) not_kept: NumberSet,
    /// The numbers of the articles that `dedup` kept: it keeps them again. It decided nothing about the others.
    #[serde(default)]
    pub(super) kept: NumberSet,
    /// The batches, by their first article.
    pub(super) batches: Vec<Batch>,
    pub(super) stories: Vec<Story>,
    /// The ids of stories that became part of others, and those of these.
    pub(super) aliases: BTreeMap<StoryId, StoryId>,
    /// The number of stories that ended. New ids depend on it, so that none is that of a story that ended.
    #[serde(default)]
    pub(super) ended: u64,
    /// The names in the site field that are no sites.
    pub(super) collections: Vec<String>,
}

/// Articles that were taken in together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Batch {
    /// The number of the first article. The others follow, up to the next batch.
    pub(super) first: u32,
    /// The time at which they were taken in, in seconds since 1970.
    pub(super) seen: Seconds,
}

/// A story as the archive remembers it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Story {
    pub(super) id: StoryId,
    /// The time at which it was seen first, in seconds since 1970.
    pub(super) seen: Seconds,
    /// The number of the article that represents it.
    pub(super) representative: u32,
    /// The numbers of all its articles, ascending.
    pub(super) members: Vec<u32>,
}

impl State {
    /// Returns the id that a story has now: its own, or that of the story that it became part of.
    pub(super) fn current(&self, mut id: StoryId) -> StoryId {
        while let Some(&next) = self.aliases.get(&id) {
            id = next;
        }
        id
    }

    /// Returns whether an article is still there.
    pub(super) fn is_live(&self, number: u32) -> bool {
        !self.gone.contains(number)
    }
}

/// Finds the stories of articles.
#[derive(Debug, Default)]
pub(super) struct StoriesOf(Vec<(u32, u32)>);

impl StoriesOf {
    pub(super) fn new(stories: &[Story]) -> Self {
        let with_index = (0..).zip(stories);
        let pairs =
            with_index.flat_map(|(index, story)| story.members.iter().map(move |&member| (member, index)));
        let mut pairs: Vec<(u32, u32)> = pairs.collect();
        pairs.sort_unstable();
        Self(pairs)
    }

    /// Returns the indexes of the stories that an article belongs to.
    pub(super) fn of(&self, number: u32) -> impl Iterator<Item = usize> + '_ {
        let begin = self.0.partition_point(|&(member, _)| member < number);
        self.0[begin..]
            .iter()
            .take_while(move |(member, _)| *member == number)
            .map(|&(_, index)| index as usize)
    }
}
