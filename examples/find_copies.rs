//! Finds copies among articles in memory, and prints the passage that each member of a cluster shares.
//!
//!     cargo run --example find_copies

#![allow(clippy::print_stdout, reason = "an example prints")]

use wirecopy::report::Offsets;
use wirecopy::{Article, Error, Settings, find_copies};

fn main() -> Result<(), Error> {
    let story = "The ferry to Lund stayed in harbor on Monday after its second engine failed in the storm, and \
        four hundred passengers slept in the gymnasium of the school.";
    let articles = [
        Article::new("original", story),
        Article::new("reprint", format!("HARBOR NEWS. {story} Read more on page 2.")),
        Article::new("other", "The council of Lindmark has voted for a second bridge across the river Olle."),
    ];
    let findings = find_copies(articles.clone(), Settings::default())?;
    for cluster in findings.cluster_records(Offsets::Bytes) {
        println!("{} articles share a passage of {}:", cluster.size, cluster.representative);
        for member in cluster.members.iter() {
            let text = articles.iter().find(|article| article.key == member.key).map(|article| &article.text);
            for (&[begin, end], text) in member.spans.iter().zip(text) {
                println!("  {} ({}): {}", member.key, member.relation, &text[begin as usize..end as usize]);
            }
        }
    }
    Ok(())
}
