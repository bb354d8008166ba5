//! A corpus with its truth and the clusters found in it in, how much of the truth the clusters hold out.
//!
//! A record of the corpus says which `stories` it carries and `how`; two articles belong together where they share a
//! story. Cost: all pairs of a story's articles, and some bytes an article.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// What a record says about itself; the text is skipped.
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

/// Pairs that belong together.
#[derive(Clone, Copy, Default)]
struct Pairs {
    all: u64,
    found: u64,
}

/// How well clusters match a corpus.
#[derive(Default)]
pub(crate) struct Score {
    articles: usize,
    clusters: usize,
    /// Pairs of two articles of one story; found is what is in one cluster.
    pairs: Pairs,
    /// The same, of an original and a copy, by what the copy is.
    of_original: BTreeMap<String, Pairs>,
    /// Pairs of two members of a cluster, of each cluster; found is what shares a story.
    members: Pairs,
    /// Clusters whose members share no one story, and what the first of them hold.
    glued: usize,
    glued_examples: Vec<String>,
    /// Clusters of one story, and stories that have such clusters.
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
        // A page is in a cluster once, however many of its passages are.
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
            ensure!(before.is_none(), "an id comes twice");
            corpus.stories.push(truth.stories);
            Ok(())
        })?;
        Ok(corpus)
    }

    fn kind(&self, article: u32) -> &str {
        &self.kinds[self.hows[article as usize] as usize]
    }
}

/// Reads JSON Lines.
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
        // Pairs that share two stories are counted for both, and taken off once.
        let (mut carriers, mut carriers_of_both) = (HashMap::new(), HashMap::new());
        for &member in members {
            let stories = &corpus.stories[member as usize];
            for (at, &story) in stories.iter().enumerate() {
                *carriers.entry(story).or_insert(0) += 1;
                for &other in &stories[..at] {
                    *carriers_of_both.entry((story.min(other), story.max(other))).or_insert(0) += 1;
                }
            }
        }
        let pairs =
            |counts: &mut dyn Iterator<Item = &usize>| counts.map(|&count| pairs_of(count)).sum::<u64>();
        self.members.found += pairs(&mut carriers.values()) - pairs(&mut carriers_of_both.values());
        let mut common = carriers.iter().filter(|&(_, &count)| count == members.len()).peekable();
        if common.peek().is_none() {
            self.glued += 1;
            if self.glued_examples.len() < 5 {
                let held = members.iter().take(8).map(|&member| {
                    let key = corpus.numbers.iter().find(|&(_, &number)| number == member);
                    format!("{} ({})", key.map_or("", |(key, _)| key), corpus.kind(member))
                });
                self.glued_examples.push(held.collect::<Vec<_>>().join(", "));
            }
        }
        for (&story, _) in common {
            *clusters_of_story.entry(story).or_insert(0) += 1;
        }
    }

    fn add_stories(&mut self, corpus: &Corpus, clusters_of: &[Vec<u32>]) {
        let mut carriers: Vec<(u64, u32)> = Vec::new();
        for (article, stories) in corpus.stories.iter().enumerate() {
            carriers.extend(stories.iter().map(|&story| (story, article as u32)));
        }
        carriers.sort_unstable();
        for story in carriers.chunk_by(|left, right| left.0 == right.0) {
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

/// Tells whether two ascending lists share a number.
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
