//! Writes the two articles of a comparison and their scores as a table.

use std::io::{self, Write};

use crate::cluster::kind;
use crate::detect::Comparison;
use crate::write::listing::{ArticleEntry, article_lines};
use crate::write::screen::Screen;
use crate::write::styles::{BOLD, DIM};

/// Writes what identifies both articles, then their scores, passages and kind.
pub(super) fn write_score_table(
    comparison: &Comparison,
    screen: Screen,
    out: &mut dyn Write,
) -> io::Result<()> {
    write_articles(comparison, screen, out)?;
    let (corpus, found) = (comparison.corpus(), comparison.shared());
    let score = |score: f64| format!("{score:.4}");
    let [words_a, words_b] = found.counted_words().map(|words| words.to_string());
    let rows = [
        ("words", words_a, words_b, ""),
        (
            "coverage",
            score(found.coverage_a()),
            score(found.coverage_b()),
            "share of its words in shared passages",
        ),
        (
            "containment",
            score(found.containment_a()),
            score(found.containment_b()),
            "share of its shingles that the other has",
        ),
    ];
    writeln!(out, "   {}", screen.paint(BOLD, &format!("{:<14}{:>8}{:>8}", "", "A", "B")))?;
    for (name, a, b, note) in rows {
        let line = format!("   {name:<14}{a:>8}{b:>8}   {}", screen.paint(DIM, note));
        writeln!(out, "{}", line.trim_end())?;
    }
    let note = screen.paint(DIM, "shingles in both, as a share of those in either");
    writeln!(out, "   {:<14}{:>16}   {note}", "resemblance", score(found.resemblance()))?;
    let passages = match found.passages.len() {
        0 => "none".to_owned(),
        1 => format!("1, with {} equal words", found.longest),
        count => format!("{count}, the longest with {} equal words", found.longest),
    };
    writeln!(out, "   {:<14}{passages}", "passages")?;
    if let Some(kind) = comparison.relation().and_then(|_| kind(corpus, found.a, found.b)) {
        writeln!(out, "   {:<14}{}", "kind", kind.name())?;
    }
    writeln!(out)
}

/// Writes what identifies both articles, and where in them the shared passages are.
fn write_articles(comparison: &Comparison, screen: Screen, out: &mut dyn Write) -> io::Result<()> {
    let found = comparison.shared();
    let sides = [
        ("A", found.a, &found.region_a, found.coverage_a()),
        ("B", found.b, &found.region_b, found.coverage_b()),
    ];
    for (name, id, region, share) in sides {
        let label = (name.to_owned(), BOLD);
        let entry = ArticleEntry { id, region, share, label, label_columns: name.len(), note: None };
        write!(out, "{}", article_lines(screen, comparison.corpus(), &entry))?;
    }
    writeln!(out)
}
