//! Reads inputs one after another, and returns their records in batches.

use std::sync::Arc;

use super::batch::Batch;
use super::counted_bytes::ByteCount;
use super::fill::Fill;
use super::input::Input;
use super::open_input::OpenInput;
use super::options::ReadOptions;
#[cfg(feature = "web")]
use super::page::encoding_counts::EncodingCounts;
use super::parse::plan::FieldPlan;
use super::sizes::Sizes;
use super::source::Source;
use super::source_summary::SourceSummary;
use super::suspect_texts::SuspectTexts;
use crate::error::Error;

/// Reads inputs one after another, and returns their records in batches.
///
/// ```
/// use wirecopy::{Input, ReadOptions, Reader};
/// let lines = "{\"id\": 7, \"text\": \"Rain is expected.\"}\n";
/// let mut reader = Reader::new(vec![Input::reader("demo.jsonl", lines.as_bytes())], ReadOptions::default());
/// let batch = reader.next_batch()?.expect("the input holds one record");
/// let article = batch.article(0)?;
/// assert_eq!((&*article.key, &*article.text), ("7", "Rain is expected."));
/// assert_eq!(article.location.to_string(), "demo.jsonl:1");
/// # Ok::<(), wirecopy::Error>(())
/// ```
#[derive(Debug)]
pub struct Reader {
    inputs: std::vec::IntoIter<Input>,
    options: ReadOptions,
    plan: Arc<FieldPlan>,
    sizes: Sizes,
    current: Option<Source>,
    /// An error to be returned after the records before it.
    pending: Option<Error>,
    summaries: Vec<SourceSummary>,
    /// The counts of the encodings of pages, of each source.
    #[cfg(feature = "web")]
    encodings: Vec<Option<Arc<EncodingCounts>>>,
    /// The number of bytes that were read, before decompression.
    packed: Arc<ByteCount>,
}

impl Reader {
    /// Creates a reader of `inputs`. It opens each input after it has read the ones before.
    pub fn new(inputs: Vec<Input>, options: ReadOptions) -> Self {
        Self::with_sizes(inputs, options, Sizes::DEFAULT)
    }

    /// Creates a reader that reads and returns so few bytes at a time that every record may be divided between
    /// blocks.
    #[cfg(fuzzing)]
    #[doc(hidden)]
    pub fn in_pieces(inputs: Vec<Input>, options: ReadOptions, batch: usize, block: usize) -> Self {
        Self::with_sizes(inputs, options, Sizes { batch, block, head: Sizes::DEFAULT.head })
    }

    /// Creates a reader that reads and returns as many bytes at a time as `sizes` says.
    pub(super) fn with_sizes(inputs: Vec<Input>, mut options: ReadOptions, sizes: Sizes) -> Self {
        options.max_record = options.max_record.min(ReadOptions::LARGEST_RECORD);
        let plan = FieldPlan::new(&options.fields);
        let plan = if options.repair { plan.with_repair() } else { plan };
        Self {
            inputs: inputs.into_iter(),
            plan: Arc::new(plan),
            options,
            sizes,
            current: None,
            pending: None,
            summaries: Vec::new(),
            #[cfg(feature = "web")]
            encodings: Vec::new(),
            packed: Arc::default(),
        }
    }

    /// Reads what pages print besides their articles, too, from the next input on.
    pub(crate) fn read_other_text(&mut self) {
        self.options.other_text = true;
    }

    /// Returns the next records, about 4 MiB of them; `None` after the last one.
    ///
    /// A batch may contain records of several files, and is never empty.
    ///
    /// # Errors
    /// An error is returned after all records before it. Reading may continue: if [`Error::is_record`], with the
    /// next record, otherwise with the next file.
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

    /// Returns the number of bytes that were read of all inputs, before decompression. After the last batch, it is the
    /// size of the files.
    pub fn bytes_read(&self) -> u64 {
        self.packed.get()
    }

    /// Returns the means to stop this reader from another thread.
    pub(crate) fn stopper(&self) -> Arc<ByteCount> {
        Arc::clone(&self.packed)
    }

    /// Returns what has been read of each input that was opened, in reading order. The summary of an input is final
    /// after [`Reader::next_batch`] has returned records of a later input, or `None`.
    pub fn sources(&self) -> &[SourceSummary] {
        &self.summaries
    }

    /// Returns what has been read of each input that was opened, with what the records say that were parsed.
    pub fn parsed_sources(&self) -> Vec<SourceSummary> {
        let summaries = self.summaries.clone();
        #[cfg(feature = "web")]
        let summaries = summaries.into_iter().zip(&self.encodings).map(|(summary, encodings)| {
            let encodings = encodings.as_ref().map(|encodings| encodings.counts()).unwrap_or_default();
            SourceSummary { encodings, ..summary }
        });
        #[cfg(feature = "web")]
        let summaries = summaries.collect();
        summaries
    }

    /// Returns what the site field says in every record that was parsed, if it is one name though the addresses of the
    /// records are on several domains: then it is the name of the collection, and no site.
    pub fn collection(&self) -> Option<&str> {
        self.plan.collection()
    }

    /// Returns the numbers of texts that were parsed and are probably stored wrongly.
    pub fn suspect_texts(&self) -> SuspectTexts {
        self.plan.suspect_texts()
    }

    /// Appends records to `batch` until it is full or the last input ends.
    fn fill(&mut self, batch: &mut Batch) -> Result<(), Error> {
        loop {
            let mut source = match self.current.take() {
                Some(source) => source,
                None => match self.inputs.next() {
                    Some(input) => self.open(input)?,
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

    /// Opens an input, and adds its summary.
    fn open(&mut self, input: Input) -> Result<Source, Error> {
        let before = self.bytes_read();
        let opened = OpenInput::new(input, &self.options, &self.plan, self.sizes.head, &self.packed)?;
        let number = self.summaries.len();
        let packed = (Arc::clone(&self.packed), before);
        let source = Source::new(opened, number, &self.options, &self.plan, self.sizes, &packed);
        self.summaries.push(source.summary());
        #[cfg(feature = "web")]
        self.encodings.push(source.encodings());
        Ok(source)
    }
}
