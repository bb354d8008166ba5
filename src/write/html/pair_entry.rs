//! Writes the entry of a pair in a page: a heading, and both articles, which are hidden until the entry is opened.

use maud::{Markup, html};

use super::article_row::{ArticleRow, details, reference_label};
use super::counted::counted;
use super::page_data::PageData;
use super::text_view::TextView;
use super::untrusted::isolated;
use crate::cluster::{Kind, kind};
use crate::verify::{Match, Passage, Relation};
use crate::write::terminal_text::opening;

/// The largest width in columns of a heading.
const HEADING_WIDTH: usize = 300;

/// Returns the entry of a pair.
pub(super) fn pair_entry(data: &mut PageData<'_>, found: &Match) -> Markup {
    let corpus = data.corpus;
    let sites = data.add_entry([found.a, found.b].into_iter());
    let words = found.aligned_words();
    let relation = found.relation.name();
    let kind = kind(corpus, found.a, found.b).map(Kind::name);
    let is_junk = corpus.is_junk(found.a) || corpus.is_junk(found.b);
    let header = corpus.header(found.a);
    let title = header.title.map(|title| opening(title, HEADING_WIDTH)).filter(|title| !title.is_empty());
    let rows =
        [(found.a, &found.region_a, found.coverage_a()), (found.b, &found.region_b, found.coverage_b())];
    let ranges = [
        found.passages.iter().map(Passage::a).collect::<Vec<_>>(),
        found.passages.iter().map(Passage::b).collect(),
    ];
    let view = TextView::of_two(corpus, [found.a, found.b], &ranges, Some(found));
    html! {
        details .entry data-size=(words) data-sites=(sites) data-relations=(relation) data-junk[is_junk] {
            summary {
                h2 lang="" { (isolated(title.as_deref().unwrap_or(header.key))) }
                p .facts {
                    (relation)
                    @if let Some(kind) = kind { " " (kind) }
                    @if found.relation == Relation::Excerpt { ": the first article is an excerpt of the second" }
                    " · " (counted(words as usize, "word", "words")) " shared · resemblance "
                    (format!("{:.2}", found.resemblance()))
                    @for id in [found.a, found.b] {
                        @if let Some(site) = corpus.site(id) { " · " (isolated(site)) }
                        @if corpus.is_reference(id) { " " (reference_label()) }
                    }
                    @if is_junk { " · junk: not an article" }
                }
            }
            noscript {
                (ArticleRow::head())
                ol .members {
                    @for (id, region, share) in rows {
                        @let share = (share, "of the article");
                        li {
                            div .row { (ArticleRow { id, region, share, relation: "", kind: None }.cells(corpus)) }
                            (details(corpus, id, &[]))
                        }
                    }
                }
                (view.with_heads(corpus, ["First", "Second"]).markup())
            }
        }
    }
}
