//! Writes the comparison of two articles: the relation in a sentence, the scores, and both texts with the shared
//! passages marked.

mod score_table;
mod text_columns;
mod wrapped_text;

use std::io::{self, Write};

use anstyle::Style;

use super::option_names::OptionNames;
use super::percent::percent;
use super::screen::Screen;
use super::styles::relation_style;
use crate::detect::Comparison;
use crate::verify::{Relation, Score};

/// Writes a comparison: the relation in a sentence, the numbers, and both texts side by side if the screen is wide
/// enough. `names` are the names of the options that the sentence mentions.
///
/// # Errors
/// The error of the writer.
pub fn write_comparison(
    comparison: &Comparison,
    names: OptionNames,
    screen: Screen,
    out: &mut dyn Write,
) -> io::Result<()> {
    let style = comparison.relation().map_or(Style::new(), relation_style);
    writeln!(out, "{}\n", screen.paint(style.bold(), &sentence(comparison, names)))?;
    score_table::write_score_table(comparison, screen, out)?;
    text_columns::write_texts(comparison, screen, out)
}

/// Returns the relation in a sentence, with the numbers that decided.
fn sentence(comparison: &Comparison, names: OptionNames) -> String {
    let (found, rule) = (comparison.shared(), comparison.rule());
    let (a, b) = match rule.by {
        Score::Containment => (found.containment_a(), found.containment_b()),
        Score::Coverage | Score::Resemblance => (found.coverage_a(), found.coverage_b()),
    };
    let [a, b] = [a, b].map(percent);
    match comparison.relation() {
        Some(Relation::Exact) if is_masked(comparison) => {
            "Exact: apart from what their sites repeat, A and B have the same words.".to_owned()
        }
        Some(Relation::Exact) => "Exact: A and B have the same words.".to_owned(),
        Some(Relation::NearDuplicate) if rule.by == Score::Resemblance => {
            format!("Near-duplicates: their resemblance is {:.2}.", found.resemblance())
        }
        Some(Relation::NearDuplicate) => {
            format!("Near-duplicates: {a} of A's words are in B, and {b} of B's words in A.")
        }
        Some(Relation::Contains) => {
            format!("B is an excerpt of A: {b} of B's words are in A, and {a} of A's words in B.")
        }
        Some(Relation::Excerpt) => {
            format!("A is an excerpt of B: {a} of A's words are in B, and {b} of B's words in A.")
        }
        Some(Relation::Partial) => format!(
            "Partial match: A and B share {} words, {} of them in one passage; {a} of A's words are in B, and {b} of \
             B's words in A.",
            found.aligned_words(),
            found.longest
        ),
        Some(Relation::Quote) => format!(
            "Shared quotes, no copy: the {} words that A and B share are direct speech and little else; {a} of A's \
             words are in B, and {b} of B's words in A.",
            found.aligned_words()
        ),
        None => unrelated(comparison, names, [a, b]),
    }
}

/// Returns whether something is masked of one of the articles.
fn is_masked(comparison: &Comparison) -> bool {
    let found = comparison.shared();
    [found.a, found.b].iter().any(|&id| !comparison.corpus().seams(id).is_empty())
}

/// Returns in a sentence why two articles do not match; `a` and `b` are the shares of each that are in the other.
fn unrelated(comparison: &Comparison, names: OptionNames, [a, b]: [String; 2]) -> String {
    let (found, rule) = (comparison.shared(), comparison.rule());
    let threshold = format!("{} is {}", names.threshold.unwrap_or("the threshold"), rule.threshold);
    let shares = format!("{a} of A's words are in B, {b} of B's words in A");
    if rule.by == Score::Resemblance {
        return format!("Unrelated: their resemblance is {:.2}; {threshold}.", found.resemblance());
    }
    if rule.by == Score::Containment {
        return format!("Unrelated: {a} of A's shingles are in B, {b} of B's shingles in A; {threshold}.");
    }
    if comparison.is_background() {
        return format!(
            "Unrelated: two articles of one outlet, each with a lead of its own, share background below it; {shares}."
        );
    }
    if found.coverage_a().max(found.coverage_b()) >= rule.threshold {
        return "Unrelated: the same form, filled in twice.".to_owned();
    }
    if found.passages.is_empty() {
        return "Unrelated: they share no passage.".to_owned();
    }
    let partial_words = names.partial_words.unwrap_or("the shortest passage of a partial match");
    format!(
        "Unrelated: {shares}, and their longest passage has {} words; {threshold}, {partial_words} is {}.",
        found.longest, rule.partial_words
    )
}
