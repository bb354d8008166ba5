//! A match in, its entry of a listing out.

use std::io::{self, Write};

use anstyle::Style;

use super::article::{Entry, INDENT};
use super::{DIM, Listing};
use crate::cluster::kind;
use crate::corpus::Corpus;
use crate::verify::{Match, Passage, Relation};

/// Writes the entry of one match.
pub(super) fn write(
    listing: &Listing,
    corpus: &Corpus,
    number: usize,
    found: &Match,
    out: &mut dyn Write,
) -> io::Result<()> {
    let screen = listing.screen;
    let (label, style) = listing.relation(Some(found.relation), kind(corpus, found.a, found.b));
    let words = match found.aligned_words() {
        1 => "1 word".to_owned(),
        words => format!("{words} words"),
    };
    let direction = if found.relation == Relation::Excerpt { ", the first of the second" } else { "" };
    let rest = format!("{direction} · {words} shared · resemblance {:.2}", found.resemblance());
    writeln!(out, "{number}. {}{}", screen.paint(style.bold(), &label), screen.paint(DIM, &rest))?;
    let sides =
        [(found.a, &found.region_a, found.coverage_a()), (found.b, &found.region_b, found.coverage_b())];
    for (id, region, share) in sides {
        let label = (String::new(), Style::new());
        let entry = Entry { id, region, share, label, label_columns: 0, note: None };
        write!(out, "{}", listing.article(corpus, &entry))?;
    }
    let longest =
        found.passages.iter().max_by_key(|passage| (passage.words(), std::cmp::Reverse(passage.a().start)));
    let quote =
        longest.map(Passage::a).and_then(|range| listing.quote(corpus, found.a, &range, INDENT.len()));
    write!(out, "{}", quote.unwrap_or_default())
}
