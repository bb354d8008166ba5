//! Results in, pages for people out: HTML that shows itself without a network, and lets no article run a script.
//!
//! A review page is made for thousands of clusters. What it shows at once is a heading each; the members of a cluster
//! stand in a `<noscript>`, which a browser that runs scripts keeps as one string until the cluster is opened, and one
//! that does not shows as it is. The text of each article stands in the page once, as inert data, and is cut and marked
//! by the script when a member is opened.
//!
//! Invariants: written as a stream, an entry and then a text at a time.
//! Cost: one verification for each member of a cluster, to tell which words of its passage differ; in the page about
//! 1 kB for each entry and each member, besides the texts.

mod article;
mod bar;
mod clusters;
mod foreign;
mod labeling;
mod page;
mod pairs;
mod view;

pub(in crate::write) use self::foreign::{data, foreign, plain};
pub(in crate::write) use self::labeling::{ToLabel, write_labeling};
pub(in crate::write) use self::page::Page;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use maud::{Markup, html};

use super::Report;
use crate::article::ArticleId;
use crate::cluster::Cluster;
use crate::corpus::Corpus;
use crate::report::Matcher;
use crate::verify::{Match, Relation};

const STYLE: &str = concat!(include_str!("texts.css"), include_str!("review.css"));
const SCRIPT: &str = concat!(include_str!("texts.js"), include_str!("review.js"));

/// Writes a page to review results in a browser. The texts must have been kept (the setting `keep_texts`) for passages
/// to be shown.
#[derive(Clone, Debug)]
pub struct Html<'a> {
    /// Returns what members and representatives share.
    matcher: Matcher<'a>,
}

impl<'a> Html<'a> {
    /// Creates the format. `matcher` is of the run whose results are written.
    pub fn new(matcher: Matcher<'a>) -> Self {
        Self { matcher }
    }
}

impl Report for Html<'_> {
    fn clusters(&self, corpus: &Corpus, clusters: &[&Cluster], out: &mut dyn Write) -> io::Result<()> {
        let mut matcher = self.matcher.clone();
        let mut shown = Shown::new(corpus);
        let page = begin(&CLUSTERS, &clusters::summary(corpus, clusters), out)?;
        for cluster in clusters {
            writeln!(out, "{}", clusters::entry(&mut shown, &mut matcher, cluster).into_string())?;
        }
        end(&page, &shown, out)
    }

    fn pairs(
        &self,
        corpus: &Corpus,
        pairs: &mut dyn Iterator<Item = Match>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let mut shown = Shown::new(corpus);
        let page = begin(&PAIRS, &html! {}, out)?;
        for found in pairs {
            writeln!(out, "{}", pairs::entry(&mut shown, &found).into_string())?;
        }
        end(&page, &shown, out)
    }
}

/// What a page has shown so far, and has to bring along.
struct Shown<'a> {
    corpus: &'a Corpus,
    articles: BTreeSet<ArticleId>,
    /// The sites, with numbers in the order of their coming.
    sites: BTreeMap<&'a str, usize>,
    entries: usize,
}

impl<'a> Shown<'a> {
    fn new(corpus: &'a Corpus) -> Self {
        Self { corpus, articles: BTreeSet::new(), sites: BTreeMap::new(), entries: 0 }
    }

    /// Takes note of an entry, and gives the numbers of its sites as a list for the filter.
    fn note(&mut self, articles: impl Iterator<Item = ArticleId>) -> String {
        self.entries += 1;
        let mut numbers = BTreeSet::new();
        for id in articles {
            self.articles.insert(id);
            if let Some(site) = self.corpus.site(id) {
                let next = self.sites.len();
                numbers.insert(*self.sites.entry(site).or_insert(next));
            }
        }
        numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }
}

/// What a page says of its entries.
struct Words {
    title: &'static str,
    /// What a size is, and that which every entry has.
    size: &'static str,
    least: usize,
    /// What bars and percentages show.
    bar: &'static str,
}

const CLUSTERS: Words = Words {
    title: "Clusters of articles that carry the same text",
    size: "Articles, at least",
    least: 2,
    bar: "A bar shows where in an article the passage stands, the percentage how much of it is carried.",
};

const PAIRS: Words = Words {
    title: "Pairs of articles that share text",
    size: "Shared words, at least",
    least: 0,
    bar: "A bar shows where in an article the shared passages stand, the percentage their share of its words.",
};

/// Writes a review page up to its first entry.
fn begin(words: &Words, summary: &Markup, out: &mut dyn Write) -> io::Result<Page<'static>> {
    let page = Page { title: words.title, style: STYLE, script: SCRIPT };
    page.begin(out)?;
    let relations =
        [Relation::Exact, Relation::NearDuplicate, Relation::Excerpt, Relation::Partial].map(Relation::name);
    let head = html! {
        header {
            h1 { (words.title) }
            (summary)
            p {
                "Open an entry to see its articles and their texts. The texts show " (looks()) " " (words.bar)
            }
            noscript { p { "Texts and filters need scripts, which this browser does not run; lists do not." } }
            search .controls {
                form #filter hidden {
                    label { (words.size) " " input #size type="number" min=(words.least) value=(words.least); }
                    label { "Site " input #site type="search" list="site-names" autocomplete="off"; }
                    datalist #site-names {}
                    label {
                        "Relation "
                        select #relation {
                            option value="" { "any" }
                            @for relation in relations { option { (relation) } }
                        }
                    }
                    label { "Heading " input #heading type="search" autocomplete="off"; }
                    label .choice { input #junk type="checkbox"; " Hide junk" }
                    button type="reset" { "Show all" }
                    output #count for="size site relation heading junk" aria-live="polite" {}
                }
            }
        }
    };
    writeln!(out, "{}\n<main id=\"main\" tabindex=\"-1\">", head.into_string())?;
    Ok(page)
}

/// Writes what stands behind the last entry: texts and sites as data, and the end of the page.
fn end(page: &Page<'_>, shown: &Shown<'_>, out: &mut dyn Write) -> io::Result<()> {
    let nothing = html! { @if shown.entries == 0 { p { "There is nothing to show." } } };
    writeln!(out, "{}</main>", nothing.into_string())?;
    let mut sites: Vec<(usize, &str)> = shown.sites.iter().map(|(&site, &number)| (number, site)).collect();
    sites.sort_unstable();
    let sites: Vec<_> = sites.into_iter().map(|(_, site)| plain(site)).collect();
    writeln!(out, "{}", data("sites", &sites)?.into_string())?;
    texts(shown, out)?;
    page.end(out)
}

/// Says how texts are marked.
fn looks() -> Markup {
    html! {
        mark .shared { "a shared passage" } " after its number, in it " ins .differs { "words that differ" } ", "
        s .masked { "what the site repeats" }
        " and was not compared, and plainly what an article has of its own."
    }
}

/// Writes the texts of the articles that were shown, as data for the script.
fn texts(shown: &Shown<'_>, out: &mut dyn Write) -> io::Result<()> {
    for &id in &shown.articles {
        if let Some(text) = shown.corpus.text(id) {
            let name = format!("text-{}", id.get());
            writeln!(out, "{}", data(&name, &plain(text))?.into_string())?;
        }
    }
    Ok(())
}

/// Says a number of things.
fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
