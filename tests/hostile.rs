//! What a run must survive: broken and endless input, files that are not what they seem, outputs that cannot be, and an
//! end before the end.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs::{self, File, Permissions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use wirecopy::{Input, ReadOptions, Reader, find_inputs};

const STORY: &str = "The ferry to Lund island stopped on Monday after its second engine failed in the harbor, and the \
    mayor asked the navy for help.";

fn line(key: &str) -> String {
    format!("{{\"id\": \"{key}\", \"text\": \"{STORY}\"}}\n")
}

fn wirecopy(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirecopy"));
    command.current_dir(folder).args(arguments).stdin(Stdio::null());
    command
}

fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    said(&wirecopy(folder, arguments).output().unwrap())
}

fn said(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

/// Runs the command as someone who may not read or write everything, as the superuser may.
fn unprivileged(folder: &Path, arguments: &[&str]) -> Command {
    const NOBODY: u32 = 65534;
    if fs::metadata(folder).unwrap().uid() != 0 {
        return wirecopy(folder, arguments);
    }
    // Where the build is may be closed to others.
    let program = folder.join("wirecopy-for-all");
    fs::copy(env!("CARGO_BIN_EXE_wirecopy"), &program).unwrap();
    fs::set_permissions(folder, Permissions::from_mode(0o755)).unwrap();
    let mut command = Command::new(program);
    command.current_dir(folder).args(arguments).stdin(Stdio::null()).uid(NOBODY).gid(NOBODY);
    command
}

/// Waits for a child, but not forever: what hangs is a failure, not a patient test.
fn patiently(mut child: Child) -> Output {
    let begun = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if begun.elapsed() > Duration::from_secs(120) {
            child.kill().unwrap();
            panic!("the command hangs");
        }
        thread::sleep(Duration::from_millis(10));
    }
    child.wait_with_output().unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn packed_input_that_is_cut_off_or_goes_on_stops_the_run() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let lines: String = (0..3000).map(|number| line(&format!("{}", number * 7919 % 10007))).collect();
    let zstd = zstd::encode_all(lines.as_bytes(), 1).unwrap();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(lines.as_bytes()).unwrap();
    let gzip = gzip.finish().unwrap();
    fs::write(at("cut.zst"), &zstd[..zstd.len() / 2]).unwrap();
    fs::write(at("cut.gz"), &gzip[..gzip.len() / 2]).unwrap();
    fs::write(at("more.zst"), [&zstd, &b"more"[..]].concat()).unwrap();
    fs::write(at("more.gz"), [&gzip, &b"more"[..]].concat()).unwrap();
    let cases = [
        ("cut.zst", "error: cut.zst: zstd data ends too early, after "),
        ("cut.gz", "error: cut.gz: gzip data ends too early, after "),
        ("more.zst", "error: more.zst: zstd data is followed by bytes that are not zstd\n"),
        ("more.gz", "error: more.gz: gzip data is followed by bytes that are not gzip\n"),
    ];
    for (name, message) in cases {
        let (code, stdout, stderr) = run(folder.path(), &["cluster", "--output", "out.jsonl", name]);
        assert!(code == Some(2) && stdout.is_empty() && stderr.starts_with(message), "{name}: {stderr}");
        assert!(!at("out.jsonl").exists(), "{name}");
        let (code, _, stderr) =
            run(folder.path(), &["cluster", "--skip-invalid", "--output", "out.jsonl", name]);
        let warning = message.replace("error", "warning");
        assert!(code == Some(0) && stderr.starts_with(warning.trim_end()), "{name}: {stderr}");
        assert!(
            fs::read_to_string(at("out.jsonl")).unwrap().contains("\"size\":"),
            "{name}: what was read counts"
        );
        fs::remove_file(at("out.jsonl")).unwrap();
    }
}

