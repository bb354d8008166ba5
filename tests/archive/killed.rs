//! A command that is killed at any time leaves the archive as it was before or as it would have been after it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// The number of kills of each command in the short form.
const KILLS: u32 = 5;
/// The number of kills of each command in the long form.
const MANY_KILLS: u32 = 200;

fn wirecopy(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirecopy"));
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    wirecopy(folder, arguments).output().unwrap()
}

/// Returns the articles of the archive with their stories, and the templates that it was given; nothing if there is no archive
/// yet.
fn state(folder: &Path) -> String {
    let output = run(folder, &["archive", "export", "archive"]);
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() || errors.contains("is no archive"), "{errors}");
    // Without any template, this is an error.
    let templates = run(folder, &["archive", "templates", "archive"]).stdout;
    String::from_utf8([output.stdout, templates].concat()).unwrap()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// Kills a command at different times, each time in a copy of `before`.
fn kill(before: &Path, arguments: &[&str], kills: u32) {
    let folder = tempfile::tempdir().unwrap();
    let after = folder.path().join("after");
    copy(before, &after);
    let started = Instant::now();
    assert!(run(&after, arguments).status.success());
    let took = started.elapsed();
    let states = [state(before), state(&after)];
    assert_ne!(states[0], states[1], "{arguments:?} changes something");
    for index in 0..kills {
        let killed = folder.path().join(index.to_string());
        copy(before, &killed);
        let mut child =
            wirecopy(&killed, arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // Evenly spread, and a little later than the end of the first run.
        std::thread::sleep(
            took * 11 * (index + 1) / (10 * kills) + Duration::from_micros(u64::from(index) * 37),
        );
        child.kill().unwrap();
        child.wait().unwrap();
        let left = state(&killed);
        assert!(
            states.contains(&left),
            "{arguments:?}, {index} of {kills}: neither before nor after\n{left}"
        );
        if !left.is_empty() {
            let check = run(&killed, &["archive", "check", "archive"]);
            assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stderr));
        }
        let again = run(&killed, arguments);
        assert!(again.status.success(), "{}", String::from_utf8_lossy(&again.stderr));
        assert_eq!(state(&killed), states[1], "{arguments:?}, {index} of {kills}: the second run");
        fs::remove_dir_all(killed).unwrap();
    }
}

/// Kills each command that changes an archive.
fn kill_all(kills: u32) {
    let folder = tempfile::tempdir().unwrap();
    let articles = fs::read_to_string("fixtures/articles.jsonl").unwrap();
    let (first, second) = articles.split_at(articles.match_indices('\n').nth(60).unwrap().0 + 1);
    fs::write(folder.path().join("first.jsonl"), first).unwrap();
    fs::write(folder.path().join("second.jsonl"), second).unwrap();
    let template = r#"{"site": "harbor.example", "text": "a text that the site repeats below each of its stories every day"}"#;
    fs::write(folder.path().join("templates.jsonl"), template).unwrap();
    let first = ["cluster", "--quiet", "--archive", "archive", "--seen", "2026-03-01", "first.jsonl"];
    let second = ["cluster", "--quiet", "--archive", "archive", "--seen", "2026-03-02", "second.jsonl"];
    let second = [&second[..], &["--templates", "templates.jsonl"]].concat();
    kill(folder.path(), &first, kills);
    assert!(run(folder.path(), &first).status.success());
    kill(folder.path(), &second, kills);
    assert!(run(folder.path(), &second).status.success());
    kill(folder.path(), &["archive", "remove", "archive", "tram", "chain-b"], kills);
    kill(folder.path(), &["archive", "expire", "archive", "--before", "2026-03-02"], kills);
}

#[test]
fn a_killed_command_leaves_the_state_before_or_after() {
    kill_all(KILLS);
}

#[test]
#[ignore = "takes minutes"]
fn a_killed_command_leaves_the_state_before_or_after_many_times() {
    kill_all(MANY_KILLS);
}
