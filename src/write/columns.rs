//! Defines the columns of the tables of pairs and clusters: a row for each pair, or for each member of a cluster.

use CellKind::{Flag, PairSpans, Score, Spans, Text, Whole};

use crate::report::{Cell, CellKind, ClusterRecord, MemberRecord, PairRecord};

/// The name and the type of a column of a pair, and its cell.
pub(super) type PairColumn = (&'static str, CellKind, for<'r> fn(&'r PairRecord<'_>) -> Cell<'r>);

/// The columns of a pair.
pub(super) const PAIR_COLUMNS: [PairColumn; 27] = [
    ("a", Text, |pair| Cell::text(pair.a)),
    ("b", Text, |pair| Cell::text(pair.b)),
    ("location_a", Text, |pair| Cell::written(&pair.location_a)),
    ("location_b", Text, |pair| Cell::written(&pair.location_b)),
    ("row_a", Whole, |pair| Cell::row(pair.row_a)),
    ("row_b", Whole, |pair| Cell::row(pair.row_b)),
    ("title_a", Text, |pair| Cell::optional(pair.title_a)),
    ("title_b", Text, |pair| Cell::optional(pair.title_b)),
    ("url_a", Text, |pair| Cell::optional(pair.url_a)),
    ("url_b", Text, |pair| Cell::optional(pair.url_b)),
    ("site_a", Text, |pair| Cell::optional(pair.site_a)),
    ("site_b", Text, |pair| Cell::optional(pair.site_b)),
    ("published_a", Text, |pair| Cell::optional(pair.published_a)),
    ("published_b", Text, |pair| Cell::optional(pair.published_b)),
    ("published_utc_a", Text, |pair| Cell::optional(pair.published_utc_a.as_deref())),
    ("published_utc_b", Text, |pair| Cell::optional(pair.published_utc_b.as_deref())),
    ("relation", Text, |pair| Cell::optional(pair.relation)),
    ("kind", Text, |pair| Cell::optional(pair.kind)),
    ("junk", Flag, |pair| Cell::Flag(pair.junk)),
    ("resemblance", Score, |pair| Cell::Score(pair.resemblance)),
    ("containment_a", Score, |pair| Cell::Score(pair.containment_a)),
    ("containment_b", Score, |pair| Cell::Score(pair.containment_b)),
    ("coverage_a", Score, |pair| Cell::Score(pair.coverage_a)),
    ("coverage_b", Score, |pair| Cell::Score(pair.coverage_b)),
    ("shared_words", Whole, |pair| Cell::Whole(pair.shared_words.into())),
    ("excerpt", Text, |pair| Cell::optional(pair.excerpt.as_deref())),
    ("spans", PairSpans, |pair| Cell::PairSpans(&pair.spans)),
];

/// The name and the type of a column of a member of a cluster, and its cell.
pub(super) type MemberColumn =
    (&'static str, CellKind, for<'r> fn(&'r ClusterRecord<'_>, &'r MemberRecord<'_>) -> Cell<'r>);

/// The columns of a member of a cluster.
pub(super) const MEMBER_COLUMNS: [MemberColumn; 32] = [
    ("cluster_id", Text, |cluster, _| Cell::written(&cluster.cluster_id)),
    ("story_id", Text, |cluster, _| Cell::written(&cluster.story_id)),
    ("size", Whole, |cluster, _| Cell::count(cluster.size)),
    ("sites", Whole, |cluster, _| Cell::count(cluster.sites)),
    ("independent_sites", Whole, |cluster, _| Cell::count(cluster.independent_sites)),
    ("agency", Text, |cluster, _| Cell::optional(cluster.agency)),
    ("junk", Flag, |cluster, _| Cell::Flag(cluster.junk)),
    ("representative", Text, |cluster, _| Cell::text(cluster.representative)),
    ("representative_title", Text, |cluster, _| Cell::optional(cluster.representative_title)),
    ("representative_url", Text, |cluster, _| Cell::optional(cluster.representative_url)),
    ("representative_site", Text, |cluster, _| Cell::optional(cluster.representative_site)),
    ("representative_why", Text, |cluster, _| Cell::text(cluster.representative_why)),
    ("cohesion", Score, |cluster, _| Cell::Score(cluster.cohesion)),
    ("key", Text, |_, member| Cell::text(member.key)),
    ("location", Text, |_, member| Cell::written(&member.location)),
    ("row", Whole, |_, member| Cell::row(member.row)),
    ("title", Text, |_, member| Cell::optional(member.title)),
    ("url", Text, |_, member| Cell::optional(member.url)),
    ("site", Text, |_, member| Cell::optional(member.site)),
    ("published", Text, |_, member| Cell::optional(member.published)),
    ("published_utc", Text, |_, member| Cell::optional(member.published_utc.as_deref())),
    ("relation", Text, |_, member| Cell::text(member.relation)),
    ("passage_relation", Text, |_, member| Cell::text(member.passage_relation)),
    ("kind", Text, |_, member| Cell::optional(member.kind)),
    ("coverage", Score, |_, member| Cell::Score(member.coverage)),
    ("article_coverage", Score, |_, member| Cell::Score(member.article_coverage)),
    ("resemblance", Score, |_, member| Cell::Score(member.resemblance)),
    ("excerpt", Text, |_, member| Cell::optional(member.excerpt.as_deref())),
    ("spans", Spans, |_, member| Cell::Spans(&member.spans)),
    ("representative_spans", Spans, |_, member| Cell::Spans(&member.representative_spans)),
    ("bridge", Flag, |_, member| Cell::Flag(member.bridge)),
    ("credit", Text, |_, member| Cell::optional(member.credit)),
];

/// The columns of a pair if there is a reference collection.
pub(super) const PAIR_REFERENCES: [PairColumn; 2] = [
    ("reference_a", Flag, |pair| Cell::flag(pair.reference_a)),
    ("reference_b", Flag, |pair| Cell::flag(pair.reference_b)),
];

/// The column of a member if there is a reference collection.
pub(super) const REFERENCE: MemberColumn = ("reference", Flag, |_, member| Cell::flag(member.reference));

/// The column of a member with its boilerplate.
pub(super) const BOILERPLATE: MemberColumn =
    ("boilerplate", Spans, |_, member| member.boilerplate.as_deref().map_or(Cell::Empty, Cell::Spans));

/// Returns the columns of pairs.
pub(super) fn pair_columns(has_references: bool) -> Vec<PairColumn> {
    let references = if has_references { &PAIR_REFERENCES[..] } else { &[] };
    PAIR_COLUMNS.iter().chain(references).copied().collect()
}

/// Returns the columns of members of clusters.
pub(super) fn member_columns(has_references: bool, boilerplate: bool) -> Vec<MemberColumn> {
    let more = [has_references.then_some(REFERENCE), boilerplate.then_some(BOILERPLATE)];
    MEMBER_COLUMNS.into_iter().chain(more.into_iter().flatten()).collect()
}
