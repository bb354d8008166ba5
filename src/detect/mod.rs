//! The corridor: articles in, matches and clusters out, through every room in its order.
//!
//! 1. `add` and `read`: records are parsed, divided into tokens, fingerprinted, and put away, in parallel stretches of
//!    each batch, while the next batch is read.
//! 2. `finish`: identical articles are folded into one; what a site repeats around different stories is masked, and
//!    the cores that are left are signed; articles become candidates by their bands and by their fingerprints;
//!    candidates are verified; matches become clusters.
//!
//! Invariant: the same articles and settings give the same findings, whatever their order and the number of threads.

mod baseline;
mod candidates;
mod counts;
mod findings;
mod index_share;
mod masking;
mod pile;
mod signed;
mod sketches;
mod survey;
mod sweep;
#[cfg(test)]
mod tests;
mod verification;

pub use self::counts::Counts;
pub use self::index_share::{CopiesFound, IndexBin, IndexSetting, IndexShare};
pub use self::survey::Survey;
pub use self::sweep::{
    ClusterPoint, ClusterSeries, KindPoint, KindSeries, Labeled, Method, PairSeries, Sweep, SweepOptions,
    WrongPair,
};

use std::sync::mpsc;
use std::thread;

use rayon::prelude::*;

pub use self::findings::Findings;
use self::pile::{Pile, fold_and_mask};
use self::sketches::{Fingerprints, Scratch, Sketchbook, Sketcher, StoredFingerprints};
use self::verification::verify;
use crate::article::Article;
use crate::cluster::cluster;
use crate::corpus::{Corpus, Segment, StoredSegment, Stores};
use crate::error::Error;
use crate::progress::{Progress, Stage};
use crate::read::{Batch, Reader, SourceSummary};
use crate::settings::Settings;
use crate::store::{Budget, StoreWriter, give_memory_back};
use crate::text::{Tokens, tokenize};
use crate::verify::Verifier;

/// Takes articles in, and finds what they share.
///
/// ```
/// use wirecopy::{Article, Detector, Location, Settings};
///
/// let story = "The ferry to Lund island stopped on Monday after its second engine failed in the harbor.";
/// let mut detector = Detector::new(Settings::default())?;
/// for (line, text) in [(1, story.to_owned()), (2, format!("{story} Passengers were taken ashore by bus."))] {
///     let location = Location { file: "demo".into(), line };
///     let key = line.to_string();
///     detector.add(Article { key, text, site: None, published: None, title: None, location })?;
/// }
/// let findings = detector.finish(&())?;
/// assert_eq!(findings.clusters()[0].members.len(), 2);
/// # Ok::<(), wirecopy::Error>(())
/// ```
#[derive(Debug)]
pub struct Detector {
    settings: Settings,
    sketcher: Sketcher,
    stores: Stores,
    parts: Vec<StoredSegment>,
    fingerprint_store: StoreWriter,
    fingerprints: Vec<StoredFingerprints>,
    /// Articles that were added one by one and are not yet a part.
    open: Open,
    /// What these are.
    open_role: Role,
    /// Bytes of records and of texts that were taken in.
    read: u64,
    sources: Vec<SourceSummary>,
    references: Vec<SourceSummary>,
    /// How many records there were, those of the reference pile apart.
    records: u64,
    /// The numbers of those that could not be parsed, ascending.
    invalid: Vec<u64>,
}

/// Articles as they are taken in, before they are put away.
type Open = (Segment, Fingerprints);

/// Records of a batch that cannot be parsed, by their place in it.
type Unparsed = Vec<(usize, Error)>;

/// What articles are read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    New,
    Reference,
}

impl Role {
    fn part(self) -> Segment {
        match self {
            Self::New => Segment::new(),
            Self::Reference => Segment::new_reference(),
        }
    }
}

/// Records that one thread takes in at a time.
const STRETCH: usize = 64;
/// Bytes of text of an article that was added with which a part ends: what stands in a part is counted in 32 bits.
const LONG: usize = 1 << 20;
/// Batches that may wait between the thread that reads and those that take in.
const WAITING: usize = 2;

impl Detector {
    /// Makes a detector.
    ///
    /// # Errors
    /// A setting is out of its range.
    pub fn new(settings: Settings) -> Result<Self, Error> {
        settings.check()?;
        Ok(Self {
            sketcher: Sketcher::new(&settings),
            stores: Stores::new(&settings.temp_folder(), settings.reserve()),
            parts: Vec::new(),
            fingerprint_store: StoreWriter::new(&settings.temp_folder(), settings.reserve()),
            fingerprints: Vec::new(),
            open: Open::default(),
            open_role: Role::New,
            read: 0,
            settings,
            sources: Vec::new(),
            references: Vec::new(),
            records: 0,
            invalid: Vec::new(),
        })
    }

