//! Writes the entry of a cluster in a listing.

use std::io::{self, Write};
use std::ops::Range;

use super::article_lines::{ArticleEntry, INDENT, article_lines};
use super::listing::Listing;
use super::quote::{quote, quote_masked};
use super::relation_label::relation_label;
use crate::cluster::{Cluster, Member};
use crate::corpus::Corpus;
use crate::write::credit_note::credit_note;
use crate::write::number::grouped;
use crate::write::story_note::story_note;
use crate::write::styles::{BOLD, DIM};
use crate::write::terminal_text::{columns, fit, one_line};

/// The largest number of words of the passage that may be missing at the beginning of a member without a quote of its
/// own: a headline and a dateline.
const MISSING_WORDS: u32 = 25;
/// The indentation in columns of the quote of a member.
const MEMBER_QUOTE_INDENT: usize = 6;

/// Writes the entry of a cluster, with its number in the list and its place in its story: its size, its passage and its
/// members.
pub(super) fn write_cluster_entry(
    listing: &Listing,
    corpus: &Corpus,
    (number, cluster): (usize, &Cluster),
    place: (usize, usize),
    out: &mut dyn Write,
) -> io::Result<()> {
    write_heading(listing, corpus, (number, cluster), place, out)?;
    let shown = &cluster.members[..cluster.members.len().min(listing.members)];
    write_members(listing, corpus, cluster, shown, out)?;
    match cluster.members.len() - shown.len() {
        0 => Ok(()),
        more => {
            let option = listing.names.all_members;
            let hint = option.map(|option| format!(" ({option} shows all)")).unwrap_or_default();
            writeln!(
                out,
                "{INDENT}{}",
                listing.screen.paint(DIM, &format!("… and {} more{hint}", grouped(more)))
            )
        }
    }
}

/// Writes the size of a cluster, the title of the representative, and how the passage begins.
fn write_heading(
    listing: &Listing,
    corpus: &Corpus,
    (number, cluster): (usize, &Cluster),
    place: (usize, usize),
    out: &mut dyn Write,
) -> io::Result<()> {
    let screen = listing.screen;
    let sites = match cluster.sites(corpus) {
        0 => String::new(),
        1 => " on 1 site".to_owned(),
        sites => format!(" on {} sites", grouped(sites)),
    };
    let size = format!("{number}. {} articles{sites}", grouped(cluster.members.len()));
    let rest = format!(
        "{}{}{} · cohesion {:.2} · id {}",
        if cluster.is_junk(corpus) { " · junk: not an article" } else { "" },
        story_note(place).unwrap_or_default(),
        credit_note(cluster, corpus).unwrap_or_default(),
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
        let quote = quote(screen, corpus, cluster.representative, first, INDENT.len());
        write!(out, "{}", quote.unwrap_or_default())?;
    }
    Ok(())
}

/// Writes the lines of members.
fn write_members(
    listing: &Listing,
    corpus: &Corpus,
    cluster: &Cluster,
    members: &[Member],
    out: &mut dyn Write,
) -> io::Result<()> {
    let screen = listing.screen;
    let labels: Vec<_> = members.iter().map(|member| relation_label(member.relation, member.kind)).collect();
    let label_columns = labels.iter().map(|(label, _)| columns(label)).max().unwrap_or(0);
    for (member, label) in members.iter().zip(labels) {
        let region = cluster.region_of(member);
        let note = if member.relation.is_none() { Some(cluster.why.name()) } else { None };
        let note = note.or(member.bridge.then_some("bridge"));
        let share = member.coverage;
        let entry = ArticleEntry { id: member.id, region: &region, share, label, label_columns, note };
        write!(out, "{}", article_lines(screen, corpus, &entry))?;
        if let Some(own) = begins_elsewhere(cluster, member) {
            let quote = quote(screen, corpus, member.id, own, MEMBER_QUOTE_INDENT);
            write!(out, "{}", quote.unwrap_or_default())?;
        }
        if listing.boilerplate {
            write!(out, "{}", quote_masked(screen, corpus, member.id, MEMBER_QUOTE_INDENT))?;
        }
    }
    Ok(())
}

/// Returns the first range of a member's tokens that is in the passage, if the passage begins well before it.
fn begins_elsewhere<'c>(cluster: &'c Cluster, member: &Member) -> Option<&'c Range<u32>> {
    let (theirs, own) = cluster.passages_of(member).iter().min_by_key(|(theirs, _)| theirs.start)?;
    let begin = cluster.passage.ranges().first()?.start;
    (theirs.start > begin + MISSING_WORDS).then_some(own)
}
