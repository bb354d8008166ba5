//! The archive as of one commit, which later commits do not change.

use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::article_cache::ArticleCache;
use super::disk::{BlockFile, FileEntry, Folder};
use super::event::{Event, EventKind};
use super::given_templates::{GivenTemplate, GivenTemplates};
use super::manifest::{Manifest, SegmentEntry};
use super::segment_file::{SegmentFile, identity_of};
use super::state::{State, StoriesOf};
use crate::cluster::StoryId;
use crate::corpus::{ArticleColumns, Corpus, Identity, Role, Segment};
use crate::error::{ArchiveProblem, DamagedPart, Error};
use crate::settings::Settings;

/// The number of rows that one thread loads at a time.
const LOADED_AT_ONCE: usize = 1 << 10;
/// The bytes of a block of the state or of events, before compression.
const BLOCK: usize = 1 << 20;
/// The only section of the files of the state and of events.
const SECTION: u8 = 0;

/// An archive as of one commit. It stays as it is while a writer goes on.
#[derive(Debug)]
pub struct Snapshot {
    pub(super) folder: Arc<Folder>,
    pub(super) manifest: Manifest,
    pub(super) segments: Vec<Arc<SegmentFile>>,
    pub(super) state: State,
    pub(super) stories_of: StoriesOf,
    pub(super) given_templates: Arc<GivenTemplates>,
    /// The articles that were loaded lately, which all snapshots of an archive share between which no masks changed.
    pub(super) cache: Arc<ArticleCache>,
}

impl Snapshot {
    /// Reads the last commit. The segments of `before`, an earlier snapshot of the same archive, are not opened again.
    ///
    /// # Errors
    /// [`Error::Archive`] if the archive cannot be read.
    pub(super) fn read(folder: &Arc<Folder>, before: Option<&Self>) -> Result<Self, Error> {
        folder.read(|manifest| {
            let manifest: Manifest = parsed(folder, "manifest", manifest)?;
            let known = before.map_or(&[][..], |before| &before.segments);
            let open = |entry: &SegmentEntry| SegmentFile::open_or_share(folder, entry, known);
            let segments: Result<_, Error> = manifest.segments.par_iter().map(open).collect();
            let state: State = parsed(folder, &manifest.state.name, &content(folder, &manifest.state)?)?;
            let stories_of = StoriesOf::new(&state.stories);
            let given_templates = given_templates(folder, &manifest, before)?;
            let is_masked_alike = |before: &&Self| before.manifest.masked_anew == manifest.masked_anew;
            let cache = before.filter(is_masked_alike).map(|before| Arc::clone(&before.cache));
            let (folder, cache) = (Arc::clone(folder), cache.unwrap_or_default());
            Ok(Self { cache, folder, segments: segments?, stories_of, given_templates, state, manifest })
        })
    }

    /// Returns the folder of the archive.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Returns the number of articles that are there.
    pub fn len(&self) -> usize {
        let rows: usize = self.segments.iter().map(|segment| segment.len()).sum();
        rows - self.segments.iter().map(|segment| self.gone_in(segment)).sum::<usize>()
    }

    /// Returns whether no article is there.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the number of rows of a segment whose articles are gone.
    pub(super) fn gone_in(&self, segment: &SegmentFile) -> usize {
        segment.len() - self.live_in(segment).len()
    }

    /// Returns the numbers of the articles of a segment that are there, ascending.
    pub(super) fn live_in(&self, segment: &SegmentFile) -> Vec<u32> {
        segment.entry.numbers().filter(|&number| self.state.is_live(number)).collect()
    }

    /// Returns the templates that were given to the archive, in the order in which they were given. All runs mask by them.
    pub fn given_templates(&self) -> &[GivenTemplate] {
        self.given_templates.rows()
    }

    /// Returns whether texts are kept in the archive.
    pub fn keeps_texts(&self) -> bool {
        self.manifest.keep_texts
    }

    /// Returns the settings by which the archive was built, with the defaults for all others. The templates that were given to
    /// the archive are not among them: all runs mask by these anyway.
    pub fn settings(&self) -> Settings {
        self.manifest.settings.settings()
    }

    /// Checks that a run has the settings by which the archive was built.
    ///
    /// # Errors
    /// [`Error::Archive`] with both values of the first setting that differs.
    pub fn check_settings(&self, settings: &Settings) -> Result<(), Error> {
        self.manifest.settings.check(settings, self.path())
    }

    /// Returns all events, oldest first.
    ///
    /// # Errors
    /// [`Error::Archive`] if they cannot be read.
    pub fn events(&self) -> Result<Vec<Event>, Error> {
        let mut events = Vec::new();
        for file in &self.manifest.events {
            for line in
                content(&self.folder, file)?.split(|&byte| byte == b'\n').filter(|line| !line.is_empty())
            {
                events.push(parsed(&self.folder, &file.name, line)?);
            }
        }
        Ok(events)
    }

