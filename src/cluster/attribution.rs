//! Finds the members that come from the source of a text, by their sites and by what other members say.

use std::collections::BTreeMap;

use super::choice_reason::ChoiceReason;
use super::member::Member;
use crate::article::ArticleId;
use crate::corpus::Corpus;
use crate::provenance::{agency_of_site, name_letters, site_letters};

/// Returns the agency on whose own site an article is; `None` if there is none, or if the article is credited to
/// another agency.
pub(crate) fn own_agency(corpus: &Corpus, id: ArticleId) -> Option<&'static str> {
    let agency = agency_of_site(corpus.site(id)?)?;
    corpus.credit(id).is_none_or(|credit| credit == agency).then_some(agency)
}

/// Returns the agency to which most articles are credited, the first by name of equals; `None` if none is credited.
pub(crate) fn most_credited(corpus: &Corpus, ids: impl Iterator<Item = ArticleId>) -> Option<&'static str> {
    let mut credits: Vec<&str> = ids.filter_map(|id| corpus.credit(id)).collect();
    credits.sort_unstable();
    let most = credits.chunk_by(|one, other| one == other).rev().max_by_key(|run| run.len())?;
    Some(most[0])
}

/// The sources that the articles of a cluster name, each with the outlets in which they do.
pub(super) struct NamedSources<'a> {
    corpus: &'a Corpus,
    /// The agency to which the most articles are credited.
    agency: Option<(&'static str, Namers<'a>)>,
    /// Other names, by their letters.
    names: BTreeMap<String, Namers<'a>>,
}

/// The outlets of articles that name a source.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Namers<'a> {
    /// Several, or one that is unknown.
    Any,
    Only(&'a str),
}

impl<'a> Namers<'a> {
    fn new(outlet: Option<&'a str>) -> Self {
        outlet.map_or(Self::Any, Self::Only)
    }

    fn and(self, other: Self) -> Self {
        if self == other { self } else { Self::Any }
    }
}

impl<'a> NamedSources<'a> {
    /// Finds the sources that articles name. Of agencies with equally many credits it takes the first by name.
    pub(super) fn new(corpus: &'a Corpus, ids: impl Iterator<Item = ArticleId>) -> Self {
        let mut agencies: BTreeMap<&'static str, (usize, Namers<'_>)> = BTreeMap::new();
        let mut names: BTreeMap<String, Namers<'_>> = BTreeMap::new();
        for id in ids {
            let namer = Namers::new(corpus.outlet(id));
            if let Some(agency) = corpus.credit(id) {
                let known = agencies.entry(agency).or_insert((0, namer));
                *known = (known.0 + 1, known.1.and(namer));
            }
            if let Some(name) = corpus.named_source(id) {
                names
                    .entry(name_letters(name))
                    .and_modify(|known| *known = known.and(namer))
                    .or_insert(namer);
            }
        }
        let most = agencies.into_iter().rev().max_by_key(|(_, (count, _))| *count);
        Self { corpus, agency: most.map(|(agency, (_, namers))| (agency, namers)), names }
    }

    /// Returns whether an article is on the own site of the agency to which the most articles are credited, at least
    /// one of them in another outlet.
    fn is_credited(&self, id: ArticleId) -> bool {
        let outlet = Namers::new(self.corpus.outlet(id));
        let own = own_agency(self.corpus, id);
        self.agency.is_some_and(|(agency, namers)| own == Some(agency) && namers != outlet)
    }

    /// Returns whether an article in another outlet names the site of an article.
    fn names_site_of(&self, id: ArticleId) -> bool {
        let Some(site) = self.corpus.site(id).filter(|_| !self.names.is_empty()) else { return false };
        let outlet = Namers::new(self.corpus.outlet(id));
        let namers = |letters: String| self.names.get(&letters).filter(|_| !letters.is_empty());
        site_letters(site).filter_map(namers).any(|&namers| namers != outlet)
    }

    /// Returns whether an article in another outlet names the site of an article, or its agency.
    pub(super) fn names(&self, id: ArticleId) -> bool {
        self.is_credited(id) || self.names_site_of(id)
    }
}

/// Returns a better reason than `why` for the choice of a representative, if members in other outlets give one: they
/// credit the agency on whose own site the representative is, or name its site. Returns `why` if they do not, or if the
/// choice was not made by the default order of preference.
pub(super) fn confirmed_by_others(
    corpus: &Corpus,
    representative: ArticleId,
    members: &[Member],
    why: ChoiceReason,
) -> ChoiceReason {
    let is_default_order = matches!(
        why,
        ChoiceReason::NamedAsSource
            | ChoiceReason::EarliestSeen
            | ChoiceReason::AmongEarliest
            | ChoiceReason::OnAgencySite
            | ChoiceReason::LeastBesides
            | ChoiceReason::FirstByKey
    );
    if !is_default_order {
        return why;
    }
    let sources = NamedSources::new(corpus, members.iter().map(|member| member.id));
    if sources.is_credited(representative) {
        ChoiceReason::AgencyThatOthersCredit
    } else if sources.names_site_of(representative) {
        ChoiceReason::NamedAsSource
    } else {
        why
    }
}
