//! Pairs of articles in, a page out on which a person labels them, to be given back as a file of labels.
//!
//! What was measured is not shown until it is asked for, and the pairs come in an order that tells nothing of it: who
//! knows a score finds reasons for it.

use std::io::{self, Write};

use data_encoding::HEXLOWER;
use hmac_sha256::Hash;
use maud::{Markup, html};
use serde::Serialize;

use super::article::particulars;
use super::view::View;
use super::{Page, Shown, data, looks, texts};
use crate::corpus::Corpus;
use crate::verify::{Match, Passage};
use crate::write::option_names::OptionNames;

const STYLE: &str = concat!(include_str!("texts.css"), include_str!("labeling.css"));
const SCRIPT: &str = concat!(include_str!("texts.js"), include_str!("labeling.js"));
const TITLE: &str = "Pairs of articles to label";
/// What a label says; the first is its value.
const LABELS: [(&str, &str); 4] = [("0", "not a copy"), ("1", "a copy"), ("2", ""), ("3", "")];

/// A pair to be labeled.
pub(in crate::write) struct ToLabel<'m> {
    /// What the articles share.
    pub(in crate::write) found: &'m Match,
    /// On which side of the threshold the pair is.
    pub(in crate::write) verdict: &'static str,
    /// The greatest threshold at which it is called a copy.
    pub(in crate::write) score: f64,
}

/// What the script writes of a pair into the file of labels.
#[derive(Serialize)]
struct Labeled<'a> {
    a: &'a str,
    b: &'a str,
    at_a: String,
    at_b: String,
    verdict: &'static str,
    score: f64,
}

/// Writes the page. The texts must have been kept.
pub(in crate::write) fn write_labeling(
    corpus: &Corpus,
    pairs: Vec<ToLabel<'_>>,
    names: OptionNames,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut pairs: Vec<([u8; 32], ToLabel<'_>)> =
        pairs.into_iter().map(|pair| (fingerprint(corpus, pair.found), pair)).collect();
    pairs.sort_by_key(|&(order, _)| order);
    let sample = Hash::hash(pairs.iter().map(|(hash, _)| *hash).collect::<Vec<_>>().as_flattened());
    let page = Page { title: TITLE, style: STYLE, script: SCRIPT };
    page.begin(out)?;
    writeln!(
        out,
        "{}\n<main id=\"main\" tabindex=\"-1\">",
        head(&HEXLOWER.encode(&sample), names).into_string()
    )?;
    let mut shown = Shown::new(corpus);
    let mut rows = Vec::new();
    for (number, (_, pair)) in pairs.iter().enumerate() {
        writeln!(out, "{}", section(&mut shown, number + 1, pair).into_string())?;
        let [a, b] = [pair.found.a, pair.found.b].map(|id| corpus.header(id));
        rows.push(Labeled {
            a: a.key,
            b: b.key,
            at_a: a.place.to_string(),
            at_b: b.place.to_string(),
            verdict: pair.verdict,
            score: pair.score,
        });
    }
    writeln!(out, "</main>\n{}", data("pairs", &rows)?.into_string())?;
    texts(&shown, out)?;
    page.end(out)
}

/// Gives bytes that are those of this pair and no other, and look like drawn by lot.
fn fingerprint(corpus: &Corpus, found: &Match) -> [u8; 32] {
    let mut hash = Hash::new();
    for id in [found.a, found.b] {
        let header = corpus.header(id);
        for part in [header.key, &header.place.to_string()] {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
    }
    hash.finalize()
}

/// Returns the name of an option, or neutral words if it has none.
fn option(name: Option<&str>, otherwise: &str) -> Markup {
    match name {
        Some(name) => html! { code { (name) } },
        None => html! { (otherwise) },
    }
}

fn head(sample: &str, names: OptionNames) -> Markup {
    html! {
        header {
            h1 { (TITLE) }
            p { "Is one of the two articles a copy of the other, whole or in part? The texts show " (looks()) }
            p {
                "Labels from 2 on are for those who tell degrees apart; "
                (option(names.positive_grade, "the positive grade"))
                " says from which on a pair counts as a copy. Labels stay in this browser, and leave it only in the file "
                "that you download and give to " (option(names.labels, "the sweep")) "."
            }
            noscript {
                p {
                    "Labeling needs scripts, which this browser does not run; the table of "
                    (option(names.sample_table, "these pairs"))
                    " can be filled in without."
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

fn section(shown: &mut Shown<'_>, number: usize, pair: &ToLabel<'_>) -> Markup {
    let (corpus, found) = (shown.corpus, pair.found);
    shown.note([found.a, found.b].into_iter());
    let ranges = [
        found.passages.iter().map(Passage::a).collect::<Vec<_>>(),
        found.passages.iter().map(Passage::b).collect(),
    ];
    let view = View::of_two(corpus, [found.a, found.b], &ranges, Some(found));
    html! {
        section .pair {
            h2 { "Pair " (number) }
            div .sides { @for id in [found.a, found.b] { div { (particulars(corpus, id, &[])) } } }
            (view.headed(corpus, ["First", "Second"]).markup())
            details {
                summary { "What was measured" }
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