    /// Reads every byte of the archive.
    ///
    /// # Errors
    /// [`Error::Archive`] with the first byte that is not as it was written.
    pub fn check(&self) -> Result<(), Error> {
        self.segments.par_iter().try_for_each(|segment| segment.check())?;
        for file in
            [&self.manifest.state].into_iter().chain(&self.manifest.events).chain(&self.manifest.templates)
        {
            self.folder.open(file)?.check()?;
        }
        self.events().map(drop)
    }

    /// Loads the articles with these numbers, ascending. Returns them in segments, each with the numbers of its articles.
    ///
    /// # Errors
    /// [`Error::Archive`] if they cannot be read.
    pub(super) fn load(&self, numbers: &[u32], role: Role) -> Result<Vec<(Vec<u32>, Segment)>, Error> {
        let mut parts: Vec<(&SegmentFile, &[u32])> = Vec::new();
        let mut rest = numbers;
        for segment in &self.segments {
            let end = segment.entry.numbers().end;
            let (own, others) = rest.split_at(rest.partition_point(|&number| number < end));
            parts.extend(own.chunks(LOADED_AT_ONCE).map(|numbers| (&**segment, numbers)));
            rest = others;
        }
        let load = |(segment, numbers): (&SegmentFile, &[u32])| {
            let rows: Vec<u32> = numbers.iter().map(|number| number - segment.entry.first).collect();
            Ok((numbers.to_vec(), segment.load(&rows, role)?))
        };
        parts.into_par_iter().map(load).collect()
    }

    /// Calls `visit` with the numbers of these articles, ascending, and with the articles.
    ///
    /// # Errors
    /// [`Error::Archive`] if they cannot be read.
    pub(super) fn for_each(
        &self,
        numbers: &[u32],
        mut visit: impl FnMut(u32, ArticleColumns<'_>),
    ) -> Result<(), Error> {
        let mut rest = numbers;
        for segment in &self.segments {
            let (first, end) = (segment.entry.first, segment.entry.numbers().end);
            let (own, others) = rest.split_at(rest.partition_point(|&number| number < end));
            if !own.is_empty() {
                let rows: Vec<u32> = own.iter().map(|number| number - first).collect();
                segment.for_each(&rows, |row, article| visit(first + row, article))?;
            }
            rest = others;
        }
        Ok(())
    }

    /// Returns the events that stories are represented by articles with these numbers.
    ///
    /// # Errors
    /// [`Error::Archive`] if the articles cannot be read.
    pub(super) fn representative_events(&self, stories: &[(StoryId, u32)]) -> Result<Vec<EventKind>, Error> {
        let event = |&(story_id, number): &(StoryId, u32)| {
            let (_, segment) = self.load(&[number], Role::New)?.pop().unwrap_or_default();
            let corpus = Corpus::new(vec![segment]);
            let representative = corpus.ids().next().map(|id| corpus.key(id).to_owned()).unwrap_or_default();
            Ok(EventKind::RepresentativeChanged { story_id, representative })
        };
        stories.iter().map(event).collect()
    }

    /// Returns what identifies an article.
    pub(super) fn identity(&self, number: u32) -> Identity {
        identity_of(&self.segments, number)
    }
}

/// Writes bytes as a file of blocks.
///
/// # Errors
/// [`Error::Archive`] if it cannot be written.
pub(super) fn write_content(folder: &Folder, name: &str, content: &[u8]) -> Result<FileEntry, Error> {
    let mut file = folder.writer(name)?;
    content.chunks(BLOCK).try_for_each(|block| file.block(SECTION, block, true))?;
    file.finish()
}

/// Reads the templates that were given, unless they are those of `before`.
fn given_templates(
    folder: &Folder,
    manifest: &Manifest,
    before: Option<&Snapshot>,
) -> Result<Arc<GivenTemplates>, Error> {
    let Some(file) = &manifest.templates else { return Ok(Arc::default()) };
    if let Some(before) = before.filter(|before| before.manifest.templates.as_ref() == Some(file)) {
        return Ok(Arc::clone(&before.given_templates));
    }
    let rows: Vec<GivenTemplate> = parsed(folder, &file.name, &content(folder, file)?)?;
    Ok(Arc::new(GivenTemplates::new(rows)))
}

fn content(folder: &Folder, entry: &FileEntry) -> Result<Vec<u8>, Error> {
    let file: BlockFile = folder.open(entry)?;
    let mut content = Vec::new();
    for block in 0..file.count(SECTION) {
        content.append(&mut file.block(SECTION, block)?);
    }
    Ok(content)
}

/// Parses what was written as JSON.
fn parsed<'a, T: serde::Deserialize<'a>>(folder: &Folder, file: &str, bytes: &'a [u8]) -> Result<T, Error> {
    serde_json::from_slice(bytes).map_err(|_| {
        let problem = ArchiveProblem::Damaged { file: file.to_owned(), part: DamagedPart::Content };
        Error::Archive { path: folder.path().to_owned(), problem }
    })
}
