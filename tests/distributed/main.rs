//! The steps of a divided collection find the clusters and removals of one run: all of them are run here over tables in
//! memory, which are sorted and joined as a distributed engine does it.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod articles;
mod masks;
mod matches;
mod removals;
mod rows;

use wirecopy::cluster::Cluster;
use wirecopy::corpus::Corpus;
use wirecopy::{Article, Settings, find_copies};

use self::articles::articles;
use self::masks::mask;
use self::matches::{MatchRow, components_of, findings_of, matches_of};
use self::rows::{Row, rows_of};

/// Runs the steps that find matches.
fn matches_by_steps(articles: Vec<Article<'static>>, settings: &Settings) -> (Vec<Row>, Vec<MatchRow>) {
    let mut rows = rows_of(articles, settings);
    if settings.boilerplate {
        mask(&mut rows, settings);
    }
    let matches = matches_of(&rows, settings);
    (rows, matches)
}

/// Runs all steps. Returns the described clusters.
fn clusters_by_steps(articles: Vec<Article<'static>>, settings: &Settings) -> Vec<String> {
    let (rows, matches) = matches_by_steps(articles, settings);
    let joining: Vec<&MatchRow> = matches.iter().filter(|found| found.joins).collect();
    let component_of = components_of(joining.iter().copied());
    let mut described = Vec::new();
    for part in findings_of(&rows, &joining, &component_of, settings) {
        let findings = part.findings;
        described.extend(findings.clusters().iter().map(|cluster| describe(findings.corpus(), &cluster)));
    }
    described.sort();
    described
}

fn describe(corpus: &Corpus, cluster: &Cluster) -> String {
    let members: Vec<String> = cluster
        .members
        .iter()
        .map(|member| {
            format!(
                "{} {:?}",
                corpus.key(member.id),
                (
                    &member.relation,
                    &member.passage_relation,
                    &member.kind,
                    member.resemblance,
                    cluster.passages_of(member),
                    member.bridge
                )
            )
        })
        .collect();
    format!("{} {} {:?} {members:?}", cluster.id, cluster.story_id, cluster.why)
}

#[test]
fn steps_find_the_clusters_of_one_run() {
    let cases = [
        Settings::with(|settings| settings.for_removals = false),
        Settings::with(|settings| settings.boilerplate = false),
        Settings::with(|settings| (settings.threshold, settings.window) = (0.8, 5)),
        Settings::with(|settings| settings.within = Some(2 * 24 * 3600)),
    ];
    for settings in cases {
        let findings = find_copies(articles(), settings.clone()).unwrap();
        let mut expected: Vec<String> =
            findings.clusters().iter().map(|cluster| describe(findings.corpus(), &cluster)).collect();
        expected.sort();
        assert!(expected.len() > 20 && (!settings.boilerplate || findings.counts().masked > 30));
        assert_eq!(clusters_by_steps(articles(), &settings), expected, "{settings:?}");
    }
}