/// A line of a gigabyte, in a few kilobytes of file, in a process that may not have as much memory as that.
#[test]
#[cfg(target_os = "linux")]
fn a_bomb_costs_no_more_than_a_record_may() {
    const KILOBYTES: u32 = 700_000;
    let folder = tempfile::tempdir().unwrap();
    let megabytes = |count: usize| zstd::encode_all(io::repeat(b'x').take((count as u64) << 20), 1).unwrap();
    let bomb = [
        zstd::encode_all(line("a").as_bytes(), 1).unwrap(),
        megabytes(64).repeat(16),
        zstd::encode_all(format!("\n{}", line("b")).as_bytes(), 1).unwrap(),
    ];
    fs::write(folder.path().join("bomb.jsonl"), bomb.concat()).unwrap();
    let limited = |extra: &str| {
        let program = env!("CARGO_BIN_EXE_wirecopy");
        let script = format!(
            "ulimit -v {KILOBYTES} && exec {program} cluster --threads 1 --max-record 1MiB {extra} bomb.jsonl"
        );
        said(&Command::new("sh").args(["-c", &script]).current_dir(folder.path()).output().unwrap())
    };
    let what = "bomb.jsonl:2: the record is longer than 1 MiB; allow for more with --max-record\n";
    let (code, _, stderr) = limited("");
    assert_eq!((code, stderr), (Some(2), format!("error: {what}")));
    let (code, stdout, stderr) = limited("--skip-invalid");
    assert!(code == Some(0) && stderr.starts_with(&format!("warning: {what}")), "{stderr}");
    assert!(stdout.contains("\"at\":\"bomb.jsonl:3\""), "what stands behind it is read: {stdout}");
}

#[test]
fn a_million_empty_lines_are_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let empty = "\n".repeat(1_000_000);
    let files = [
        ("a.jsonl", format!("{empty}{}", line("a")), 1_000_001),
        ("a.json", format!("{empty}[{empty}{}]{empty}", line("a")), 2_000_001),
        (
            "a.csv",
            format!("{empty}text\n{empty}{STORY}\n{empty}", STORY = STORY.replace(',', " ")),
            2_000_002,
        ),
    ];
    for (name, content, at) in files {
        fs::write(folder.path().join(name), content).unwrap();
        let inputs = find_inputs(&[folder.path().join(name)]).unwrap();
        let mut reader = Reader::new(inputs, ReadOptions::default());
        let batch = reader.next_batch().unwrap().unwrap();
        assert_eq!((batch.len(), batch.place(0).line), (1, at), "{name}");
        assert!(reader.next_batch().unwrap().is_none(), "{name}");
    }
}

