//! Checks the findings in the labeled fixtures: no cluster merges two stories, no copy is missed, other news is in
//! no cluster, and neither the order of the input nor the number of threads changes anything.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::ops::Range;
use std::path::{Path, PathBuf};

use wirecopy::cluster::Cluster;
use wirecopy::corpus::Corpus;
use wirecopy::{
    Article, ArticleId, Detector, Findings, Input, Location, ReadOptions, Reader, Settings, find_inputs,
};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

fn detect(inputs: Vec<Input>) -> Findings {
    let mut detector = Detector::new(Settings::default()).unwrap();
    detector.read(Reader::new(inputs, ReadOptions::default()), &(), Err).unwrap();
    detector.finish(&()).unwrap()
}

fn findings() -> Findings {
    detect(find_inputs(&[fixture("articles.jsonl")]).unwrap())
}

/// The byte ranges of each article that contain a story, with the name of the story.
struct Labels(BTreeMap<String, Vec<(Range<usize>, String)>>);

impl Labels {
    fn read() -> Self {
        let mut labels = BTreeMap::<String, Vec<(Range<usize>, String)>>::new();
        for line in std::fs::read_to_string(fixture("labels.jsonl")).unwrap().lines() {
            let label: serde_json::Value = serde_json::from_str(line).unwrap();
            let number = |name: &str| label[name].as_u64().unwrap() as usize;
            let text = |name: &str| label[name].as_str().unwrap().to_owned();
            labels.entry(text("article")).or_default().push((number("begin")..number("end"), text("story")));
        }
        Self(labels)
    }

    /// Returns the stories of which the passages of an article contain more than a phrase.
    fn stories(&self, corpus: &Corpus, id: ArticleId, passages: &[Range<u32>]) -> BTreeSet<&str> {
        const PHRASE: usize = 6;
        let spans = corpus.spans(id);
        let mut words = BTreeMap::<&str, usize>::new();
        for &(begin, end) in
            passages.iter().flat_map(|range| &spans[range.start as usize..range.end as usize])
        {
            for (range, story) in self.0.get(corpus.header(id).key).into_iter().flatten() {
                if range.start <= begin as usize && end as usize <= range.end {
                    *words.entry(story).or_default() += 1;
                }
            }
        }
        words.into_iter().filter(|&(_, count)| count > PHRASE).map(|(story, _)| story).collect()
    }

    /// Returns the stories that the passages of all members of a cluster contain.
    fn common(&self, corpus: &Corpus, cluster: &Cluster) -> BTreeSet<&str> {
        let of_members = cluster.members.iter().map(|member| {
            let own: Vec<Range<u32>> =
                cluster.passages_of(member).iter().map(|(_, own)| own.clone()).collect();
            self.stories(corpus, member.id, &own)
        });
        of_members.reduce(|common, other| common.intersection(&other).copied().collect()).unwrap_or_default()
    }

    /// Returns the stories that more than one article contains, with these articles.
    fn shared(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let mut articles_of_story = BTreeMap::<&str, BTreeSet<&str>>::new();
        for (article, passages) in &self.0 {
            for (_, story) in passages {
                articles_of_story.entry(story).or_default().insert(article);
            }
        }
        articles_of_story.retain(|_, articles| articles.len() > 1);
        articles_of_story
    }
}

#[test]
fn no_cluster_merges_stories() {
    let labels = Labels::read();
    let findings = findings();
    for cluster in findings.clusters().iter().filter(|cluster| !cluster.is_junk(findings.corpus())) {
        let key = findings.corpus().header(cluster.representative).key;
        let has_none = labels.common(findings.corpus(), &cluster).is_empty();
        assert!(!has_none, "the members of the cluster of {key} have no common story");
    }
}

#[test]
fn junk_is_marked() {
    let findings = findings();
    let corpus = findings.corpus();
    let junk: Vec<&str> =
        corpus.ids().filter(|&id| corpus.is_junk(id)).map(|id| corpus.header(id).key).collect();
    assert_eq!(junk, ["read-on-1", "read-on-2", "robot-1", "robot-2"]);
    let mut last_two = findings.clusters().iter().skip(findings.clusters().len() - 2);
    assert!(last_two.all(|cluster| cluster.is_junk(corpus)), "junk comes last");
}

