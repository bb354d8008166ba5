//! A comparison in, its table of numbers out.

use std::io::{self, Write};

use anstyle::Style;

use crate::cluster::kind;
use crate::detect::Comparison;
use crate::write::Listing;
use crate::write::listing::{DIM, Entry};
use crate::write::option_names::OptionNames;
use crate::write::screen::Screen;

const BOLD: Style = Style::new().bold();

/// Writes whence the two articles are, and all numbers that judge them.
pub(super) fn write(comparison: &Comparison, screen: Screen, out: &mut dyn Write) -> io::Result<()> {
    let (corpus, found) = (comparison.corpus(), comparison.shared());
    let listing = Listing { screen, members: 0, boilerplate: false, names: OptionNames::default() };
    let sides = [
        ("A", found.a, &found.region_a, found.coverage_a()),
        ("B", found.b, &found.region_b, found.coverage_b()),
    ];
    for (name, id, region, share) in sides {
        let label = (name.to_owned(), BOLD);
        let entry = Entry { id, region, share, label, label_columns: name.len(), note: None };
        write!(out, "{}", listing.article(corpus, &entry))?;
    }
    let score = |score: f64| format!("{score:.4}");
    let [words_a, words_b] = found.words.map(|words| words.to_string());
    let kind = comparison.relation().and_then(|_| kind(corpus, found.a, found.b));
    let passages = match found.passages.len() {
        0 => "none".to_owned(),
        1 => format!("1, of {} equal words", found.longest),
        count => format!("{count}, the longest of {} equal words", found.longest),
    };
    writeln!(out)?;
    let rows = [
        ("words", words_a, words_b, ""),
        ("coverage", score(found.coverage_a()), score(found.coverage_b()), "words in shared passages"),
        (
            "containment",
            score(found.containment_a()),
            score(found.containment_b()),
            "shingles that the other has too",
        ),
    ];
    writeln!(out, "   {}", screen.paint(BOLD, &format!("{:<14}{:>8}{:>8}", "", "A", "B")))?;
    for (name, a, b, note) in rows {
        let line = format!("   {name:<14}{a:>8}{b:>8}   {}", screen.paint(DIM, note));
        writeln!(out, "{}", line.trim_end())?;
    }
    let note = screen.paint(DIM, "shingles in both of those in either");
    writeln!(out, "   {:<14}{:>16}   {note}", "resemblance", score(found.resemblance()))?;
    writeln!(out, "   {:<14}{passages}", "passages")?;
    if let Some(kind) = kind {
        writeln!(out, "   {:<14}{}", "kind", kind.name())?;
    }
    writeln!(out)
}
