//! `wirecopy pairs`: reports the pairs of articles that share text.

use wirecopy::Settings;
use wirecopy::report::Listed;

use crate::args::PairsArgs;
use crate::exit::Answer;
use crate::report_run::{ClusterDetail, ReportRun};
use crate::summary::Outcome;

pub(crate) fn run(arguments: &PairsArgs) -> anyhow::Result<Answer> {
    let settings = Settings::with(|settings| settings.all_pairs = arguments.all_pairs);
    let run = ReportRun::new(&arguments.search, &arguments.report, settings, ClusterDetail::default())?;
    let (findings, mut report) = run.find()?;
    let listed = if arguments.all_pairs { Listed::All } else { Listed::Leaders };
    let pairs = findings.pairs(listed);
    let mut reported = 0;
    report.pairs(&findings, &mut pairs.inspect(|_| reported += 1))?;
    report.finish(&findings, Outcome::Pairs { reported })?;
    Ok(Answer::Done)
}
