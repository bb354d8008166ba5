//! Runs the pipeline over new articles and those of an archive that are near them, or over a whole archive.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::batch_articles::BatchArticles;
use super::batch_plan::{BatchPlan, compared, found_stories, name_stories, numbers};
use super::event::EventKind;
use super::loaded_articles::LoadedArticles;
use super::neighborhood::{Aim, neighborhood};
use super::purpose::Purpose;
use super::queries::Queries;
use super::settlement::{FoundStories, FoundStory, Settlement, settle, settle_all};
use super::snapshot::Snapshot;
use super::state::{State, Story};
use crate::article::ArticleId;
use crate::cluster::StoryId;
use crate::corpus::Role;
use crate::detect::{Detector, Findings, SiteTemplates};
use crate::error::Error;
use crate::progress::{Progress, Stage, check_cancelled};
use crate::provenance::Seconds;
use crate::settings::Settings;

/// The number of articles that are loaded at a time when all of them are.
const LOADED_AT_ONCE: usize = 1 << 14;

impl Snapshot {
    /// Finds what new articles share with those of the archive, and among themselves, without remembering anything. It is
    /// the result that a run with all articles of the archive as reference collection has, with these differences: the
    /// archive leaves some articles out where very many share a text; what sites repeat is masked in its articles as far as
    /// it was known when they were stored, or at the last [`compact`](super::ArchiveWriter::compact); and the ids of
    /// stories are those of the archive.
    ///
    /// # Errors
    /// [`Error::Archive`] if the archive cannot be read or has other settings; else as [`Detector::finish`].
    pub fn find(&self, detector: Detector, progress: &dyn Progress) -> Result<Findings, Error> {
        let (mut taken, read) = detector.close()?;
        self.check_settings(taken.settings())?;
        taken.add_templates(self.given_templates.templates());
        progress.stage(Stage::Loading, None);
        let queries = Queries::new(&taken);
        let is_left_out = |number: u32| !self.state.is_live(number);
        let rule = taken.settings().index_rule();
        let loaded = neighborhood(self, queries, Aim::LookUp, &rule, &is_left_out)?;
        check_cancelled(progress)?;
        let mut loaded_numbers = Vec::with_capacity(loaded.len());
        for LoadedArticles { numbers, segment, fingerprints } in loaded {
            loaded_numbers.push(numbers);
            taken.add(segment, fingerprints);
        }
        let mut findings = taken.find(read, progress)?;
        let ids = self.ids_of_stories(&findings, &loaded_numbers);
        findings.rename_stories(|id| ids.get(&id).copied().unwrap_or(id));
        Ok(findings)
    }

    /// Returns for each id that a run gave to a story the id of the story of the archive to which most of its articles belong;
    /// if there are several, of the one that was seen first. `loaded` has the numbers of the articles that were loaded.
    fn ids_of_stories(&self, findings: &Findings, loaded: &[Vec<u32>]) -> BTreeMap<StoryId, StoryId> {
        let (numbers, _) = numbers(findings.corpus(), &BatchArticles::default(), loaded);
        let mut shared: BTreeMap<StoryId, BTreeMap<usize, usize>> = BTreeMap::new();
        for cluster in findings.clusters() {
            let known = cluster.members.iter().filter_map(|member| numbers[member.id.index()]);
            for story in known.flat_map(|number| self.stories_of.of(number)) {
                *shared.entry(cluster.story_id).or_default().entry(story).or_default() += 1;
            }
        }
        let id = |(found, shared): (StoryId, BTreeMap<usize, usize>)| {
            let (story, _) = shared.into_iter().max_by_key(|&(story, count)| {
                let Story { seen, id, .. } = self.state.stories[story];
                (count, Reverse((seen, id)))
            })?;
            Some((found, self.state.stories[story].id))
        };
        shared.into_iter().filter_map(id).collect()
    }

