//! A match in, its entry of a page out: a heading, and both articles behind it.

use maud::{Markup, html};

use super::article::{Row, against, head, particulars, row};
use super::foreign::foreign;
use super::view::View;
use super::{Shown, counted};
use crate::cluster::{Kind, kind};
use crate::verify::{Match, Passage, Relation};
use crate::write::screen::opening;

/// Columns of a heading.
const HEADING: usize = 300;

/// Gives the entry of a match.
pub(super) fn entry(shown: &mut Shown<'_>, found: &Match) -> Markup {
    let corpus = shown.corpus;
    let sites = shown.note([found.a, found.b].into_iter());
    let words = found.aligned_words();
    let relation = found.relation.name();
    let kind = kind(corpus, found.a, found.b).map(Kind::name);
    let is_junk = corpus.is_junk(found.a) || corpus.is_junk(found.b);
    let header = corpus.header(found.a);
    let title = header.title.map(|title| opening(title, HEADING)).filter(|title| !title.is_empty());
    let rows =
        [(found.a, &found.region_a, found.coverage_a()), (found.b, &found.region_b, found.coverage_b())];
    let ranges = [
        found.passages.iter().map(Passage::a).collect::<Vec<_>>(),
        found.passages.iter().map(Passage::b).collect(),
    ];
    let view = View::of_two(corpus, [found.a, found.b], &ranges, Some(found));
    html! {
        details .entry data-size=(words) data-sites=(sites) data-relations=(relation) data-junk[is_junk] {
            summary {
                h2 lang="" { (foreign(title.as_deref().unwrap_or(header.key))) }
                p .facts {
                    (relation)
                    @if let Some(kind) = kind { " " (kind) }
                    @if found.relation == Relation::Excerpt { ", the first of the second" }
                    " · " (counted(words as usize, "word", "words")) " shared · resemblance "
                    (format!("{:.2}", found.resemblance()))
                    @for id in [found.a, found.b] {
                        @if let Some(site) = corpus.site(id) { " · " (foreign(site)) }
                        @if corpus.is_reference(id) { " " (against()) }
                    }
                    @if is_junk { " · junk: no article" }
                }
            }
            noscript {
                (head())
                ol .members {
                    @for (id, region, share) in rows {
                        @let share = (share, "of the article");
                        li {
                            div .row { (row(corpus, &Row { id, region, share, relation: "", kind: None })) }
                            (particulars(corpus, id, &[]))
                        }
                    }
                }
                (view.headed(corpus, ["First", "Second"]).markup())
            }
        }
    }
}
