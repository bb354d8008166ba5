//! IdenticalArticles as the command makes them: whatever the format, the packing and the way in, what stays and what was removed
//! are the input, and a run that fails leaves nothing.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use flate2::write::GzEncoder;

fn wirecopy(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_wirecopy"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn done(folder: &Path, arguments: &[&str]) -> Vec<u8> {
    let output = wirecopy(folder, arguments);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn message(folder: &Path, arguments: &[&str]) -> String {
    let output = wirecopy(folder, arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    String::from_utf8(output.stderr).unwrap()
}

/// Names what stands in a folder, and below it.
fn names(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if entry.file_type().unwrap().is_dir() {
            names.extend(self::names(&entry.path()).into_iter().map(|below| format!("{name}/{below}")));
        } else {
            names.push(name);
        }
    }
    names.sort();
    names
}

fn articles() -> Vec<serde_json::Value> {
    let text = fs::read_to_string("fixtures/articles.jsonl").unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn jsonl() -> Vec<u8> {
    fs::read("fixtures/articles.jsonl").unwrap()
}

fn csv(delimiter: u8) -> Vec<u8> {
    let mut table = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    table.write_record(["id", "url", "published", "text"]).unwrap();
    for article in articles() {
        let cell = |name: &str| article[name].as_str().unwrap_or_default().to_owned();
        table.write_record(["id", "url", "published", "text"].map(cell)).unwrap();
    }
    table.into_inner().unwrap()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let mut content = wirecopy::read::Content::open(wirecopy::Input::reader(
        "packed",
        std::io::Cursor::new(bytes.to_vec()),
    ))
    .unwrap();
    let mut out = Vec::new();
    std::io::copy(&mut content, &mut out).unwrap();
    out
}

#[test]
fn what_stays_and_what_was_removed_are_the_input() {
    let array = serde_json::to_vec_pretty(&articles()).unwrap();
    let cases = [
        ("a.jsonl", jsonl()),
        ("a.json", array.clone()),
        ("a.csv", csv(b',')),
        ("a.tsv", csv(b'\t')),
        ("b.csv", csv(b';')),
        ("a.jsonl.gz", gzip(&jsonl())),
        ("a.json.zst", zstd::encode_all(array.as_slice(), 1).unwrap()),
    ];
    for (name, content) in cases {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        fs::write(folder.join(name), &content).unwrap();
        done(folder, &["dedup", "--quiet", "--output", "kept", "--removed", "removed.jsonl", name]);
        let removed = fs::read_to_string(folder.join("removed.jsonl")).unwrap();
        assert!(removed.lines().count() > 20, "{name}");
        let kept = fs::read(folder.join("kept")).unwrap();
        assert!(kept.len() < content.len(), "{name}");
        assert_eq!(done(folder, &["dedup", "--quiet", name]), kept, "{name}: to standard output");
        let restored = done(folder, &["restore", "--removed", "removed.jsonl", "kept"]);
        assert_eq!(unpacked(&restored), unpacked(&content), "{name}");
        assert_eq!(restored[..2], content[..2], "{name}: packed as it was");
        assert_eq!(fs::read(folder.join(name)).unwrap(), content, "{name}: never in place");
        assert_eq!(names(folder).len(), 3, "{name}: nothing else is left");
    }
}

#[test]
fn folders_are_mirrored_and_restored() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::create_dir_all(folder.join("in/texts")).unwrap();
    fs::write(folder.join("in/a.jsonl.gz"), gzip(&jsonl())).unwrap();
    fs::write(folder.join("in/empty.jsonl"), "").unwrap();
    for article in articles().iter().take(30) {
        let name = format!("in/texts/{}.txt", article["id"].as_str().unwrap());
        fs::write(folder.join(name), article["text"].as_str().unwrap()).unwrap();
    }
    done(folder, &["dedup", "-q", "--output-dir", "kept", "--removed", "removed.jsonl", "in"]);
    let (all, kept) = (names(&folder.join("in")), names(&folder.join("kept/in")));
    assert!(kept.len() < all.len() && kept.iter().all(|name| all.contains(name)), "{kept:?}");
    done(folder, &["restore", "--removed", "removed.jsonl", "--output-dir", "restored", "kept"]);
    assert_eq!(names(&folder.join("restored/in")), all);
    for name in all {
        let [before, after] =
            ["in", "restored/in"].map(|at| unpacked(&fs::read(folder.join(at).join(&name)).unwrap()));
        assert!(before == after, "{name}");
    }
    let said = message(folder, &["dedup", "--output-dir", "kept", "in"]);
    assert!(said.contains("kept: is there already and not an empty folder"), "{said}");
}

#[test]
fn what_cannot_be_read_is_copied_whole() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::create_dir(folder.join("in")).unwrap();
    let story = articles()[0]["text"].as_str().unwrap().to_owned();
    let odd: [(&str, Vec<u8>); 5] = [
        ("a.png", b"PNG\0\x01\x02".to_vec()),
        ("long.txt", "Harbor news. ".repeat(300).into_bytes()),
        ("old.txt", b"\xff\xfea\0b\0".to_vec()),
        ("table.csv", b"left,right\n1,2\n".to_vec()),
        ("z.png", [b"PNG\0".as_slice(), &[7; 200_000]].concat()),
    ];
    for (name, content) in &odd {
        fs::write(folder.join("in").join(name), content).unwrap();
    }
    for name in ["b.txt", "m.txt"] {
        fs::write(folder.join("in").join(name), &story).unwrap();
    }
    let reading = ["--skip-invalid", "--max-record", "3500", "--output-dir"];
    for (copies, besides) in [("one", None), ("two", Some(["--invalid", "invalid.jsonl"]))] {
        let besides = besides.iter().flatten().copied();
        let removed = format!("{copies}.jsonl");
        let arguments = ["dedup", "-q", "--removed", &removed].into_iter().chain(besides).chain(reading);
        done(folder, &arguments.chain([copies, "in"]).collect::<Vec<_>>());
        let kept: Vec<&str> = odd.iter().map(|(name, _)| *name).chain(["b.txt"]).collect();
        assert_eq!(names(&folder.join(copies).join("in")).len(), kept.len(), "all but m.txt");
        for (name, content) in &odd {
            assert!(&fs::read(folder.join(copies).join("in").join(name)).unwrap() == content, "{name}");
        }
        let back = format!("{copies}-back");
        done(folder, &["restore", "--removed", &removed, "--output-dir", &back, copies]);
        assert_eq!(names(&folder.join(&back).join("in")), names(&folder.join("in")));
    }
    assert_eq!(fs::read_to_string(folder.join("invalid.jsonl")).unwrap(), "", "none of them is a record");
    let stdout = done(folder, &["dedup", "-q", "--skip-invalid", "in/z.png"]);
    assert!(stdout == odd[4].1);
    let said = message(folder, &["dedup", "--output-dir", "three", "in"]);
    assert!(said.contains("in/a.png:1: is binary, expected text"), "{said}");
    fs::remove_file(folder.join("in/b.txt")).unwrap();
    fs::rename(folder.join("in/m.txt"), folder.join("m.txt")).unwrap();
    fs::write(folder.join("in/m.jsonl"), jsonl()).unwrap();
    done(folder, &["flag", "-q", "--skip-invalid", "--max-record", "3500", "--output-dir", "flagged", "in"]);
    assert!(fs::read(folder.join("flagged/in/z.png")).unwrap() == odd[4].1);
}

