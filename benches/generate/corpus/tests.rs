//! Checks the generator: equal seeds have equal bytes, copies share their text, and other articles share none.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value;

use super::write;

fn corpus(articles: u64, seed: u64) -> Vec<Value> {
    let mut bytes = Vec::new();
    write(articles, seed, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn text(record: &Value) -> &str {
    record["text"].as_str().unwrap()
}

fn stories(record: &Value) -> Vec<u64> {
    record["stories"].as_array().unwrap().iter().map(|story| story.as_u64().unwrap()).collect()
}

/// Returns the runs of `words` words, without marks, links and case.
fn runs(text: &str, words: usize) -> HashSet<String> {
    let text = text.replace("](https://example.org/", " (");
    let mut kept = Vec::new();
    for piece in text.split_whitespace().filter(|piece| !piece.starts_with('(')) {
        kept.extend(
            piece
                .split(|c: char| !c.is_alphanumeric())
                .filter(|word| !word.is_empty())
                .map(str::to_lowercase),
        );
    }
    kept.windows(words).map(|run| run.join(" ")).collect()
}

fn is_english(record: &Value) -> bool {
    text(record).is_ascii() || text(record).chars().all(|c| c.is_ascii() || "“”‘’—–©".contains(c))
}

#[test]
fn equal_seeds_have_equal_bytes() {
    let make = |articles, seed| {
        let mut bytes = Vec::new();
        write(articles, seed, &mut bytes).unwrap();
        bytes
    };
    assert_eq!(make(300, 5), make(300, 5));
    assert_ne!(make(300, 5), make(300, 6));
}

#[test]
fn records_have_what_news_has() {
    let records = corpus(3000, 1);
    let mut hows = BTreeMap::new();
    let mut keys = HashSet::new();
    let mut bytes = 0;
    for record in &records {
        *hows.entry(record["how"].as_str().unwrap()).or_insert(0) += 1;
        assert!(keys.insert(record["id"].as_str().unwrap()));
        for field in ["url", "site", "published", "title"] {
            assert!(!record[field].as_str().unwrap().is_empty(), "{record}");
        }
        bytes += record.to_string().len();
    }
    assert_eq!(hows.len(), 8, "{hows:?}");
    assert!(hows["original"] > 1500, "{hows:?}");
    assert!((2500..4500).contains(&(bytes / records.len())), "{}", bytes / records.len());
    let foreign = records.iter().filter(|record| !is_english(record)).count();
    assert!((records.len() / 10..records.len() / 2).contains(&foreign), "{foreign}");
}

#[test]
fn copies_share_the_text_of_their_story() {
    let records = corpus(3000, 2);
    let originals: HashMap<u64, &Value> = records
        .iter()
        .filter(|record| record["how"] == "original" && is_english(record))
        .map(|record| (stories(record)[0], record))
        .collect();
    let mut seen = 0;
    for copy in records.iter().filter(|record| record["how"] != "original") {
        for story in stories(copy) {
            let Some(original) = originals.get(&story) else { continue };
            let (of_original, of_copy) = (runs(text(original), 5), runs(text(copy), 5));
            let shared = of_original.intersection(&of_copy).count() as f64;
            let least = match copy["how"].as_str().unwrap() {
                "excerpt" => 0.15,
                "edited" => 0.3,
                _ => 0.4,
            };
            assert!(shared / of_original.len() as f64 > least, "{original}\n{copy}");
            seen += 1;
        }
    }
    assert!(seen > 300, "{seen}");
}

#[test]
fn unrelated_stories_share_hardly_any_run() {
    let mut records = corpus(4000, 3);
    records.retain(|record| record["how"] == "original" && is_english(record));
    let mut sites = HashSet::new();
    // One story of each site, so that no boilerplate is shared.
    records.retain(|record| sites.insert(record["site"].to_string()));
    assert!(records.len() > 300, "{}", records.len());
    let shared = |words| {
        let mut stories_of_run: HashMap<String, u64> = HashMap::new();
        for record in &records {
            for run in runs(text(record), words) {
                *stories_of_run.entry(run).or_insert(0) += 1;
            }
        }
        stories_of_run.into_iter().filter(|&(_, count)| count > 1).collect::<BTreeMap<_, _>>()
    };
    // Fewer than one in ten pairs of stories share a run of five words.
    let pairs = (records.len() * (records.len() - 1) / 2) as u64;
    let of_five: u64 = shared(5).values().map(|count| count * (count - 1) / 2).sum();
    assert!(of_five < pairs / 10, "{of_five} of {pairs}");
    // Shared runs as long as a passage are notices or quotes.
    let of_twelve: u64 = shared(12).values().map(|count| count - 1).sum();
    assert!(of_twelve < 30 * records.len() as u64 / 10, "{of_twelve}");
    let of_more: Vec<_> = shared(27).into_keys().collect();
    assert!(of_more.is_empty(), "{of_more:#?}");
}
