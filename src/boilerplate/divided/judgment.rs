//! Judges some texts by their sampled pages.

use super::local_page::LocalPage;
use crate::boilerplate::criteria::{Criteria, Weight};
use crate::boilerplate::masking_rule::MaskingRule;
use crate::boilerplate::page_group::GroupKind;
use crate::boilerplate::sample_reader::SampleReader;

/// A text with its sample.
#[derive(Clone, Debug)]
pub struct SampledText {
    /// The knowledge about its site.
    pub kind: GroupKind,
    /// The indexes of the sampled pages, ascending.
    pub sample: Vec<u32>,
}

/// A text that is boilerplate by the evidence of its own site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JudgedText {
    /// One page of each story around it.
    pub stories: Vec<u32>,
    /// The weight of the evidence.
    pub weight: Weight,
}

/// Judges texts. Returns for each what is known of it if it is boilerplate.
///
/// `pages` have fingerprints and addresses, and short ones have tokens, too.
pub fn judge_texts(
    pages: &Vec<LocalPage>,
    texts: &[SampledText],
    rule: MaskingRule,
) -> Vec<Option<JudgedText>> {
    let criteria = Criteria::default();
    let mut reader = SampleReader::new(pages, &criteria, rule.shingle_size);
    let judge = |text: &SampledText| {
        let stories = reader.judge(&text.sample, text.kind)?;
        Some(JudgedText { stories: stories.pages, weight: stories.weight })
    };
    texts.iter().map(judge).collect()
}

/// Returns the number of words from which on a page is not short. The tokens of shorter ones are needed to judge texts.
pub fn short_page() -> usize {
    Criteria::default().short_page
}
