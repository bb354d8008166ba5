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
        let Looked { mut times, mut processor_times, found, loaded } =
            look_up(&snapshot, &articles, args.threads)?;
        let (seconds, lookups) = (begin.elapsed().as_secs_f64(), times.len());
        writeln!(
            io::stdout(),
            "{round}: {lookups} look-ups by {} threads, {found} found, {:.1} articles loaded for each; {}; {:.0} a second",
            args.threads,
            loaded as f64 / lookups as f64,
            percentiles(&mut times),
            lookups as f64 / seconds,
        )?;
        if args.threads <= 1 && !processor_times.is_empty() {
            writeln!(io::stdout(), "{round}, processor time: {}", percentiles(&mut processor_times))?;
        }
    }
    Ok(())
}

/// Returns the percentiles of times, as text.
fn percentiles(times: &mut [Duration]) -> String {
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() - 1) * percent / 100].as_secs_f64() * 1e3;
    format!("p50 {:.2} ms, p90 {:.2} ms, p99 {:.2} ms", at(50), at(90), at(99))
}

/// Returns the processor time of this process, of all its threads; nothing where that is not known.
#[cfg(unix)]
fn processor_time() -> Option<Duration> {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Some(Duration::new(u64::try_from(time.tv_sec).ok()?, u32::try_from(time.tv_nsec).ok()?))
}

#[cfg(not(unix))]
fn processor_time() -> Option<Duration> {
    None
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

/// What look-ups took, and what they found.
#[derive(Default)]
struct Looked {
    times: Vec<Duration>,
    /// The processor time of all threads during each look-up.
    processor_times: Vec<Duration>,
    /// The number of articles that are in a cluster.
    found: usize,
    /// The number of articles that were loaded from the archive.
    loaded: usize,
}

/// Looks all articles up.
fn look_up(snapshot: &Snapshot, articles: &[Article<'static>], threads: usize) -> Result<Looked> {
    let next = AtomicUsize::new(0);
    let work = || -> Result<Looked> {
        let mut looked = Looked::default();
        while let Some(article) = articles.get(next.fetch_add(1, Ordering::Relaxed)) {
            let (begin, begin_processor) = (Instant::now(), processor_time());
            let mut detector = Detector::new(snapshot.settings())?;
            detector.add(article.clone())?;
            let findings = snapshot.find(detector, &())?;
            looked.found += usize::from(!findings.clusters().is_empty());
            looked.loaded += findings.counts().references;
            drop(findings);
            looked.times.push(begin.elapsed());
            let processor = processor_time().zip(begin_processor);
            looked.processor_times.extend(processor.map(|(end, begin)| end - begin));
        }
        Ok(looked)
    };
    let results: Vec<Result<Looked>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads.max(1)).map(|_| scope.spawn(work)).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().expect("a thread that looks up does not panic"))
            .collect()
    });
    let mut all = Looked::default();
    for result in results {
        let looked = result?;
        all.times.extend(looked.times);
        all.processor_times.extend(looked.processor_times);
        all.found += looked.found;
        all.loaded += looked.loaded;
    }
    Ok(all)
}
