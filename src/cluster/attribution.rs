//! Finds the members that come from the source of a text, by their sites and by what other members say.

use super::choice_reason::ChoiceReason;
use super::member::Member;
use crate::article::ArticleId;
use crate::corpus::Corpus;
use crate::provenance::{agency_of_site, names_site};

/// Returns the agency on whose own site an article is; `None` if there is none, or if the article is credited to
/// another agency.
pub(super) fn own_agency(corpus: &Corpus, id: ArticleId) -> Option<&'static str> {
    let agency = agency_of_site(corpus.site(id)?)?;
    corpus.credit(id).is_none_or(|credit| credit == agency).then_some(agency)
}

/// Returns a better reason than `why` for the choice of a representative, if members in other outlets give one: they
/// credit the agency on whose own site the representative is, or name its site in a copyright line. Returns `why` if
/// they do not, or if the choice was not made by the default order of preference.
pub(super) fn confirmed_by_others(
    corpus: &Corpus,
    representative: ArticleId,
    members: &[Member],
    why: ChoiceReason,
) -> ChoiceReason {
    let is_default_order = matches!(
        why,
        ChoiceReason::EarliestSeen
            | ChoiceReason::AmongEarliest
            | ChoiceReason::OnAgencySite
            | ChoiceReason::LeastBesides
            | ChoiceReason::FirstByKey
    );
    if !is_default_order {
        return why;
    }
    let site = corpus.site(representative);
    let outlet = corpus.outlet(representative);
    let others = || members.iter().map(|member| member.id).filter(|&other| corpus.outlet(other) != outlet);
    let agency = own_agency(corpus, representative);
    if agency.is_some_and(|agency| others().any(|other| corpus.credit(other) == Some(agency))) {
        return ChoiceReason::AgencyThatOthersCredit;
    }
    let is_named = |site: &str| {
        others().any(|other| corpus.copyright(other).is_some_and(|owner| names_site(owner, site)))
    };
    if site.is_some_and(is_named) { ChoiceReason::NamedInCopyright } else { why }
}
