//! Writes the entry of a pair in a page: a heading, and both articles, which are hidden until the entry is opened.

use maud::{Markup, html};

use super::article_row::{ArticleRow, details, reference_label};
use super::overview::earliest;
use super::page_data::PageData;
use super::text_view::TextView;
use super::untrusted::isolated;
use crate::cluster::{Kind, kind};
use crate::verify::{Match, Passage, Relation};
use crate::write::headline::headline;
use crate::write::number::counted;

/// Returns the score by which pairs are sorted: the larger of the two coverages.
pub(super) fn score(found: &Match) -> f64 {
    found.coverage_a().max(found.coverage_b())
}

/// Returns the entry of a pair.
pub(super) fn pair_entry(data: &mut PageData<'_>, found: &Match) -> Markup {
    let corpus = data.corpus;
    let sites = data.add_entry([found.a, found.b].into_iter());
    let words = found.aligned_words();
    let relation = found.relation.name();
    let kind = kind(corpus, found.a, found.b).map(Kind::name);
    let is_junk = corpus.is_junk(found.a) || corpus.is_junk(found.b);
    let ids = [found.a, found.b];
    let agency = ids.into_iter().find_map(|id| corpus.header(id).credit);
    let time = earliest(corpus, ids.into_iter());
    let rows =
        [(found.a, &found.region_a, found.coverage_a()), (found.b, &found.region_b, found.coverage_b())];
    let ranges = [
        found.passages.iter().map(Passage::a).collect::<Vec<_>>(),
        found.passages.iter().map(Passage::b).collect(),
    ];
    let view = TextView::of_two(corpus, [found.a, found.b], &ranges, Some(found));
    html! {
        details .entry data-size=(words) data-sites=(sites) data-relations=(relation) data-junk[is_junk]
            data-agency=[agency] data-time=[time] data-score=(format!("{:.4}", score(found)))
            data-articles={ (found.a.get()) " " (found.b.get()) }
        {
            summary {
                h2 lang="" {
                    (isolated(&headline(corpus, found.a)))
                    span .second { (isolated(&headline(corpus, found.b))) }
                }
                p .facts {
                    (relation)
                    @if let Some(kind) = kind { " " (kind) }
                    @if found.relation == Relation::Excerpt { ": the first article is an excerpt of the second" }
                    " · " (counted(words as usize, "word", "words")) " shared · coverage "
                    (format!("{:.2}", score(found))) " · resemblance " (format!("{:.2}", found.resemblance()))
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