/// What strangers write into records, each in both kinds of JSON.
#[test]
fn strange_records_are_read_or_named() {
    let folder = tempfile::tempdir().unwrap();
    let deep =
        |record: &str| record.replace('~', &format!("{}1{}", "[".repeat(200_000), "]".repeat(200_000)));
    let half_deep = format!("{{\"text\": {}", "{\"a\":".repeat(200_000));
    let cases: [(&str, Vec<u8>, &str); 11] = [
        ("nesting", deep("{\"extra\": ~, \"text\": \"a\"}").into(), "a"),
        (
            "nesting in the text",
            deep("{\"text\": ~}").into(),
            "field \"text\" is an array, expected a string",
        ),
        ("nesting without an end", half_deep.into(), "cut off"),
        ("lone surrogates", br#"{"text": "a\ud83d b\ude00"}"#.to_vec(), "a\u{fffd} b\u{fffd}"),
        ("an escaped zero", br#"{"text": "a\u0000b"}"#.to_vec(), "a\0b"),
        ("a zero", b"{\"text\": \"a\0b\"}".to_vec(), "not valid JSON: control character"),
        ("not UTF-8", b"{\"text\": \"caf\xe9\"}".to_vec(), "not valid UTF-8 at byte 14 of the record"),
        ("UTF-16", b"\xff\xfe{\0}\0".to_vec(), "is UTF-16, expected UTF-8; convert it first"),
        ("a wrong type", br#"{"text": {"a": 1}}"#.to_vec(), "field \"text\" is an object, expected a string"),
        ("members twice", br#"{"text": 7, "text": "a"}"#.to_vec(), "a"),
        ("no object", b"null".to_vec(), "expected an object, found null"),
    ];
    for (name, content, expected) in &cases {
        for file in ["a.jsonl", "a.json"] {
            fs::write(folder.path().join(file), content).unwrap();
            let inputs = find_inputs(&[folder.path().join(file)]).unwrap();
            let article = Reader::new(inputs, ReadOptions::default())
                .next_batch()
                .and_then(|batch| batch.expect("there is a record").article(0));
            match article {
                Ok(article) => assert_eq!(article.text, *expected, "{name} in {file}"),
                Err(error) => {
                    let message = error.to_string();
                    let place = folder.path().join(file).display().to_string();
                    assert!(message.starts_with(&place) && message.contains(expected), "{name}: {message}");
                }
            }
        }
    }
}

#[test]
fn a_folder_may_change_while_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    for name in ["a.jsonl", "b.jsonl", "c.jsonl", "d.jsonl"] {
        fs::write(at(name), line(name)).unwrap();
    }
    let inputs = find_inputs(&[folder.path().to_owned()]).unwrap();
    fs::remove_file(at("a.jsonl")).unwrap();
    fs::remove_file(at("b.jsonl")).unwrap();
    fs::create_dir(at("b.jsonl")).unwrap();
    fs::write(at("c.jsonl"), line("c") + &line("c again")).unwrap();
    fs::write(at("e.jsonl"), line("e")).unwrap();
    let mut reader = Reader::new(inputs, ReadOptions::default());
    let mut found = Vec::new();
    loop {
        match reader.next_batch() {
            Ok(None) => break,
            Ok(Some(batch)) => found.extend((0..batch.len()).map(|index| batch.article(index).unwrap().key)),
            Err(error) => {
                found.push(error.to_string().replace(&format!("{}/", folder.path().display()), ""));
            }
        }
    }
    let expected = ["a.jsonl: no such file or folder", "b.jsonl: is a folder", "c", "c again", "d.jsonl"];
    assert_eq!(found, expected);
}

/// A file that grows as long as it is read has no end, but each record of it can be had.
#[test]
fn endless_input_is_read_as_it_comes() {
    struct Endless {
        line: Vec<u8>,
        at: usize,
    }
    impl Read for Endless {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let count = (&self.line[self.at..]).read(into)?;
            self.at = (self.at + count) % self.line.len();
            Ok(count)
        }
    }
    let endless = Endless { line: line("a").into_bytes(), at: 0 };
    let mut reader = Reader::new(vec![Input::reader("endless.jsonl", endless)], ReadOptions::default());
    for _ in 0..3 {
        let batch = reader.next_batch().unwrap().unwrap();
        assert!((0..batch.len()).all(|index| batch.article(index).unwrap().text == STORY));
    }
}

#[test]
fn what_may_not_be_read_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("news")).unwrap();
    fs::write(at("news/a.jsonl"), line("a") + &line("b")).unwrap();
    fs::write(at("news/secret.jsonl"), line("c")).unwrap();
    fs::set_permissions(at("news"), Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(at("news/a.jsonl"), Permissions::from_mode(0o644)).unwrap();
    fs::set_permissions(at("news/secret.jsonl"), Permissions::from_mode(0o000)).unwrap();
    let output = said(&unprivileged(folder.path(), &["cluster", "news"]).output().unwrap());
    assert_eq!((output.0, &*output.2), (Some(2), "error: news/secret.jsonl: permission denied\n"));
    let skipped =
        said(&unprivileged(folder.path(), &["cluster", "--skip-invalid", "news"]).output().unwrap());
    assert!(
        skipped.2.starts_with("warning: news/secret.jsonl: permission denied\n2 articles"),
        "{}",
        skipped.2
    );

    fs::create_dir(at("news/closed")).unwrap();
    fs::set_permissions(at("news/closed"), Permissions::from_mode(0o000)).unwrap();
    let output = said(&unprivileged(folder.path(), &["cluster", "news"]).output().unwrap());
    assert_eq!((output.0, &*output.2), (Some(2), "error: news/closed: permission denied\n"));
    fs::set_permissions(at("news/closed"), Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_circle_of_links_is_named() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("news/old")).unwrap();
    symlink("..", folder.path().join("news/old/back")).unwrap();
    symlink("itself", folder.path().join("itself")).unwrap();
    let (code, _, stderr) = run(folder.path(), &["cluster", "news"]);
    assert_eq!((code, &*stderr), (Some(2), "error: news/old/back: the symbolic link leads back to news\n"));
    let (code, _, stderr) = run(folder.path(), &["cluster", "itself"]);
    assert!(code == Some(2) && stderr.starts_with("error: itself: cannot be read: "), "{stderr}");
}

#[test]
fn a_pipe_is_read_where_it_is_named_and_else_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("news/pipe");
    fs::create_dir(folder.path().join("news")).unwrap();
    fs::write(folder.path().join("news/a.jsonl"), line("a")).unwrap();
    self::pipe(&pipe);
    let mut listed = wirecopy(folder.path(), &["cluster", "news"]);
    let child = listed.stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    let output = said(&patiently(child));
    assert!(output.0 == Some(0) && output.2.contains("1 article,"), "{}", output.2);

    let mut named = wirecopy(folder.path(), &["cluster", "--quiet", "news/pipe", "news/a.jsonl"]);
    let child = named.stdout(Stdio::piped()).spawn().unwrap();
    let writer = thread::spawn(move || {
        File::options().write(true).open(pipe).unwrap().write_all(line("b").as_bytes())
    });
    let (code, stdout, _) = said(&patiently(child));
    writer.join().unwrap().unwrap();
    assert!(code == Some(0) && stdout.contains("\"at\":\"news/pipe:1\""), "{stdout}");
}

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

