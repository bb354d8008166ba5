//! Files and standard input in, articles out: one file per format, compression by magic bytes.
//!
//! Reading only cuts: [`Reader::next_batch`] finds where records begin and end, in one thread and in reading
//! order; [`Batch::article`] parses one record and may be called from many threads.
//!
//! Invariants: a batch holds whole records; records come in reading order; how the input arrives (sizes of
//! reads, of blocks, of batches) never changes a record, its line or an error. Only of damaged gzip or Zstandard data
//! the decoder may give up the last bytes before the damage or not.
//! Cost: one pass; memory is one batch plus the longest record, twice that while it grows, whatever the size of
//! the input.

mod batch;
mod content;
mod csv;
mod cut;
mod decompress;
mod fields;
mod inputs;
mod json;
mod jsonl;
mod labels;
mod object;
mod origin;
mod row;
mod sniff;
mod source;
mod spool;
mod text;
mod value;

use std::sync::Arc;

use crate::error::Error;

pub use self::batch::Batch;
pub use self::content::Content;
use self::fields::Plan;
pub use self::inputs::{Input, find_inputs};
pub use self::labels::{LabelFields, LabelRow, read_labels};
pub(crate) use self::object::names as member_names;
use self::source::{Fill, Source};

/// How input is to be understood.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// Under which names the fields of an article stand.
    pub fields: FieldNames,
    /// The format of every input; found by itself where it is not given.
    pub format: Option<Format>,
    /// The size in bytes a record may have at most, up to [`ReadOptions::LARGEST_RECORD`]. A longer one is an
    /// [`Error::Record`] and is passed over without being held in memory.
    pub max_record: usize,
}

impl ReadOptions {
    /// The most that [`ReadOptions::max_record`] can allow: 3 GiB, so that places in a text are numbers of 32 bits.
    pub const LARGEST_RECORD: usize = 3 << 30;
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self { fields: FieldNames::default(), format: None, max_record: 256 << 20 }
    }
}

/// The names of the fields in JSON objects and CSV headers, where they are not to be found by themselves.
///
/// A field that is not named is looked for under the names scrapers use, the first that is filled, also as `Text` and
/// `TEXT`: text under `text`, `maintext`, `body`, `content`, `article`, `raw_text`, `full_text`, `plain_text`,
/// `article_text`, `articleBody`; key under `id`, `key`, `uid`, else the URL; site under `source_domain`, `domain`,
/// `hostname`, `source`, `site`, `site_name`, `sitename`, `publisher`; date under `published`, `date`, `date_publish`,
/// `pub_date`, `pubdate`, `pubDate`, `publish_date`, `published_at`, `publishedAt`, `published_date`, `datePublished`,
/// `datetime`, `timestamp`; title under `title`, `headline`; URL under `url`, `link`, `canonical_url`.
///
/// A name given here may lead into nested objects: `a.b` is the member `b` of the member `a`, unless there is a
/// member that is itself called `a.b`. A record that lacks a field named here is an error; null is an empty text
/// or no value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldNames {
    /// The field with the text.
    pub text: Option<String>,
    /// The field with the caller's name for the article.
    pub key: Option<String>,
    /// The field with the publication.
    pub site: Option<String>,
    /// The field with the URL.
    pub url: Option<String>,
    /// The field with the date of publication.
    pub published: Option<String>,
    /// The field with the headline.
    pub title: Option<String>,
}

/// How records stand in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One JSON object a line.
    JsonLines,
    /// A JSON array of objects, or objects one after another, over any number of lines.
    Json,
    /// Fields between commas, or semicolons where the header has no comma, under a header row, quoted with `"` where
    /// need be.
    Csv,
    /// Fields between tabs under a header row, quoted with `"` where need be.
    Tsv,
    /// The whole file is the text of one article.
    Text,
}

impl Format {
    /// Gives its name in records.
    pub fn name(self) -> &'static str {
        match self {
            Self::JsonLines => "jsonl",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Text => "text",
        }
    }
}

/// How a file was packed, told by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compression {
    /// Not at all.
    Plain,
    /// As gzip, of one or several members.
    Gzip,
    /// As Zstandard, of one or several frames.
    Zstd,
}

impl Compression {
    /// Gives its name in records.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "none",
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
        }
    }
}

/// What has been read of one input so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceSummary {
    /// The file as it was named; `-` for standard input.
    pub name: String,
    /// How many bytes were read, after decompression.
    pub bytes: u64,
    /// XXH3-64, with seed 0, of these bytes.
    pub hash: u64,
    /// How many records were cut. Those longer than allowed are not among them.
    pub records: u64,
    /// How its records stand.
    pub format: Format,
    /// How it was packed.
    pub compression: Compression,
    /// What stands between the fields of a CSV or TSV file.
    pub delimiter: Option<u8>,
    /// The header row of a CSV or TSV file as it stands, without its line end.
    pub header: Option<Vec<u8>>,
    /// The byte, after decompression, at which that row ends.
    pub header_end: Option<u64>,
}

