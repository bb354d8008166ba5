//! Runs the cases of `fixtures/cases`: each folder contains a command line, its input and its expected output.
//!
//! A case needs no Rust: `cmd.toml` is the command line and the status, `cmd.in/` the working folder, `cmd.stdin`,
//! `cmd.stdout` and `cmd.stderr` are the streams; `[..]` matches anything. `TRYCMD=overwrite cargo test --test cli`
//! replaces the expected output by the real one; read the difference before you commit it. A case of several commands in one
//! folder has a `cmd.trycmd` instead, with the commands and what they print.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

fn wirecopy() -> Command {
    Command::new(env!("CARGO_BIN_EXE_wirecopy"))
}

#[test]
fn cases() {
    trycmd::TestCases::new().case("fixtures/cases/*/cmd.toml").case("fixtures/cases/*/cmd.trycmd");
}

#[test]
fn the_readme_shows_what_the_command_prints() {
    let output = wirecopy()
        .args(["cluster", "--quiet", "--format", "text", "--color", "never", "fixtures/articles.jsonl"])
        .output()
        .unwrap();
    let listing = String::from_utf8(output.stdout).unwrap();
    let readme = fs::read_to_string("README.md").unwrap();
    let (_, after) = readme.split_once("```text\n").unwrap();
    let (shown, _) = after.split_once("\n```").unwrap();
    assert!(listing.contains(shown), "the listing does not contain\n{shown}\nbut is\n{listing}");
}

#[test]
fn a_closed_pipe_is_no_error() {
    let mut child = wirecopy()
        .args(["pairs", "--all-pairs", "--quiet"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Nobody reads the output, which would be 1.6 million pairs.
    drop(child.stdout.take());
    let line = "{\"text\": \"The ferry to Lund island stopped on Monday after its engine failed.\"}\n";
    child.stdin.take().unwrap().write_all(line.repeat(1800).as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_failed_run_leaves_no_output() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("broken.jsonl");
    fs::write(&input, "{\"text\": 17}\n").unwrap();
    fs::write(folder.path().join("old.jsonl"), "from an earlier run\n").unwrap();
    let status = wirecopy()
        .args(["cluster", "--quiet", "--output", "old.jsonl", "--summary", "new.json", "broken.jsonl"])
        .current_dir(folder.path())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert_eq!(status.code(), Some(2));
    let mut left: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["broken.jsonl", "old.jsonl"]);
    assert_eq!(fs::read_to_string(folder.path().join("old.jsonl")).unwrap(), "from an earlier run\n");
}

/// Returns the lines of a report on the sample articles.
fn report(arguments: &[&str]) -> Vec<String> {
    let sample = ["--quiet", "--format", "jsonl", "fixtures/articles.jsonl"];
    let output = wirecopy().args(arguments).args(sample).output().expect("the command starts");
    assert!(output.status.success(), "{arguments:?}");
    String::from_utf8(output.stdout).expect("a report is UTF-8").lines().map(str::to_owned).collect()
}

#[test]
fn sorts_and_takes_the_first() {
    let cases = [
        (["cluster", "--sort"], vec!["size", "sites", "cohesion", "date", "newest"]),
        (["pairs", "--sort"], vec!["key", "coverage", "resemblance", "words", "date", "newest"]),
    ];
    for (command, orders) in cases {
        let all: BTreeSet<String> = report(&command[..1]).into_iter().collect();
        for order in orders {
            let arguments = [command[0], command[1], order];
            let sorted = report(&arguments);
            assert_eq!(sorted.iter().cloned().collect::<BTreeSet<_>>(), all, "{arguments:?}");
            assert_eq!(report(&[&arguments[..], &["--top", "3"]].concat()), sorted[..3], "{arguments:?}");
        }
    }
    let words = report(&["pairs", "--sort", "words"]);
    let words = words.iter().map(|line| line.split("\"shared_words\":").nth(1).unwrap());
    let words: Vec<u32> = words.map(|rest| rest.split(',').next().unwrap().parse().unwrap()).collect();
    assert!(words.is_sorted_by(|one, other| one >= other), "{words:?}");
}

#[test]
fn writes_manual_and_completions() {
    let folder = tempfile::tempdir().unwrap();
    let manual = folder.path().join("new/man");
    assert!(wirecopy().arg("man").arg(&manual).status().unwrap().success());
    for page in [
        "wirecopy.1",
        "wirecopy-cluster.1",
        "wirecopy-pairs.1",
        "wirecopy-compare.1",
        "wirecopy-dedup.1",
        "wirecopy-sweep.1",
    ] {
        let text = fs::read_to_string(manual.join(page)).unwrap();
        assert!(text.contains(".SH OPTIONS"), "{page}");
    }
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let output = wirecopy().args(["completions", shell]).output().unwrap();
        assert!(output.status.success());
        assert!(String::from_utf8(output.stdout).unwrap().contains("min-size"), "{shell}");
    }
}
