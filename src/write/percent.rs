//! Formats shares as percentages.

/// Returns a share as a whole percentage. Only a share of exactly 1 is `100%`, and only a share of exactly 0 is
/// `0%`.
pub(super) fn percent(share: f64) -> String {
    let percent = (share * 100.0).round();
    let percent = if share < 1.0 { percent.min(99.0) } else { percent };
    let percent = if share > 0.0 { percent.max(1.0) } else { percent };
    format!("{percent}%")
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn rounds_to_all_or_nothing_only_if_exact() {
        let cases = [(0.0, "0%"), (0.001, "1%"), (0.5, "50%"), (0.666, "67%"), (0.999, "99%"), (1.0, "100%")];
        for (share, expected) in cases {
            assert_eq!(percent(share), expected);
        }
    }
}
