//! A cluster in, its entry of a listing out.

use std::io::{self, Write};

use super::article::{Entry, INDENT};
use super::{BOLD, DIM, Listing};
use crate::cluster::{Cluster, Member};
use crate::corpus::Corpus;
use crate::verify::Region;
use crate::write::screen::{columns, fit, one_line};

/// Words by which a member may begin later than the others without its own quote: a headline and a dateline.
const SAME_BEGIN: u32 = 25;
/// Columns by which the quote of a member stands to the right of the entry.
const QUOTE_INDENT: usize = 6;

/// Writes the entry of one cluster.
pub(super) fn write(
    listing: &Listing,
    corpus: &Corpus,
    number: usize,
    cluster: &Cluster,
    out: &mut dyn Write,
) -> io::Result<()> {
    let screen = listing.screen;
    let sites = match cluster.sites(corpus) {
        0 => String::new(),
        1 => " on 1 site".to_owned(),
        sites => format!(" on {sites} sites"),
    };
    let size = format!("{number}. {} articles{sites}", cluster.members.len());
    let rest = format!(
        "{}{} · cohesion {:.2} · id {:016x}",
        if cluster.is_junk(corpus) { " · junk: no article" } else { "" },
        credited(cluster, corpus).unwrap_or_default(),
        cluster.cohesion(),
        cluster.id
    );
    writeln!(out, "{}{}", screen.paint(BOLD, &size), screen.paint(DIM, &rest))?;
    if let Some(title) = corpus.header(cluster.representative).title {
        let title = one_line(title);
        let title = fit(&title, screen.width.saturating_sub(INDENT.len()));
        writeln!(out, "{INDENT}{}", screen.paint(BOLD, &title))?;
    }
    if let Some(first) = cluster.passage.ranges().first() {
        let quote = listing.quote(corpus, cluster.representative, first, INDENT.len());
        write!(out, "{}", quote.unwrap_or_default())?;
    }
    let shown = &cluster.members[..cluster.members.len().min(listing.members)];
    let labels: Vec<_> = shown.iter().map(|member| listing.relation(member.relation, member.kind)).collect();
    let label_columns = labels.iter().map(|(label, _)| columns(label)).max().unwrap_or(0);
    for (member, label) in shown.iter().zip(labels) {
        let region = Region::new(member.passages.iter().map(|(_, own)| own.clone()));
        let note = if member.relation.is_none() { Some(cluster.why.name()) } else { None };
        let note = note.or(member.bridge.then_some("bridge"));
        let entry =
            Entry { id: member.id, region: &region, share: member.coverage, label, label_columns, note };
        write!(out, "{}", listing.article(corpus, &entry))?;
        if let Some(own) = begins_elsewhere(cluster, member) {
            write!(out, "{}", listing.quote(corpus, member.id, own, QUOTE_INDENT).unwrap_or_default())?;
        }
        if listing.boilerplate {
            write!(out, "{}", listing.masked(corpus, member.id, QUOTE_INDENT))?;
        }
    }
    match cluster.members.len() - shown.len() {
        0 => Ok(()),
        more => {
            let option = listing.names.all_members;
            let hint = option.map(|option| format!(" ({option} shows them)")).unwrap_or_default();
            writeln!(out, "{INDENT}{}", screen.paint(DIM, &format!("… and {more} more{hint}")))
        }
    }
}

/// Says which agency the passage is credited to, and on how many sites it is not.
pub(in crate::write) fn credited(cluster: &Cluster, corpus: &Corpus) -> Option<String> {
    let agency = cluster.agency(corpus)?;
    Some(match cluster.independent_sites(corpus) {
        0 => format!(" · credited to {agency}"),
        1 => format!(" · credited to {agency}, not so on 1 site"),
        sites => format!(" · credited to {agency}, not so on {sites} sites"),
    })
}

/// Gives where a member begins to carry the passage, if that is not about where the passage begins.
fn begins_elsewhere<'m>(cluster: &Cluster, member: &'m Member) -> Option<&'m std::ops::Range<u32>> {
    let (theirs, own) = member.passages.iter().min_by_key(|(theirs, _)| theirs.start)?;
    let begin = cluster.passage.ranges().first()?.start;
    (theirs.start > begin + SAME_BEGIN).then_some(own)
}
