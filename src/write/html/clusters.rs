//! A cluster in, its entry of a page out: a heading, and the members behind it.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::article::{Row, head, particulars, row};
use super::foreign::foreign;
use super::view::View;
use super::{Shown, counted};
use crate::cluster::{Cluster, Kind, Member};
use crate::corpus::Corpus;
use crate::report::Matcher;
use crate::verify::{Region, Relation};
use crate::write::listing::{credited, date};
use crate::write::percent;
use crate::write::screen::opening;

/// Members that are put into the page at once when a cluster is opened.
const AT_ONCE: usize = 200;
/// Columns of a heading that is the beginning of a passage, and of a passage below a heading.
const HEADING: usize = 90;
const QUOTE: usize = 300;

/// Says how much of what a page holds.
pub(super) fn summary(corpus: &Corpus, clusters: &[&Cluster]) -> Markup {
    let members = clusters.iter().flat_map(|cluster| &cluster.members);
    let ids: BTreeSet<_> = members.map(|member| member.id).collect();
    let sites: BTreeSet<_> = ids.iter().filter_map(|&id| corpus.site(id)).collect();
    html! {
        p {
            (counted(clusters.len(), "cluster", "clusters")) " of "
            (counted(ids.len(), "article", "articles")) " on "
            (counted(sites.len(), "known site", "known sites")) "."
        }
    }
}

/// Gives the entry of a cluster.
pub(super) fn entry(shown: &mut Shown<'_>, matcher: &mut Matcher<'_>, cluster: &Cluster) -> Markup {
    let corpus = shown.corpus;
    let sites = shown.note(cluster.members.iter().map(|member| member.id));
    let relations: Vec<(Relation, usize)> = relations(cluster);
    let names: Vec<&str> = relations.iter().map(|(relation, _)| relation.name()).collect();
    let references = cluster.members.iter().filter(|member| corpus.is_reference(member.id)).count();
    let id = format!("{:016x}", cluster.id);
    let quote = |columns| passage(corpus, cluster).map(|text| opening(text, columns));
    let representative = corpus.header(cluster.representative);
    let title = representative.title.map(|title| opening(title, QUOTE));
    let title = title.filter(|title| !title.is_empty()).or_else(|| quote(HEADING));
    html! {
        details .entry id={ "c-" (id) } data-size=(cluster.members.len()) data-sites=(sites)
            data-relations=(names.join(" ")) data-junk[cluster.is_junk(corpus)]
        {
            summary {
                h2 lang="" { (foreign(title.as_deref().unwrap_or(representative.key))) }
                p .facts {
                    (counted(cluster.members.len(), "article", "articles"))
                    @match cluster.sites(corpus) {
                        0 => {},
                        sites => { " on " (counted(sites, "site", "sites")) },
                    }
                    @for (relation, count) in &relations { " · " (count) " " (relation.name()) }
                    @if references > 0 { " · " (references) " matched against" }
                    @if let Some(site) = representative.site { " · " (foreign(site)) }
                    @if let Some(published) = representative.published {
                        " · " (foreign(&date(published)))
                    }
                    (credited(cluster, corpus).unwrap_or_default())
                    @if cluster.is_junk(corpus) { " · junk: no article" }
                }
            }
            noscript {
                p .facts { a href={ "#c-" (id) } { "cluster " (id) } " · cohesion " (format!("{:.2}", cluster.cohesion())) }
                @if let Some(quote) = quote(QUOTE) { blockquote lang="" dir="auto" { (quote) } }
                (head())
                (members(corpus, matcher, cluster, &cluster.members[..cluster.members.len().min(AT_ONCE)]))
            }
            @for (number, chunk) in cluster.members.chunks(AT_ONCE).enumerate().skip(1) {
                details .more {
                    summary {
                        "Articles " (number * AT_ONCE + 1) " to " (number * AT_ONCE + chunk.len())
                    }
                    noscript { (members(corpus, matcher, cluster, chunk)) }
                }
            }
        }
    }
}

/// Counts the members by their relation.
fn relations(cluster: &Cluster) -> Vec<(Relation, usize)> {
    let mut relations: Vec<Relation> = cluster.members.iter().filter_map(|member| member.relation).collect();
    relations.sort_unstable();
    relations.chunk_by(PartialEq::eq).map(|equal| (equal[0], equal.len())).collect()
}

/// Gives the first piece of the text that the members carry; nothing where texts were not kept.
fn passage<'a>(corpus: &'a Corpus, cluster: &Cluster) -> Option<&'a str> {
    let range = cluster.passage.ranges().first()?;
    let spans = corpus.spans(cluster.representative);
    let [begin, end] = [spans.get(range.start as usize)?.0, spans.get(range.end as usize - 1)?.1];
    corpus.text(cluster.representative)?.get(begin as usize..end as usize)
}

fn members(corpus: &Corpus, matcher: &mut Matcher<'_>, cluster: &Cluster, members: &[Member]) -> Markup {
    html! {
        ol .members {
            @for each in members { li { (member(corpus, matcher, cluster, each)) } }
        }
    }
}

fn member(corpus: &Corpus, matcher: &mut Matcher<'_>, cluster: &Cluster, member: &Member) -> Markup {
    let (theirs, own): (Vec<_>, Vec<_>) = member.passages.iter().cloned().unzip();
    let region = Region::new(own.iter().cloned());
    let mut more = vec![
        ("The passage is", format!("{} of the article", percent(member.article_coverage))),
        ("Resemblance", format!("{:.2}", member.resemblance)),
    ];
    if member.bridge {
        more.push(("Bridge", "without it the others would not match each other".to_owned()));
    }
    let view = match member.relation {
        None => {
            more.push(("Representative", cluster.why.name().to_owned()));
            View::of_one(corpus, member.id, cluster.passage.ranges())
        }
        Some(_) => {
            let ids = [cluster.representative, member.id];
            View::of_two(corpus, ids, &[theirs, own], matcher.between(ids[0], ids[1]).as_ref())
                .headed(corpus, ["Representative", "This article"])
        }
    };
    let columns = Row {
        id: member.id,
        region: &region,
        share: (member.coverage, "of the passage"),
        relation: member.relation.map_or("representative", Relation::name),
        kind: member.kind.map(Kind::name),
    };
    html! {
        details .member {
            summary { div .row { (row(corpus, &columns)) } }
            (particulars(corpus, member.id, &more))
            (view.markup())
        }
    }
}
