//! Orders the articles that contain the same text by preference: which of them represents the others, and which stays.

use super::attribution::own_agency;
use super::choice_reason::ChoiceReason;
use crate::article::ArticleId;
use crate::corpus::Corpus;
use crate::provenance::{Seconds, is_surely_before};

/// The criterion by which one of several articles that contain the same text is preferred.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keep {
    /// The earliest date; articles without a date come last, and so do those whose date is not believed
    /// ([`Corpus::believed_time`]). An article on a site that others name as the source comes
    /// before earlier ones.
    #[default]
    Earliest,
    /// The most words that are not boilerplate.
    LongestCore,
    /// An article on an agency's own site, otherwise one that is credited to an agency, otherwise the earliest.
    Agency,
    /// The article that was read first. No other criterion depends on the order of the input.
    First,
}

impl Keep {
    /// Returns the name of the criterion on the command line and in records.
    pub fn name(self) -> &'static str {
        match self {
            Self::Earliest => "earliest",
            Self::LongestCore => "longest-core",
            Self::Agency => "agency",
            Self::First => "first",
        }
    }
}

/// The order in which articles are preferred: by the listed sites, then by [`Keep`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preference {
    /// The criterion for articles of one site, and of sites that are not listed.
    pub keep: Keep,
    /// Sites whose articles are preferred to all others, the most preferred first. Names are compared with the sites of
    /// the articles without regard to upper and lower case.
    pub sites: Vec<String>,
}

/// The rank of an article in the order of preference: a smaller one is preferred. No two articles have the same rank.
///
/// The order of the fields is the order of the criteria.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank {
    /// The index of its site among the listed sites.
    site: usize,
    /// The rank by the criterion of [`Keep`], if that is not the date.
    criterion: u64,
    /// True if no other article names its site as the source.
    is_unnamed: bool,
    time: Seconds,
    /// True if it is not on an agency's own site.
    is_elsewhere: bool,
    /// The number of words that it does not have in common with the others.
    other_words: u32,
    id: ArticleId,
}

impl Preference {
    /// Returns the rank of an article that has `other_words` words other than those that it has in common with the
    /// others.
    pub fn rank(&self, corpus: &Corpus, id: ArticleId, other_words: u32) -> Rank {
        let site = corpus.site(id);
        let listed = site.and_then(|site| self.sites.iter().position(|name| name.eq_ignore_ascii_case(site)));
        let is_own_site = own_agency(corpus, id).is_some();
        let criterion = match self.keep {
            Keep::Earliest => 0,
            Keep::LongestCore => u64::MAX - corpus.words(id) as u64,
            Keep::Agency if is_own_site => 0,
            Keep::Agency if corpus.credit(id).is_some() => 1,
            Keep::Agency => 2,
            Keep::First => {
                let (segment, index) = corpus.segment_and_row(id);
                (segment as u64) << 32 | index as u64
            }
        };
        Rank {
            site: listed.unwrap_or(self.sites.len()),
            criterion,
            is_unnamed: true,
            time: corpus.believed_time(id).unwrap_or(Seconds::MAX),
            is_elsewhere: !is_own_site,
            other_words,
            id,
        }
    }

    /// Returns the reason why the least of some ranks comes before the others.
    pub(super) fn why(&self, first: &Rank, ranks: &[Rank]) -> ChoiceReason {
        let others = || ranks.iter().filter(|other| other.id != first.id);
        if others().any(|other| other.site > first.site) {
            return ChoiceReason::PreferredSite;
        }
        if others().any(|other| other.criterion > first.criterion) {
            match self.keep {
                Keep::Earliest => {}
                Keep::LongestCore => return ChoiceReason::LongestCore,
                Keep::Agency => return ChoiceReason::Agency,
                Keep::First => return ChoiceReason::FirstRead,
            }
        }
        if !first.is_unnamed && others().any(|other| other.is_unnamed) {
            return ChoiceReason::NamedAsSource;
        }
        if first.time == Seconds::MAX {
            if !first.is_elsewhere && others().any(|other| other.is_elsewhere) {
                return ChoiceReason::OnAgencySite;
            }
            let has_least = others().all(|other| first.other_words < other.other_words);
            return if has_least { ChoiceReason::LeastBesides } else { ChoiceReason::FirstByKey };
        }
        let is_one_of_several = others().any(|other| !is_surely_before(first.time, other.time));
        if is_one_of_several { ChoiceReason::AmongEarliest } else { ChoiceReason::EarliestSeen }
    }
}

