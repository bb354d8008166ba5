//! An article in, its place in the order in which articles are preferred out: to represent the others, and to be kept.

use super::Why;
use crate::article::ArticleId;
use crate::corpus::Corpus;
use crate::provenance::{Seconds, agency_of_site};

/// The seconds of a day.
const DAY: Seconds = 24 * 3600;

/// Which of several articles that carry the same text is preferred.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keep {
    /// The one with the earliest date; those without a date come last.
    #[default]
    Earliest,
    /// The one with the most words besides boilerplate.
    LongestCore,
    /// One from an agency's own site, else one that is credited to an agency, else the earliest.
    Agency,
    /// The one that was read first: the only choice that depends on the order of the input.
    First,
}

impl Keep {
    /// Gives its name on the command line and in records.
    pub fn name(self) -> &'static str {
        match self {
            Self::Earliest => "earliest",
            Self::LongestCore => "longest-core",
            Self::Agency => "agency",
            Self::First => "first",
        }
    }
}

/// What articles are preferred by: the sites listed first, in this order, then what `keep` says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preference {
    /// What decides among articles of one site, and of sites that are not listed.
    pub keep: Keep,
    /// Sites whose articles are preferred to all others, the most preferred first; named as the articles name theirs,
    /// in upper or lower case.
    pub sites: Vec<String>,
}

/// The place of an article in the order of preference: less is preferred. Two articles never have the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank {
    /// The place of its site among those listed.
    site: usize,
    /// What [`Keep`] asks for besides the date.
    lead: u64,
    time: Seconds,
    /// Whether it stands elsewhere than on an agency's own site.
    no_own_site: bool,
    /// Words besides what it has in common with the others.
    besides: u32,
    id: ArticleId,
}

impl Preference {
    /// Ranks an article that has `besides` words besides what it has in common with the others.
    pub fn rank(&self, corpus: &Corpus, id: ArticleId, besides: u32) -> Rank {
        let site = corpus.site(id);
        let listed = site.and_then(|site| self.sites.iter().position(|name| name.eq_ignore_ascii_case(site)));
        let own_site = own_agency(corpus, id).is_some();
        let lead = match self.keep {
            Keep::Earliest => 0,
            Keep::LongestCore => u64::MAX - corpus.words(id) as u64,
            Keep::Agency if own_site => 0,
            Keep::Agency => 2 - u64::from(corpus.credit(id).is_some()),
            Keep::First => {
                let (part, index) = corpus.place_in_parts(id);
                (part as u64) << 32 | index as u64
            }
        };
        Rank {
            site: listed.unwrap_or(self.sites.len()),
            lead,
            time: corpus.time(id).unwrap_or(Seconds::MAX),
            no_own_site: !own_site,
            besides,
            id,
        }
    }

    /// Says why the first of an ascending list of ranks comes before the others.
    pub(super) fn why(&self, ranks: &[Rank]) -> Why {
        let (first, others) = ranks.split_first().expect("somebody represents the others");
        if others.iter().any(|other| other.site > first.site) {
            return Why::PreferredSite;
        }
        if others.iter().any(|other| other.lead > first.lead) {
            match self.keep {
                Keep::Earliest => {}
                Keep::LongestCore => return Why::LongestCore,
                Keep::Agency => return Why::Agency,
                Keep::First => return Why::FirstRead,
            }
        }
        if first.time == Seconds::MAX {
            if !first.no_own_site && others.iter().any(|other| other.no_own_site) {
                return Why::OnAgencySite;
            }
            let told_by_text = others.iter().all(|other| first.besides < other.besides);
            return if told_by_text { Why::LeastBesides } else { Why::FirstByKey };
        }
        // A date alone is midnight, and does not tell who was first on its day.
        let is_day = first.time.rem_euclid(DAY) == 0;
        let day = |time: Seconds| time.div_euclid(DAY);
        let is_as_early =
            |other: &Rank| other.time == first.time || is_day && day(other.time) == day(first.time);
        let of_one_time = others.iter().any(is_as_early);
        if of_one_time { Why::AmongEarliest } else { Why::EarliestSeen }
    }
}

impl Rank {
    /// Gives the article.
    pub fn id(&self) -> ArticleId {
        self.id
    }
}

/// Names the agency on whose own site an article stands, unless the article is credited to another one.
pub(super) fn own_agency(corpus: &Corpus, id: ArticleId) -> Option<&'static str> {
    let agency = agency_of_site(corpus.site(id)?)?;
    corpus.credit(id).is_none_or(|credit| credit == agency).then_some(agency)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_alone_does_not_tell_who_was_first_on_its_day() {
        let rank =
            |id, time| Rank { site: 0, lead: 0, time, no_own_site: true, besides: 0, id: ArticleId::new(id) };
        let (noon, next) = (DAY / 2, DAY);
        let cases = [
            ("the same time", noon, noon, Why::AmongEarliest),
            ("a later time", noon, noon + 1, Why::EarliestSeen),
            ("the day, and a time on it", 0, noon, Why::AmongEarliest),
            ("the day, and the next one", 0, next, Why::EarliestSeen),
            ("a time, and the next day", noon, next, Why::EarliestSeen),
            ("the day, before 1970", -DAY, -DAY / 2, Why::AmongEarliest),
        ];
        for (name, first, other, expected) in cases {
            let ranks = [rank(0, first), rank(1, other)];
            assert_eq!(Preference::default().why(&ranks), expected, "{name}");
        }
    }
}