fn signal(child: &Child, name: &str) {
    let number = child.id().to_string();
    assert!(Command::new("kill").args(["-s", name, &number]).status().unwrap().success());
}

/// Waits until something is as a run makes it, which must not end before.
fn wait_for(child: &mut Child, what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(child.try_wait().unwrap().is_none(), "{what}: the run ended");
        assert!(begun.elapsed() < Duration::from_secs(120), "{what}: it does not come to that");
        thread::sleep(Duration::from_millis(5));
    }
}

/// Signals, and whether they leave the run time to clean up.
const SIGNALS: [(&str, i32, bool); 4] =
    [("INT", 2, true), ("TERM", 15, true), ("HUP", 1, true), ("KILL", 9, false)];

/// What runs are killed over, which have begun to write: arguments; what the run reads from an open pipe, at which it
/// waits; what it has begun.
const INTERRUPTED: [(&[&str], &[&str]); 3] = [
    (
        &["cluster", "--output", "new.jsonl", "--summary", "sum.json", "in.jsonl", "pipe"],
        &["new.jsonl", "sum.json"],
    ),
    (&["dedup", "--output", "old.jsonl", "--removed", "gone.jsonl", "pipe"], &["old.jsonl", "gone.jsonl"]),
    // Here the pipe is not read, but is written to and full: records are on their way.
    (&["dedup", "--output-dir", "new", "--removed", "pipe", "in.jsonl", "news"], &["new"]),
];

/// Tells whether this process ignores a signal, as far as the system tells.
fn is_ignored(number: i32) -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    mask.is_some_and(|mask| mask >> (number - 1) & 1 == 1)
}

