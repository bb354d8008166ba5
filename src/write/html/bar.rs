//! A region of an article in, a bar out: filled where the region stands.

use std::fmt::Write as _;

use maud::{Markup, html};

use crate::verify::Region;

/// Draws an article of so many words as a bar. What it shows is said elsewhere in words.
pub(super) fn bar(region: &Region, words: usize) -> Markup {
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
    fn draws() {
        let bar = |ranges: &[(u32, u32)], words| {
            let region = Region::new(ranges.iter().map(|&(begin, end)| begin..end));
            super::bar(&region, words).into_string()
        };
        assert!(bar(&[(0, 50), (60, 100)], 100).contains("\"0 0 100 1\""));
        assert!(bar(&[(0, 50), (60, 100)], 100).contains("d=\"M0 0h50v1h-50zM60 0h40v1h-40z\""));
        assert!(bar(&[], 0).contains("\"0 0 1 1\""));
    }
}
