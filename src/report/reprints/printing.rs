//! The articles of one outlet that print a story.

use crate::article::ArticleId;
use crate::cluster::own_agency;
use crate::corpus::Corpus;
use crate::provenance::{Seconds, is_name_of_site};

/// The articles of one outlet that print a story.
#[derive(Clone, Debug)]
pub(super) struct Printing<'a> {
    pub(super) outlet: &'a str,
    /// All of them, ascending.
    pub(super) articles: Vec<ArticleId>,
    /// The agency to which one of them is credited.
    pub(super) credit: Option<&'static str>,
    /// The agency to which other articles with the text are credited.
    pub(super) agency_of_others: Option<&'static str>,
    /// The agency that the outlet is.
    pub(super) own_agency: Option<&'static str>,
    /// True if one of them names a source other than the outlet itself.
    names_source: bool,
}

impl<'a> Printing<'a> {
    /// Creates the printing of an outlet, without articles.
    pub(super) fn new(outlet: &'a str) -> Self {
        Self {
            outlet,
            articles: Vec::new(),
            credit: None,
            agency_of_others: None,
            own_agency: None,
            names_source: false,
        }
    }

    /// Adds an article of the outlet. `agency` is that of its cluster.
    pub(super) fn add(&mut self, corpus: &'a Corpus, agency: Option<&'static str>, id: ArticleId) {
        let own_agency = own_agency(corpus, id);
        self.own_agency = self.own_agency.or(own_agency);
        self.credit = self.credit.or(corpus.credit(id).filter(|&credit| Some(credit) != own_agency));
        self.agency_of_others = self.agency_of_others.or(agency);
        let names_another = |name: &str| !is_name_of_site(name, self.outlet);
        self.names_source |= corpus.named_source(id).is_some_and(names_another);
        self.articles.push(id);
    }

    /// Returns the agency that the outlet has the text from: that of its own credit, or else that of other articles
    /// with the text; `None` if the outlet is an agency.
    pub(super) fn agency(&self) -> Option<&'static str> {
        self.credit.or(self.agency_of_others).filter(|_| self.own_agency.is_none())
    }

    /// Returns whether the outlet says that it has the text from elsewhere: from an agency, or from another source.
    pub(super) fn is_credited(&self) -> bool {
        self.credit.is_some() || self.names_source
    }
}

/// Returns whether one of the articles of an outlet says that its text is from another article's outlet: it is credited
/// to the agency that this outlet is, or names it as the source.
pub(super) fn names_as_source(corpus: &Corpus, ids: &[ArticleId], other: ArticleId) -> bool {
    let agency = own_agency(corpus, other);
    let outlet = corpus.outlet(other);
    ids.iter().any(|&id| {
        let is_name = |name: &str| outlet.is_some_and(|outlet| is_name_of_site(name, outlet));
        agency.is_some() && corpus.credit(id) == agency || corpus.named_source(id).is_some_and(is_name)
    })
}

/// Returns the earliest of articles, those without a date last.
pub(super) fn earliest(corpus: &Corpus, ids: &[ArticleId]) -> Option<ArticleId> {
    ids.iter().copied().min_by_key(|&id| (corpus.time(id).unwrap_or(Seconds::MAX), id))
}
