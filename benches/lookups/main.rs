//! Measures how long it takes to find one article in an archive that is open.
//!
//!     cargo run --release --example lookups -- ARCHIVE articles.jsonl --lookups 10000 --threads 4
//!
//! Each look-up is a whole run with one article: it finds the articles that it shares text with, in their stories. The
//! articles are looked up once before, so that what they need of the files is in memory.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use clap::Parser;
use wirecopy::archive::{Archive, Snapshot};
use wirecopy::{Article, Detector};

/// Measures how long it takes to find one article in an archive that is open
#[derive(Parser)]
struct Args {
    /// The archive
    archive: PathBuf,
    /// JSON Lines with `id`, `text`, `site`, `url` and `published`
    articles: PathBuf,
    /// The number of articles to look up
    #[arg(long, default_value_t = 10_000)]
    lookups: usize,
    /// The number of threads that look articles up
    #[arg(long, default_value_t = 1)]
    threads: usize,
    /// Measure the first time, too
    #[arg(long)]
    cold: bool,
}

fn main() -> Result<()> {
    let args = Args::parse();
    let articles = articles(&args.articles, args.lookups)?;
    let snapshot = Archive::open(&args.archive)?.snapshot();
    let rounds = if args.cold { &["cold", "warm"][..] } else { &["warm-up", "warm"] };
    for round in rounds {
        let begin = Instant::now();
        let (mut times, found) = look_up(&snapshot, &articles, args.threads)?;
        let seconds = begin.elapsed().as_secs_f64();
        times.sort_unstable();
        let at = |percent: usize| times[(times.len() - 1) * percent / 100].as_secs_f64() * 1e3;
        writeln!(
            io::stdout(),
            "{round}: {} look-ups by {} threads, {found} found; p50 {:.2} ms, p90 {:.2} ms, p99 {:.2} ms; {:.0} a second",
            times.len(),
            args.threads,
            at(50),
            at(90),
            at(99),
            times.len() as f64 / seconds,
        )?;
    }
    Ok(())
}

/// Reads the first articles of a file.
fn articles(path: &Path, count: usize) -> Result<Vec<Article<'static>>> {
    let file = File::open(path).with_context(|| path.display().to_string())?;
    let mut articles = Vec::new();
    for line in BufReader::new(file).lines().take(count) {
        let record: serde_json::Value = serde_json::from_str(&line?)?;
        let field = |name: &str| record[name].as_str().map(str::to_owned);
        let mut article =
            Article::new(field("id").context("a record has no id")?, field("text").unwrap_or_default());
        article.site = field("site");
        article.url = field("url");
        article.published = field("published");
        articles.push(article);
    }
    anyhow::ensure!(!articles.is_empty(), "{}: has no articles", path.display());
    Ok(articles)
}

/// Looks all articles up. Returns how long each took, and how many are in a cluster.
fn look_up(
    snapshot: &Snapshot,
    articles: &[Article<'static>],
    threads: usize,
) -> Result<(Vec<Duration>, usize)> {
    let next = AtomicUsize::new(0);
    let work = || -> Result<(Vec<Duration>, usize)> {
        let (mut times, mut found) = (Vec::new(), 0);
        while let Some(article) = articles.get(next.fetch_add(1, Ordering::Relaxed)) {
            let begin = Instant::now();
            let mut detector = Detector::new(snapshot.settings())?;
            detector.add(article.clone())?;
            found += usize::from(!snapshot.find(detector, &())?.clusters().is_empty());
            times.push(begin.elapsed());
        }
        Ok((times, found))
    };
    let results: Vec<Result<_>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads.max(1)).map(|_| scope.spawn(work)).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().expect("a thread that looks up does not panic"))
            .collect()
    });
    let (mut times, mut found) = (Vec::new(), 0);
    for result in results {
        let (more_times, more_found) = result?;
        times.extend(more_times);
        found += more_found;
    }
    Ok((times, found))
}
