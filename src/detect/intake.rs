//! Takes articles in: divides their texts into tokens, computes their fingerprints, and stores both in segments.

use std::collections::BTreeSet;

use rayon::prelude::*;
use xxhash_rust::xxh3::Xxh3;

use super::taken::{Taken, fingerprints_of_segment};
use crate::article::Article;
use crate::corpus::{Retained, Role, Segment, SegmentStoreWriter, StoredSegment};
use crate::error::{Error, Problem};
use crate::index::{Fingerprints, Scratch, Sketcher, StoredFingerprints};
use crate::provenance::tokenize_without_notices;
use crate::read::Records;
use crate::settings::Settings;
use crate::store::{Budget, StoreWriter};
use crate::text::{Tokens, has_more_words};

/// The number of records that one thread takes in at a time, and of articles that are added one by one in a segment.
const SEGMENT_ARTICLES: usize = 64;
/// The number of bytes of an added text after which a segment ends. Positions in a segment are numbers of 32 bits.
const LONG_TEXT: usize = 1 << 20;

/// A segment while articles are added to it.
#[derive(Debug)]
struct OpenSegment {
    articles: Segment,
    fingerprints: Fingerprints,
}

impl OpenSegment {
    fn new(role: Role) -> Self {
        Self { articles: Segment::with_role(role), fingerprints: Fingerprints::default() }
    }
}

/// The memory of one thread that takes articles in.
#[derive(Default)]
struct Memory {
    tokens: Tokens,
    scratch: Scratch,
}

/// The records that cannot be parsed, by their index among those that are taken in together.
pub(super) type Unparsed = Vec<(usize, Error)>;

/// The articles that were taken in so far.
#[derive(Debug)]
pub(super) struct Intake {
    pub(super) settings: Settings,
    sketcher: Sketcher,
    stores: SegmentStoreWriter,
    segments: Vec<StoredSegment>,
    fingerprint_writer: StoreWriter,
    fingerprints: Vec<StoredFingerprints>,
    /// The articles that were added one by one and are not stored yet.
    open: OpenSegment,
    open_role: Role,
    /// The number of segments of which no column is in memory any more.
    spilled: usize,
    /// The number of bytes of records and of texts that were taken in.
    bytes: u64,
    /// The number of articles that were taken in.
    articles: usize,
    /// The names of collections that are no sites.
    pub(super) collections: BTreeSet<String>,
}

impl Intake {
    pub(super) fn new(settings: Settings) -> Self {
        let (folder, reserve) = (settings.temp_folder(), settings.reserve());
        Self {
            sketcher: Sketcher::new(&settings.index_rule()),
            stores: SegmentStoreWriter::new(&folder, reserve),
            segments: Vec::new(),
            fingerprint_writer: StoreWriter::new(&folder, reserve),
            fingerprints: Vec::new(),
            open: OpenSegment::new(Role::New),
            open_role: Role::New,
            spilled: 0,
            bytes: 0,
            articles: 0,
            collections: BTreeSet::new(),
            settings,
        }
    }

    /// Returns the memory budget, which grows with what is taken in.
    fn budget(&self) -> Budget {
        Budget::new(self.settings.memory, self.bytes, self.articles)
    }

    /// Counts articles.
    ///
    /// # Errors
    /// Returns an [`Error::Setting`] if they do not fit into the memory.
    fn count(&mut self, articles: usize) -> Result<(), Error> {
        self.articles += articles;
        Budget::check_articles(self.settings.memory_for_articles(), self.articles, 0)
    }

    /// Moves the first segments into files if less may stay in memory than when they were stored: the more articles there
    /// are, the more memory their lists take.
    fn spill(&mut self) -> Result<(), Error> {
        let budget = self.budget();
        let (columns, fingerprints) = (budget.corpus_columns(), budget.fingerprints());
        while self.spilled < self.segments.len()
            && (self.stores.hold_more_than(columns) || self.fingerprint_writer.holds_more_than(fingerprints))
        {
            self.segments[self.spilled].spill(&self.stores)?;
            self.fingerprints[self.spilled].spill(&self.fingerprint_writer)?;
            self.spilled += 1;
        }
        Ok(())
    }

    /// Takes one article in.
    pub(super) fn add(&mut self, role: Role, article: Article<'_>) -> Result<(), Error> {
        self.check_words(&article)?;
        self.count(1)?;
        if self.open_role != role {
            self.close_segment()?;
            self.open_role = role;
            self.open = OpenSegment::new(role);
        }
        let is_long = article.text.len() >= LONG_TEXT;
        self.bytes += article.text.len() as u64;
        let retained = self.settings.retained();
        let record = retained.for_removals.then(|| hash_of_fields(&article));
        take_in(&self.sketcher, article, retained, &mut Memory::default(), &mut self.open);
        if let Some(record) = record {
            self.open.articles.set_record_hash(record);
        }
        if is_long || self.open.articles.len() == SEGMENT_ARTICLES {
            self.close_segment()?;
        }
        Ok(())
    }

