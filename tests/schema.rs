//! What the command writes against `docs/schema`, line by line.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn check(schema: &str, lines: &[u8], at_least: usize) {
    let file = Path::new("docs/schema").join(schema);
    let schema = std::fs::read(&file).expect("the schema is there");
    let schema: Value = serde_json::from_slice(&schema).expect("the schema is JSON");
    let validator = jsonschema::draft202012::new(&schema).expect("the schema is one");
    let mut count = 0;
    for record in serde_json::Deserializer::from_slice(lines).into_iter::<Value>() {
        let record = record.expect("a record is JSON");
        let errors: Vec<String> = validator
            .iter_errors(&record)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{}: {errors:#?}\n{record}", file.display());
        count += 1;
    }
    assert!(count >= at_least, "{}: {count} records", file.display());
}

fn stdout(arguments: &[&str]) -> Vec<u8> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirecopy"));
    let output = command.args(arguments).output().expect("the command starts");
    assert_ne!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

const ARTICLES: &str = "fixtures/articles.jsonl";

#[test]
fn clusters() {
    check("cluster.schema.json", &stdout(&["cluster", ARTICLES]), 10);
    check("cluster.schema.json", &stdout(&["cluster", "--offsets", "chars", ARTICLES]), 10);
}

#[test]
fn pairs() {
    check("pair.schema.json", &stdout(&["pairs", ARTICLES]), 50);
    check("pair.schema.json", &stdout(&["pairs", "--all-pairs", ARTICLES]), 50);
    check("pair.schema.json", &stdout(&["pairs", "--by", "resemblance", "--threshold", "0.3", ARTICLES]), 10);
    let [one, other] = ["fixtures/articles.jsonl:1", "fixtures/articles.jsonl#zh-bridge"];
    check("pair.schema.json", &stdout(&["compare", "--format", "json", one, other]), 1);
    check("pair.schema.json", &stdout(&["compare", "--format", "json", one, "fixtures/articles.jsonl:2"]), 1);
}

#[test]
fn sweep() {
    check("sweep.schema.json", &stdout(&["sweep", ARTICLES]), 1);
    let all =
        ["sweep", "--labels", "fixtures/labels.jsonl", "--predicted", "fixtures/labels.jsonl", "--baselines"];
    let asked = ["--index-sample", "500", "--show-errors", "--sample", "3", "--shingle-size", "5,3"];
    check("sweep.schema.json", &stdout(&[&all[..], &asked, &["--resamples", "50", ARTICLES]].concat()), 1);
}

#[test]
fn summary() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("summary.json");
    for command in ["cluster", "pairs"] {
        stdout(&[command, "--summary", file.to_str().unwrap(), ARTICLES]);
        check("summary.schema.json", &std::fs::read(&file).unwrap(), 1);
    }
}
