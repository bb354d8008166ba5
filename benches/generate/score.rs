//! Compares the clusters that were found in a corpus with its truth.
//!
//! Each record of the corpus names the `stories` that it contains and `how`. Two articles belong together if they
//! share a story. Cost: time for all pairs of the articles of each story, and memory of a few bytes an article.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// The truth in a record. Its text is skipped.
#[derive(Deserialize)]
struct Truth {
    id: String,
    stories: Vec<u64>,
    how: String,
}

#[derive(Deserialize)]
struct Cluster {
    members: Vec<Member>,
}

#[derive(Deserialize)]
struct Member {
    key: String,
}

/// The number of pairs, and the number of found pairs.
#[derive(Clone, Copy, Default)]
struct Pairs {
    all: u64,
    found: u64,
}

/// The result of the comparison.
#[derive(Default)]
pub(crate) struct Score {
    articles: usize,
    clusters: usize,
    /// Pairs of articles that share a story; found are those that share a cluster.
    pairs: Pairs,
    /// The same for pairs of an original and a copy, by the kind of the copy.
    of_original: BTreeMap<String, Pairs>,
    /// Pairs of members of each cluster; found are those that share a story.
    members: Pairs,
    /// Clusters whose members have no common story, and the members of the first of these clusters.
    glued: usize,
    glued_examples: Vec<String>,
    /// Clusters whose members have a common story, and the number of these stories.
    story_clusters: usize,
    clustered_stories: usize,
}

/// The truth about all articles, by number.
struct Corpus {
    numbers: HashMap<String, u32>,
    stories: Vec<Vec<u64>>,
    hows: Vec<u8>,
    kinds: Vec<String>,
}

/// Scores the clusters that `wirecopy cluster` found in a corpus.
pub(crate) fn score(corpus: &Path, clusters: &Path) -> Result<Score> {
    let corpus = Corpus::read(corpus)?;
    let mut score = Score { articles: corpus.hows.len(), ..Score::default() };
    let mut clusters_of: Vec<Vec<u32>> = vec![Vec::new(); corpus.hows.len()];
    let mut clusters_of_story: HashMap<u64, u32> = HashMap::new();
    each(clusters, |cluster: Cluster| {
        let mut members = Vec::with_capacity(cluster.members.len());
        for member in &cluster.members {
            members.push(
                *corpus.numbers.get(&member.key).with_context(|| format!("no article {:?}", member.key))?,
            );
        }
        // A page counts once, even if several of its passages are in the cluster.
        members.sort_unstable();
        members.dedup();
        for &member in &members {
            clusters_of[member as usize].push(score.clusters as u32);
        }
        score.add_cluster(&corpus, &members, &mut clusters_of_story);
        Ok(())
    })?;
    score.story_clusters = clusters_of_story.values().map(|&count| count as usize).sum();
    score.clustered_stories = clusters_of_story.len();
    score.add_stories(&corpus, &clusters_of);
    Ok(score)
}

impl Corpus {
    fn read(path: &Path) -> Result<Self> {
        let mut corpus =
            Self { numbers: HashMap::new(), stories: Vec::new(), hows: Vec::new(), kinds: Vec::new() };
        each(path, |truth: Truth| {
            let kind = corpus.kinds.iter().position(|kind| *kind == truth.how).unwrap_or_else(|| {
                corpus.kinds.push(truth.how);
                corpus.kinds.len() - 1
            });
            corpus.hows.push(kind as u8);
            let before = corpus.numbers.insert(truth.id, corpus.stories.len() as u32);
            ensure!(before.is_none(), "the id is repeated");
            corpus.stories.push(truth.stories);
            Ok(())
        })?;
        Ok(corpus)
    }

    fn kind(&self, article: u32) -> &str {
        &self.kinds[self.hows[article as usize] as usize]
    }
}

/// Reads JSON Lines, and calls `visit` with each record.
fn each<T: DeserializeOwned>(path: &Path, mut visit: impl FnMut(T) -> Result<()>) -> Result<()> {
    let mut input =
        BufReader::with_capacity(1 << 20, File::open(path).with_context(|| path.display().to_string())?);
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        let at = || format!("{}:{number}", path.display());
        visit(serde_json::from_slice(&line).with_context(at)?).with_context(at)?;
    }
    Ok(())
}

