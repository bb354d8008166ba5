//! Writes a corpus of made-up scraped news with known copies, or compares clusters with them.
//!
//!     cargo run --release --example generate -- --articles 100000 --seed 1 --output news.jsonl
//!     wirecopy cluster news.jsonl > clusters.jsonl
//!     cargo run --release --example generate -- --score news.jsonl clusters.jsonl

mod corpus;
mod score;

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Parser;

/// Writes made-up scraped news with known copies, or compares clusters with them
#[derive(Parser)]
struct Args {
    /// The number of articles to write; each has about 3.5 KB
    #[arg(long, default_value_t = 10_000)]
    articles: u64,
    /// The seed; equal seeds write equal bytes
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The output file [default: standard output]
    #[arg(long)]
    output: Option<PathBuf>,
    /// Score the clusters that `wirecopy cluster` found in a corpus
    #[arg(long, num_args = 2, value_names = ["CORPUS", "CLUSTERS"], conflicts_with_all = ["articles", "seed"])]
    score: Option<Vec<PathBuf>>,
}

fn main() -> Result<()> {
    let args = Args::parse();
    let mut out: Box<dyn Write> = match &args.output {
        Some(path) => Box::new(File::create(path).with_context(|| path.display().to_string())?),
        None => Box::new(io::stdout().lock()),
    };
    if let Some(paths) = args.score {
        write!(out, "{}", score::score(&paths[0], &paths[1])?)?;
    } else {
        corpus::write(args.articles, args.seed, &mut BufWriter::with_capacity(1 << 20, out))?;
    }
    Ok(())
}
