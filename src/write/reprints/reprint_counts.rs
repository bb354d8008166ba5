//! Says the totals of a report of reprints in sentences.

use super::hours::hours_text;
use crate::report::ReprintCounts;
use crate::write::number::{counted, grouped};
use crate::write::percent::percent;

/// Returns the totals as sentences: the result first, then what limits it.
pub(super) fn count_sentences(counts: &ReprintCounts) -> Vec<String> {
    if counts.stories == 0 {
        let fewer = match counts.other_stories {
            0 => String::new(),
            1 => "; 1 story is in fewer".to_owned(),
            others => format!("; {} stories are in fewer", grouped(others)),
        };
        let none = format!("No story is in enough outlets{fewer}.");
        return std::iter::once(none).chain(limits(counts)).collect();
    }
    let share = |part: usize, of: usize| percent(part as f64 / of.max(1) as f64);
    let stories = format!(
        "{} of {} ({}) tell {} that several of {} print; {} of these stories {} credited to an agency.",
        counted(counts.articles_in_stories, "article", "articles"),
        grouped(counts.articles),
        share(counts.articles_in_stories, counts.articles),
        counted(counts.stories, "story", "stories"),
        counted(counts.sites, "outlet", "outlets"),
        if counts.agency_stories == 0 { "none".to_owned() } else { grouped(counts.agency_stories) },
        if counts.agency_stories == 1 { "is" } else { "are" },
    );
    let lag = counts.median_lag_hours.map(|hours| format!("; the median lag is {}", hours_text(hours)));
    let reprints = format!(
        "{}, of which {} ({}) say where the text is from{}.",
        counted(counts.reprints, "reprint", "reprints"),
        grouped(counts.credited_reprints),
        share(counts.credited_reprints, counts.reprints),
        lag.unwrap_or_default()
    );
    [stories, reprints].into_iter().chain(limits(counts)).collect()
}

/// Returns what is not in the tables.
fn limits(counts: &ReprintCounts) -> Option<String> {
    let parts = [
        (counts.articles_without_site, "without a site, which are in no table"),
        (counts.articles_without_date, "without a date, which are neither earlier nor later than others"),
    ];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{} {what}", counted(*count, "article", "articles")))
        .collect();
    (!parts.is_empty()).then(|| format!("There are {}.", parts.join("; and ")))
}
