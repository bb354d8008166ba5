//! Checks what outlets change: boilerplate is found and kinds are decided by outlet, and the name of a collection is no
//! site.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fmt::Write as _;

use wirecopy::cluster::Kind;
use wirecopy::{Detector, Findings, Input, ReadOptions, Reader, Settings};

fn findings(lines: &str) -> Findings {
    let mut detector = Detector::new(Settings::default()).unwrap();
    let input = Input::reader("made.jsonl", std::io::Cursor::new(lines.as_bytes().to_vec()));
    detector.read(Reader::new(vec![input], ReadOptions::default()), &(), Err).unwrap();
    detector.finish(&()).unwrap()
}

/// Returns a text of words that no other story has.
fn story(number: usize) -> String {
    (0..60).map(|word| format!("story{number}word{word} ")).collect()
}

#[test]
fn address_variants_share_their_boilerplate() {
    let footer = "Subscribe to the Harbor Letter for news of the quays, sent each Friday to readers in nine towns free of charge.";
    let masked = |hosts: [&str; 4]| {
        let mut lines = String::new();
        for (number, host) in hosts.into_iter().enumerate() {
            let text = story(number) + footer;
            writeln!(lines, "{{\"url\": \"https://{host}/{number}\", \"text\": \"{text}\"}}").unwrap();
        }
        findings(&lines).counts().masked
    };
    assert_eq!(masked(["a.example", "m.a.example", "amp.a.example", "www2.a.example"]), 4);
    assert_eq!(masked(["a.example", "b.example", "c.example", "d.example"]), 0);
}

#[test]
fn kinds_are_decided_by_outlet() {
    let cases = [
        ("https://m.a.example/1", Some(Kind::Revision)),
        ("https://web.archive.org/web/20310501060000/https://a.example/1", Some(Kind::Revision)),
        ("https://news.a.example/1", Some(Kind::Reprint)),
        ("https://news.google.com/rss/articles/CBMabc", Some(Kind::Reprint)),
    ];
    for (url, expected) in cases {
        let text = story(0);
        let line = |url| format!("{{\"url\": \"{url}\", \"date\": \"2031-05-01\", \"text\": \"{text}\"}}\n");
        let findings = findings(&(line("https://a.example/1") + &line(url)));
        let member = &findings.clusters().get(0).members[1];
        assert_eq!(member.kind, expected, "{url}");
    }
}

#[test]
fn the_name_of_a_collection_is_no_site() {
    let record = |key: &str, source: &str, address: &str| {
        format!(
            "{{\"id\": \"{key}\", \"source\": \"{source}\", \"metadata\": {{\"url\": {address}}}, \"text\": \"{}\"}}\n",
            story(0)
        )
    };
    let (a, b) = ("\"https://a.example/1\"", "\"https://b.example/1\"");
    let sites = |records: [String; 3]| {
        let findings = findings(&records.concat());
        let corpus = findings.corpus();
        let sites: Vec<_> = corpus.ids().map(|id| corpus.site(id).map(str::to_owned)).collect();
        (sites, corpus.collections().iter().cloned().collect::<Vec<_>>())
    };
    let some = |site: &str| Some(site.to_owned());
    let collection = [record("1", "crawl", a), record("2", "crawl", b), record("3", "crawl", "NaN")];
    assert_eq!(
        sites(collection),
        (vec![some("a.example"), some("b.example"), None], vec!["crawl".to_owned()])
    );
    let names = [record("1", "A", a), record("2", "B", b), record("3", "A", "null")];
    assert_eq!(sites(names), (vec![some("a.example"), some("b.example"), some("A")], vec![]));
}