#[test]
fn a_run_that_is_killed_leaves_nothing_under_the_names_of_its_outputs() {
    for (name, number, is_told) in SIGNALS {
        // As a job in the background may: then the command ignores it, too.
        if is_ignored(number) {
            let note = format!("SKIPPED {name}: it is ignored by what runs the tests");
            writeln!(io::stderr(), "{note}").unwrap();
            continue;
        }
        for (arguments, outputs) in INTERRUPTED {
            let case = format!("{name} {}", arguments.join(" "));
            let folder = tempfile::tempdir().unwrap();
            let at = |name: &str| folder.path().join(name);
            let content = line("a").repeat(3000);
            fs::write(at("in.jsonl"), &content).unwrap();
            fs::create_dir(at("news")).unwrap();
            fs::write(at("news/in.jsonl"), &content).unwrap();
            fs::write(at("old.jsonl"), "from an earlier run\n").unwrap();
            pipe(&at("pipe"));
            let before = names(folder.path());
            let mut command = wirecopy(folder.path(), arguments);
            let mut child = command.arg("--quiet").spawn().unwrap();
            // Opened for both, so that neither side waits for the other or ends.
            let mut open = File::options().read(true).write(true).open(at("pipe")).unwrap();
            open.write_all(line("b").repeat(20).as_bytes()).unwrap();
            let draft = |output: &str| at(&format!(".{output}.{}.tmp", child.id()));
            let mut drafts: Vec<_> = outputs.iter().map(|output| draft(output)).collect();
            if outputs == ["new"] {
                drafts.push(draft("new").join("in.jsonl"));
            }
            wait_for(&mut child, &case, || drafts.iter().all(|draft| draft.exists()));
            signal(&child, name);
            let status = patiently(child).status;
            assert_eq!((status.code(), status.signal()), (None, Some(number)), "{case}");

            let mut left = names(folder.path());
            if !is_told {
                left.retain(|name| !name.starts_with('.'));
            }
            assert_eq!(left, before, "{case}");
            assert_eq!(fs::read_to_string(at("old.jsonl")).unwrap(), "from an earlier run\n", "{case}");
            for input in ["in.jsonl", "news/in.jsonl"] {
                assert!(fs::read_to_string(at(input)).unwrap() == content, "{case}");
            }
        }
    }
}

