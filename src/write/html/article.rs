//! An article of an entry in, its row and its particulars out.

use maud::{Markup, html};

use super::bar::bar;
use super::foreign::foreign;
use crate::article::ArticleId;
use crate::corpus::Corpus;
use crate::verify::Region;
use crate::write::listing::date;
use crate::write::percent;

/// What a row says of an article besides what its record says.
pub(super) struct Row<'a> {
    pub(super) id: ArticleId,
    /// The part of it that is meant.
    pub(super) region: &'a Region,
    /// The share that is said beside the bar, and of what it is one.
    pub(super) share: (f64, &'static str),
    /// How it relates; may be empty where that is said once for all rows.
    pub(super) relation: &'static str,
    pub(super) kind: Option<&'static str>,
}

/// Names the columns of [`row`].
pub(super) fn head() -> Markup {
    html! {
        div .row.head aria-hidden="true" {
            span { "Date" } span { "Site" } span { "Relation" } span { "Passage" } span {} span { "Credit" }
        }
    }
}

/// Gives the columns of an article's row.
pub(super) fn row(corpus: &Corpus, row: &Row<'_>) -> Markup {
    let header = corpus.header(row.id);
    let (share, of) = row.share;
    html! {
        span { @match header.published {
            Some(published) => (foreign(&date(published))),
            None => span .dim { "undated" },
        } }
        span .site { @match header.site {
            Some(site) => (foreign(site)),
            None => span .dim { "site unknown" },
        }
            @if corpus.is_reference(row.id) { " " (against()) }
        }
        span .relation.(row.relation) { (row.relation) @if let Some(kind) = row.kind { " " (kind) } }
        (bar(row.region, corpus.words(row.id)))
        span .share { (percent(share)) span .unseen { " " (of) } }
        span { @if let Some(agency) = header.credit { span .unseen { "credit " } (agency) } }
    }
}

/// Marks an article of the reference pile.
pub(super) fn against() -> Markup {
    html! { span .against { "matched against" } }
}

/// Gives what tells an article from others, and more that an entry says of it.
pub(super) fn particulars(corpus: &Corpus, id: ArticleId, more: &[(&str, String)]) -> Markup {
    let header = corpus.header(id);
    html! {
        dl {
            @if let Some(title) = header.title {
                div { dt { "Title" } dd lang="" { (foreign(title)) } }
            }
            div { dt { "Key" } dd { (foreign(header.key)) } }
            div { dt { "Read at" } dd { (foreign(&header.place.to_string())) } }
            @if let Some(published) = header.published {
                div { dt { "Published" } dd { (foreign(published)) } }
            }
            @for (name, value) in more {
                div { dt { (name) } dd { (value) } }
            }
        }
    }
}