impl Score {
    fn add_cluster(&mut self, corpus: &Corpus, members: &[u32], clusters_of_story: &mut HashMap<u64, u32>) {
        self.clusters += 1;
        self.members.all += pairs_of(members.len());
        // Pairs that share two stories are counted for both, so they are subtracted once.
        let (mut articles_of_story, mut articles_of_both) = (HashMap::new(), HashMap::new());
        for &member in members {
            let stories = &corpus.stories[member as usize];
            for (at, &story) in stories.iter().enumerate() {
                *articles_of_story.entry(story).or_insert(0) += 1;
                for &other in &stories[..at] {
                    *articles_of_both.entry((story.min(other), story.max(other))).or_insert(0) += 1;
                }
            }
        }
        let pairs =
            |counts: &mut dyn Iterator<Item = &usize>| counts.map(|&count| pairs_of(count)).sum::<u64>();
        self.members.found += pairs(&mut articles_of_story.values()) - pairs(&mut articles_of_both.values());
        let mut common = articles_of_story.iter().filter(|&(_, &count)| count == members.len()).peekable();
        if common.peek().is_none() {
            self.glued += 1;
            if self.glued_examples.len() < 5 {
                let names = members.iter().take(8).map(|&member| {
                    let key = corpus.numbers.iter().find(|&(_, &number)| number == member);
                    format!("{} ({})", key.map_or("", |(key, _)| key), corpus.kind(member))
                });
                self.glued_examples.push(names.collect::<Vec<_>>().join(", "));
            }
        }
        for (&story, _) in common {
            *clusters_of_story.entry(story).or_insert(0) += 1;
        }
    }

    fn add_stories(&mut self, corpus: &Corpus, clusters_of: &[Vec<u32>]) {
        let mut articles_of_story: Vec<(u64, u32)> = Vec::new();
        for (article, stories) in corpus.stories.iter().enumerate() {
            articles_of_story.extend(stories.iter().map(|&story| (story, article as u32)));
        }
        articles_of_story.sort_unstable();
        for story in articles_of_story.chunk_by(|left, right| left.0 == right.0) {
            for (at, &(_, left)) in story.iter().enumerate() {
                for &(_, right) in &story[..at] {
                    let found = share(&clusters_of[left as usize], &clusters_of[right as usize]);
                    self.pairs.add(found);
                    let copy = match (corpus.kind(left), corpus.kind(right)) {
                        ("original", copy) | (copy, "original") => copy,
                        _ => continue,
                    };
                    match self.of_original.get_mut(copy) {
                        Some(pairs) => pairs.add(found),
                        None => {
                            self.of_original
                                .insert(copy.to_owned(), Pairs { all: 1, found: u64::from(found) });
                        }
                    }
                }
            }
        }
    }
}

impl Pairs {
    fn add(&mut self, found: bool) {
        self.all += 1;
        self.found += u64::from(found);
    }
}

impl fmt::Display for Pairs {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = self.found as f64 / self.all.max(1) as f64;
        write!(out, "{share:.4}  ({} of {})", self.found, self.all)
    }
}

fn pairs_of(count: usize) -> u64 {
    count as u64 * (count as u64).saturating_sub(1) / 2
}

/// Returns whether two ascending lists share a number.
fn share(left: &[u32], right: &[u32]) -> bool {
    left.iter().any(|number| right.binary_search(number).is_ok())
}

impl fmt::Display for Score {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "articles           {}", self.articles)?;
        writeln!(out, "clusters           {}", self.clusters)?;
        writeln!(out, "recall             {}", self.pairs)?;
        for (kind, pairs) in &self.of_original {
            writeln!(out, "  {kind:<16} {pairs}")?;
        }
        writeln!(out, "precision          {}", self.members)?;
        writeln!(out, "glued clusters     {}", self.glued)?;
        for example in &self.glued_examples {
            writeln!(out, "  {example}")?;
        }
        let each = self.story_clusters as f64 / self.clustered_stories.max(1) as f64;
        writeln!(out, "clusters a story   {each:.3}")
    }
}
