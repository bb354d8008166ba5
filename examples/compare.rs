//! Compares two text files, and prints their relation and the passages that they share.
//!
//!     cargo run --example compare -- a.txt b.txt

#![allow(clippy::print_stdout, reason = "an example prints")]

use std::fs;

use wirecopy::report::Offsets;
use wirecopy::verify::Relation;
use wirecopy::{Article, Settings, compare};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let [a, b] = paths.as_slice() else { return Err("expected two files".into()) };
    let (text_a, text_b) = (fs::read_to_string(a)?, fs::read_to_string(b)?);
    let comparison =
        compare(Article::new(a, text_a.clone()), Article::new(b, text_b.clone()), &Settings::default())?;
    let record = comparison.record(Offsets::Bytes);
    println!("relation: {}", record.relation.unwrap_or("none"));
    println!("words of {} in {}: {:.0} %", record.a, record.b, 100.0 * record.coverage_a);
    println!("words of {} in {}: {:.0} %", record.b, record.a, 100.0 * record.coverage_b);
    // If one text is an excerpt of the other, it is the first one of the record.
    let text = if comparison.relation() == Some(Relation::Contains) { &text_b } else { &text_a };
    for spans in &record.spans {
        println!("---\n{}", &text[spans.a[0] as usize..spans.a[1] as usize]);
    }
    Ok(())
}