/// Articles without sites form the same clusters, except for boilerplate on few pages.
#[test]
fn unknown_sites_merge_no_stories() {
    let articles = fs::read_to_string(fixture("articles.jsonl")).unwrap();
    let mut detector = Detector::new(Settings::default()).unwrap();
    for (line, record) in (1..).zip(articles.lines()) {
        let record: serde_json::Value = serde_json::from_str(record).unwrap();
        let field = |name: &str| record[name].as_str().map(str::to_owned);
        let location = Location { file: "articles.jsonl".into(), line };
        let (key, text) = (field("id").unwrap(), field("text").unwrap());
        let (published, title) = (field("published"), field("title"));
        detector.add(Article { published, title, location, ..Article::new(key, text) }).unwrap();
    }
    /// A line that one site prints under two headlines. Without the site, it could be a short article of two sites.
    const NO_STORY: &str = "read-on-1";
    let labels = Labels::read();
    let findings = detector.finish(&()).unwrap();
    for cluster in findings.clusters().iter().filter(|cluster| !cluster.is_junk(findings.corpus())) {
        let key = findings.corpus().header(cluster.representative).key;
        let has_none = labels.common(findings.corpus(), &cluster).is_empty();
        assert!(!has_none || key == NO_STORY, "the members of the cluster of {key} have no common story");
    }
}

#[test]
fn only_a_story_with_disjoint_excerpts_has_several_clusters() {
    let labels = Labels::read();
    let findings = findings();
    let mut clusters = BTreeMap::<&str, usize>::new();
    for cluster in findings.clusters() {
        for story in labels.common(findings.corpus(), &cluster) {
            *clusters.entry(story).or_default() += 1;
        }
    }
    let pieces: Vec<(&str, usize)> = clusters.into_iter().filter(|&(_, count)| count > 1).collect();
    assert_eq!(pieces, [("glassworks", 2)]);
}

#[test]
fn every_copy_is_found() {
    let labels = Labels::read();
    let findings = findings();
    let mut found = BTreeSet::new();
    for cluster in findings.clusters() {
        for story in labels.common(findings.corpus(), &cluster) {
            found.extend(
                cluster.members.iter().map(|member| (story, findings.corpus().header(member.id).key)),
            );
        }
    }
    let shared = labels.shared();
    let all =
        shared.iter().flat_map(|(&story, articles)| articles.iter().map(move |&article| (story, article)));
    let missed: Vec<(&str, &str)> = all.filter(|one| !found.contains(one)).collect();
    // A lead of 46 words in two excerpts, and 85 words in an article about another topic. Quotes can be as long, so
    // these are pairs, but form no clusters.
    let too_short = ["lighthouse-lead-and-end", "lighthouse-start", "reef-excerpt"];
    assert_eq!(missed.iter().map(|&(_, article)| article).collect::<Vec<_>>(), too_short);
    for key in too_short {
        let is_key = |id: ArticleId| findings.corpus().header(id).key == key;
        assert!(
            findings.matches().iter().any(|found| is_key(found.a) || is_key(found.b)),
            "{key} is in a pair"
        );
    }
}

#[test]
fn other_news_is_in_no_cluster() {
    let findings = findings();
    let clustered: BTreeSet<&str> = findings
        .clusters()
        .iter()
        .flat_map(|cluster| cluster.members)
        .map(|member| findings.corpus().header(member.id).key)
        .collect();
    let same_topic = ["reef-cable", "reef-skippers", "reef-science", "reef-comment"];
    let one_site = ["hives", "clock", "pool", "bridge", "poet", "pump"];
    let quotes = ["waiting-lists", "empty-chairs", "recall", "race", "post-vans", "car-sleepers"];
    let forms = ["lottery-may", "lottery-june", "weather-tuesday", "weather-friday", "stocks-monday"];
    let names = ["posting-varn", "posting-esk", "obituary-ketter", "obituary-sorel"];
    let others = ["football-9", "football-13", "cash-machine", "cyclist", "zh-drones", "ru-ferry", "empty"];
    for key in [&same_topic[..], &one_site, &quotes, &forms, &names, &others].concat() {
        assert!(findings.corpus().ids().any(|id| findings.corpus().header(id).key == key), "{key} is read");
        assert!(!clustered.contains(key), "{key} is in a cluster");
    }
}

