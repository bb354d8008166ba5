//! `wirecopy pairs`: reports the pairs of articles that share text.

use wirecopy::Settings;
use wirecopy::report::Listed;

use crate::args::PairsArgs;
use crate::exit::Answer;
use crate::report_run::{ClusterDetail, ReportRun};
use crate::selection::SelectedPairs;
use crate::summary::Outcome;

pub(crate) fn run(arguments: &PairsArgs) -> anyhow::Result<Answer> {
    let settings = Settings::with(|settings| settings.all_pairs = arguments.all_pairs);
    let run = ReportRun::new(&arguments.search, &arguments.report, settings, ClusterDetail::default())?;
    let (findings, mut report) = run.find()?;
    let listed = if arguments.all_pairs { Listed::All } else { Listed::Leaders };
    let mut selected = SelectedPairs::new(&arguments.selection, findings.corpus());
    selected.report(findings.pairs(listed), |pairs| report.pairs(&findings, pairs))?;
    let SelectedPairs { reported, left_out, .. } = selected;
    report.finish(&findings, Outcome::Pairs { reported, left_out })?;
    Ok(Answer::Done)
}
