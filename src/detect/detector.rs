//! The entry point of the pipeline.

use super::findings::Findings;
use super::intake::Intake;
use super::prepared::{Prepared, fold_and_mask};
use super::read_ahead::read_ahead;
use super::taken::Taken;
use super::threads::start_threads;
use super::what_was_read::WhatWasRead;
use crate::article::Article;
use crate::corpus::{Corpus, Role, Segment};
use crate::error::Error;
use crate::progress::{Progress, Stage, check_cancelled};
use crate::read::{Batch, Reader, Records, SourceSummary, SuspectTexts};
use crate::settings::Settings;

/// Takes articles in, and finds what they share.
///
/// [`find_copies`](crate::find_copies) and [`find_copies_in_files`](crate::find_copies_in_files) are shorter. With a
/// detector, articles may come from several places, a reference collection may be given, progress may be shown, and
/// records that cannot be read may be skipped.
///
/// ```
/// use wirecopy::{Article, Detector, Settings};
///
/// let story = "The ferry to Lund island stopped on Monday after its second engine failed in the harbor.";
/// let mut detector = Detector::new(Settings::default())?;
/// detector.add_reference(Article::new("monday", story))?;
/// detector.add(Article::new("tuesday", format!("{story} Passengers were taken ashore by bus.")))?;
/// let findings = detector.finish(&())?;
/// assert_eq!(findings.clusters().get(0).members.len(), 2);
/// # Ok::<(), wirecopy::Error>(())
/// ```
#[derive(Debug)]
pub struct Detector {
    pub(super) intake: Intake,
    sources: Vec<SourceSummary>,
    references: Vec<SourceSummary>,
    suspects: SuspectTexts,
    /// The number of records that were read, without those of the reference collection.
    records: u64,
    /// The numbers of the records that could not be parsed, ascending.
    invalid: Vec<u64>,
}

impl Detector {
    /// Creates a detector without articles.
    ///
    /// # Errors
    /// [`Error::Setting`] if a setting is out of its range, and [`Error::Threads`] if no thread can be started.
    pub fn new(settings: Settings) -> Result<Self, Error> {
        settings.check()?;
        start_threads(None)?;
        Ok(Self {
            intake: Intake::new(settings),
            sources: Vec::new(),
            references: Vec::new(),
            suspects: SuspectTexts::default(),
            records: 0,
            invalid: Vec::new(),
        })
    }

    /// Takes one article in.
    ///
    /// # Errors
    /// [`Error::Storage`] if what does not fit into memory cannot be stored.
    ///
    /// # Panics
    /// If its text is longer than 4 GiB. A reader allows for less.
    pub fn add(&mut self, article: Article<'_>) -> Result<(), Error> {
        self.records += 1;
        self.intake.add(Role::New, article)
    }

    /// Takes one article of the reference collection in, as [`Detector::read_reference`] does.
    ///
    /// # Errors
    /// [`Error::Storage`] if what does not fit into memory cannot be stored.
    ///
    /// # Panics
    /// If its text is longer than 4 GiB. A reader allows for less.
    pub fn add_reference(&mut self, article: Article<'_>) -> Result<(), Error> {
        self.intake.add(Role::Reference, article)
    }

    /// Takes records in that are in memory, in parallel: a thousand or more at a time are fast. `on_invalid` is called for
    /// each that cannot be read, as in [`Detector::read`].
    ///
    /// # Errors
    /// As [`Detector::read`].
    pub fn add_records(
        &mut self,
        records: &dyn Records,
        progress: &dyn Progress,
        on_invalid: impl FnMut(Error) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.add_records_as(Role::New, records, progress, on_invalid)
    }

    /// Takes records of the reference collection in that are in memory, as [`Detector::add_records`] does.
    ///
    /// # Errors
    /// As [`Detector::read`].
    pub fn add_reference_records(
        &mut self,
        records: &dyn Records,
        progress: &dyn Progress,
        on_invalid: impl FnMut(Error) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.add_records_as(Role::Reference, records, progress, on_invalid)
    }

    /// Adds a name that is no site: the site field of records in memory has it in every record, though their addresses are
    /// on several domains (see [`RowParser::collection`](crate::read::RowParser::collection)).
    pub fn add_collection(&mut self, name: &str) {
        self.intake.collections.insert(name.to_owned());
    }

    /// Adds the numbers of texts of records in memory that are probably stored wrongly (see
    /// [`RowParser::suspect_texts`](crate::read::RowParser::suspect_texts)).
    pub fn add_suspect_texts(&mut self, suspects: SuspectTexts) {
        self.suspects.add(suspects);
    }

    fn add_records_as(
        &mut self,
        role: Role,
        records: &dyn Records,
        progress: &dyn Progress,
        mut on_invalid: impl FnMut(Error) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.intake.close_segment()?;
        self.take_records(role, records, progress, &mut on_invalid)?;
        progress.advance(records.bytes() as u64);
        Ok(())
    }

