//! `wirecopy compare`: two articles in, how they relate out.

use std::io::Write as _;

use wirecopy::text::{Tokens, tokenize};
use wirecopy::write::Comparison;
use wirecopy::{ArticleId, Corpus, Part, Settings};

use crate::args::{CompareArgs, CompareFormat};
use crate::exit::Answer;
use crate::output::Output;
use crate::pick;

pub(crate) fn run(arguments: &CompareArgs) -> anyhow::Result<Answer> {
    let mut settings = Settings::default();
    arguments.judge.apply(&mut settings);
    settings.check()?;
    let articles = pick::articles([&arguments.a, &arguments.b], &arguments.read.options())?;
    let mut part = Part::new();
    let mut tokens = Tokens::new();
    for article in articles {
        tokenize(&article.text, &mut tokens);
        part.push(article, &tokens, true);
    }
    let corpus = Corpus::new(vec![part]);
    // A corpus numbers its articles by key; here they come as they were named.
    let mut ids: Vec<ArticleId> = corpus.ids().collect();
    ids.sort_by_key(|&id| corpus.place_in_parts(id));
    let comparison = Comparison::new(&corpus, ids[0], ids[1], settings.align_rule(), settings.judge_rule());
    let mut output = Output::open(None)?;
    match arguments.format {
        CompareFormat::Text => comparison.write(output.screen(), &mut output)?,
        CompareFormat::Json => {
            serde_json::to_writer(&mut output, &comparison.record(arguments.offsets.offsets()))?;
            writeln!(output)?;
        }
    }
    output.finish()?;
    Ok(if comparison.relation().is_some() { Answer::Done } else { Answer::No })
}
