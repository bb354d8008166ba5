//! `wirecopy compare`: compares two articles. The answer is no if they are not related.

use std::io::{self, Write as _};
use std::path::PathBuf;

use wirecopy::corpus::Corpus;
use wirecopy::detect::{compare_in, start_threads};
use wirecopy::write::write_comparison;
use wirecopy::{Detector, ReadOptions, Reader, Settings, compare, find_inputs};

use crate::args::{CompareArgs, CompareFormat};
use crate::article_selector::{SelectedArticles, read_selected};
use crate::exit::Answer;
use crate::option_names::option_names;
use crate::output::Output;
use crate::output_mode::OutputMode;
use crate::output_name::{JSON, TEXT};

pub(crate) fn run(arguments: &CompareArgs) -> anyhow::Result<Answer> {
    let mut settings = Settings::default();
    arguments.judge.apply(&mut settings);
    arguments.shingles.apply(&mut settings);
    settings.check()?;
    start_threads(None)?;
    settings.boilerplate = !arguments.no_boilerplate;
    let options = arguments.read.options();
    let SelectedArticles { articles: [a, b], collections } =
        read_selected([&arguments.a, &arguments.b], &options)?;
    let comparison = if settings.boilerplate && !collections.is_empty() {
        compare_in(&masked_corpus(&settings, &collections, options)?, a, b, &settings)?
    } else {
        compare(a, b, &settings)?
    };
    let endings = if matches!(arguments.format, CompareFormat::Json) { JSON } else { TEXT };
    let mut output = Output::open(None, endings, OutputMode::default())?;
    match arguments.format {
        CompareFormat::Text => write_comparison(&comparison, option_names(), output.screen(), &mut output)?,
        CompareFormat::Json => {
            let record = comparison.record(arguments.offsets.offsets());
            serde_json::to_writer(&mut output, &record).map_err(io::Error::from)?;
            writeln!(output)?;
        }
    }
    // Standard output needs no publication.
    let _ = output.finish()?;
    Ok(if comparison.relation().is_some() { Answer::Done } else { Answer::No })
}

/// Reads the files from which the articles were selected, and masks what sites repeat, as `cluster` does. Records
/// that cannot be read are skipped.
fn masked_corpus(settings: &Settings, files: &[PathBuf], options: ReadOptions) -> anyhow::Result<Corpus> {
    let mut detector = Detector::new(settings.clone())?;
    detector.read(Reader::new(find_inputs(files)?, options), &(), |_| Ok(()))?;
    Ok(detector.mask(&())?)
}