/// As `nohup` has it, and a shell that runs a script for a job in the background.
#[test]
fn a_signal_that_was_ignored_stays_ignored() {
    if !Path::new("/proc/self/status").exists() {
        let note = "a_signal_that_was_ignored_stays_ignored: SKIPPED, this system does not tell which are";
        writeln!(io::stderr(), "{note}").unwrap();
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for name in ["INT", "HUP"] {
        let script = format!(
            "trap '' {name} && exec {} cluster --quiet --output new.jsonl",
            env!("CARGO_BIN_EXE_wirecopy")
        );
        let mut child = Command::new("sh")
            .args(["-c", &script])
            .current_dir(folder.path())
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        wait_for(&mut child, name, || !names(folder.path()).is_empty());
        signal(&child, name);
        child.stdin.take().unwrap().write_all(line("a").repeat(2).as_bytes()).unwrap();
        assert_eq!(patiently(child).status.code(), Some(0), "{name}");
        assert_eq!(names(folder.path()), ["new.jsonl"], "{name}");
        fs::remove_file(folder.path().join("new.jsonl")).unwrap();
    }
}

#[test]
fn nothing_is_written_onto_what_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let content = line("a") + &line("b");
    fs::write(at("in.jsonl"), &content).unwrap();
    symlink("in.jsonl", at("link.jsonl")).unwrap();
    fs::hard_link(at("in.jsonl"), at("hard.jsonl")).unwrap();
    let never =
        |name: &str| format!("error: {name}: is an input, and inputs are never changed; name another file\n");
    let cases: [(&[&str], String); 10] = [
        (&["cluster", "in.jsonl", "--output", "in.jsonl"], never("in.jsonl")),
        (&["cluster", "in.jsonl", "--output", "./link.jsonl"], never("./link.jsonl")),
        (&["pairs", "link.jsonl", "--output", "hard.jsonl"], never("hard.jsonl")),
        (&["pairs", ".", "--output", "hard.jsonl"], never("hard.jsonl")),
        (&["cluster", "in.jsonl", "--summary", "in.jsonl"], never("in.jsonl")),
        (&["sweep", "in.jsonl", "--output", "in.jsonl"], never("in.jsonl")),
        (&["sweep", "in.jsonl", "--html", "in.jsonl"], never("in.jsonl")),
        (&["sweep", "--labels", "in.jsonl", "--output", "in.jsonl"], never("in.jsonl")),
        (
            &["cluster", "hard.jsonl", "--against", "link.jsonl", "--output", "link.jsonl"],
            never("link.jsonl"),
        ),
        (
            &["cluster", "in.jsonl", "--output", "new.jsonl", "--summary", "new.jsonl"],
            "error: new.jsonl: is to be written twice; name another file\n".into(),
        ),
    ];
    for (arguments, message) in cases {
        let (code, stdout, stderr) = run(folder.path(), arguments);
        assert_eq!((code, &*stdout, stderr), (Some(2), "", message), "{arguments:?}");
        assert_eq!(fs::read_to_string(at("in.jsonl")).unwrap(), content, "{arguments:?}");
        assert_eq!(names(folder.path()), ["hard.jsonl", "in.jsonl", "link.jsonl"], "{arguments:?}");
    }

    if cfg!(target_os = "linux") {
        let mut command = wirecopy(folder.path(), &["cluster", "--output", "in.jsonl"]);
        let (code, _, stderr) = said(&command.stdin(File::open(at("in.jsonl")).unwrap()).output().unwrap());
        assert_eq!((code, stderr), (Some(2), never("in.jsonl")), "as standard input");
        let mut command = wirecopy(folder.path(), &["cluster", "in.jsonl"]);
        let onto = File::options().append(true).open(at("in.jsonl")).unwrap();
        let (code, _, stderr) = said(&command.stdout(onto).output().unwrap());
        let message = "error: in.jsonl: is an input, and standard output leads into it; name another file\n";
        assert_eq!((code, &*stderr), (Some(2), message), "as standard output");
        assert_eq!(fs::read_to_string(at("in.jsonl")).unwrap(), content);
    }

    let (code, ..) = run(folder.path(), &["cluster", ".", "--output", "report.jsonl"]);
    assert_eq!(code, Some(0), "a report may stand beside what is read");
    let (code, _, stderr) = run(folder.path(), &["cluster", ".", "--output", "report.jsonl"]);
    assert_eq!((code, stderr), (Some(2), never("report.jsonl")), "and is an input of the next run");
}

#[test]
fn a_report_that_cannot_be_written_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("in.jsonl"), line("a") + &line("b")).unwrap();
    fs::set_permissions(at("in.jsonl"), Permissions::from_mode(0o644)).unwrap();
    fs::create_dir(at("closed")).unwrap();
    fs::set_permissions(at("closed"), Permissions::from_mode(0o555)).unwrap();
    let arguments = ["cluster", "in.jsonl", "--output", "closed/out.jsonl"];
    let (code, stdout, stderr) = said(&unprivileged(folder.path(), &arguments).output().unwrap());
    assert!(code == Some(2) && stdout.is_empty(), "{stdout}");
    assert!(stderr.starts_with("error: closed/out.jsonl: Permission denied"), "{stderr}");
    for (output, what) in [("nowhere/out.jsonl", "No such file or directory"), (".", "is a directory")] {
        let (code, _, stderr) = run(folder.path(), &["cluster", "in.jsonl", "--output", output]);
        assert!(code == Some(2) && stderr.starts_with(&format!("error: {output}: {what}")), "{stderr}");
    }
}

/// Articles of which less than all fits into the least memory that a run may be given.
fn titles() -> String {
    let title = "Ferry ".repeat(500);
    (0..3000)
        .map(|number| format!("{{\"id\": \"{number}\", \"title\": \"{title}\", \"text\": \"{STORY}\"}}\n"))
        .collect()
}

