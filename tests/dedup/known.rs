//! Checks what happens to articles that are in the reference collection already.

use std::fs;
use std::path::Path;

use wirecopy::cluster::Keep;
use wirecopy::dedup::{Known, Reason};
use wirecopy::{Detector, Findings, Input, ReadOptions, Reader, Settings};

/// Returns a text about a place: texts about different places share nothing.
fn story(place: &str) -> String {
    let word = |number: usize| format!("{place}{}", "abcdefghij".repeat(2)[number % 10..].get(..4).unwrap());
    (0..60).map(|number| format!("{}{number}", word(number))).collect::<Vec<_>>().join(" ")
}

fn record(key: &str, text: &str, more: &str) -> String {
    format!("{{\"id\": \"{key}\", \"text\": \"{text}\", \"published\": \"2031-04-01\"{more}}}\n")
}

/// Returns the findings about an input with a reference collection; each file has a name and a content.
fn findings(input: (&str, &str), references: &[(&str, &str)], settings: Settings) -> Findings {
    let reader = |files: &[(&str, &str)]| {
        let inputs = files
            .iter()
            .map(|(name, content)| Input::reader(name, std::io::Cursor::new(content.as_bytes().to_vec())));
        Reader::new(inputs.collect(), ReadOptions::default())
    };
    let mut detector = Detector::new(settings).unwrap();
    detector.read_reference(reader(references), &(), Err).unwrap();
    detector.read(reader(&[input]), &(), Err).unwrap();
    detector.finish(&()).unwrap()
}

/// Returns the lines of the input that stay, from 1, and the reasons why the others are removed.
fn staying(findings: &Findings) -> (Vec<u64>, Vec<&'static str>) {
    let removals = findings.removals();
    let corpus = findings.corpus();
    let mut lines: Vec<u64> = corpus
        .ids()
        .filter(|&id| !corpus.is_reference(id) && !removals.iter().any(|removal| removal.id == id))
        .map(|id| corpus.location(id).line)
        .collect();
    lines.sort_unstable();
    (lines, removals.iter().map(|removal| removal.reason().name()).collect())
}

#[test]
fn a_known_record_stays_and_a_known_article_is_removed() {
    let (bridge, lock) = (story("bridge"), story("lock"));
    let old = record("bridge", &bridge, "") + &record("lock", &lock, "");
    let again = record("lock", &lock, ", \"scraped\": 2");
    let copy = record("copy", &bridge, "");
    let day = record("bridge", &bridge, "") + &again + &copy;
    let cases = [
        (Known::KeepRecords, vec![1], vec!["exact", "known"]),
        (Known::Keep, vec![1, 2], vec!["exact"]),
        (Known::Remove, vec![], vec!["known", "exact", "known"]),
    ];
    for (known, lines, reasons) in cases {
        let settings = Settings::with(|settings| settings.known = known);
        let found = findings(("day.jsonl", &day), &[("old.jsonl", &old)], settings);
        assert_eq!(staying(&found), (lines, reasons), "{known:?}");
        let records: Vec<bool> = found.known().iter().map(|known| known.is_same_record).collect();
        assert_eq!(records, [true, false], "{known:?}");
    }
}

#[test]
fn what_is_the_same_record() {
    let text = story("bridge");
    let (line, row) = (record("a", &text, ""), format!("{text},a\n"));
    let (table, other_table) = (format!("text,id\n{row}"), format!("text,url\n{row}"));
    /// The name of a file, and its content.
    type File<'a> = (&'a str, &'a str);
    // Name, the input, the reference collection, whether the record is known.
    let cases: [(&str, File<'_>, File<'_>, Option<bool>); 8] = [
        ("a line", ("a.jsonl", &line), ("b.jsonl", &line), Some(true)),
        ("an element of an array", ("a.jsonl", &line), ("b.json", &format!("[{}]", line.trim())), Some(true)),
        ("other bytes", ("a.jsonl", &line), ("b.jsonl", &line.replace(": ", ":")), Some(false)),
        ("another key", ("a.jsonl", &line), ("b.jsonl", &line.replace("\"a\"", "\"b\"")), None),
        ("a row", ("a.csv", &table), ("b.csv", &table), Some(true)),
        ("a row below another header", ("a.csv", &table), ("b.csv", &other_table), Some(false)),
        ("a text", ("a/x.txt", &text), ("b/x.txt", &text), Some(true)),
        ("a text of another name", ("a/x.txt", &text), ("b/y.txt", &text), None),
    ];
    for (name, input, reference, expected) in cases {
        let found = findings(input, &[reference], Settings::default());
        assert_eq!(found.known().first().map(|known| known.is_same_record), expected, "{name}");
    }
}

#[test]
fn a_repeated_record_is_known_as_often_as_it_was_kept() {
    let line = record("bridge", &story("bridge"), "");
    for (times, kept) in [(1, 1), (2, 2)] {
        let old = line.repeat(times);
        let found = findings(("day.jsonl", &line.repeat(3)), &[("old.jsonl", &old)], Settings::default());
        let (lines, reasons) = staying(&found);
        assert_eq!((lines.len(), reasons.len()), (kept, 3 - kept));
        assert!(found.removals().iter().all(|removal| removal.reason() == Reason::Known));
    }
}

/// The articles of the repository in seven days: each day is kept twice, the second time with its own first output in
/// the archive.
#[test]
fn a_second_run_keeps_what_the_first_one_kept() {
    let all = fs::read_to_string(Path::new("fixtures/articles.jsonl")).unwrap();
    let lines: Vec<&str> = all.split_inclusive('\n').collect();
    for keep in [Keep::Earliest, Keep::First, Keep::LongestCore] {
        let mut archive: Vec<(String, String)> = Vec::new();
        for (number, day) in lines.chunks(lines.len().div_ceil(7)).enumerate() {
            // A record that is in the day twice.
            let day = day.concat() + day[0];
            let name = format!("day{number}.jsonl");
            let kept = |archive: &[(String, String)]| -> Vec<u64> {
                let files: Vec<(&str, &str)> =
                    archive.iter().map(|(name, content)| (name.as_str(), content.as_str())).collect();
                let settings = Settings::with(|settings| settings.preference.keep = keep);
                let found = findings((&name, &day), &files, settings);
                staying(&found).0
            };
            let first = kept(&archive);
            assert!(!first.is_empty(), "{name}");
            let lines: Vec<&str> = day.split_inclusive('\n').collect();
            archive.push((
                format!("archive/{name}"),
                first.iter().map(|&line| lines[line as usize - 1]).collect(),
            ));
            let bytes = |kept: &[u64]| kept.iter().map(|&line| lines[line as usize - 1]).collect::<Vec<_>>();
            let second = kept(&archive);
            assert!(bytes(&second) == bytes(&first), "{keep:?} {name}: {second:?} instead of {first:?}");
        }
    }
}