    /// Takes all articles of a reader in. `on_invalid` is called for each record or file that cannot be read, in reading
    /// order: if it returns `Ok`, reading continues with the next record; if it returns an error, reading stops. Pass
    /// `Err` to stop at the first one.
    ///
    /// # Errors
    /// What `on_invalid` returns, and [`Error::Storage`] if what does not fit into memory cannot be stored. After an
    /// error only some of the articles were taken in: drop the detector.
    pub fn read(
        &mut self,
        reader: Reader,
        progress: &dyn Progress,
        on_invalid: impl FnMut(Error) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.read_as(Role::New, reader, progress, on_invalid)
    }

    /// Takes all articles of a reader in as a reference collection, such as what was archived before: other articles
    /// are matched with it and among themselves; its own articles are not matched with each other.
    ///
    /// # Errors
    /// As [`Detector::read`].
    pub fn read_reference(
        &mut self,
        reader: Reader,
        progress: &dyn Progress,
        on_invalid: impl FnMut(Error) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.read_as(Role::Reference, reader, progress, on_invalid)
    }

    fn read_as(
        &mut self,
        role: Role,
        mut reader: Reader,
        progress: &dyn Progress,
        mut on_invalid: impl FnMut(Error) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.intake.close_segment()?;
        if self.intake.settings.for_removals {
            reader.read_other_text();
        }
        progress.stage(Stage::Reading, None);
        let mut reported = 0;
        let take = |batch: Result<Batch, Error>, bytes_read: u64| {
            match batch {
                Ok(batch) => self.take_records(role, &batch, progress, &mut on_invalid)?,
                Err(error) => on_invalid(error)?,
            }
            progress.advance(bytes_read - reported);
            reported = bytes_read;
            Ok(())
        };
        // All batches were parsed, so what the reader says of them is final.
        let reader = read_ahead(reader, take)?;
        progress.advance(reader.bytes_read().saturating_sub(reported));
        self.intake.collections.extend(reader.collection().map(str::to_owned));
        self.suspects.add(reader.suspect_texts());
        let sources = reader.parsed_sources();
        match role {
            Role::New => self.sources.extend(sources),
            Role::Reference | Role::Remembered | Role::Context => self.references.extend(sources),
        }
        Ok(())
    }

    fn take_records(
        &mut self,
        role: Role,
        records: &dyn Records,
        progress: &dyn Progress,
        on_invalid: &mut impl FnMut(Error) -> Result<(), Error>,
    ) -> Result<(), Error> {
        check_cancelled(progress)?;
        for (index, error) in self.intake.take_records(role, records)? {
            if role == Role::New {
                self.invalid.push(self.records + index as u64);
            }
            on_invalid(error)?;
        }
        if role == Role::New {
            self.records += records.count() as u64;
        }
        Ok(())
    }

    /// Masks what sites repeat around different stories, if the settings ask for it, and returns the articles. What
    /// they share is not searched for.
    ///
    /// # Errors
    /// [`Error::Storage`] if what does not fit into memory cannot be stored.
    pub fn mask(self, progress: &dyn Progress) -> Result<Corpus, Error> {
        progress.stage(Stage::Sorting, None);
        let (settings, mut corpus, fingerprints, budget) = self.intake.finish()?.into_corpus();
        progress.stage(Stage::Masking, None);
        fold_and_mask(&mut corpus, &fingerprints, &settings, &settings.storage(budget))?;
        Ok(corpus)
    }

    /// Finds what the articles share.
    ///
    /// # Errors
    /// [`Error::Storage`] if what does not fit into memory cannot be stored.
    pub fn finish(self, progress: &dyn Progress) -> Result<Findings, Error> {
        let (taken, read) = self.close()?;
        taken.find(read, progress)
    }

    /// Takes articles in that were divided into tokens before.
    ///
    /// # Errors
    /// [`Error::Storage`] if what does not fit into memory cannot be stored.
    pub(crate) fn add_segment(&mut self, articles: Segment) -> Result<(), Error> {
        self.records += articles.len() as u64;
        self.intake.add_segment(articles)
    }

    /// Ends the intake. Returns the articles, and what was read.
    ///
    /// # Errors
    /// [`Error::Storage`] if what does not fit into memory cannot be stored.
    pub(crate) fn close(self) -> Result<(Taken, WhatWasRead), Error> {
        let Self { intake, sources, references, suspects, records: _, invalid } = self;
        Ok((intake.finish()?, WhatWasRead { sources, references, suspects, invalid }))
    }

    /// Prepares the articles that were taken in, and finds candidates for matches with a score of at least
    /// `lowest_score`.
    pub(crate) fn prepare(self, lowest_score: f64, progress: &dyn Progress) -> Result<Prepared, Error> {
        self.intake.finish()?.prepare(lowest_score, self.sources, progress)
    }
}
