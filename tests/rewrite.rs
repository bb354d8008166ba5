//! Checks the edited inputs that `dedup`, `flag` and `restore` write. For every format, compression and kind of
//! input, the output and the removed records together are the input, and a run that fails leaves no files.

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

fn run(folder: &Path, arguments: &[&str]) -> Vec<u8> {
    let output = wirecopy(folder, arguments);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn error_of(folder: &Path, arguments: &[&str]) -> String {
    let output = wirecopy(folder, arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    String::from_utf8(output.stderr).unwrap()
}

/// Returns the names of the files in a folder and its subfolders, with `/` in paths.
fn names(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if entry.file_type().unwrap().is_dir() {
            names.extend(self::names(&entry.path()).into_iter().map(|inner| format!("{name}/{inner}")));
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

fn decompressed(bytes: &[u8]) -> Vec<u8> {
    let mut content = wirecopy::read::Content::open(wirecopy::Input::reader(
        "compressed",
        std::io::Cursor::new(bytes.to_vec()),
    ))
    .unwrap();
    let mut out = Vec::new();
    std::io::copy(&mut content, &mut out).unwrap();
    out
}

#[test]
fn the_output_and_the_removed_records_are_the_input() {
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
        run(folder, &["dedup", "--quiet", "--output", "kept", "--removed", "removed.jsonl", name]);
        let removed = fs::read_to_string(folder.join("removed.jsonl")).unwrap();
        assert!(removed.lines().count() > 20, "{name}");
        let kept = fs::read(folder.join("kept")).unwrap();
        assert!(kept.len() < content.len(), "{name}");
        assert_eq!(run(folder, &["dedup", "--quiet", name]), kept, "{name}: to standard output");
        let restored = run(folder, &["restore", "--removed", "removed.jsonl", "kept"]);
        assert_eq!(decompressed(&restored), decompressed(&content), "{name}");
        assert_eq!(restored[..2], content[..2], "{name}: the same compression");
        assert_eq!(fs::read(folder.join(name)).unwrap(), content, "{name}: the input is unchanged");
        assert_eq!(names(folder).len(), 3, "{name}: no other files");
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
    run(folder, &["dedup", "-q", "--output-dir", "kept", "--removed", "removed.jsonl", "in"]);
    let (all, kept) = (names(&folder.join("in")), names(&folder.join("kept/in")));
    assert!(kept.len() < all.len() && kept.iter().all(|name| all.contains(name)), "{kept:?}");
    run(folder, &["restore", "--removed", "removed.jsonl", "--output-dir", "restored", "kept"]);
    assert_eq!(names(&folder.join("restored/in")), all);
    for name in all {
        let [before, after] =
            ["in", "restored/in"].map(|root| decompressed(&fs::read(folder.join(root).join(&name)).unwrap()));
        assert!(before == after, "{name}");
    }
    let message = error_of(folder, &["dedup", "--output-dir", "kept", "in"]);
    assert!(message.contains("kept: exists already, and is not an empty folder"), "{message}");
}

#[test]
fn files_that_cannot_be_read_are_copied_whole() {
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
    for (output, invalid) in [("one", None), ("two", Some(["--invalid", "invalid.jsonl"]))] {
        let invalid = invalid.iter().flatten().copied();
        let removed = format!("{output}.jsonl");
        let arguments = ["dedup", "-q", "--removed", &removed].into_iter().chain(invalid).chain(reading);
        run(folder, &arguments.chain([output, "in"]).collect::<Vec<_>>());
        let kept: Vec<&str> = odd.iter().map(|(name, _)| *name).chain(["b.txt"]).collect();
        assert_eq!(names(&folder.join(output).join("in")).len(), kept.len(), "all but m.txt");
        for (name, content) in &odd {
            assert!(&fs::read(folder.join(output).join("in").join(name)).unwrap() == content, "{name}");
        }
        let restored = format!("{output}-restored");
        run(folder, &["restore", "--removed", &removed, "--output-dir", &restored, output]);
        assert_eq!(names(&folder.join(&restored).join("in")), names(&folder.join("in")));
    }
    assert_eq!(
        fs::read_to_string(folder.join("invalid.jsonl")).unwrap(),
        "",
        "a file that cannot be read is not an invalid record"
    );
    let stdout = run(folder, &["dedup", "-q", "--skip-invalid", "in/z.png"]);
    assert!(stdout == odd[4].1);
    let message = error_of(folder, &["dedup", "--output-dir", "three", "in"]);
    assert!(message.contains("in/old.txt:1: is UTF-16, expected UTF-8"), "{message}");
    fs::remove_file(folder.join("in/b.txt")).unwrap();
    fs::rename(folder.join("in/m.txt"), folder.join("m.txt")).unwrap();
    fs::write(folder.join("in/m.jsonl"), jsonl()).unwrap();
    run(folder, &["flag", "-q", "--skip-invalid", "--max-record", "3500", "--output-dir", "flagged", "in"]);
    assert!(fs::read(folder.join("flagged/in/z.png")).unwrap() == odd[4].1);
}

#[test]
fn standard_input_is_edited() {
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
    let restored = run(folder.path(), &["restore", "--removed", "removed.jsonl", "kept"]);
    assert!(decompressed(&restored) == jsonl());
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("a.jsonl"), jsonl()).unwrap();
    for full in ["--output", "--removed"] {
        let other = if full == "--output" { "--removed" } else { "--output" };
        let message = error_of(folder, &["dedup", full, "/dev/full", other, "other.jsonl", "a.jsonl"]);
        assert!(message.contains("/dev/full: No space left on device"), "{message}");
        assert_eq!(names(folder), ["a.jsonl"], "{full}");
    }
    fs::write(folder.join("removed.jsonl"), "").unwrap();
    let message =
        error_of(folder, &["restore", "--removed", "removed.jsonl", "--output", "/dev/full", "a.jsonl"]);
    assert!(message.contains("/dev/full"), "{message}");
}

#[test]
fn a_failed_run_leaves_no_files() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::create_dir(folder.join("in")).unwrap();
    fs::write(folder.join("in/a.jsonl"), jsonl()).unwrap();
    let compressed = gzip(&jsonl());
    fs::write(folder.join("in/b.jsonl.gz"), &compressed[..compressed.len() / 2]).unwrap();
    // The rest of a truncated file would be lost, so it is an error even with --skip-invalid.
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
    let message = error_of(folder, &arguments);
    assert!(message.contains("in/b.jsonl.gz: gzip data ends too early"), "{message}");
    assert_eq!(names(folder), ["in/a.jsonl", "in/b.jsonl.gz"]);
    let message = error_of(folder, &["dedup", "--output-dir", "missing/out", "in/a.jsonl"]);
    assert!(message.contains("missing/out: its folder does not exist"), "{message}");
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
        let message = error_of(folder, &["dedup", "--removed", name, "in/a.jsonl"]);
        assert!(message.contains("is an input, and inputs are never changed"), "{name}: {message}");
    }
    let message = error_of(folder, &["dedup", "--output", "out", "--removed", "./out", "in/a.jsonl"]);
    assert!(message.contains("is given for two outputs"), "{message}");
    fs::create_dir(folder.join("new")).unwrap();
    let message =
        error_of(folder, &["dedup", "--output-dir", "new", "--removed", "new/removed", "in/a.jsonl"]);
    assert!(message.contains("one output would be in the folder of another"), "{message}");
    fs::write(folder.join("more.jsonl"), jsonl()).unwrap();
    for command in ["dedup", "flag"] {
        let arguments = [command, "--against", "in/a.jsonl", "--output", "in/a.jsonl", "more.jsonl"];
        let message = error_of(folder, &arguments);
        assert!(message.contains("in/a.jsonl: is an input, and inputs are never changed"), "{message}");
    }
    let stdout = fs::OpenOptions::new().append(true).open(folder.join("in/a.jsonl")).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirecopy"));
    let output = command.args(["flag", "in/a.jsonl"]).current_dir(folder).stdout(stdout).output().unwrap();
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(message.contains("standard output writes to it"), "{message}");
    assert!(fs::read(folder.join("in/a.jsonl")).unwrap() == jsonl());
}

/// A flagged record without its flag is byte for byte the input record.
#[test]
fn flags_are_the_only_difference() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.jsonl"), jsonl()).unwrap();
    let flagged = String::from_utf8(run(folder.path(), &["flag", "--offsets", "chars", "a.jsonl"])).unwrap();
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

#[test]
fn outputs_are_compressed_as_their_names_say() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("day.jsonl"), jsonl()).unwrap();
    let edited = ["dedup", "--output", "kept.jsonl.gz", "--removed", "removed.jsonl.zst", "day.jsonl"];
    run(folder.path(), &edited);
    run(folder.path(), &["dedup", "--output", "kept.jsonl", "--removed", "removed.jsonl", "kept.jsonl.gz"]);
    run(
        folder.path(),
        &["restore", "--output", "again.jsonl", "--removed", "removed.jsonl.zst", "kept.jsonl.gz"],
    );
    run(
        folder.path(),
        &["restore", "--output", "same.jsonl.zst", "--removed", "removed.jsonl", "kept.jsonl"],
    );
    run(folder.path(), &["cluster", "--output", "clusters.csv.gz", "--summary", "run.json.gz", "day.jsonl"]);
    run(folder.path(), &["flag", "--output", "flagged.jsonl.zst", "day.jsonl"]);
    for (name, magic) in [
        ("kept.jsonl.gz", &b"\x1f\x8b"[..]),
        ("removed.jsonl.zst", b"\x28\xb5\x2f\xfd"),
        ("kept.jsonl", b"{"),
        ("removed.jsonl", b""),
        ("again.jsonl", b"{"),
        ("same.jsonl.zst", b"\x28\xb5\x2f\xfd"),
        ("clusters.csv.gz", b"\x1f\x8b"),
        ("run.json.gz", b"\x1f\x8b"),
        ("flagged.jsonl.zst", b"\x28\xb5\x2f\xfd"),
    ] {
        assert!(fs::read(at(name)).unwrap().starts_with(magic), "{name}");
    }
    assert_eq!(fs::read(at("again.jsonl")).unwrap(), jsonl());
    let same = zstd::decode_all(&*fs::read(at("same.jsonl.zst")).unwrap()).unwrap();
    assert_eq!(same, fs::read(at("kept.jsonl")).unwrap());
}

/// `script`, of util-linux, gives the command a terminal.
#[test]
fn compressed_data_is_not_written_to_a_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let compressed = zstd::encode_all(&*jsonl(), 1).unwrap();
    fs::write(folder.path().join("day.jsonl.zst"), compressed).unwrap();
    let command = format!("{} dedup --quiet day.jsonl.zst", env!("CARGO_BIN_EXE_wirecopy"));
    let shown = Command::new("script")
        .args(["-qec", &command, "/dev/null"])
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .output();
    match shown {
        Ok(output) if cfg!(target_os = "linux") => {
            let shown = String::from_utf8_lossy(&output.stdout).into_owned();
            assert!(
                shown.contains("is not written to a terminal; name a file with --output, or redirect it"),
                "{shown}"
            );
        }
        _ => {
            let note = "compressed_data_is_not_written_to_a_terminal: SKIPPED, `script` of util-linux is not available";
            writeln!(std::io::stderr(), "{note}").unwrap();
        }
    }
}