/// How much is read and handed out at a time; a parameter for the tests, which vary it.
#[derive(Clone, Copy, Debug)]
struct Sizes {
    /// Bytes of records after which a batch is handed out.
    batch: usize,
    /// Bytes asked of the system at a time; small enough to be still in the cache when they are cut.
    block: usize,
    /// Bytes by which a format is told.
    head: usize,
}

const SIZES: Sizes = Sizes { batch: 4 << 20, block: 256 << 10, head: 64 << 10 };

/// Reads inputs one after another and hands their records out in batches.
///
/// ```
/// use wirecopy::{Input, ReadOptions, Reader};
/// let lines = "{\"id\": 7, \"text\": \"Rain is expected.\"}\n";
/// let mut reader = Reader::new(vec![Input::reader("demo.jsonl", lines.as_bytes())], ReadOptions::default());
/// let batch = reader.next_batch()?.expect("the input holds one record");
/// let article = batch.article(0)?;
/// assert_eq!((article.key.as_str(), article.text.as_str()), ("7", "Rain is expected."));
/// assert_eq!(article.location.to_string(), "demo.jsonl:1");
/// # Ok::<(), wirecopy::Error>(())
/// ```
#[derive(Debug)]
pub struct Reader {
    inputs: std::vec::IntoIter<Input>,
    options: ReadOptions,
    plan: Arc<Plan>,
    sizes: Sizes,
    current: Option<Source>,
    /// An error that waits until the records before it are handed out.
    pending: Option<Error>,
    summaries: Vec<SourceSummary>,
}

impl Reader {
    /// Makes a reader over `inputs`, which it opens one after another as it comes to them.
    pub fn new(inputs: Vec<Input>, options: ReadOptions) -> Self {
        Self::with_sizes(inputs, options, SIZES)
    }

    /// Makes a reader that reads and hands out so few bytes at a time that borders fall everywhere.
    #[cfg(fuzzing)]
    #[doc(hidden)]
    pub fn in_pieces(inputs: Vec<Input>, options: ReadOptions, batch: usize, block: usize) -> Self {
        Self::with_sizes(inputs, options, Sizes { batch, block, head: SIZES.head })
    }

    fn with_sizes(inputs: Vec<Input>, mut options: ReadOptions, sizes: Sizes) -> Self {
        options.max_record = options.max_record.min(ReadOptions::LARGEST_RECORD);
        Self {
            inputs: inputs.into_iter(),
            plan: Arc::new(Plan::new(&options.fields)),
            options,
            sizes,
            current: None,
            pending: None,
            summaries: Vec::new(),
        }
    }

    /// Reads the next records, about 4 MiB of them, or nothing after the last one.
    ///
    /// A batch may hold records of several files, and is never empty.
    ///
    /// # Errors
    /// An error comes after all records before it, and reading may go on after it: behind the record where
    /// [`Error::is_record`] holds, else with the next file.
    pub fn next_batch(&mut self) -> Result<Option<Batch>, Error> {
        if let Some(error) = self.pending.take() {
            return Err(error);
        }
        let mut batch = Batch::new(self.sizes.batch, self.sizes.block);
        match self.fill(&mut batch) {
            Err(error) if batch.is_empty() => return Err(error),
            Err(error) => self.pending = Some(error),
            Ok(()) => {}
        }
        Ok((!batch.is_empty()).then_some(batch))
    }

    /// Tells what has been read of each input that was opened, in reading order; it is final for an input once
    /// records of a later one, or nothing more, came out.
    pub fn sources(&self) -> &[SourceSummary] {
        &self.summaries
    }

    fn fill(&mut self, batch: &mut Batch) -> Result<(), Error> {
        loop {
            let mut source = match self.current.take() {
                Some(source) => source,
                None => match self.inputs.next() {
                    Some(input) => {
                        let number = self.summaries.len();
                        let source = Source::open(input, number, &self.options, &self.plan, self.sizes)?;
                        self.summaries.push(source.summary());
                        source
                    }
                    None => return Ok(()),
                },
            };
            let outcome = source.fill(batch);
            if let Some(summary) = self.summaries.last_mut() {
                *summary = source.summary();
            }
            match outcome {
                Ok(Fill::End) => {}
                Ok(Fill::Full) => {
                    self.current = Some(source);
                    return Ok(());
                }
                Err(error) => {
                    if error.is_record() {
                        self.current = Some(source);
                    }
                    return Err(error);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
