//! Validates the records that the command writes against the schemas in `docs/schema`.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn check(schema: &str, lines: &[u8], at_least: usize) {
    let file = Path::new("docs/schema").join(schema);
    let schema = std::fs::read(&file).expect("the schema exists");
    let schema: Value = serde_json::from_slice(&schema).expect("the schema is JSON");
    let validator = jsonschema::draft202012::new(&schema).expect("the schema is valid");
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
    check("cluster.schema.json", &stdout(&["cluster", "--no-excerpts", ARTICLES]), 10);
    check("cluster.schema.json", &stdout(&["cluster", "fixtures/cases/input-csv/cmd.in/articles.csv"]), 1);
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
fn report() {
    check("report.schema.json", &stdout(&["report", ARTICLES]), 1);
    check("report.schema.json", &stdout(&["report", "--min-sites", "3", "--top", "2", ARTICLES]), 1);
    check("report.schema.json", &stdout(&["report", "fixtures/cases/provenance/cmd.in"]), 1);
}

#[test]
fn templates() {
    check("template.schema.json", &stdout(&["templates", ARTICLES]), 5);
    check("template.schema.json", &stdout(&["templates", "fixtures/cases/templates/cmd.in/march.jsonl"]), 2);
}

#[test]
fn sweep() {
    check("sweep.schema.json", &stdout(&["sweep", ARTICLES]), 1);
    let case = |name: &str| format!("fixtures/cases/sweep-predicted-scores/cmd.in/{name}");
    let [articles, labels, predicted] = ["day.jsonl", "labels.csv", "other.csv"].map(case);
    let scored = ["sweep", "--labels", &labels, "--predicted", &predicted, &articles];
    check("sweep.schema.json", &stdout(&scored), 1);
    let all =
        ["sweep", "--labels", "fixtures/labels.jsonl", "--predicted", "fixtures/labels.jsonl", "--baselines"];
    let asked = ["--index-sample", "500", "--index", "14x8,42x3/16", "--show-errors", "--sample", "3"];
    let asked = [&asked[..], &["--shingle-size", "5,3", "--kind-field", "story"]].concat();
    check("sweep.schema.json", &stdout(&[&all[..], &asked, &["--resamples", "50", ARTICLES]].concat()), 1);
}

#[test]
fn summary() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("summary.json");
    let commands = [
        &["cluster"][..],
        &["cluster", "--top", "2"],
        &["cluster", "--templates", "fixtures/cases/templates/cmd.in/own.jsonl"],
        &["cluster", "fixtures/cases/dates/cmd.in/day.jsonl"],
        &["cluster", "fixtures/cases/encoding-auto/cmd.in/a.csv", "--encoding", "auto"],
        #[cfg(feature = "web")]
        &["cluster", "fixtures/cases/input-warc/cmd.in/day.warc"],
        &["pairs"],
        &["pairs", "--top", "2"],
        &["dedup"],
        &["flag"],
        &["report"],
    ];
    for command in commands {
        stdout(&[command, &["--summary", file.to_str().unwrap(), ARTICLES]].concat());
        check("summary.schema.json", &std::fs::read(&file).unwrap(), 1);
    }
}

#[test]
fn edited_inputs() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (removed, invalid, broken) = (file("removed"), file("invalid"), file("broken.jsonl"));
    std::fs::write(&broken, b"{\"text\": 1}\n{\"text\": \"\xff\"}\n").unwrap();
    stdout(&["dedup", "--removed", &removed, ARTICLES]);
    check("removed.schema.json", &std::fs::read(&removed).unwrap(), 20);
    check("removed.schema.json", &stdout(&["dedup", "--dry-run", ARTICLES]), 20);
    stdout(&["dedup", "--skip-invalid", "--invalid", &invalid, &broken]);
    check("invalid.schema.json", &std::fs::read(&invalid).unwrap(), 2);
    let flagged = stdout(&["flag", ARTICLES]);
    let flags: Vec<Value> = serde_json::Deserializer::from_slice(&flagged)
        .into_iter::<Value>()
        .map(|record| record.unwrap()["wirecopy"].take())
        .collect();
    let lines: Vec<u8> = flags.iter().flat_map(|flag| format!("{flag}\n").into_bytes()).collect();
    check("flag.schema.json", &lines, 50);
}

#[test]
fn references() {
    let folder = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(ARTICLES).unwrap();
    let (old, new) = text.split_at(text.match_indices('\n').nth(40).unwrap().0 + 1);
    let at = |name: &str, text: &str| {
        let path = folder.path().join(name).to_str().unwrap().to_owned();
        std::fs::write(&path, text).unwrap();
        path
    };
    let (old, new) = (at("old.jsonl", old), at("new.jsonl", new));
    let summary = folder.path().join("summary.json").to_str().unwrap().to_owned();
    for (command, schema) in [("cluster", "cluster.schema.json"), ("pairs", "pair.schema.json")] {
        check(schema, &stdout(&[command, "--summary", &summary, "--against", &old, &new]), 5);
        check("summary.schema.json", &std::fs::read(&summary).unwrap(), 1);
    }
    check("removed.schema.json", &stdout(&["dedup", "--dry-run", "--against", &old, &new]), 3);
}

#[test]
fn archives() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (archive, summary, output) = (at("archive"), at("summary.json"), at("output.jsonl"));
    let text = std::fs::read_to_string(ARTICLES).unwrap();
    let revised = text.replace("the", "THE NEW");
    for (day, text, command) in [("01", &text, "cluster"), ("02", &revised, "flag"), ("03", &text, "dedup")] {
        let (input, seen) = (at("input.jsonl"), format!("2026-03-{day}"));
        std::fs::write(&input, text).unwrap();
        let remember = ["--archive", &archive, "--keep-texts", "--seen", &seen, "--expire-after", "90d"];
        stdout(&[&[command, "--summary", &summary, "--output", &output, &input], &remember[..]].concat());
        check("summary.schema.json", &std::fs::read(&summary).unwrap(), 1);
    }
    check("archive-article.schema.json", &stdout(&["archive", "export", &archive]), 50);
    stdout(&["archive", "remove", &archive, "tram"]);
    check("archive-info.schema.json", &stdout(&["archive", "info", &archive]), 1);
    check("cluster.schema.json", &stdout(&["archive", "stories", &archive]), 10);
    check("template.schema.json", &stdout(&["archive", "templates", &archive]), 1);
    stdout(&["archive", "expire", &archive, "--before", "2030-01-01"]);
    check("archive-info.schema.json", &stdout(&["archive", "info", &archive]), 1);
    check("archive-event.schema.json", &stdout(&["archive", "events", &archive]), 50);
}