    /// Checks that the text of an article has no more words than may be taken in.
    fn check_words(&self, article: &Article<'_>) -> Result<(), Error> {
        let limit = self.settings.most_words();
        if has_more_words(&article.text, limit) {
            return Err(Error::record(&article.location, Problem::TooManyWords { limit }));
        }
        Ok(())
    }

    /// Stores the articles that were added one by one.
    pub(super) fn close_segment(&mut self) -> Result<(), Error> {
        if !self.open.articles.is_empty() {
            let open = std::mem::replace(&mut self.open, OpenSegment::new(self.open_role));
            let (segment, fingerprints) = self.store(open, self.budget())?;
            self.segments.push(segment);
            self.fingerprints.push(fingerprints);
            self.spill()?;
        }
        Ok(())
    }

    /// Takes records in, in parallel. Returns those that cannot be parsed.
    pub(super) fn take_records(&mut self, role: Role, records: &dyn Records) -> Result<Unparsed, Error> {
        self.bytes += records.bytes() as u64;
        let (budget, retained) = (self.budget(), self.settings.retained());
        let begins: Vec<usize> = (0..records.count()).step_by(SEGMENT_ARTICLES).collect();
        let taken: Result<Vec<(StoredSegment, StoredFingerprints, Unparsed)>, Error> = begins
            .into_par_iter()
            .map_init(Memory::default, |memory, begin| {
                let mut open = OpenSegment::new(role);
                let mut errors = Vec::new();
                for index in begin..(begin + SEGMENT_ARTICLES).min(records.count()) {
                    let article = records.article(index);
                    match article.and_then(|article| self.check_words(&article).map(|()| article)) {
                        Ok(article) => {
                            let hash =
                                || records.record_hash(index).unwrap_or_else(|| hash_of_fields(&article));
                            let record = retained.for_removals.then(hash);
                            take_in(&self.sketcher, article, retained, memory, &mut open);
                            if let Some(record) = record {
                                open.articles.set_record_hash(record);
                            }
                        }
                        Err(error) => errors.push((index, error)),
                    }
                }
                let (segment, fingerprints) = self.store(open, budget)?;
                Ok((segment, fingerprints, errors))
            })
            .collect();
        let mut unparsed = Vec::new();
        let before = self.segments.len();
        for (segment, fingerprints, errors) in taken? {
            self.segments.push(segment);
            self.fingerprints.push(fingerprints);
            unparsed.extend(errors);
        }
        self.count(self.segments[before..].iter().map(StoredSegment::len).sum())?;
        self.spill()?;
        Ok(unparsed)
    }

    fn store(&self, open: OpenSegment, budget: Budget) -> Result<(StoredSegment, StoredFingerprints), Error> {
        let fingerprints = open.fingerprints.store(&self.fingerprint_writer, budget.fingerprints())?;
        Ok((open.articles.store(&self.stores, budget.corpus_columns())?, fingerprints))
    }

    /// Takes articles in that were divided into tokens before.
    pub(super) fn add_segment(&mut self, articles: Segment) -> Result<(), Error> {
        self.close_segment()?;
        self.count(articles.len())?;
        let fingerprints = fingerprints_of_segment(&self.sketcher, &articles);
        self.bytes += articles.text_bytes();
        let (segment, fingerprints) = self.store(OpenSegment { articles, fingerprints }, self.budget())?;
        self.segments.push(segment);
        self.fingerprints.push(fingerprints);
        self.spill()
    }

    /// Ends the intake.
    pub(super) fn finish(mut self) -> Result<Taken, Error> {
        self.close_segment()?;
        let budget = self.budget();
        Ok(Taken {
            segments: self.segments,
            store: self.stores.close(budget.mapped_files())?,
            fingerprints: self.fingerprints,
            fingerprint_store: self.fingerprint_writer.close(budget.mapped_files())?,
            collections: self.collections,
            settings: self.settings,
            budget,
        })
    }
}

/// Divides an article into tokens, computes its fingerprints, and adds both to a segment.
fn take_in(
    sketcher: &Sketcher,
    article: Article<'_>,
    retained: Retained,
    memory: &mut Memory,
    open: &mut OpenSegment,
) {
    let without_notices = tokenize_without_notices(&article.text, &mut memory.tokens);
    sketcher.fingerprint(memory.tokens.tokens(), &mut memory.scratch, &mut open.fingerprints);
    open.articles.push_without_notices(article, without_notices.as_deref(), &memory.tokens, retained);
}

/// Returns a hash of all that an article says, which takes the place of the hash of its record if there is none.
pub(crate) fn hash_of_fields(article: &Article<'_>) -> u64 {
    let Article { key, text, site, published, title, url, other_text, location: _, row: _ } = article;
    let optional = [site, published, title, url].map(|field| field.as_deref().unwrap_or_default());
    let mut hash = Xxh3::new();
    for field in [key.as_str(), text, other_text].into_iter().chain(optional) {
        hash.update(&(field.len() as u64).to_le_bytes());
        hash.update(field.as_bytes());
    }
    hash.digest()
}