#[test]
fn standard_input_is_copied() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_wirecopy"))
        .args(["dedup", "--quiet", "--removed", "removed.jsonl"])
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(&gzip(&jsonl())).unwrap();
    let output = child.wait_with_output().unwrap();
    fs::write(folder.path().join("kept"), &output.stdout).unwrap();
    let restored = done(folder.path(), &["restore", "--removed", "removed.jsonl", "kept"]);
    assert!(unpacked(&restored) == jsonl());
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("a.jsonl"), jsonl()).unwrap();
    for full in ["--output", "--removed"] {
        let other = if full == "--output" { "--removed" } else { "--output" };
        let said = message(folder, &["dedup", full, "/dev/full", other, "other.jsonl", "a.jsonl"]);
        assert!(said.contains("/dev/full: No space left on device"), "{said}");
        assert_eq!(names(folder), ["a.jsonl"], "{full}");
    }
    fs::write(folder.join("removed.jsonl"), "").unwrap();
    let said =
        message(folder, &["restore", "--removed", "removed.jsonl", "--output", "/dev/full", "a.jsonl"]);
    assert!(said.contains("/dev/full"), "{said}");
}

#[test]
fn a_failed_run_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::create_dir(folder.join("in")).unwrap();
    fs::write(folder.join("in/a.jsonl"), jsonl()).unwrap();
    let packed = gzip(&jsonl());
    fs::write(folder.join("in/b.jsonl.gz"), &packed[..packed.len() / 2]).unwrap();
    // What stands in a file that was cut off would be lost, so it cannot be skipped.
    let arguments = [
        "dedup",
        "--skip-invalid",
        "--output-dir",
        "out",
        "--removed",
        "removed.jsonl",
        "--summary",
        "sum",
        "in",
    ];
    let said = message(folder, &arguments);
    assert!(said.contains("in/b.jsonl.gz: gzip data ends too early"), "{said}");
    assert_eq!(names(folder), ["in/a.jsonl", "in/b.jsonl.gz"]);
    let said = message(folder, &["dedup", "--output-dir", "missing/out", "in/a.jsonl"]);
    assert!(said.contains("missing/out: No such file"), "{said}");
}

