//! `wirecopy pairs`: articles in, pairs of those that share text out.

use wirecopy::Settings;
use wirecopy::report::Listed;

use crate::args::PairsArgs;
use crate::exit::Answer;
use crate::run::{ClusterDetail, Run};
use crate::summary::Outcome;

pub(crate) fn run(arguments: &PairsArgs) -> anyhow::Result<Answer> {
    let settings = Settings { all_pairs: arguments.all_pairs, ..Settings::default() };
    let run = Run::new(&arguments.search, &arguments.report, settings, ClusterDetail::default())?;
    let (findings, mut reporting) = run.find()?;
    let listed = if arguments.all_pairs { Listed::All } else { Listed::Leaders };
    let pairs = findings.pairs(listed);
    let mut reported = 0;
    reporting.pairs(&findings, &mut pairs.inspect(|_| reported += 1))?;
    reporting.finish(&findings, Outcome::Pairs { reported })?;
    Ok(Answer::Done)
}