    /// Takes one article in.
    ///
    /// # Errors
    /// An [`Error::Storage`] where what does not fit into memory cannot be kept.
    ///
    /// # Panics
    /// Where its text is longer than 4 GiB; a reader allows for less.
    pub fn add(&mut self, article: Article) -> Result<(), Error> {
        self.records += 1;
        self.add_as(Role::New, article)
    }

    /// Takes one article of the reference pile in, as [`Detector::read_reference`] does.
    ///
    /// # Errors
    /// An [`Error::Storage`] where what does not fit into memory cannot be kept.
    ///
    /// # Panics
    /// Where its text is longer than 4 GiB; a reader allows for less.
    pub fn add_reference(&mut self, article: Article) -> Result<(), Error> {
        self.add_as(Role::Reference, article)
    }

    fn add_as(&mut self, role: Role, article: Article) -> Result<(), Error> {
        if self.open_role != role {
            self.close()?;
            self.open_role = role;
            self.open = (role.part(), Fingerprints::default());
        }
        let mut memory = Memory::default();
        let is_long = article.text.len() >= LONG;
        self.read += article.text.len() as u64;
        take_in(&self.settings, &self.sketcher, article, &mut memory, &mut self.open);
        if is_long || self.open.0.len() == STRETCH {
            self.close()?;
        }
        Ok(())
    }

    /// Puts away what was added one by one.
    fn close(&mut self) -> Result<(), Error> {
        if !self.open.0.is_empty() {
            let next = (self.open_role.part(), Fingerprints::default());
            let open = std::mem::replace(&mut self.open, next);
            let (part, fingerprints) = self.put_away(open, self.budget())?;
            self.parts.push(part);
            self.fingerprints.push(fingerprints);
        }
        Ok(())
    }

    fn budget(&self) -> Budget {
        Budget::new(self.settings.memory, self.read)
    }

    fn put_away(
        &self,
        (part, fingerprints): Open,
        budget: Budget,
    ) -> Result<(StoredSegment, StoredFingerprints), Error> {
        let fingerprints = fingerprints.put_away(&self.fingerprint_store, budget.sketches_held())?;
        Ok((part.put_away(&self.stores, budget.corpus_held())?, fingerprints))
    }

    /// Takes everything in that a reader reads. `invalid` is told of each record or file that cannot be read, in
    /// reading order, and decides: `Ok` goes on behind it, an error stops.
    ///
    /// # Errors
    /// What `invalid` returns, and an [`Error::Storage`] where what does not fit into memory cannot be kept.
    pub fn read(
        &mut self,
        reader: Reader,
        progress: &dyn Progress,
        invalid: impl FnMut(Error) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.read_as(Role::New, reader, progress, invalid)
    }

    /// Takes everything in that a reader reads, as the reference pile, such as what was archived before: other
    /// articles are matched against it and among themselves, its own are not matched with each other.
    ///
    /// # Errors
    /// What `invalid` returns, as in [`Detector::read`].
    pub fn read_reference(
        &mut self,
        reader: Reader,
        progress: &dyn Progress,
        invalid: impl FnMut(Error) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.read_as(Role::Reference, reader, progress, invalid)
    }

    fn read_as(
        &mut self,
        role: Role,
        mut reader: Reader,
        progress: &dyn Progress,
        mut invalid: impl FnMut(Error) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.close()?;
        progress.stage(Stage::Reading, None);
        let (sender, batches) = mpsc::sync_channel::<Result<Batch, Error>>(WAITING);
        thread::scope(|scope| {
            let reading = scope.spawn(move || {
                while let Some(batch) = reader.next_batch().transpose() {
                    if sender.send(batch).is_err() {
                        break;
                    }
                }
                reader.sources().to_vec()
            });
            let taken = batches.into_iter().try_for_each(|batch| match batch {
                Ok(batch) => self.take_batch(role, &batch, progress, &mut invalid),
                Err(error) => invalid(error),
            });
            match reading.join() {
                Ok(sources) => match role {
                    Role::New => self.sources.extend(sources),
                    Role::Reference => self.references.extend(sources),
                },
                Err(panic) => std::panic::resume_unwind(panic),
            }
            taken
        })
    }