#[test]
#[cfg(unix)]
fn inputs_are_never_written() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::create_dir(folder.join("in")).unwrap();
    fs::write(folder.join("in/a.jsonl"), jsonl()).unwrap();
    fs::hard_link(folder.join("in/a.jsonl"), folder.join("hard")).unwrap();
    std::os::unix::fs::symlink("in/a.jsonl", folder.join("soft")).unwrap();
    for name in ["in/a.jsonl", "in/../in/a.jsonl", "hard", "soft"] {
        let said = message(folder, &["dedup", "--removed", name, "in/a.jsonl"]);
        assert!(said.contains("is an input, and inputs are never changed"), "{name}: {said}");
    }
    let said = message(folder, &["dedup", "--output", "out", "--removed", "./out", "in/a.jsonl"]);
    assert!(said.contains("is to be written twice"), "{said}");
    fs::create_dir(folder.join("new")).unwrap();
    let said = message(folder, &["dedup", "--output-dir", "new", "--removed", "new/removed", "in/a.jsonl"]);
    assert!(said.contains("one output is to stand in another"), "{said}");
    fs::write(folder.join("more.jsonl"), jsonl()).unwrap();
    for command in ["dedup", "flag"] {
        let arguments = [command, "--against", "in/a.jsonl", "--output", "in/a.jsonl", "more.jsonl"];
        let said = message(folder, &arguments);
        assert!(said.contains("in/a.jsonl: is an input, and inputs are never changed"), "{said}");
    }
    let stdout = fs::OpenOptions::new().append(true).open(folder.join("in/a.jsonl")).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirecopy"));
    let output = command.args(["flag", "in/a.jsonl"]).current_dir(folder).stdout(stdout).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("standard output leads into it"), "{said}");
    assert!(fs::read(folder.join("in/a.jsonl")).unwrap() == jsonl());
}

/// A flagged record without its flag is the record.
#[test]
fn flags_are_all_that_is_new() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.jsonl"), jsonl()).unwrap();
    let flagged = String::from_utf8(done(folder.path(), &["flag", "--offsets", "chars", "a.jsonl"])).unwrap();
    let plain = String::from_utf8(jsonl()).unwrap();
    let mut in_clusters = 0;
    for (flagged, plain) in flagged.lines().zip(plain.lines()) {
        let (before, flag) = flagged.rsplit_once(",\"wirecopy\":").unwrap();
        assert_eq!(format!("{before}}}"), plain);
        in_clusters += usize::from(!flag.starts_with("null"));
    }
    assert!(in_clusters > 40);
    assert_eq!(flagged.lines().count(), plain.lines().count());
}
