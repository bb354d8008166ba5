//! Draws the position of a region in an article as a bar of characters.

use std::iter;

use crate::verify::Region;

/// Returns a bar of `cells` characters for an article of `words` words. A cell is full if at least half of its
/// words are in the region, and half full if any is.
pub(super) fn region_bar(region: &Region, words: usize, cells: usize) -> String {
    let cell = |number: usize| {
        let [begin, end] = [number, number + 1].map(|edge| edge * words / cells);
        // If there are fewer words than cells, a word is shown in several cells.
        let end = end.max(begin + 1);
        let filled = region.overlap(&Region::new(iter::once(begin as u32..end as u32))) as usize;
        match filled {
            0 => '░',
            filled if is_half_of(filled, end - begin) => '█',
            _ => '▒',
        }
    };
    (0..cells).map(cell).collect()
}

/// Returns whether a number is half of another or more.
fn is_half_of(part: usize, whole: usize) -> bool {
    part * 2 >= whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_the_cells_of_the_region() {
        let cases = [
            ("all", vec![(0, 100)], 100, "██████████"),
            ("none", vec![], 100, "░░░░░░░░░░"),
            ("half", vec![(0, 50)], 100, "█████░░░░░"),
            ("little", vec![(12, 14)], 100, "░▒░░░░░░░░"),
            ("two", vec![(0, 10), (90, 100)], 100, "█░░░░░░░░█"),
            ("few words", vec![(0, 2)], 4, "█████░░░░░"),
        ];
        for (name, ranges, words, expected) in cases {
            let region = Region::new(ranges.into_iter().map(|(begin, end)| begin..end));
            assert_eq!(region_bar(&region, words, 10), expected, "{name}");
        }
    }
}
