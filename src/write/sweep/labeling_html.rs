//! Writes examples as a page on which a person labels them.

use std::io::{self, Write};

use crate::corpus::Corpus;
use crate::report::rounded;
use crate::sweep::Example;
use crate::write::html::{LabelingPair, write_labeling_page};
use crate::write::option_names::OptionNames;

/// Writes a page on which a person labels pairs, and downloads the labels as a file that can be read as labels.
/// Texts must have been kept (the setting `keep_texts`). Pairs that share nothing are left out. `names` are the
/// names of the options that the page mentions.
///
/// # Errors
/// The error of the writer.
pub fn write_labeling_html(
    corpus: &Corpus,
    examples: &[Example],
    names: OptionNames,
    out: &mut dyn Write,
) -> io::Result<()> {
    let pairs = examples.iter().filter_map(|example| {
        let found = example.measure.as_ref()?.shared();
        Some(LabelingPair { found, verdict: example.verdict.name(), score: rounded(example.score) })
    });
    write_labeling_page(corpus, pairs.collect(), names, out)
}
