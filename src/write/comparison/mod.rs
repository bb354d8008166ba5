//! Two articles in, how they relate out: a sentence, the numbers, and both texts with what they share marked.

mod anchor;
mod columns;
mod flow;
mod numbers;
mod segment;

pub(super) use self::anchor::anchors;
pub(super) use self::segment::{TextPiece, segments};

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::percent;
use super::screen::Screen;
use crate::detect::Comparison;
use crate::verify::{Relation, Score};

/// Writes a comparison: the relation in a sentence, the numbers, and both texts side by side if the screen is wide
/// enough. Only texts that are kept are shown.
///
/// # Errors
/// What the writer returns.
pub fn write_comparison(comparison: &Comparison, screen: Screen, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}\n", screen.paint(style(comparison).bold(), &sentence(comparison)))?;
    numbers::write(comparison, screen, out)?;
    columns::write(comparison, screen, out)
}

fn style(comparison: &Comparison) -> Style {
    match comparison.relation() {
        Some(Relation::Exact | Relation::NearDuplicate) => AnsiColor::Green.on_default(),
        Some(Relation::Excerpt) => AnsiColor::Yellow.on_default(),
        Some(Relation::Partial) => AnsiColor::Magenta.on_default(),
        None => Style::new(),
    }
}

/// Says the relation in a sentence, with the numbers that decided.
fn sentence(comparison: &Comparison) -> String {
    let found = comparison.shared();
    let (a, b) = match comparison.rule().by {
        Score::Containment => (found.containment_a(), found.containment_b()),
        Score::Coverage | Score::Resemblance => (found.coverage_a(), found.coverage_b()),
    };
    let [a, b] = [a, b].map(percent);
    let threshold = comparison.rule().threshold;
    match comparison.relation() {
        Some(Relation::Exact)
            if [found.a, found.b].iter().all(|&id| comparison.corpus().seams(id).is_empty()) =>
        {
            "Exact: A and B are the same, word for word.".to_owned()
        }
        Some(Relation::Exact) => {
            "Exact: A and B are the same, word for word, but for what their sites repeat.".to_owned()
        }
        Some(Relation::NearDuplicate) if comparison.rule().by == Score::Resemblance => {
            format!("Near-duplicates: their resemblance is {:.2}.", found.resemblance())
        }
        Some(Relation::NearDuplicate) => {
            format!("Near-duplicates: {a} of A stands in B, and {b} of B in A.")
        }
        Some(Relation::Excerpt) if comparison.b_is_excerpt() => {
            format!("Excerpt: B is one of A; {b} of B stands in A, and {a} of A in B.")
        }
        Some(Relation::Excerpt) => {
            format!("Excerpt: A is one of B; {a} of A stands in B, and {b} of B in A.")
        }
        Some(Relation::Partial) => format!(
            "Partial: they share a passage of {} words, but neither stands in the other ({a} of A, {b} of B).",
            found.longest
        ),
        None if comparison.rule().by == Score::Resemblance => format!(
            "Unrelated: their resemblance is {:.2}, and {threshold} is asked for (--threshold).",
            found.resemblance()
        ),
        None if comparison.rule().by == Score::Containment => {
            format!(
                "Unrelated: {a} of A stands in B, {b} of B in A, and {threshold} is asked for (--threshold)."
            )
        }
        None if found.coverage_a().max(found.coverage_b()) >= threshold => {
            "Unrelated: one form filled in twice; most of the numbers differ.".to_owned()
        }
        None if found.passages.is_empty() => "Unrelated: they share no passage.".to_owned(),
        None => format!(
            "Unrelated: {a} of A stands in B, {b} of B in A, and their longest passage has {} words; \
             --threshold asks for {threshold}, --partial-words for {}.",
            found.longest,
            comparison.rule().partial_words
        ),
    }
}