    /// Finds what new articles share with those of the archive, and how stories continue.
    pub(super) fn find_to_remember(
        &self,
        detector: Detector,
        purpose: Purpose,
        seen: Seconds,
        progress: &dyn Progress,
    ) -> Result<(Findings, BatchPlan), Error> {
        let (mut taken, read) = detector.close()?;
        self.check_settings(taken.settings())?;
        taken.add_templates(self.given_templates.templates());
        progress.stage(Stage::Loading, None);
        let queries = match self.segments.is_empty() {
            true => Queries::without_fingerprints(&taken),
            false => Queries::new(&taken),
        };
        let next = self.manifest.next_article;
        let batch = BatchArticles::new(&self.segments, &self.state, &queries.identities, next)?;
        let is_left_out = |number: u32| {
            !self.state.is_live(number)
                || batch.same.contains(number)
                || batch.revised.contains_key(&number)
                || purpose == Purpose::Removal && self.state.not_kept.contains(number)
        };
        let rule = taken.settings().index_rule();
        let loaded = neighborhood(self, queries, Aim::Remember, &rule, &is_left_out)?;
        check_cancelled(progress)?;
        let mut loaded_numbers = Vec::with_capacity(loaded.len());
        for LoadedArticles { numbers, segment, fingerprints } in loaded {
            loaded_numbers.push(numbers);
            taken.add(segment, fingerprints);
        }
        let mut findings = taken.find(read, progress)?;
        let (numbers, articles) = numbers(findings.corpus(), &batch, &loaded_numbers);
        let new: Vec<ArticleId> = batch.new.iter().map(|&index| articles[index]).collect();
        let is_stored: BTreeSet<ArticleId> = new.iter().copied().collect();
        let found = found_stories(&findings, &numbers, |id| is_stored.contains(&id));
        let mut state = self.state.clone();
        let revised: Vec<u32> = batch.revised.keys().copied().collect();
        state.gone.extend(revised.iter().copied());
        let revision = |(&old, &index): (&u32, &usize)| Some((batch.numbers[index]?, old));
        let revisions: BTreeMap<u32, u32> = batch.revised.iter().filter_map(revision).collect();
        let key = |&index: &usize| findings.key(articles[index]).to_owned();
        let mut events: Vec<EventKind> =
            batch.revised.values().map(|index| EventKind::Revised { key: key(index) }).collect();
        let compared = compared(findings.corpus(), &numbers);
        let stories = FoundStories { stories: &found, compared: Some(&compared), revisions: &revisions };
        let settlement = settle(&mut state, &self.stories_of, stories, &revised, seen);
        name_stories(&mut findings, &ids(&found, &settlement));
        events.extend(settlement.events);
        events.extend(self.representative_events(&settlement.represented_anew)?);
        let is_kept = |number: u32| batch.same.contains(number) && state.kept.contains(number);
        let numbered = articles.iter().zip(&batch.numbers);
        let staying = numbered.filter(|(_, number)| number.is_some_and(is_kept));
        let staying: Vec<ArticleId> = staying.map(|(&id, _)| id).collect();
        findings.set_staying(&staying);
        let loaded = loaded_numbers.iter().map(Vec::len).sum();
        Ok((findings, BatchPlan { purpose, seen, numbers, batch, new, state, events, loaded }))
    }

    /// Finds the stories of all articles of the archive: what one run over all of them finds, with the ids of the archive. It
    /// masks by the templates of the settings and by those that were given to the archive.
    ///
    /// # Errors
    /// As [`Snapshot::find`].
    pub fn stories(&self, settings: Settings, progress: &dyn Progress) -> Result<Findings, Error> {
        let seen = self.state.batches.last().map_or(0, |batch| batch.seen);
        Ok(self.find_all(settings, seen, progress)?.findings)
    }

    /// Finds the stories of all articles of the archive, and how they continue those that it remembers.
    pub(super) fn find_all(
        &self,
        settings: Settings,
        seen: Seconds,
        progress: &dyn Progress,
    ) -> Result<WholeRun, Error> {
        let templates = self.given_templates.templates().with(&settings.templates);
        let settings = Settings { templates, ..settings };
        let (detector, loaded_numbers) = self.detector_of_all(settings, progress)?;
        let mut findings = detector.finish(progress)?;
        let batch = BatchArticles {
            numbers: loaded_numbers.into_iter().map(Some).collect(),
            ..BatchArticles::default()
        };
        let (numbers, _) = numbers(findings.corpus(), &batch, &[]);
        let found = found_stories(&findings, &numbers, |_| true);
        let mut state = self.state.clone();
        let settlement = settle_all(&mut state, &self.stories_of, &found, seen);
        name_stories(&mut findings, &ids(&found, &settlement));
        Ok(WholeRun { findings, numbers, state, events: settlement.events })
    }

    /// Finds what sites repeat around different stories, by all articles of the archive, whatever templates were given to it. The
    /// texts of templates are known only if the archive keeps texts, and the settings ask for them.
    ///
    /// # Errors
    /// [`Error::Archive`] if the archive cannot be read or has other settings; else as [`Detector::templates`].
    pub fn templates(&self, settings: Settings, progress: &dyn Progress) -> Result<SiteTemplates, Error> {
        self.detector_of_all(settings, progress)?.0.templates(progress)
    }

    /// Returns a detector that has taken all articles of the archive in, and the numbers of these in the order in which it did.
    fn detector_of_all(
        &self,
        settings: Settings,
        progress: &dyn Progress,
    ) -> Result<(Detector, Vec<u32>), Error> {
        self.check_settings(&settings)?;
        let mut detector = Detector::new(settings)?;
        let mut loaded_numbers: Vec<u32> = Vec::new();
        progress.stage(Stage::Loading, None);
        for segment in &self.segments {
            for numbers in self.live_in(segment).chunks(LOADED_AT_ONCE) {
                check_cancelled(progress)?;
                for (numbers, segment) in self.load(numbers, Role::New)? {
                    loaded_numbers.extend(numbers);
                    detector.add_segment(segment)?;
                }
            }
        }
        for name in &self.state.collections {
            detector.add_collection(name);
        }
        Ok((detector, loaded_numbers))
    }
}

/// The result of a run over a whole archive.
#[derive(Debug)]
pub(super) struct WholeRun {
    pub(super) findings: Findings,
    /// For each article its number in the archive.
    pub(super) numbers: Vec<Option<u32>>,
    pub(super) state: State,
    pub(super) events: Vec<EventKind>,
}

/// Returns for each id that the run gave to a story the id that the archive gives it.
fn ids(found: &[FoundStory], settlement: &Settlement) -> BTreeMap<StoryId, StoryId> {
    found.iter().map(|story| story.id).zip(settlement.ids.iter().copied()).collect()
}
