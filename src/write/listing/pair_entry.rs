//! Writes the entry of a pair in a listing.

use std::cmp::Reverse;
use std::io::{self, Write};

use anstyle::Style;

use super::article_lines::{ArticleEntry, INDENT, article_lines};
use super::quote::quote;
use super::relation_label::relation_label;
use crate::cluster::kind;
use crate::corpus::Corpus;
use crate::verify::{Match, Passage, Relation};
use crate::write::screen::Screen;
use crate::write::styles::DIM;

/// Writes the entry of a pair: its relation, both articles, and how the longest passage begins.
pub(super) fn write_pair_entry(
    screen: Screen,
    corpus: &Corpus,
    number: usize,
    found: &Match,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (label, style) = relation_label(Some(found.relation), kind(corpus, found.a, found.b));
    let words = match found.aligned_words() {
        1 => "1 word".to_owned(),
        words => format!("{words} words"),
    };
    let direction = if found.relation == Relation::Excerpt {
        ": the first article is an excerpt of the second"
    } else {
        ""
    };
    let rest = format!("{direction} · {words} shared · resemblance {:.2}", found.resemblance());
    writeln!(out, "{number}. {}{}", screen.paint(style.bold(), &label), screen.paint(DIM, &rest))?;
    let sides =
        [(found.a, &found.region_a, found.coverage_a()), (found.b, &found.region_b, found.coverage_b())];
    for (id, region, share) in sides {
        let label = (String::new(), Style::new());
        let entry = ArticleEntry { id, region, share, label, label_columns: 0, note: None };
        write!(out, "{}", article_lines(screen, corpus, &entry))?;
    }
    let longest = found.passages.iter().max_by_key(|passage| (passage.words(), Reverse(passage.a().start)));
    let quote =
        longest.map(Passage::a).and_then(|range| quote(screen, corpus, found.a, &range, INDENT.len()));
    write!(out, "{}", quote.unwrap_or_default())
}
