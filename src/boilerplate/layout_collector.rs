//! Finds where on pages the text is that they share: before or after the rest of each page.

use super::criteria::{Criteria, Unit};
use super::layout::Layout;
use super::page_set::PageSet;

/// Collects the layout of one page after the other.
#[derive(Debug, Default)]
pub(super) struct LayoutCollector {
    pages: PageSet,
    framed: PageSet,
    above: PageSet,
    below: PageSet,
    /// For each run of the rest of a page the value of the text before it, if there is one, the page, and the length.
    runs: Vec<(Option<u32>, usize, usize)>,
}

impl LayoutCollector {
    /// Adds a page: its values in the order of their positions, each with whether it belongs to the text.
    pub(super) fn add(&mut self, page: usize, values: &[(u32, bool)], unit: Unit, criteria: &Criteria) {
        let (mut before, mut pieces) = (None, 0);
        for run in values.chunk_by(|one, other| one.1 == other.1) {
            let (last, is_of_text) = run[run.len() - 1];
            if is_of_text {
                before = Some(last);
            } else {
                self.runs.push((before, page, run.len()));
                pieces += usize::from(criteria.is_piece(unit, run.len()));
            }
        }
        let of_page = PageSet::default().with(page);
        let ends = [values.first(), values.last()].map(|value| value.is_some_and(|value| value.1));
        self.pages = self.pages | of_page;
        if pieces == 1 {
            self.framed = self.framed | of_page;
            match ends {
                [true, false] => self.above = self.above | of_page,
                [false, true] => self.below = self.below | of_page,
                _ => {}
            }
        }
    }

    /// Returns the layout of all pages that were added.
    pub(super) fn finish(self, criteria: &Criteria) -> Layout {
        let Self { pages, framed, above, below, mut runs } = self;
        let mut rests = [0; PageSet::CAPACITY];
        runs.iter().for_each(|&(_, page, length)| rests[page] += length);
        runs.sort_unstable();
        // For each page the part of its rest that is where most pages have some of theirs. If each rest is in one piece,
        // only the places of these pieces count: where the words of text and rest meet, each page has a few
        // fingerprints of its own, too.
        let are_in_one_piece = framed == pages;
        let mut common = [0; PageSet::CAPACITY];
        for place in runs.chunk_by(|one, other| one.0 == other.0) {
            let counted = place
                .iter()
                .filter(|&&(_, page, length)| !are_in_one_piece || criteria.is_mostly(length, rests[page]));
            let there: PageSet = counted.map(|run| run.1).collect();
            if criteria.is_mostly(there.len(), pages.len()) {
                place.iter().for_each(|&(_, page, length)| common[page] += length);
            }
        }
        let in_place = pages.iter().filter(|&page| criteria.is_mostly(common[page], rests[page])).count();
        let is_in_place = criteria.is_of_text(in_place, pages.len());
        Layout { pages, framed, above, below, is_in_place }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the layout of pages. Capital letters are values of the text, others of the rest.
    fn layout(pages: &[&str]) -> Layout {
        let criteria = Criteria { piece_fingerprints: 2, ..Criteria::default() };
        let mut collector = LayoutCollector::default();
        for (page, values) in pages.iter().enumerate() {
            let values: Vec<(u32, bool)> =
                values.chars().map(|value| (u32::from(value), value.is_ascii_uppercase())).collect();
            collector.add(page, &values, Unit::Fingerprint, &criteria);
        }
        collector.finish(&criteria)
    }

    #[test]
    fn text_is_in_place_if_it_is_on_the_same_side_of_all_pages() {
        let cases = [
            ("below", vec!["aaABC", "bbbABC"], 2, 2, true),
            ("above", vec!["ABCaa", "ABCbbb"], 2, 0, true),
            ("around", vec!["ABaaC", "ABbbbC"], 2, 0, true),
            ("a date in the template", vec!["aaaAdBC", "bbbbAeBC"], 2, 2, true),
            ("inside", vec!["aaABCaa", "bbABCbb"], 0, 0, true),
            ("a form", vec!["AaBaaaC", "AbBbbC"], 2, 0, true),
            ("below and above", vec!["aaABC", "ABCbbb"], 2, 1, false),
            (
                "below and above, with something at the seam",
                vec!["aaaaaaaaaaaaABCx", "yABCbbbbbbbbbbbb"],
                2,
                0,
                false,
            ),
            ("changes in different places", vec!["AaaaBCb", "ABccCddd"], 1, 0, false),
            ("no pages", vec![], 0, 0, true),
        ];
        for (name, pages, framed, below, is_in_place) in cases {
            let found = layout(&pages);
            let found = (found.framed.len(), found.below.len(), found.is_in_place);
            assert_eq!(found, (framed, below, is_in_place), "{name}");
        }
    }
}
