//! Writes the entry of a cluster in a page: a heading, and its members, which are hidden until the entry is opened.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::article_row::{ArticleRow, details};
use super::overview::earliest;
use super::page_data::PageData;
use super::text_view::TextView;
use super::untrusted::isolated;
use crate::cluster::{Cluster, Kind, ListedClusters, Member};
use crate::corpus::Corpus;
use crate::report::Matcher;
use crate::verify::{Region, Relation};
use crate::write::credit_note::credit_note;
use crate::write::headline::headline_or;
use crate::write::number::counted;
use crate::write::percent::percent;
use crate::write::short_date::short_date;
use crate::write::story_note::story_note;
use crate::write::terminal_text::opening;

/// The number of members in a group. The first group is shown when a cluster is opened, each other one on request.
const GROUP: usize = 200;
/// The largest width in columns of a quote below a heading.
const QUOTE_WIDTH: usize = 300;

/// Returns a sentence with the number of clusters, articles and sites of a page.
pub(super) fn summary(corpus: &Corpus, clusters: &ListedClusters<'_>) -> Markup {
    let members = clusters.iter().flat_map(|cluster| cluster.members);
    let ids: BTreeSet<_> = members.map(|member| member.id).collect();
    let sites: BTreeSet<_> = ids.iter().filter_map(|&id| corpus.outlet(id)).collect();
    html! {
        p {
            (counted(clusters.len(), "cluster", "clusters")) " of "
            (counted(ids.len(), "article", "articles")) " on "
            (counted(sites.len(), "known site", "known sites")) "."
        }
    }
}

/// Returns the entry of a cluster of a list, with its place in its story.
pub(super) fn cluster_entry(
    data: &mut PageData<'_>,
    matcher: &mut Matcher<'_>,
    cluster: &Cluster,
    place: (usize, usize),
) -> Markup {
    let corpus = data.corpus;
    let is_same_story = place.0 > 0;
    let sites = data.add_entry(cluster.members.iter().map(|member| member.id));
    let relations = relation_counts(cluster);
    let names: Vec<&str> = relations.iter().map(|(relation, _)| relation.name()).collect();
    let id = cluster.id.to_string();
    let quote = passage_text(corpus, cluster).map(|text| opening(text, QUOTE_WIDTH));
    let heading = headline_or(corpus, cluster.representative, passage_text(corpus, cluster));
    let articles: Vec<String> = cluster.members.iter().map(|member| member.id.get().to_string()).collect();
    let time = earliest(corpus, cluster.members.iter().map(|member| member.id));
    html! {
        details .entry .same-story[is_same_story] id=(id) data-size=(cluster.members.len()) data-sites=(sites)
            data-relations=(names.join(" ")) data-junk[cluster.is_junk(corpus)] data-agency=[cluster.agency(corpus)]
            data-time=[time] data-articles=(articles.join(" "))
        {
            summary {
                h2 lang="" { (isolated(&heading)) }
                p .facts {
                    (facts(corpus, cluster, &relations))
                    (story_note(place).unwrap_or_default())
                }
            }
            noscript {
                p .facts {
                    a href={ "#" (id) } { "cluster " (id) }
                    " · cohesion " (format!("{:.2}", cluster.cohesion()))
                }
                @if let Some(quote) = quote { blockquote lang="" dir="auto" { (quote) } }
                (ArticleRow::head())
                (members(corpus, matcher, cluster, &cluster.members[..cluster.members.len().min(GROUP)]))
            }
            @for (number, chunk) in cluster.members.chunks(GROUP).enumerate().skip(1) {
                details .more {
                    summary {
                        "Articles " (number * GROUP + 1) " to " (number * GROUP + chunk.len())
                    }
                    noscript { (members(corpus, matcher, cluster, chunk)) }
                }
            }
        }
    }
}

/// Returns the line below the heading: size, sites, relations, and what identifies the representative.
fn facts(corpus: &Corpus, cluster: &Cluster, relations: &[(Relation, usize)]) -> Markup {
    let representative = corpus.header(cluster.representative);
    let references = cluster.members.iter().filter(|member| corpus.is_reference(member.id)).count();
    html! {
        (counted(cluster.members.len(), "article", "articles"))
        @match cluster.sites(corpus) {
            0 => {},
            sites => { " on " (counted(sites, "site", "sites")) },
        }
        @for (relation, count) in relations { " · " (count) " " (relation.name()) }
        @if references > 0 { " · " (references) " matched against" }
        @if let Some(site) = representative.site { " · " (isolated(site)) }
        @if let Some(published) = representative.published { " · " (isolated(&short_date(published))) }
        (credit_note(cluster, corpus).unwrap_or_default())
        @if cluster.is_junk(corpus) { " · junk: not an article" }
    }
}

/// Returns the number of members with each relation, in the order of relations.
fn relation_counts(cluster: &Cluster) -> Vec<(Relation, usize)> {
    let mut relations: Vec<Relation> = cluster.members.iter().filter_map(|member| member.relation).collect();
    relations.sort_unstable();
    relations.chunk_by(PartialEq::eq).map(|equal| (equal[0], equal.len())).collect()
}

/// Returns the first range of the passage's text; nothing if texts were not kept.
fn passage_text<'a>(corpus: &'a Corpus, cluster: &Cluster) -> Option<&'a str> {
    let range = cluster.passage.ranges().first()?;
    let spans = corpus.spans(cluster.representative);
    let [begin, end] = [spans.get(range.start as usize)?.0, spans.get(range.end as usize - 1)?.1];
    corpus.text(cluster.representative)?.get(begin as usize..end as usize)
}

/// Returns the list of some members of a cluster.
fn members(corpus: &Corpus, matcher: &mut Matcher<'_>, cluster: &Cluster, members: &[Member]) -> Markup {
    html! {
        ol .members {
            @for one in members { li { (member(corpus, matcher, cluster, one)) } }
        }
    }
}

/// Returns the row of a member, its details and its text, next to that of the representative.
fn member(corpus: &Corpus, matcher: &mut Matcher<'_>, cluster: &Cluster, member: &Member) -> Markup {
    let (theirs, own): (Vec<_>, Vec<_>) = cluster.passages_of(member).iter().cloned().unzip();
    let region = Region::new(own.iter().cloned());
    let mut more = vec![
        ("Passage", format!("{} of the article", percent(member.article_coverage))),
        ("Resemblance", format!("{:.2}", member.resemblance)),
    ];
    if member.bridge {
        more.push(("Bridge", "other members match only through this article".to_owned()));
    }
    let view = match member.relation {
        None => {
            more.push(("Representative", cluster.why.name().to_owned()));
            TextView::of_one(corpus, member.id, cluster.passage.ranges())
        }
        Some(_) => {
            let ids = [cluster.representative, member.id];
            TextView::of_two(corpus, ids, &[theirs, own], matcher.between(ids[0], ids[1]).as_ref())
                .with_heads(corpus, ["Representative", "This article"])
        }
    };
    let row = ArticleRow {
        id: member.id,
        region: &region,
        share: (member.coverage, "of the passage"),
        relation: member.relation.map_or("representative", Relation::name),
        kind: member.kind.map(Kind::name),
    };
    html! {
        details .member data-article=(member.id.get()) {
            summary { div .row { (row.cells(corpus)) } }
            (details(corpus, member.id, &more))
            (view.markup())
        }
    }
}