/// A disk that is full, before the first byte and after some: of standard output, of outputs, of what is put aside.
#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_an_error_and_no_half_result() {
    const KILOBYTES: usize = 64;
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let content: String = (0..3000).map(|number| line(&number.to_string())).collect();
    fs::write(at("in.jsonl"), &content).unwrap();
    let full = || File::options().write(true).open("/dev/full").unwrap();
    for arguments in [
        &["cluster", "in.jsonl"][..],
        &["pairs", "in.jsonl"],
        &["dedup", "in.jsonl"],
        &["flag", "in.jsonl"],
        &["sweep", "in.jsonl"],
        &["compare", "in.jsonl#1", "in.jsonl#2"],
        &["cluster", "--output", "/dev/full", "in.jsonl"],
        &["dedup", "--output", "new.jsonl", "--removed", "/dev/full", "in.jsonl"],
    ] {
        let (code, _, stderr) = said(&wirecopy(folder.path(), arguments).stdout(full()).output().unwrap());
        assert!(code == Some(2) && stderr.contains("No space left on device"), "{arguments:?}: {stderr}");
        assert_eq!(names(folder.path()), ["in.jsonl"], "{arguments:?}");
    }

    // Files may not grow beyond some blocks of 512 bytes, as if the disk ended there.
    let limited = |arguments: &str| {
        let script =
            format!("ulimit -f {} && exec {} {arguments}", 2 * KILOBYTES, env!("CARGO_BIN_EXE_wirecopy"));
        let mut command = Command::new("sh");
        let command = command.args(["-c", &script]).current_dir(folder.path());
        said(&command.stdin(File::open(at("in.jsonl")).unwrap()).output().unwrap())
    };
    fs::create_dir(at("aside")).unwrap();
    fs::write(at("titles.jsonl"), titles()).unwrap();
    for (arguments, place) in [
        ("flag --output new.jsonl in.jsonl", "new.jsonl: "),
        ("flag --output-dir new in.jsonl", "new/in.jsonl: "),
        ("dedup --output new.jsonl --removed gone.jsonl in.jsonl", "gone.jsonl: "),
        ("cluster --format csv --output new.csv in.jsonl", "new.csv: "),
        ("cluster --format html --output new.html in.jsonl", "new.html: "),
        ("cluster --memory 64MiB --temp-dir aside titles.jsonl", "aside: what does not fit into memory"),
        ("flag --temp-dir aside", "-: "),
    ] {
        let (code, stdout, stderr) = limited(arguments);
        assert!(code == Some(2) && stdout.is_empty(), "{arguments}: {code:?} {stderr}");
        assert!(stderr.starts_with(&format!("error: {place}")), "{arguments}: {stderr}");
        assert!(stderr.contains("File too large"), "{arguments}: {stderr}");
        assert_eq!(names(folder.path()), ["aside", "in.jsonl", "titles.jsonl"], "{arguments}");
        assert!(names(&at("aside")).is_empty(), "{arguments}");
        assert!(fs::read_to_string(at("in.jsonl")).unwrap() == content, "{arguments}");
    }
}

#[test]
fn a_folder_for_temporary_files_that_may_not_be_written_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("in.jsonl"), line("1")).unwrap();
    fs::set_permissions(at("in.jsonl"), Permissions::from_mode(0o644)).unwrap();
    fs::create_dir(at("closed")).unwrap();
    fs::set_permissions(at("closed"), Permissions::from_mode(0o555)).unwrap();
    let arguments = ["cluster", "in.jsonl", "--memory", "64MiB", "--temp-dir", "closed"];
    let (code, stdout, stderr) = said(&unprivileged(folder.path(), &arguments).output().unwrap());
    assert!(code == Some(2) && stdout.is_empty(), "{stdout}");
    let message = "error: temp-dir: closed cannot be written to: Permission denied";
    assert!(stderr.starts_with(message), "{stderr}");
}