impl Rank {
    /// Returns the rank of the article if other articles name its site as the source: such an article comes before
    /// earlier ones. A date shows who was seen first, and a source line who had the text first.
    pub(super) fn named_by_others(self, is_named: bool) -> Self {
        Self { is_unnamed: !is_named, ..self }
    }

    /// Returns the rank as bytes that ascend as ranks do. `number` takes the place of the article's id.
    pub fn to_bytes(&self, number: u64) -> Vec<u8> {
        let Self { site, criterion, is_unnamed, time, is_elsewhere, other_words, id: _ } = *self;
        let time = (time ^ Seconds::MIN) as u64;
        [
            &(site as u64).to_be_bytes()[..],
            &criterion.to_be_bytes(),
            &[u8::from(is_unnamed)],
            &time.to_be_bytes(),
            &[u8::from(is_elsewhere)],
            &other_words.to_be_bytes(),
            &number.to_be_bytes(),
        ]
        .concat()
    }

    /// Returns the article.
    pub fn id(&self) -> ArticleId {
        self.id
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const DAY: Seconds = 24 * 3600;

    proptest! {
        #[test]
        fn bytes_ascend_as_ranks_do(
            fields in prop::array::uniform2((
                0..2_usize, any::<u64>(), any::<bool>(), any::<Seconds>(), any::<bool>(), any::<u32>(), 0..9_usize,
            )),
            equal in 0..8_usize,
        ) {
            let [one, mut other] = fields;
            // Random values are seldom equal: so many of the first fields are made equal.
            if equal > 0 { other.0 = one.0 }
            if equal > 1 { other.1 = one.1 }
            if equal > 2 { other.2 = one.2 }
            if equal > 3 { other.3 = one.3 }
            if equal > 4 { other.4 = one.4 }
            if equal > 5 { other.5 = one.5 }
            let rank = |(site, criterion, is_unnamed, time, is_elsewhere, other_words, id)| {
                let id = ArticleId::new(id);
                Rank { site, criterion, is_unnamed, time, is_elsewhere, other_words, id }
            };
            let [one, other] = [one, other].map(rank);
            let bytes = |rank: Rank| rank.to_bytes(rank.id.index() as u64);
            prop_assert_eq!(bytes(one).cmp(&bytes(other)), one.cmp(&other));
        }
    }

    #[test]
    fn a_date_alone_does_not_show_which_article_was_first_on_its_day() {
        let rank = |id, time| {
            let id = ArticleId::new(id);
            Rank { site: 0, criterion: 0, is_unnamed: true, time, is_elsewhere: true, other_words: 0, id }
        };
        let (noon, next) = (DAY / 2, DAY);
        let cases = [
            ("the same time", noon, noon, ChoiceReason::AmongEarliest),
            ("a later time", noon, noon + 1, ChoiceReason::EarliestSeen),
            ("the day, and a time on it", 0, noon, ChoiceReason::AmongEarliest),
            ("the day, and the next one", 0, next, ChoiceReason::EarliestSeen),
            ("a time, and the next day", noon, next, ChoiceReason::EarliestSeen),
            ("the day, before 1970", -DAY, -DAY / 2, ChoiceReason::AmongEarliest),
        ];
        for (name, first, other, expected) in cases {
            let ranks = [rank(0, first), rank(1, other)];
            assert_eq!(Preference::default().why(&ranks[0], &ranks), expected, "{name}");
        }
    }
}
