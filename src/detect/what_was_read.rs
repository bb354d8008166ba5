//! Describes what a run read besides articles.

use crate::read::{SourceSummary, SuspectTexts};

/// The inputs and the invalid records that a detector read.
#[derive(Debug)]
pub(crate) struct WhatWasRead {
    pub(super) sources: Vec<SourceSummary>,
    pub(super) references: Vec<SourceSummary>,
    pub(super) suspects: SuspectTexts,
    /// The numbers of the records that could not be parsed, ascending.
    pub(super) invalid: Vec<u64>,
}
