//! Writes a page on which a person labels pairs of articles. The labels are downloaded as a file that a sweep can
//! read.
//!
//! A person who knows the scores of a pair tends to confirm them. For this reason scores are hidden until they are
//! requested, and the order of the pairs does not depend on them.

use std::io::{self, Write};

use data_encoding::HEXLOWER;
use hmac_sha256::Hash;
use maud::{Markup, html};
use serde::Serialize;

use super::article_row::details;
use super::headline::linked_headline;
use super::marks_legend::marks_legend;
use super::page::Page;
use super::page_data::PageData;
use super::text_view::TextView;
use super::untrusted::json_data;
use crate::corpus::Corpus;
use crate::verify::{Match, Passage};
use crate::write::option_names::OptionNames;

const STYLE: &str = concat!(include_str!("texts.css"), include_str!("labeling.css"));
const SCRIPT: &str =
    concat!(include_str!("texts.js"), include_str!("label_file.js"), include_str!("labeling.js"));
const TITLE: &str = "Pairs of articles to label";
/// The values of labels, and their meanings.
const LABELS: [(&str, &str); 4] = [("0", "not a copy"), ("1", "a copy"), ("2", ""), ("3", "")];

/// A pair to be labeled.
pub(in crate::write) struct LabelingPair<'m> {
    /// The articles, and what they share.
    pub(in crate::write) found: &'m Match,
    /// The side of the threshold on which the pair is.
    pub(in crate::write) verdict: &'static str,
    /// The largest threshold at which it is called a copy.
    pub(in crate::write) score: f64,
}

/// A row of the file of labels that the script writes, without the label.
#[derive(Serialize)]
struct LabelRow<'a> {
    a: &'a str,
    b: &'a str,
    location_a: String,
    location_b: String,
    verdict: &'static str,
    score: f64,
}

/// Writes the page. The texts must have been kept. `names` are the names of the options that the page mentions.
pub(in crate::write) fn write_labeling_page(
    corpus: &Corpus,
    pairs: Vec<LabelingPair<'_>>,
    names: OptionNames,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut pairs: Vec<([u8; 32], LabelingPair<'_>)> =
        pairs.into_iter().map(|pair| (pair_hash(corpus, pair.found), pair)).collect();
    pairs.sort_by_key(|&(order, _)| order);
    let sample = Hash::hash(pairs.iter().map(|(hash, _)| *hash).collect::<Vec<_>>().as_flattened());
    let page = Page { title: TITLE, style: STYLE, script: SCRIPT };
    page.begin(out)?;
    writeln!(
        out,
        "{}\n<main id=\"main\" tabindex=\"-1\">",
        head(&HEXLOWER.encode(&sample), names).into_string()
    )?;
    let mut page_data = PageData::new(corpus);
    let mut rows = Vec::new();
    for (number, (_, pair)) in pairs.iter().enumerate() {
        writeln!(out, "{}", section(&mut page_data, number + 1, pair).into_string())?;
        let [a, b] = [pair.found.a, pair.found.b].map(|id| corpus.header(id));
        rows.push(LabelRow {
            a: a.key,
            b: b.key,
            location_a: a.location.to_string(),
            location_b: b.location.to_string(),
            verdict: pair.verdict,
            score: pair.score,
        });
    }
    writeln!(out, "</main>\n{}", json_data("pairs", &rows)?.into_string())?;
    page_data.write_texts(out)?;
    page.end(out)
}

/// Returns a hash of the keys and locations of a pair. Pairs that are sorted by it are in a pseudorandom order.
fn pair_hash(corpus: &Corpus, found: &Match) -> [u8; 32] {
    let mut hash = Hash::new();
    for id in [found.a, found.b] {
        let header = corpus.header(id);
        for field in [header.key, &header.location.to_string()] {
            hash.update(field.as_bytes());
            hash.update([0]);
        }
    }
    hash.finalize()
}

/// Returns the name of an option, or neutral words if it has none.
fn option_name(name: Option<&str>, otherwise: &str) -> Markup {
    match name {
        Some(name) => html! { code { (name) } },
        None => html! { (otherwise) },
    }
}

/// Returns the instructions and the controls. `sample` identifies the pairs.
fn head(sample: &str, names: OptionNames) -> Markup {
    html! {
        header {
            h1 { (TITLE) }
            p {
                "Is one of the two articles a copy of the other, as a whole or in part? In the texts, "
                (marks_legend())
            }
            p {
                "Use labels 2 and 3 if you distinguish degrees of copying. A pair counts as a copy if its "
                "label is at least "
                (option_name(names.positive_grade, "the positive grade"))
                ". Labels are stored in this browser only. Download them as a file, and pass the file to "
                (option_name(names.labels, "the sweep")) "."
            }
            noscript {
                p {
                    "Labeling needs scripts, which this browser does not run. Without scripts, fill in the "
                    "table of "
                    (option_name(names.sample_table, "these pairs")) "."
                }
            }
        }
        div #labels .controls hidden data-sample=(sample) role="group" aria-label="Labeling" {
            output #progress aria-live="polite" {}
            div .labels role="group" aria-label="Label of this pair" {
                @for (value, meaning) in LABELS {
                    button type="button" data-label=(value) aria-pressed="false" { kbd { (value) } (meaning) }
                }
                button type="button" data-label="" { kbd { "Delete" } "no label" }
            }
            button #previous type="button" { kbd { "←" } "Previous" }
            button #next type="button" { kbd { "→" } "Next" }
            label { input #keys type="checkbox" checked; " Keys" }
            button #download type="button" { "Download labels" }
        }
    }
}

/// Returns the section of a pair.
fn section(data: &mut PageData<'_>, number: usize, pair: &LabelingPair<'_>) -> Markup {
    let (corpus, found) = (data.corpus, pair.found);
    data.add_entry([found.a, found.b].into_iter());
    let ranges = [
        found.passages.iter().map(Passage::a).collect::<Vec<_>>(),
        found.passages.iter().map(Passage::b).collect(),
    ];
    let view = TextView::of_two(corpus, [found.a, found.b], &ranges, Some(found));
    html! {
        section .pair {
            h2 { "Pair " (number) }
            div .sides {
                @for id in [found.a, found.b] {
                    div { p .headline { (linked_headline(corpus, id)) } (details(corpus, id, &[])) }
                }
            }
            (view.with_heads(corpus, ["First", "Second"]).markup())
            details {
                summary { "Scores" }
                p {
                    (pair.verdict) " the threshold: " (format!("{:.2}", pair.score)) " · coverage "
                    (format!("{:.2}", found.coverage_a())) " and " (format!("{:.2}", found.coverage_b()))
                    " · resemblance " (format!("{:.2}", found.resemblance())) " · "
                    (found.aligned_words()) " words shared"
                }
            }
        }
    }
}
