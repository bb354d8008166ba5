//! Finds dates that are not believed when it matters which article is the earliest.
//!
//! A few articles of a site that are dated years before all others of it were mostly dated by mistake, such as by the year in
//! a copyright line, or to appear as the first. An old article among new ones is possible; but of an archive, old
//! articles are many, or their dates spread over the years, and then none is doubted.
//!
//! Cost: one pass; only where a site has dates that are more than a year apart, its dates are sorted.

use rayon::prelude::*;

use super::corpus::Corpus;
use crate::article::ArticleId;
use crate::provenance::Seconds;

/// The number of dated articles that a site must have: fewer do not show when it was collected.
const LEAST_ARTICLES: usize = 20;
/// The largest part of a site's dated articles that is doubted, as a divisor: one in twenty.
const LARGEST_PART: usize = 20;
/// The least time between a doubted date and all others: a year.
const LEAST_GAP: Seconds = 366 * 24 * 3600;

impl Corpus {
    /// Returns the time at which an article was published, unless that is not known or not believed. Dates are not
    /// believed that are before those of nearly all other articles of their site by more than a year, and by more than the
    /// time between the first and the last of these.
    pub fn believed_time(&self, id: ArticleId) -> Option<Seconds> {
        self.time(id).filter(|_| !self.is_date_doubted(id))
    }

    /// Returns whether the date of an article is not believed.
    pub fn is_date_doubted(&self, id: ArticleId) -> bool {
        self.doubted_dates().binary_search(&id).is_ok()
    }

    /// Returns the articles whose dates are not believed, ascending.
    pub fn doubted_dates(&self) -> &[ArticleId] {
        self.doubted.get_or_init(|| {
            let mut doubted: Vec<ArticleId> = Vec::new();
            let mut dated: Vec<(u32, Seconds, ArticleId)> = self.dated_articles_of_long_times();
            dated.par_sort_unstable();
            for of_site in dated.chunk_by(|one, other| one.0 == other.0) {
                let count = doubted_of_site(of_site.iter().map(|&(_, time, _)| time));
                doubted.extend(of_site[..count].iter().map(|&(_, _, id)| id));
            }
            doubted.sort_unstable();
            doubted
        })
    }

    /// Sets the articles whose dates are not believed: those of a part of a collection are known from the whole.
    pub(crate) fn set_doubted_dates(&mut self, ids: Vec<ArticleId>) {
        self.doubted = ids.into();
    }

    /// Returns the number of the site, the time and the number of each dated article of sites that have enough of them,
    /// and dates that are far enough from each other.
    fn dated_articles_of_long_times(&self) -> Vec<(u32, Seconds, ArticleId)> {
        let dated = || self.ids().filter_map(|id| Some((self.sites.number_of(id)?, self.time(id)?, id)));
        // For each site the number of dated articles, and their first and last time.
        let mut sites: Vec<(usize, Seconds, Seconds)> =
            vec![(0, Seconds::MAX, Seconds::MIN); self.sites.count()];
        for (site, time, _) in dated() {
            let (count, first, last) = &mut sites[site as usize];
            (*count, *first, *last) = (*count + 1, time.min(*first), time.max(*last));
        }
        dated().filter(|&(site, _, _)| may_be_doubted(sites[site as usize])).collect()
    }
}

/// Returns how many of the times of all dated articles of a site, ascending, are not believed: the first ones.
pub fn doubted_dates(times: &[Seconds]) -> usize {
    let &[first, .., last] = times else { return 0 };
    if may_be_doubted((times.len(), first, last)) { doubted_of_site(times.iter().copied()) } else { 0 }
}

/// Returns whether a site has enough dated articles, and dates that are far enough from each other, for some to be doubted.
fn may_be_doubted((count, first, last): (usize, Seconds, Seconds)) -> bool {
    count >= LEAST_ARTICLES && last.saturating_sub(first) > LEAST_GAP
}

/// Returns how many of the ascending times of a site, the first ones, are not believed.
fn doubted_of_site(times: impl ExactSizeIterator<Item = Seconds> + Clone) -> usize {
    let most = times.len() / LARGEST_PART;
    let Some(last) = times.clone().last() else { return 0 };
    let pairs = times.clone().zip(times.skip(1)).take(most);
    let is_far = |&(_, (before, after)): &(usize, (Seconds, Seconds))| {
        after.saturating_sub(before) > LEAST_GAP.max(last.saturating_sub(after))
    };
    (1..).zip(pairs).filter(is_far).map(|(count, _)| count).last().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Seconds = 24 * 3600;

    #[test]
    fn doubts_few_dates_that_are_long_before_all_others() {
        let month: Vec<Seconds> = (40 * 366..40 * 366 + 30).collect();
        let years: Vec<Seconds> = (0..30).map(|year| 366 * year).collect();
        let cases: [(&str, &[Seconds], &[Seconds], usize); 8] = [
            ("none", &[], &month, 0),
            ("one, decades before", &[366], &month, 1),
            ("more than a year before", &[39 * 366 - 1], &month, 1),
            ("a year before", &[39 * 366 + 1], &month, 0),
            ("two of thirty-two are too many", &[366, 20 * 366], &month, 0),
            ("several of many", &[366, 20 * 366], &month.repeat(3), 2),
            ("an archive of decades", &[-10 * 366], &years, 0),
            ("long before an archive of decades", &[-40 * 366], &years, 1),
        ];
        for (name, early, others, expected) in cases {
            let mut days = [early, others].concat();
            days.sort_unstable();
            let times: Vec<Seconds> = days.into_iter().map(|day| day * DAY).collect();
            assert_eq!(doubted_of_site(times.iter().copied()), expected, "{name}");
        }
        assert_eq!(doubted_of_site([0, 400 * DAY].into_iter()), 0, "two articles show nothing");
        assert_eq!(doubted_of_site([].into_iter()), 0);
    }
}
