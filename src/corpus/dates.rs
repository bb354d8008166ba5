//! Articles in, their times out where a date alone does not tell: `04/10/2031` is read as its site's other dates are.

use std::collections::BTreeMap;

use super::header::Said;
use super::part::{StoredSegment, string};
use super::shelves::Shelves;
use crate::provenance::{DayOrder, Seconds, day_order, published_time};

/// What the dates of a site show of their order.
#[derive(Clone, Copy, Default)]
struct Shown {
    day_first: bool,
    month_first: bool,
}

impl Shown {
    fn order(self) -> Option<DayOrder> {
        match (self.day_first, self.month_first) {
            (true, false) => Some(DayOrder::DayFirst),
            (false, true) => Some(DayOrder::MonthFirst),
            _ => None,
        }
    }
}

/// Gives a time to articles whose dates are in numbers that countries read differently, where other dates of the same
/// site show how it writes them, and none shows the contrary. Articles without a site count as one.
pub(super) fn settle_dates(parts: &mut [StoredSegment], shelves: &Shelves) {
    let settled = settled(parts, shelves);
    for (part, index, time) in settled {
        parts[part].rows[index].time = time;
    }
}

/// Gives the times of such articles, each with the number of its part and its place in it.
fn settled(parts: &[StoredSegment], shelves: &Shelves) -> Vec<(usize, usize, Option<Seconds>)> {
    let said = |part: usize, index: usize| {
        let published = parts[part].said(index, Said::Published, shelves).map(string)?;
        Some((published, parts[part].said(index, Said::Site, shelves)))
    };
    let all = || (0..parts.len()).flat_map(|part| (0..parts[part].len()).map(move |index| (part, index)));
    let is_known = |&(part, index): &(usize, usize)| parts[part].rows[index].time.is_some();
    // Mostly there are none.
    let doubtful: Vec<(usize, usize)> = all().filter(|place| !is_known(place)).collect();
    let mut sites: BTreeMap<Option<&[u8]>, Shown> =
        doubtful.iter().filter_map(|&(part, index)| Some((said(part, index)?.1, Shown::default()))).collect();
    if sites.is_empty() {
        return Vec::new();
    }
    for (published, site) in all().filter(is_known).filter_map(|(part, index)| said(part, index)) {
        if let Some(shown) = sites.get_mut(&site) {
            match day_order(published) {
                Some(DayOrder::DayFirst) => shown.day_first = true,
                Some(DayOrder::MonthFirst) => shown.month_first = true,
                None => {}
            }
        }
    }
    let time = |(part, index): (usize, usize)| {
        let (published, site) = said(part, index)?;
        let order = sites[&site].order()?;
        Some((part, index, published_time(published, Some(order))))
    };
    doubtful.into_iter().filter_map(time).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Corpus, Segment};
    use super::*;
    use crate::article::{Article, Location};
    use crate::text::Tokens;

    #[test]
    fn dates_are_read_as_their_site_writes_them() {
        let fourth = published_time("2031-10-04", None);
        // Site, date, time.
        let cases = [
            (Some("a"), "04/10/2031", fourth),
            (Some("a"), "31/12/2031", published_time("2031-12-31", None)),
            (Some("b"), "10/04/2031", fourth),
            (Some("b"), "12/31/2031", published_time("2031-12-31", None)),
            (Some("both"), "04/10/2031", None),
            (Some("both"), "12/31/2031", published_time("2031-12-31", None)),
            (Some("both"), "31/12/2031", published_time("2031-12-31", None)),
            (Some("silent"), "04/10/2031", None),
            (None, "04/10/2031", None),
        ];
        let mut part = Segment::new();
        for (line, &(site, published, _)) in (1..).zip(&cases) {
            let location = Location { file: "made".into(), line };
            let published = Some(published.to_owned());
            let site = site.map(str::to_owned);
            let article = Article {
                key: line.to_string(),
                text: String::new(),
                site,
                published,
                title: None,
                location,
            };
            part.push(article, &Tokens::new(), false);
        }
        let corpus = Corpus::new(vec![part]);
        let times: Vec<_> = corpus.ids_as_put_in().iter().map(|&id| corpus.time(id)).collect();
        assert_eq!(times, cases.map(|case| case.2));
    }
}
