//! Says what was left out of web archives, and from which encodings text was converted, so that nothing is wrong or missing
//! silently.

use std::collections::BTreeMap;

use wirecopy::read::{SourceSummary, SuspectTexts};
use wirecopy::write::one_line;

use crate::error_message::warn;
use crate::number::{grouped, plural};

/// Returns the sentences about inputs.
pub(crate) fn reading_notes(sources: &[&SourceSummary]) -> Vec<String> {
    left_out(sources).into_iter().chain(pages(sources)).chain(texts(sources)).collect()
}

fn number(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

/// Returns the sentence about records of web archives that are no articles.
fn left_out(sources: &[&SourceSummary]) -> Option<String> {
    let mut counts = BTreeMap::new();
    for (reason, count) in sources.iter().flat_map(|source| &source.left_out) {
        *counts.entry(*reason).or_insert(0) += count;
    }
    let all: u64 = counts.values().sum();
    let reasons: Vec<String> =
        counts.into_iter().map(|(reason, count)| format!("{reason} ({})", grouped(number(count)))).collect();
    let what = plural(
        number(all),
        "record of web archives is no article",
        "records of web archives are no articles",
    );
    (all > 0).then(|| format!("{what}: {}", reasons.join(", ")))
}

/// Returns the sentence about pages that are not in UTF-8, or were damaged.
fn pages(sources: &[&SourceSummary]) -> Option<String> {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    let mut damaged = 0;
    for (encoding, count) in sources.iter().flat_map(|source| &source.encodings) {
        damaged += count.damaged;
        if *encoding != "UTF-8" {
            *counts.entry(encoding).or_default() += count.pages;
        }
    }
    let mut parts = Vec::new();
    if !counts.is_empty() {
        let all: u64 = counts.values().sum();
        let is_one = counts.len() == 1;
        let encodings: Vec<String> = counts
            .into_iter()
            .map(|(encoding, count)| match is_one {
                true => encoding.to_owned(),
                false => format!("{encoding} ({})", grouped(number(count))),
            })
            .collect();
        let what = plural(number(all), "page was converted", "pages were converted");
        parts.push(format!("{what} from {}", encodings.join(", ")));
    }
    if damaged > 0 {
        let what = plural(number(damaged), "page has", "pages have");
        parts.push(format!("{what} bytes that are not valid in its encoding, which became U+FFFD"));
    }
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// Returns the sentences about text files that were converted: one for each encoding.
fn texts(sources: &[&SourceSummary]) -> Vec<String> {
    let mut files: BTreeMap<&str, (usize, &str, u64)> = BTreeMap::new();
    for source in sources {
        if let Some(encoding) = source.encoding {
            let entry = files.entry(encoding).or_insert((0, &source.name, 0));
            entry.0 += 1;
            entry.2 += source.replaced;
        }
    }
    let sentence = |(encoding, (count, first, replaced)): (&str, (usize, &str, u64))| {
        let first = one_line(first);
        let what = match count {
            1 => format!("{first} was converted from {encoding}"),
            _ => format!("{} files were converted from {encoding}, such as {first}", grouped(count)),
        };
        match replaced {
            0 => what,
            _ => {
                let places = plural(number(replaced), "place that is not valid", "places that are not valid");
                format!("{what}; {places} became U+FFFD")
            }
        }
    };
    files.into_iter().map(sentence).collect()
}

/// Warns of texts that are probably stored wrongly.
pub(crate) fn warn_of_suspect_texts(suspects: &SuspectTexts) {
    let Some((location, word)) = &suspects.example else { return };
    let faults: Vec<String> = suspects
        .faults()
        .map(|(count, what)| format!("{} {what}", plural(number(count), "text is", "texts are")))
        .collect();
    warn(&format!(
        "{}, such as {word:?} ({location}); copies of them may be missed; --repair-text repairs them",
        faults.join(", and ")
    ));
}
