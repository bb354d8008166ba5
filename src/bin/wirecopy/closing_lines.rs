//! Writes the lines that a run ends with, for people.

use std::fmt;

use wirecopy::read::Format;

use crate::number::{counted, grouped, plural};
use crate::summary::Summary;

/// The lines that a run ends with.
pub(crate) struct ClosingLines<'a>(pub(crate) &'a Summary);

impl ClosingLines<'_> {
    /// Returns the sentence that explains an empty result, or `None` if something was found.
    fn nothing_found(&self) -> Option<String> {
        match (self.0.counts.reported, self.0.counts.articles, self.0.counts.left_out) {
            (1.., ..) => None,
            (0, 0, _) => Some("nothing found: the input has no articles".to_owned()),
            (0, 1, _) if self.0.counts.references == 0 => {
                Some("nothing found: the input has only one article".to_owned())
            }
            (0, _, 1..) => {
                let what = if self.0.command == "pairs" { "pair" } else { "cluster" };
                let left_out = counted(self.0.counts.left_out, what);
                Some(format!("nothing to report: the selection leaves out what was found: {left_out}"))
            }
            (0, ..) if self.0.command == "report" => {
                Some("nothing found: no story is in enough outlets".to_owned())
            }
            (0, ..) if self.0.command == "dedup" => Some("no duplicates to remove".to_owned()),
            (0, ..) => Some("nothing found: no two articles share enough text".to_owned()),
        }
    }

    /// Returns hints about fields that no article has: if all lack one, it probably has an unusual name.
    fn hints(&self) -> impl Iterator<Item = &'static str> {
        let counts = &self.0.counts;
        let has_fields = self.0.inputs.iter().any(|input| !is_of_pages(input.format));
        let all_lack = move |count: usize| has_fields && count > 1 && count == counts.articles;
        let site = all_lack(counts.without_site).then_some(
            "no article has a site; if the records have one, name its field with --site-field or --url-field",
        );
        // If dates were given, their field is known, and a warning says that they are not understood.
        let date = (counts.dates_not_understood == 0 && all_lack(counts.without_date))
            .then_some("no article has a date; if the records have one, name its field with --date-field");
        site.into_iter().chain(date)
    }
}

/// Returns whether the records of a format have no fields whose names could be given.
fn is_of_pages(format: &str) -> bool {
    [Format::Text, Format::Html, Format::Warc].iter().any(|of_pages| of_pages.name() == format)
}

/// The number of bytes in a megabyte.
const MEGABYTE: f64 = 1e6;

impl fmt::Display for ClosingLines<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(nothing) = self.nothing_found() {
            writeln!(f, "{nothing}")?;
        }
        if let Some(skipped) = self.0.skipped.sentence() {
            writeln!(f, "{skipped}")?;
        }
        for note in &self.0.notes {
            writeln!(f, "{note}")?;
        }
        for hint in self.hints() {
            writeln!(f, "{hint}")?;
        }
        self.write_counts(f)?;
        self.write_result(f)?;
        let bytes: u64 = self.0.inputs.iter().chain(&self.0.against).map(|input| input.bytes).sum();
        write!(f, " in {:.2} s", self.0.seconds)?;
        if bytes > 0 {
            write!(f, ", {:.1} MB/s", bytes as f64 / MEGABYTE / self.0.seconds.max(f64::EPSILON))?;
        }
        self.0.archive.as_ref().map_or(Ok(()), |archive| write!(f, "\n{}", archive.line()))
    }
}

impl ClosingLines<'_> {
    /// Writes what was compared.
    fn write_counts(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = &self.0.counts;
        write!(f, "{}", counted(counts.articles, "article"))?;
        let invalid = usize::try_from(counts.invalid).unwrap_or(usize::MAX);
        let details = [
            (counts.too_short, "too short"),
            (counts.copies, "identical"),
            (counts.masked, "with masked boilerplate"),
            (invalid, "invalid"),
        ];
        let details: Vec<String> = details
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{} {what}", grouped(*count)))
            .collect();
        if !details.is_empty() {
            write!(f, " ({})", details.join(", "))?;
        }
        if counts.references > 0 {
            write!(f, ", {}", counted(counts.references, "reference"))?;
        }
        write!(f, ", {}", counted(counts.candidates, "candidate"))?;
        write!(f, ", {}", plural(counts.matches, "match", "matches"))
    }

    /// Writes what the command made of it.
    fn write_result(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = &self.0.counts;
        match self.0.command {
            "dedup" => {
                let kept = counts.articles - counts.reported;
                let known = |count: Option<usize>| match count.filter(|&count| count > 0) {
                    Some(count) => format!(" ({} known)", grouped(count)),
                    None => String::new(),
                };
                let known_kept = known(counts.known.map(|known| known.kept));
                let known_removed = known(counts.known.map(|known| known.removed));
                let removed = grouped(counts.reported);
                write!(f, ", {} kept{known_kept}, {removed} removed{known_removed}", grouped(kept))?;
            }
            "flag" => write!(f, ", {} flagged", grouped(counts.reported))?,
            "pairs" => write!(f, ", {}", counted(counts.reported, "pair"))?,
            "report" => write!(f, ", {}", plural(counts.reported, "story", "stories"))?,
            _ => write!(f, ", {}", counted(counts.reported, "cluster"))?,
        }
        if counts.left_out > 0 {
            write!(f, " ({} left out)", grouped(counts.left_out))?;
        }
        Ok(())
    }
}
