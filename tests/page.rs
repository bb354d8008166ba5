//! Checks the pages that `--format html` writes: their markup has only known elements, whatever the articles contain;
//! texts are cut where they are marked; each text is in the page once.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::Value;

const ARTICLES: &str = "fixtures/articles.jsonl";
/// Copies of a story with hostile text in every field and between the words of the text.
const HOSTILE: &str = "fixtures/hostile.jsonl";

fn wirecopy(arguments: &[&str], input: &str) -> String {
    let mut child = Command::new(env!("CARGO_BIN_EXE_wirecopy"))
        .args(arguments)
        .args(["--format", "html", "--quiet"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    String::from_utf8(output.stdout).unwrap()
}

/// Returns the page on which a sample of pairs is labeled.
fn labeling_page(articles: &str) -> String {
    let page = tempfile::NamedTempFile::new().unwrap();
    let path = page.path().to_str().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirecopy"));
    command.args([
        "sweep",
        "--quiet",
        "--thresholds",
        "0.5",
        "--sample",
        "9",
        "--sample-html",
        path,
        articles,
    ]);
    assert_eq!(command.output().unwrap().status.code(), Some(0));
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn the_labeling_page_has_all_pairs_and_no_markup_from_articles() {
    for articles in [ARTICLES, HOSTILE] {
        let page = labeling_page(articles);
        let (data, markup) = split_page(&page);
        let elements = elements(&markup);
        let count = |class: &str| {
            let has = |(_, attributes): &&(String, BTreeMap<String, String>)| {
                attributes.get("class").is_some_and(|known| known == class)
            };
            elements.iter().filter(has).count()
        };
        let pairs = data["pairs"].as_array().unwrap();
        assert!(pairs.len() >= 9);
        assert_eq!([count("pair"), count("view")], [pairs.len(); 2]);
        for pair in pairs {
            for side in ["a", "b", "location_a", "location_b", "verdict"] {
                assert!(pair[side].is_string(), "{pair}");
            }
        }
        assert!(!markup.contains(['\0', '\u{1b}', '\u{202e}', '\u{2066}']));
        assert_eq!(page, labeling_page(articles), "the page has the same bytes each time");
    }
}

/// Returns the JSON data of a page by ID, and the page without its data, style and script.
fn split_page(page: &str) -> (BTreeMap<String, Value>, String) {
    let mut data = BTreeMap::new();
    let mut rest = page.to_owned();
    for (open, close) in [
        ("<script type=\"application/json\" id=\"", "</script>"),
        ("<script>", "</script>"),
        ("<style>", "</style>"),
    ] {
        while let Some(begin) = rest.find(open) {
            let length = rest[begin..].find(close).unwrap() + close.len();
            let inside = &rest[begin + open.len()..begin + length - close.len()];
            if let Some((id, json)) = inside.split_once("\">").filter(|_| open.contains("json")) {
                let value = serde_json::from_str(json).unwrap();
                assert!(data.insert(id.to_owned(), value).is_none(), "two elements have the ID {id}");
            }
            rest.replace_range(begin..begin + length, "");
        }
    }
    (data, rest)
}

const ELEMENTS: &str = "a bdi blockquote body button code datalist dd details div dl dt figcaption figure form h1 h2 head header html \
                        ins kbd label li line main mark noscript ol option output p rect s search section select span summary svg text title";
const EMPTY_ELEMENTS: &str = "meta input path br";
const ATTRIBUTES: &str = "aria-controls aria-expanded aria-hidden aria-label aria-live aria-pressed autocomplete charset checked class content d \
                          data-agency data-article data-articles data-filter data-heads data-junk data-label data-relations data-rows data-sample \
                          data-score data-sites data-size data-texts data-time data-value dir for height hidden href http-equiv id lang list min name \
                          preserveAspectRatio rel role tabindex target text-anchor type value viewBox width x x1 x2 y y1 y2";

/// Returns the name and the attributes of each element. Panics if an element is not closed, or if an element or an
/// attribute is not in the lists above.
fn elements(markup: &str) -> Vec<(String, BTreeMap<String, String>)> {
    let knows = |list: &str, name: &str| list.split_whitespace().any(|known| known == name);
    let mut found = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    let mut rest = markup.strip_prefix("<!DOCTYPE html>").unwrap();
    while let Some(begin) = rest.find('<') {
        assert!(!rest[..begin].contains('>'), "{}", &rest[..begin]);
        rest = &rest[begin + 1..];
        if let Some(closing) = rest.strip_prefix('/') {
            let (name, after) = closing.split_once('>').unwrap();
            assert_eq!(open.pop(), Some(name), "{closing:.80}");
            rest = after;
            continue;
        }
        let end = rest.find([' ', '>']).unwrap();
        let name = &rest[..end];
        assert!(knows(ELEMENTS, name) || knows(EMPTY_ELEMENTS, name), "<{rest:.80}");
        rest = &rest[end..];
        let mut attributes = BTreeMap::new();
        while let Some(attribute) = rest.strip_prefix(' ') {
            let end = attribute.find(['=', ' ', '>']).unwrap();
            assert!(knows(ATTRIBUTES, &attribute[..end]), "{attribute:.80}");
            rest = &attribute[end..];
            let mut value = "";
            if let Some(quoted) = rest.strip_prefix("=\"") {
                (value, rest) = quoted.split_once('"').unwrap();
                assert!(!value.contains(['<', '>']), "{value}");
            }
            attributes.insert(attribute[..end].to_owned(), value.to_owned());
        }
        rest = rest.strip_prefix('>').unwrap_or_else(|| panic!("{rest:.80}"));
        if !knows(EMPTY_ELEMENTS, name) {
            open.push(name);
        }
        found.push((name.to_owned(), attributes));
    }
    assert!(open.is_empty(), "{open:?}");
    found
}

#[test]
fn articles_add_no_markup() {
    for command in ["cluster", "pairs"] {
        let page = wirecopy(&[command, HOSTILE], "");
        let (data, markup) = split_page(&page);
        assert_eq!(
            data.len(),
            18 + 3,
            "the texts of 18 articles, the sites, the keys, and the name of the sample"
        );
        let elements = elements(&markup);
        assert!(elements.iter().filter(|(name, _)| name == "details").count() >= 9);
        for (name, attributes) in &elements {
            if let Some(target) = attributes.get("href") {
                let is_inside = target.starts_with('#');
                assert!(name == "a" && (is_inside || is_article_link(target, attributes)), "{target}");
            }
        }
        let hidden = ['\0', '\u{1b}', '\u{7}', '\u{202e}', '\u{2066}', '\u{feff}'];
        // Keys are data for labels, which have to be those of the articles; they are not shown.
        assert!(!markup.contains(hidden));
        for text in data.iter().filter(|(id, _)| id.starts_with("text-")).map(|(_, text)| text) {
            assert!(!text.as_str().unwrap().contains(hidden));
        }
    }
}

/// Returns whether attributes are those of a link to an article.
fn is_article_link(target: &str, attributes: &BTreeMap<String, String>) -> bool {
    (target.starts_with("https://") || target.starts_with("http://"))
        && attributes["rel"] == "noopener noreferrer"
        && attributes["target"] == "_blank"
}

#[test]
fn headlines_link_to_articles_on_the_web_only() {
    let text = "The ferry to Lund island stopped on Monday after its engine failed in the harbor.";
    let keys =
        ["https://a.example/ferry?a=1&b=%22", "http://b.example/ferry", "javascript:go()", "c.example/ferry"];
    let line =
        |key: &&str| format!("{{\"id\": \"{key}\", \"title\": \"Ferry <stops>\", \"text\": \"{text}\"}}\n");
    let input: String = keys.iter().map(line).collect();
    for command in ["cluster", "pairs"] {
        let arguments: &[&str] = if command == "pairs" { &["pairs", "--all-pairs"] } else { &["cluster"] };
        let (_, markup) = split_page(&wirecopy(arguments, &input));
        let elements = elements(&markup);
        let links = elements.iter().filter(|(_, attributes)| attributes.contains_key("rel"));
        let mut targets: Vec<&str> = Vec::new();
        for (_, attributes) in links {
            assert!(is_article_link(&attributes["href"], attributes));
            targets.push(&attributes["href"]);
        }
        targets.sort_unstable();
        targets.dedup();
        assert_eq!(targets, ["http://b.example/ferry", "https://a.example/ferry?a=1&amp;b=%22"], "{command}");
        let rows = markup.matches("class=\"headline\"").count();
        assert_eq!(
            markup.matches("<bdi>Ferry &lt;stops&gt;</bdi>").count() % rows,
            if command == "pairs" { 0 } else { 1 }
        );
    }
}

#[test]
fn pairs_are_sorted_by_coverage() {
    let page = wirecopy(&["pairs", ARTICLES], "");
    let (_, markup) = split_page(&page);
    let elements = elements(&markup);
    let scores: Vec<f64> =
        elements.iter().filter_map(|(_, attributes)| attributes.get("data-score")?.parse().ok()).collect();
    assert!(scores.len() > 10);
    assert!(scores.is_sorted_by(|one, other| one >= other), "{scores:?}");
    let seconds = elements
        .iter()
        .filter(|(_, attributes)| attributes.get("class").is_some_and(|class| class == "second"));
    assert_eq!(seconds.count(), scores.len(), "each pair shows both headlines");
}

#[test]
fn the_pieces_of_a_text_have_its_length() {
    for arguments in [["cluster", ARTICLES], ["pairs", ARTICLES], ["cluster", HOSTILE]] {
        let page = wirecopy(&arguments, "");
        let (data, markup) = split_page(&page);
        let mut views = 0;
        let mut used: Vec<String> = ["sites", "keys", "sample"].map(str::to_owned).to_vec();
        for (_, attributes) in elements(&markup) {
            let (Some(texts), Some(rows)) = (attributes.get("data-texts"), attributes.get("data-rows"))
            else {
                continue;
            };
            views += 1;
            let rows: Vec<Vec<Vec<Vec<usize>>>> = serde_json::from_str(rows).unwrap();
            for (side, id) in texts.split(' ').enumerate() {
                let id = format!("text-{id}");
                let length = data[&id].as_str().unwrap().encode_utf16().count();
                let cut: usize = rows.iter().flat_map(|row| &row[side]).map(|piece| piece[0]).sum();
                assert_eq!(cut, length, "{id}");
                used.push(id);
            }
        }
        assert!(views >= 18, "{views}");
        used.sort();
        used.dedup();
        assert!(
            used.iter().eq(data.keys()),
            "the page has the text of each article that is shown, and no other"
        );
    }
}

#[test]
fn entries_have_the_values_of_the_records() {
    let page = wirecopy(&["cluster", ARTICLES], "");
    let records =
        Command::new(env!("CARGO_BIN_EXE_wirecopy")).args(["cluster", "--quiet", ARTICLES]).output().unwrap();
    let records: Vec<Value> =
        serde_json::Deserializer::from_slice(&records.stdout).into_iter().map(Result::unwrap).collect();
    let (data, markup) = split_page(&page);
    let sites = data["sites"].as_array().unwrap();
    let elements = elements(&markup);
    let entries: Vec<_> = elements
        .iter()
        .filter(|(_, attributes)| attributes.get("class").is_some_and(|class| class == "entry"))
        .collect();
    assert_eq!(entries.len(), records.len());
    assert!(records.len() > 10);
    assert!(records.iter().any(|record| record["junk"] == true), "a cluster is junk");
    for ((_, entry), record) in entries.iter().zip(&records) {
        assert_eq!(entry["id"], record["cluster_id"]);
        assert_eq!(entry["data-size"], record["size"].to_string());
        assert_eq!(entry.contains_key("data-junk"), record["junk"] == true);
        let members = record["members"].as_array().unwrap();
        let mut expected: Vec<&Value> =
            members.iter().map(|member| &member["site"]).filter(|site| !site.is_null()).collect();
        expected.sort_by_key(|site| site.as_str());
        expected.dedup();
        let mut shown: Vec<&Value> = entry["data-sites"]
            .split_whitespace()
            .map(|number| &sites[number.parse::<usize>().unwrap()])
            .collect();
        shown.sort_by_key(|site| site.as_str());
        assert_eq!(shown, expected);
        for relation in ["exact", "near-duplicate", "excerpt", "partial"] {
            let has_relation = members.iter().any(|member| member["relation"] == relation);
            assert_eq!(
                entry["data-relations"].split(' ').any(|name| name == relation),
                has_relation,
                "{relation}"
            );
        }
    }
}

#[test]
fn articles_of_the_reference_collection_are_marked() {
    let folder = tempfile::tempdir().unwrap();
    let text = "The ferry to Lund island stopped on Monday after its engine failed in the harbor.";
    let write = |name: &str, keys: &[&str]| {
        let line = |key: &&str| {
            format!("{{\"id\": \"{key}\", \"text\": \"{text}\", \"site\": \"{key}.example\"}}\n")
        };
        let path = folder.path().join(name);
        std::fs::write(&path, keys.iter().map(line).collect::<String>()).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (old, new) = (write("old.jsonl", &["old"]), write("new.jsonl", &["new", "newer"]));
    for (command, facts) in [
        ("cluster", "3 articles on 3 sites · 2 exact · 1 matched against"),
        ("pairs", "old.example</bdi> <span class=\"against\">matched against</span>"),
    ] {
        let (_, markup) = split_page(&wirecopy(&[command, "--against", &old, &new], ""));
        elements(&markup);
        assert!(markup.contains(facts), "{markup}");
        let sites =
            markup.split("class=\"site\"").skip(1).map(|row| row.split("class=\"relation").next().unwrap());
        for site in sites {
            assert_eq!(site.contains("matched against"), site.contains("old.example"), "{command}: {site}");
        }
        let (_, without) = split_page(&wirecopy(&[command, &old, &new], ""));
        assert!(!without.contains("matched against"));
    }
}

#[test]
fn large_clusters_are_divided_into_groups() {
    let line = "{\"text\": \"The ferry to Lund island stopped on Monday after its engine failed.\"}\n";
    let (_, markup) = split_page(&wirecopy(&["cluster"], &line.repeat(450)));
    let count = |element: &str, class: &str| {
        let has_class = |(name, attributes): &&(String, BTreeMap<String, String>)| {
            name == element && attributes.get("class").is_some_and(|known| known == class)
        };
        elements(&markup).iter().filter(has_class).count()
    };
    assert_eq!(
        [count("details", "entry"), count("details", "more"), count("details", "member")],
        [1, 2, 450]
    );
    assert!(markup.contains("Articles 201 to 400") && markup.contains("Articles 401 to 450"));
}

#[test]
fn the_number_of_threads_does_not_change_the_page() {
    let one = wirecopy(&["cluster", "--threads", "1", ARTICLES], "");
    assert!(one == wirecopy(&["cluster", "--threads", "8", ARTICLES], ""));
}

#[test]
fn a_page_without_clusters_says_so() {
    let none = wirecopy(&["cluster"], "{\"text\": \"One article.\"}\n");
    let (data, markup) = split_page(&none);
    assert_eq!(data.keys().collect::<Vec<_>>(), ["keys", "sample", "sites"]);
    elements(&markup);
    assert!(markup.contains("There is nothing to show."));
    assert!(!markup.contains("No entry matches."));
}
