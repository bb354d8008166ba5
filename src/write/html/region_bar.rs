//! Draws the position of a region in an article as a bar in SVG.

use std::fmt::Write as _;

use maud::{Markup, html};

use crate::verify::Region;

/// Returns a bar for an article of `words` words, filled at the positions of a region. It is hidden from screen
/// readers: the text next to it has the share.
pub(super) fn region_bar(region: &Region, words: usize) -> Markup {
    let mut path = String::new();
    for range in region.ranges() {
        let length = range.end - range.start;
        // Writing into a string cannot fail.
        let _ = write!(path, "M{} 0h{length}v1h-{length}z", range.start);
    }
    html! {
        svg .bar aria-hidden="true" viewBox={ "0 0 " (words.max(1)) " 1" } preserveAspectRatio="none" {
            path d=(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_the_ranges_of_the_region() {
        let bar = |ranges: &[(u32, u32)], words| {
            let region = Region::new(ranges.iter().map(|&(begin, end)| begin..end));
            region_bar(&region, words).into_string()
        };
        assert!(bar(&[(0, 50), (60, 100)], 100).contains("\"0 0 100 1\""));
        assert!(bar(&[(0, 50), (60, 100)], 100).contains("d=\"M0 0h50v1h-50zM60 0h40v1h-40z\""));
        assert!(bar(&[], 0).contains("\"0 0 1 1\""));
    }
}
