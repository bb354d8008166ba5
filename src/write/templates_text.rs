//! Writes a list of templates as text.

use std::io::{self, Write};

use super::number::counted;
use super::screen::Screen;
use super::styles::{BOLD, DIM};
use super::terminal_text::one_line;
use super::text_table::sentence_lines;
use crate::report::{GivenTemplateRecord, TemplateRecord};

/// The space before each line of a text.
const INDENT: &str = "    ";
/// The number of characters of a date that are its day.
const DAY: usize = "2031-01-05".len();

/// Writes a list of templates for people: under each site its templates, with their whole texts.
///
/// # Errors
/// Returns the error of the writer.
pub fn write_templates_text<'a>(
    records: impl Iterator<Item = TemplateRecord<'a>>,
    screen: Screen,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut last: Option<Option<&str>> = None;
    for record in records {
        if last != Some(record.site) {
            if last.is_some() {
                writeln!(out)?;
            }
            let site = record.site.map_or_else(|| "unknown sites".to_owned(), one_line);
            let pages = format!(", {}", counted(record.site_pages, "page", "pages"));
            writeln!(out, "{}{}", screen.paint(BOLD, &site), screen.paint(DIM, &pages))?;
            last = Some(record.site);
        }
        let text = record.text.as_deref().unwrap_or_default();
        write_template(&description(&record), text, screen, out)?;
    }
    Ok(())
}

/// Writes the templates that were given to an archive, for people: under each site its templates, with their whole texts.
///
/// # Errors
/// Returns the error of the writer.
pub fn write_given_templates_text<'a>(
    records: impl Iterator<Item = GivenTemplateRecord<'a>>,
    screen: Screen,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut records: Vec<GivenTemplateRecord<'_>> = records.collect();
    records.sort_by_key(|record| record.site);
    for (index, of_site) in records.chunk_by(|one, other| one.site == other.site).enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        let site = one_line(of_site[0].site);
        writeln!(out, "{}{}", screen.paint(BOLD, &site), screen.paint(DIM, ", given"))?;
        for record in of_site {
            let on = record.given_utc.as_deref().map(day);
            let words = counted(record.words, "word", "words");
            let parts = [Some(words), on, Some(format!("in {}", one_line(record.given_in)))];
            let parts: Vec<String> = parts.into_iter().flatten().collect();
            write_template(&parts.join(" · "), record.text, screen, out)?;
        }
    }
    Ok(())
}

/// Writes a template under its site.
fn write_template(description: &str, text: &str, screen: Screen, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "  {}", screen.paint(DIM, description))?;
    for line in sentence_lines(&one_line(text), screen.width.saturating_sub(INDENT.len())) {
        writeln!(out, "{INDENT}{line}")?;
    }
    Ok(())
}

/// Returns the day of a date.
fn day(date: &str) -> String {
    date.get(..DAY).unwrap_or(date).to_owned()
}

/// Returns how often and when a template is printed, and where.
fn description(record: &TemplateRecord<'_>) -> String {
    let mut parts = vec![
        format!("on {}", counted(record.pages, "page", "pages")),
        counted(record.words, "word", "words"),
    ];
    if record.variants > 0 {
        parts.push(counted(record.variants, "variant", "variants"));
    }
    if let (Some(first), Some(last)) = (&record.first_published, &record.last_published) {
        let (first, last) = (day(first), day(last));
        parts.push(if first == last { first } else { format!("{first} to {last}") });
    }
    parts.push(format!("as in {}", one_line(record.example)));
    parts.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_under_their_sites() {
        let record = |site, text: &str, pages, variants, dates: [Option<&str>; 2]| {
            let [first_published, last_published] = dates.map(|date| date.map(str::to_owned));
            let (words, text) = (text.split(' ').count(), Some(text.to_owned()));
            let (site_pages, example, example_url) = (1200, "a\u{1b}1", None);
            TemplateRecord {
                site,
                text,
                words,
                pages,
                site_pages,
                variants,
                first_published,
                last_published,
                example,
                example_url,
            }
        };
        let days = [Some("2031-01-05T10:00:00Z"), Some("2031-01-07T00:00:00Z")];
        let records = [
            record(Some("lund.example"), "Read the\u{1b} Courier every day", 1000, 2, days),
            record(Some("lund.example"), "Follow us", 3, 1, [days[0]; 2]),
            record(None, "All rights reserved", 1, 0, [None; 2]),
        ];
        let mut out = Vec::new();
        write_templates_text(records.into_iter(), Screen { width: 22, color: false }, &mut out).unwrap();
        let expected = "\
lund.example, 1,200 pages
  on 1,000 pages · 5 words · 2 variants · 2031-01-05 to 2031-01-07 · as in a␛1
    Read the␛ Courier
    every day
  on 3 pages · 2 words · 1 variant · 2031-01-05 · as in a␛1
    Follow us

unknown sites, 1,200 pages
  on 1 page · 3 words · as in a␛1
    All rights
    reserved
";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn given_templates_have_their_origin() {
        let record = |site, text: &'static str| GivenTemplateRecord {
            site,
            text,
            words: 5,
            given_in: "own\u{1b}.jsonl",
            given_utc: Some("2031-01-05T10:00:00Z".to_owned()),
        };
        let records = [
            record("lund.example", "Read the\u{1b} Courier every day"),
            record("dale.example", "Follow us"),
            record("lund.example", "All rights reserved"),
        ];
        let mut out = Vec::new();
        write_given_templates_text(records.into_iter(), Screen { width: 22, color: false }, &mut out)
            .unwrap();
        let expected = "\
dale.example, given
  5 words · 2031-01-05 · in own␛.jsonl
    Follow us

lund.example, given
  5 words · 2031-01-05 · in own␛.jsonl
    Read the␛ Courier
    every day
  5 words · 2031-01-05 · in own␛.jsonl
    All rights
    reserved
";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