    fn take_batch(
        &mut self,
        role: Role,
        batch: &Batch,
        progress: &dyn Progress,
        invalid: &mut impl FnMut(Error) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.read += batch.bytes() as u64;
        let budget = self.budget();
        let stretches: Vec<usize> = (0..batch.len()).step_by(STRETCH).collect();
        let taken: Result<Vec<(StoredSegment, StoredFingerprints, Unparsed)>, Error> = stretches
            .into_par_iter()
            .map_init(Memory::default, |memory, begin| {
                let mut open = (role.part(), Fingerprints::default());
                let mut errors = Vec::new();
                for index in begin..(begin + STRETCH).min(batch.len()) {
                    match batch.article(index) {
                        Ok(article) => take_in(&self.settings, &self.sketcher, article, memory, &mut open),
                        Err(error) => errors.push((index, error)),
                    }
                }
                let (part, fingerprints) = self.put_away(open, budget)?;
                Ok((part, fingerprints, errors))
            })
            .collect();
        for (part, fingerprints, errors) in taken? {
            self.parts.push(part);
            self.fingerprints.push(fingerprints);
            for (index, error) in errors {
                if role == Role::New {
                    self.invalid.push(self.records + index as u64);
                }
                invalid(error)?;
            }
        }
        if role == Role::New {
            self.records += batch.len() as u64;
        }
        progress.advance(batch.bytes() as u64);
        Ok(())
    }

    /// Masks what sites repeat around different stories, as settings say, and gives the articles. What they share is
    /// not looked for.
    ///
    /// # Errors
    /// An [`Error::Storage`] where what does not fit into memory cannot be kept.
    pub fn mask(mut self, progress: &dyn Progress) -> Result<Corpus, Error> {
        self.close()?;
        progress.stage(Stage::Indexing, None);
        let (budget, settings) = (self.budget(), self.settings);
        let mut corpus = Corpus::stored(self.parts, self.stores, budget.shown())?;
        let book = Sketchbook::new(self.fingerprints, self.fingerprint_store, budget)?;
        fold_and_mask(&mut corpus, &book, &settings, budget)?;
        Ok(corpus)
    }

    /// Finds what the articles share.
    ///
    /// # Errors
    /// An [`Error::Storage`] where what does not fit into memory cannot be kept.
    pub fn finish(mut self, progress: &dyn Progress) -> Result<Findings, Error> {
        let (references, invalid) = (std::mem::take(&mut self.references), std::mem::take(&mut self.invalid));
        let lowest = self.settings.threshold;
        let Pile { settings, mut corpus, copies, sources, pairs, masked, budget, .. } =
            self.pile(lowest, progress)?.without_signatures();
        progress.stage(Stage::Verifying, Some(pairs.len() as u64));
        let candidates = pairs.len();
        corpus.take_tokens_back(budget.tokens_taken_back(candidates));
        let verifier = Verifier::new(&corpus, settings.align_rule(), settings.judge_rule());
        let matches = verify(&corpus, &verifier, pairs, progress, &settings, budget)?;
        let counted = verifier.counted();
        corpus.leave_tokens(budget.tokens_kept_back(matches.len()));
        give_memory_back();
        progress.stage(Stage::Clustering, None);
        let verifier = Verifier::new(&corpus, settings.align_rule(), settings.judge_rule()).knowing(counted);
        let rule = settings.cluster_rule();
        let clusters = cluster(&corpus, &copies, &matches, &verifier, rule, &settings.preference);
        let counts = Counts::new(&settings, &corpus, &copies, masked, candidates, matches.len());
        Ok(Findings { settings, corpus, copies, matches, clusters, counts, sources, references, invalid })
    }

    /// Measures what the articles share, so that it can be judged at any threshold from `lowest` on.
    ///
    /// # Errors
    /// An [`Error::Storage`] where what does not fit into memory cannot be kept.
    pub fn survey(self, lowest: f64, progress: &dyn Progress) -> Result<Survey, Error> {
        Ok(Survey::new(self.pile(lowest, progress)?, progress))
    }

    /// Puts what was taken in together, masks it, and finds the candidates for scores of at least `lowest`.
    fn pile(mut self, lowest: f64, progress: &dyn Progress) -> Result<Pile, Error> {
        self.close()?;
        progress.stage(Stage::Indexing, None);
        let budget = self.budget();
        let corpus = Corpus::stored(self.parts, self.stores, budget.shown())?;
        let book = Sketchbook::new(self.fingerprints, self.fingerprint_store, budget)?;
        Pile::new(self.settings, lowest, corpus, book, self.sources, budget)
    }
}

/// The memory of one thread that takes articles in.
#[derive(Default)]
struct Memory {
    tokens: Tokens,
    scratch: Scratch,
}

/// Divides an article into tokens, sketches it, and puts it into a part.
fn take_in(
    settings: &Settings,
    sketcher: &Sketcher,
    article: Article,
    memory: &mut Memory,
    (part, fingerprints): &mut Open,
) {
    tokenize(&article.text, &mut memory.tokens);
    sketcher.fingerprint(memory.tokens.tokens(), &mut memory.scratch, fingerprints);
    part.push(article, &memory.tokens, settings.keep_texts);
}
