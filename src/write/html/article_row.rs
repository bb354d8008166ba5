//! Writes an article of an entry: a row with a bar and a share, and a list of details.

use maud::{Markup, html};

use super::headline::linked_headline;
use super::region_bar::region_bar;
use super::untrusted::isolated;
use crate::article::ArticleId;
use crate::corpus::Corpus;
use crate::verify::Region;
use crate::write::percent::percent;
use crate::write::short_date::short_date;

/// A row of an article.
pub(super) struct ArticleRow<'a> {
    pub(super) id: ArticleId,
    /// The tokens that the bar shows.
    pub(super) region: &'a Region,
    /// The share after the bar, and the whole of which it is a share.
    pub(super) share: (f64, &'static str),
    /// The relation; empty if the entry has one relation for all rows.
    pub(super) relation: &'static str,
    pub(super) kind: Option<&'static str>,
}

impl ArticleRow<'_> {
    /// Returns the names of the columns.
    pub(super) fn head() -> Markup {
        html! {
            div .row.head aria-hidden="true" {
                span { "Date" } span { "Site" } span { "Relation" } span { "Passage" } span {} span { "Credit" }
            }
        }
    }

    /// Returns the cells of the row.
    pub(super) fn cells(&self, corpus: &Corpus) -> Markup {
        let header = corpus.header(self.id);
        let (share, whole) = self.share;
        html! {
            span { @match header.published {
                Some(published) => (isolated(&short_date(published))),
                None => span .dim { "undated" },
            } }
            span .site { @match header.site {
                Some(site) => (isolated(site)),
                None => span .dim { "site unknown" },
            }
                @if corpus.is_reference(self.id) { " " (reference_label()) }
            }
            span .relation.(self.relation) { (self.relation) @if let Some(kind) = self.kind { " " (kind) } }
            (region_bar(self.region, corpus.words(self.id)))
            span .share { (percent(share)) span .unseen { " " (whole) } }
            span { @if let Some(agency) = header.credit { span .unseen { "credit " } (agency) } }
            span .headline { (linked_headline(corpus, self.id)) }
        }
    }
}

/// Returns the label of an article of the reference collection.
pub(super) fn reference_label() -> Markup {
    html! { span .against { "matched against" } }
}

/// Returns a list of what identifies an article, followed by `more` names and values.
pub(super) fn details(corpus: &Corpus, id: ArticleId, more: &[(&str, String)]) -> Markup {
    let header = corpus.header(id);
    html! {
        dl {
            div { dt { "Key" } dd { (isolated(header.key)) } }
            div { dt { "Location" } dd { (isolated(&header.location.to_string())) } }
            @if let Some(published) = header.published {
                div { dt { "Published" } dd { (isolated(published)) } }
            }
            @for (name, value) in more {
                div { dt { (name) } dd { (value) } }
            }
        }
    }
}
