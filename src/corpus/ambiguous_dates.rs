//! Resolves dates whose order of day and month is ambiguous, such as `04/10/2031`, by the other dates of their site.

use std::collections::BTreeMap;

use super::row::{Field, PackedTime};
use super::row_id::RowId;
use super::segment_store::SegmentStore;
use super::stored_segment::StoredSegment;
use crate::provenance::{DayOrder, Seconds, day_order, published_time};

/// The orders of day and month that occur in the unambiguous dates of a site.
#[derive(Clone, Copy, Default)]
struct OrdersFound {
    day_first: bool,
    month_first: bool,
}

impl OrdersFound {
    fn add(&mut self, order: DayOrder) {
        match order {
            DayOrder::DayFirst => self.day_first = true,
            DayOrder::MonthFirst => self.month_first = true,
        }
    }

    /// Returns the order of the site, if only one occurs.
    fn only(self) -> Option<DayOrder> {
        match (self.day_first, self.month_first) {
            (true, false) => Some(DayOrder::DayFirst),
            (false, true) => Some(DayOrder::MonthFirst),
            _ => None,
        }
    }
}

/// Sets the times of articles whose dates are ambiguous, if the other dates of their site show in which order it
/// writes day and month, and none shows the other order. Articles without a site count as one site.
pub(super) fn resolve_ambiguous_dates(segments: &mut [StoredSegment], store: &SegmentStore) {
    for (id, time) in resolved_times(segments, store) {
        segments[id.segment()].times[id.index()] = PackedTime::new(time);
    }
}

/// Returns the times of such articles.
fn resolved_times(segments: &[StoredSegment], store: &SegmentStore) -> Vec<(RowId, Option<Seconds>)> {
    let has_time = |id: &RowId| id.segment_in(segments).times[id.index()].get().is_some();
    let without_time: Vec<RowId> = RowId::all(segments).filter(|id| !has_time(id)).collect();
    let mut sites: BTreeMap<Option<&[u8]>, OrdersFound> = without_time
        .iter()
        .filter_map(|&id| Some((date_and_site(id, segments, store)?.1, OrdersFound::default())))
        .collect();
    // Mostly every date has a time.
    if sites.is_empty() {
        return Vec::new();
    }
    for id in RowId::all(segments).filter(has_time) {
        if let Some((date, site)) = date_and_site(id, segments, store)
            && let Some(orders) = sites.get_mut(&site)
            && let Some(order) = day_order(date)
        {
            orders.add(order);
        }
    }
    let time = |id: RowId| {
        let (date, site) = date_and_site(id, segments, store)?;
        Some((id, published_time(date, Some(sites[&site].only()?))))
    };
    without_time.into_iter().filter_map(time).collect()
}

/// Returns the date of an article, if it has one, and its site.
fn date_and_site<'a>(
    id: RowId,
    segments: &'a [StoredSegment],
    store: &'a SegmentStore,
) -> Option<(&'a str, Option<&'a [u8]>)> {
    let segment = id.segment_in(segments);
    let date = segment.string(id.index(), Field::Published, store)?;
    Some((date, segment.string_bytes(id.index(), Field::Site, store)))
}

#[cfg(test)]
mod tests {
    use super::super::corpus::Corpus;
    use super::super::retained::Retained;
    use super::super::segment::Segment;
    use super::*;
    use crate::article::{Article, Location};
    use crate::text::Tokens;

    #[test]
    fn an_ambiguous_date_is_read_as_its_site_writes_the_others() {
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
        let mut segment = Segment::new();
        for (line, &(site, published, _)) in (1..).zip(&cases) {
            let location = Location { file: "made".into(), line };
            let published = Some(published.to_owned());
            let site = site.map(str::to_owned);
            let article = Article { site, published, location, ..Article::new(line.to_string(), "") };
            segment.push(article, &Tokens::new(), Retained::TOKENS);
        }
        let corpus = Corpus::new(vec![segment]);
        let times: Vec<_> = corpus.ids_in_storage_order().iter().map(|&id| corpus.time(id)).collect();
        assert_eq!(times, cases.map(|case| case.2));
    }
}
