//! `wirecopy compare`: two articles in, how they relate out.

use std::io::{self, Write as _};
use std::path::PathBuf;

use wirecopy::text::{Tokens, tokenize};
use wirecopy::write::Comparison;
use wirecopy::{ArticleId, Corpus, Detector, ReadOptions, Reader, Segment, Settings, find_inputs};

use crate::args::{CompareArgs, CompareFormat};
use crate::exit::Answer;
use crate::option_names::option_names;
use crate::output::Output;
use crate::pick::{self, Picked};

pub(crate) fn run(arguments: &CompareArgs) -> anyhow::Result<Answer> {
    let mut settings = Settings::default();
    arguments.judge.apply(&mut settings);
    arguments.shingles.apply(&mut settings);
    settings.check()?;
    settings.boilerplate = !arguments.no_boilerplate;
    let options = arguments.read.options();
    let Picked { articles, piles } = pick::articles([&arguments.a, &arguments.b], &options)?;
    let mut part = Segment::new();
    let mut tokens = Tokens::new();
    for article in articles {
        tokenize(&article.text, &mut tokens);
        part.push(article, &tokens, true);
    }
    let mut corpus = Corpus::new(vec![part]);
    if settings.boilerplate && !piles.is_empty() {
        mask(&mut corpus, &settings, &piles, options)?;
    }
    // A corpus numbers its articles by key; here they come as they were named.
    let mut ids: Vec<ArticleId> = corpus.ids().collect();
    ids.sort_by_key(|&id| corpus.place_in_parts(id));
    let comparison = Comparison::new(&corpus, ids[0], ids[1], settings.align_rule(), settings.judge_rule())
        .with_option_names(option_names());
    let mut output = Output::open(None)?;
    match arguments.format {
        CompareFormat::Text => comparison.write(output.screen(), &mut output)?,
        CompareFormat::Json => {
            let record = comparison.record(arguments.offsets.offsets());
            serde_json::to_writer(&mut output, &record).map_err(io::Error::from)?;
            writeln!(output)?;
        }
    }
    output.finish()?;
    Ok(if comparison.relation().is_some() { Answer::Done } else { Answer::No })
}

/// Masks of two articles what their sites repeat in the files from which they were picked, as `cluster` would mask it
/// on these files. Records that cannot be read show nothing.
fn mask(
    corpus: &mut Corpus,
    settings: &Settings,
    piles: &[PathBuf],
    options: ReadOptions,
) -> anyhow::Result<()> {
    let mut detector = Detector::new(settings.clone())?;
    detector.read(Reader::new(find_inputs(piles)?, options), &(), |_| Ok(()))?;
    let pile = detector.mask(&())?;
    let mask = |id: ArticleId| {
        let same = pile.ids().find(|&other| pile.place(other) == corpus.place(id))?;
        pile.is_masked(same).then(|| (id, pile.masked_tokens(same).collect()))
    };
    let masks: Vec<_> = corpus.ids().filter_map(mask).collect();
    corpus.mask(&masks);
    Ok(())
}
