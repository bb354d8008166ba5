//! Collects the warnings after a run: of records that were skipped, and of fields that do not mean what they seem to.

use std::collections::BTreeSet;

use wirecopy::{Findings, LocationRef};

use crate::errors::is_in_memory;

/// The number of different dates that a warning shows.
const EXAMPLES: usize = 2;
/// The longest date that a warning shows as a whole, in characters: a field that is no date may hold an article.
const LONGEST: usize = 40;

/// Returns a sentence for each fact that the caller should know.
pub(crate) fn warnings(findings: &Findings) -> Vec<String> {
    let mut warnings = collections(findings);
    warnings.extend(unknown_sites(findings));
    warnings.extend(suspect_texts(findings));
    warnings.extend(unknown_dates(findings));
    warnings
}

/// Returns the place of a record, as errors name it.
fn place(location: LocationRef<'_>) -> String {
    if is_in_memory(location.file) { format!("row {}", location.line) } else { location.to_string() }
}

/// Names in the site field that are no site.
fn collections(findings: &Findings) -> Vec<String> {
    let sentence = |name: &String| {
        format!(
            "the site of every record is {name:?}, but their addresses are on several domains; the site of each is the \
             host of its address instead"
        )
    };
    findings.corpus().collections().iter().map(sentence).collect()
}

/// Preferred sites from which there is no article.
fn unknown_sites(findings: &Findings) -> Vec<String> {
    let sentence = |name: &&str| format!("no article is from {name}, which prefer_sites names");
    missing_sites(findings).iter().map(sentence).collect()
}

/// Returns the preferred sites from which there is no article, unless there is no article at all.
pub(crate) fn missing_sites(findings: &Findings) -> Vec<&str> {
    let corpus = findings.corpus();
    let is_missing = |name: &&str| {
        !corpus.is_empty()
            && !corpus.ids().any(|id| corpus.site(id).is_some_and(|site| site.eq_ignore_ascii_case(name)))
    };
    findings.settings().preference.sites.iter().map(String::as_str).filter(is_missing).collect()
}

/// Texts that are probably stored wrongly.
fn suspect_texts(findings: &Findings) -> Option<String> {
    let suspects = findings.suspect_texts();
    let (location, word) = suspects.example.as_ref()?;
    let faults: Vec<String> = suspects
        .faults()
        .map(
            |(count, what)| {
                if count == 1 { format!("1 text is {what}") } else { format!("{count} texts are {what}") }
            },
        )
        .collect();
    Some(format!(
        "{}, such as {word:?} ({}); copies of them may be missed; repair the texts first",
        faults.join(", and "),
        place(location.borrowed())
    ))
}

/// Dates that were given and not understood.
fn unknown_dates(findings: &Findings) -> Option<String> {
    let corpus = findings.corpus();
    let unknown = corpus.unknown_dates();
    let (mut seen, mut examples) = (BTreeSet::new(), Vec::new());
    for &id in &unknown.ids {
        let date = corpus.header(id).published.unwrap_or_default();
        if examples.len() < EXAMPLES && seen.insert(date) {
            let shown: String = date.chars().take(LONGEST).collect();
            let ellipsis = if shown.len() < date.len() { "…" } else { "" };
            // Characters that a terminal obeys are escaped.
            examples.push(format!("{:?} ({})", format!("{shown}{ellipsis}"), place(corpus.location(id))));
        }
    }
    let (count, is) = (unknown.ids.len(), if unknown.ids.len() == 1 { "is" } else { "are" });
    (count > 0).then(|| {
        format!(
            "{count} of {} dates {is} not understood, such as {}; such articles count as undated",
            unknown.given,
            examples.join(" and ")
        )
    })
}