/// The page dump has a citation footer that repeats the headline, the other page the headline twice and a second
/// story.
#[test]
fn passages_exclude_text_around_the_story() {
    let labels = Labels::read();
    let findings = findings();
    let corpus = findings.corpus();
    let key = |id: ArticleId| corpus.header(id).key;
    for article in ["reef-dump", "reef-second-story"] {
        let cluster = findings.clusters().get(0);
        let member = cluster.members.iter().find(|member| key(member.id) == article).unwrap();
        let spans = corpus.spans(member.id);
        let (story, _) = labels.0[article].iter().find(|(_, story)| story == "reef").unwrap();
        let outside =
            |&&(begin, end): &&(u32, u32)| (begin as usize) < story.start || end as usize > story.end;
        let own = cluster
            .passages_of(member)
            .iter()
            .flat_map(|(_, own)| &spans[own.start as usize..own.end as usize]);
        let others: Vec<&(u32, u32)> = own.filter(outside).collect();
        // The agency's credit line, `(c) 2031 Meridian Press`, is part of the story.
        assert!(others.len() <= 4, "{others:?} of {article}");
    }
}

/// Finds the reprint among the articles that the project started from. They are not part of it; if they are
/// missing, the test prints that it is skipped.
#[test]
fn the_reprint_among_the_seed_articles_is_found() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    if !seeds.exists() {
        let note = "the_reprint_among_the_seed_articles_is_found: SKIPPED, there are no seed articles";
        writeln!(std::io::stderr(), "{note}").unwrap();
        return;
    }
    let findings = detect(find_inputs(&[seeds]).unwrap());
    assert_eq!(findings.clusters().len(), 1);
    let cluster = findings.clusters().get(0);
    let corpus = findings.corpus();
    let names: Vec<&str> = cluster
        .members
        .iter()
        .map(|member| corpus.header(member.id).key.rsplit(['/', '\\']).next().unwrap_or_default())
        .collect();
    assert_eq!(names, ["001_baece57472113516.txt", "003_dbdbaca914522aef.txt"]);
    // Up to "…of American customers' data": neither the citation footer nor the second story.
    let ends: Vec<u32> = cluster
        .members
        .iter()
        .map(|member| {
            let spans = corpus.spans(member.id);
            cluster
                .passages_of(member)
                .iter()
                .map(|(_, own)| spans[own.end as usize - 1].1)
                .max()
                .unwrap_or_default()
        })
        .collect();
    assert_eq!(ends, [3292, 3132]);
}

fn described(findings: &Findings) -> Vec<Vec<String>> {
    let corpus = findings.corpus();
    let mut clusters: Vec<Vec<String>> = findings
        .clusters()
        .iter()
        .map(|cluster| {
            let mut members: Vec<String> = cluster
                .members
                .iter()
                .map(|member| {
                    format!(
                        "{} {:?} {:?}",
                        corpus.header(member.id).key,
                        member.relation,
                        cluster.passages_of(member)
                    )
                })
                .collect();
            members.sort();
            members.insert(0, cluster.id.to_string());
            members
        })
        .collect();
    clusters.sort();
    clusters
}

fn shuffled(lines: &[&str], seed: u64) -> String {
    let mut order: Vec<(u64, &str)> = (1..)
        .zip(lines)
        .map(|(index, line): (u64, _)| (index.wrapping_mul(seed).rotate_left(23).wrapping_mul(seed), *line))
        .collect();
    order.sort_unstable();
    order.into_iter().flat_map(|(_, line)| [line, "\n"]).collect()
}

#[test]
fn neither_order_nor_threads_change_the_findings() {
    let text = std::fs::read_to_string(fixture("articles.jsonl")).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let expected = described(&findings());
    for (threads, seed) in [(1, 0x9E37_79B9), (2, 0x85EB_CA6B), (8, 0xC2B2_AE35)] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let input = shuffled(&lines, seed);
        let found = pool.install(|| {
            let reader = std::io::Cursor::new(input.into_bytes());
            described(&detect(vec![Input::reader("articles.jsonl", reader)]))
        });
        assert_eq!(found, expected, "{threads} threads");
    }
}
