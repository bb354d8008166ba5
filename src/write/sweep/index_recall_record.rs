//! Defines the record of the candidates that a setting of the index finds.

use serde::Serialize;

use crate::report::rounded;
use crate::sweep::IndexRecall;

/// The candidates that a setting of the index finds.
#[derive(Clone, Debug, Serialize)]
pub(super) struct IndexRecallRecord {
    bands: usize,
    rows: usize,
    window: usize,
    candidates: usize,
    copies: usize,
    copies_found: usize,
    copies_in_bands: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    positive_candidates: Option<usize>,
    sample: usize,
    bins: Vec<RecallBinRecord>,
}

/// The candidates among pairs in a range of resemblance.
#[derive(Clone, Debug, Serialize)]
struct RecallBinRecord {
    from: f64,
    to: f64,
    pairs: usize,
    predicted: f64,
    in_bands: f64,
    candidates: f64,
}

impl IndexRecallRecord {
    /// Creates the record of a setting.
    pub(super) fn new(recall: &IndexRecall) -> Self {
        let bins = recall.bins.iter().map(|bin| RecallBinRecord {
            from: bin.from,
            to: bin.to,
            pairs: bin.pairs,
            predicted: rounded(bin.predicted),
            in_bands: rounded(bin.in_bands),
            candidates: rounded(bin.candidates),
        });
        Self {
            bands: recall.setting.banding.bands,
            rows: recall.setting.banding.rows,
            window: recall.setting.window,
            candidates: recall.candidates,
            copies: recall.copies.all,
            copies_found: recall.copies.candidates,
            copies_in_bands: recall.copies.in_bands,
            positive_candidates: recall.labels.map(|(found, _)| found),
            sample: recall.sample,
            bins: bins.collect(),
        }
    }
}
