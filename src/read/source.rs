//! Chooses how the records of an input are read: as ranges of bytes, or as rows of columns.

use std::sync::Arc;

use super::batch::Batch;
use super::bytes::source::ByteSource;
use super::counted_bytes::ByteCount;
use super::fill::Fill;
use super::open_input::OpenInput;
use super::options::ReadOptions;
#[cfg(feature = "web")]
use super::page::encoding_counts::EncodingCounts;
use super::parse::plan::FieldPlan;
#[cfg(feature = "parquet")]
use super::rows::source::RowSource;
use super::sizes::Sizes;
use super::source_summary::SourceSummary;
use crate::error::Error;

/// An input that is being read.
#[derive(Debug)]
pub(super) enum Source {
    Bytes(Box<ByteSource>),
    #[cfg(feature = "parquet")]
    Rows(Box<RowSource>),
}

impl Source {
    /// Creates the source of the records of `input`, which is the input with the index `number` of the reader. `packed`
    /// counts the bytes that are read of all files, with its value when the input was opened.
    pub(super) fn new(
        input: OpenInput,
        number: usize,
        options: &ReadOptions,
        plan: &Arc<FieldPlan>,
        sizes: Sizes,
        #[cfg_attr(
            not(feature = "parquet"),
            expect(unused_variables, reason = "only rows are counted when they are read")
        )]
        packed: &(Arc<ByteCount>, u64),
    ) -> Self {
        #[cfg(feature = "parquet")]
        if input.format == super::format::Format::Parquet {
            return Self::Rows(Box::new(RowSource::new(
                input,
                number,
                options,
                plan,
                sizes.batch,
                packed.clone(),
            )));
        }
        Self::Bytes(Box::new(ByteSource::new(input, number, options, plan, sizes.block)))
    }

    /// Appends records to `batch` until it is full or the source ends.
    ///
    /// # Errors
    /// The error after the records that were appended. After an [`Error::Record`], the source can continue.
    pub(super) fn fill(&mut self, batch: &mut Batch) -> Result<Fill, Error> {
        match self {
            Self::Bytes(source) => source.fill(batch),
            #[cfg(feature = "parquet")]
            Self::Rows(source) => source.fill(batch),
        }
    }

    /// Returns the counts of the encodings of pages, if it may have pages.
    #[cfg(feature = "web")]
    pub(super) fn encodings(&self) -> Option<Arc<EncodingCounts>> {
        match self {
            Self::Bytes(source) => Some(source.encodings()),
            #[cfg(feature = "parquet")]
            Self::Rows(_) => None,
        }
    }

    /// Returns what has been read so far.
    pub(super) fn summary(&self) -> SourceSummary {
        match self {
            Self::Bytes(source) => source.summary(),
            #[cfg(feature = "parquet")]
            Self::Rows(source) => source.summary(),
        }
    }
}
