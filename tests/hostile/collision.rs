//! Runs with the same outputs, runs whose outputs cannot all be written, and outputs that are inputs by other names.

use super::*;

/// Starts a run that waits at the pipe `pipe`, and waits until it has opened it and begun its output `output`. Returns the
/// pipe as well: the run ends when it is dropped.
fn waiting(folder: &Path, arguments: &[&str], output: &str) -> (Child, File) {
    let mut child =
        wirecopy(folder, arguments).args(["--quiet", "pipe"]).stderr(Stdio::piped()).spawn().unwrap();
    let open = File::options().read(true).write(true).open(folder.join("pipe")).unwrap();
    let draft = folder.join(format!(".{output}.{}.tmp", child.id()));
    wait_for(&mut child, output, |child| draft.exists() && has_open(child, &folder.join("pipe")));
    (child, open)
}

/// Lets a run that waits at a pipe read `content`, and returns what it did.
fn end((child, mut pipe): (Child, File), content: &str) -> (Option<i32>, String, String) {
    pipe.write_all(content.as_bytes()).unwrap();
    drop(pipe);
    parts(&wait_for_end(child))
}

#[test]
fn an_output_is_written_by_one_run_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    pipe(&at("pipe"));
    fs::write(at("in.jsonl"), line("a") + &line("b")).unwrap();
    let first = ["dedup", "--output", "kept.jsonl", "--removed", "gone.jsonl", "--summary", "sum.json"];
    let others: [(&[&str], &str); 4] = [
        (&["dedup", "--output", "kept.jsonl"], "kept.jsonl"),
        (&["dedup", "--output", "other.jsonl", "--removed", "./gone.jsonl"], "./gone.jsonl"),
        (&["cluster", "--output", "kept.jsonl"], "kept.jsonl"),
        (&["cluster", "--summary", "sum.json"], "sum.json"),
    ];
    let before = names(folder.path());
    let run_others = || {
        for (arguments, output) in others {
            let (code, stdout, stderr) = run(folder.path(), &[arguments, &["in.jsonl"]].concat());
            let message = format!(
                "error: {output}: is being written by another run; wait until it ends, or name another output\n"
            );
            assert_eq!((code, &*stdout, stderr), (Some(2), "", message), "{arguments:?}");
        }
    };
    // A run that is killed claims nothing any more.
    let (mut killed, pipe) = waiting(folder.path(), &first, "gone.jsonl");
    run_others();
    killed.kill().unwrap();
    killed.wait().unwrap();
    drop(pipe);
    let running = waiting(folder.path(), &first, "gone.jsonl");
    run_others();
    assert_eq!(end(running, &line("c").repeat(2)), (Some(0), String::new(), String::new()));
    let mut left = names(folder.path());
    left.retain(|name| !name.ends_with(".tmp"));
    let outputs = ["gone.jsonl", "kept.jsonl", "sum.json"].map(str::to_owned);
    let mut expected = [before, outputs.to_vec()].concat();
    expected.sort();
    assert_eq!(left, expected);
    assert_eq!(fs::read_to_string(at("kept.jsonl")).unwrap(), line("c"));
}

#[test]
fn a_folder_is_written_by_one_run_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    pipe(&at("pipe"));
    fs::write(at("in.jsonl"), line("a") + &line("b")).unwrap();
    let arguments = ["dedup", "--output-dir", "new", "--removed", "gone.jsonl"];
    let running = waiting(folder.path(), &arguments, "gone.jsonl");
    let (code, _, stderr) = run(folder.path(), &[&arguments[..3], &["in.jsonl"]].concat());
    assert_eq!(code, Some(2));
    assert!(stderr.starts_with("error: new: is being written by another run"), "{stderr}");
    assert_eq!(end(running, &line("c")).0, Some(0));
    let (code, _, stderr) = run(folder.path(), &[&arguments[..3], &["in.jsonl"]].concat());
    assert_eq!(code, Some(2));
    assert!(stderr.starts_with("error: new: exists already"), "{stderr}");
}

/// The short form of `tests/collisions.py`.
#[test]
fn the_outputs_of_runs_at_the_same_time_fit_each_other() {
    const RUNS: usize = 8;
    const ROUNDS: usize = 6;
    let folder = tempfile::tempdir().unwrap();
    for number in 0..RUNS {
        let key = number.to_string();
        fs::write(folder.path().join(format!("{key}.jsonl")), line(&key).repeat(2 + number)).unwrap();
    }
    for round in 0..ROUNDS {
        let inputs: Vec<String> = (0..RUNS).map(|number| format!("{number}.jsonl")).collect();
        let into_folder = round % 2 == 1;
        let outputs = if into_folder { ["--output-dir", "new"] } else { ["--output", "kept.jsonl"] };
        let arguments = [&["dedup", "--quiet", "--removed", "gone.jsonl"], &outputs[..]].concat();
        let children: Vec<Child> = inputs
            .iter()
            .map(|input| {
                let mut command = wirecopy(folder.path(), &arguments);
                command.arg(input).stderr(Stdio::piped()).spawn().unwrap()
            })
            .collect();
        let codes: Vec<Option<i32>> =
            children.into_iter().map(|child| wait_for_end(child).status.code()).collect();
        assert!(codes.iter().all(|code| matches!(code, Some(0 | 2))), "{codes:?}");
        let winners = codes.iter().filter(|code| **code == Some(0)).count();
        assert!(winners == 1 || !into_folder && winners > 1, "{codes:?}");
        let restore = if into_folder {
            ["restore", "--removed", "gone.jsonl", "--output-dir", "restored", "new"].to_vec()
        } else {
            ["restore", "--removed", "gone.jsonl", "--output", "restored", "kept.jsonl"].to_vec()
        };
        assert_eq!(run(folder.path(), &restore), (Some(0), String::new(), String::new()));
        for path in ["new", "restored"].map(|name| folder.path().join(name)) {
            let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
        }
        assert!(names(folder.path()).iter().all(|name| !name.starts_with('.')));
    }
}

/// What is in the way is created only after everything was checked.
#[test]
fn all_outputs_get_their_names_or_none() {
    let arguments: [&[&str]; 3] = [
        &["dedup", "--output", "new", "--removed", "gone.jsonl", "--summary", "sum.json"],
        &["dedup", "--output-dir", "new", "--removed", "gone.jsonl", "--summary", "sum.json"],
        &["cluster", "--output", "gone.jsonl", "--summary", "new"],
    ];
    for arguments in arguments {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        pipe(&at("pipe"));
        fs::write(at("gone.jsonl"), "from an earlier run\n").unwrap();
        let running = waiting(folder.path(), arguments, "gone.jsonl");
        fs::create_dir_all(at("new/inside")).unwrap();
        let (code, _, stderr) = end(running, &line("a").repeat(3));
        assert!(code == Some(2) && stderr.starts_with("error: new: "), "{arguments:?}: {stderr}");
        assert_eq!(names(folder.path()), ["gone.jsonl", "new", "pipe"], "{arguments:?}");
        assert_eq!(fs::read_to_string(at("gone.jsonl")).unwrap(), "from an earlier run\n", "{arguments:?}");
        assert_eq!(names(&at("new")), ["inside"], "{arguments:?}");
    }
}

#[test]
fn a_link_to_an_empty_folder_may_be_the_output() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("in.jsonl"), line("a") + &line("b")).unwrap();
    fs::create_dir_all(at("elsewhere/empty")).unwrap();
    symlink("elsewhere/empty", at("new")).unwrap();
    symlink("nowhere", at("broken")).unwrap();
    let dedup = |output| run(folder.path(), &["dedup", "--quiet", "--output-dir", output, "in.jsonl"]);
    assert_eq!(dedup("new"), (Some(0), String::new(), String::new()));
    assert!(at("new").is_symlink());
    assert_eq!(fs::read_to_string(at("elsewhere/empty/in.jsonl")).unwrap(), line("a"));
    for output in ["new", "broken"] {
        let message =
            format!("error: {output}: exists already, and is not an empty folder; name a new one\n");
        assert_eq!(dedup(output), (Some(2), String::new(), message));
    }
}

/// Only owners may replace what is theirs in a folder such as `/tmp`. This is found before anything is read.
#[test]
fn a_file_that_may_not_be_replaced_is_refused_before_work_starts() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    if fs::metadata(folder.path()).unwrap().uid() != 0 {
        writeln!(io::stderr(), "SKIPPED: only the superuser can create the files of others").unwrap();
        return;
    }
    fs::create_dir(at("shared")).unwrap();
    fs::set_permissions(at("shared"), Permissions::from_mode(0o1777)).unwrap();
    fs::write(at("shared/kept.jsonl"), "of another user\n").unwrap();
    let arguments = ["dedup", "--output", "shared/kept.jsonl", "--removed", "shared/gone.jsonl"];
    // Standard input does not end.
    let mut child =
        unprivileged(folder.path(), &arguments).stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let stdin = child.stdin.take();
    let (code, _, stderr) = parts(&wait_for_end(child));
    drop(stdin);
    let message = "error: shared/kept.jsonl: belongs to another user, and only its owner may replace it in this folder; \
                   name another output\n";
    assert_eq!((code, &*stderr), (Some(2), message));
    assert_eq!(names(&at("shared")), ["kept.jsonl"]);
}

/// Returns the permissions of a file or folder.
fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn an_output_has_the_permissions_of_what_it_replaces_or_of_the_input() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let set = |name: &str, mode| fs::set_permissions(at(name), Permissions::from_mode(mode)).unwrap();
    fs::create_dir_all(at("news/day")).unwrap();
    for name in ["open.jsonl", "private.jsonl", "news/day/private.jsonl", "old.jsonl"] {
        fs::write(at(name), line("a") + &line("b")).unwrap();
    }
    set("open.jsonl", 0o644);
    set("private.jsonl", 0o400);
    set("news/day/private.jsonl", 0o600);
    set("news/day", 0o750);
    set("old.jsonl", 0o640);
    /// Arguments, and the outputs with their modes.
    type Case<'a> = (&'a [&'a str], &'a [(&'a str, u32)]);
    let cases: [Case<'_>; 5] = [
        (
            &["dedup", "-o", "1.jsonl", "--removed", "gone.jsonl", "private.jsonl"],
            &[("1.jsonl", 0o600), ("gone.jsonl", 0o600)],
        ),
        (&["cluster", "-o", "2.jsonl", "open.jsonl", "private.jsonl"], &[("2.jsonl", 0o600)]),
        (&["cluster", "-o", "3.jsonl", "open.jsonl"], &[("3.jsonl", 0o644)]),
        (&["flag", "-o", "old.jsonl", "private.jsonl"], &[("old.jsonl", 0o640)]),
        (
            &["flag", "--output-dir", "new", "news"],
            &[("new/news/day", 0o750), ("new/news/day/private.jsonl", 0o600)],
        ),
    ];
    for (arguments, expected) in cases {
        let mut command = Command::new("sh");
        let script = format!("umask 022; exec {} \"$@\"", env!("CARGO_BIN_EXE_wirecopy"));
        command.args(["-c", &script, "sh"]).args(arguments).current_dir(folder.path());
        let (code, _, stderr) = parts(&command.output().unwrap());
        assert_eq!(code, Some(0), "{arguments:?}: {stderr}");
        for &(name, expected) in expected {
            assert_eq!(format!("{:o}", mode(&at(name))), format!("{expected:o}"), "{arguments:?}: {name}");
        }
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_file_in_a_folder_of_dev_is_replaced() {
    let Ok(shared) = tempfile::tempdir_in("/dev/shm") else {
        writeln!(io::stderr(), "SKIPPED: this system has no /dev/shm to write to").unwrap();
        return;
    };
    let output = shared.path().join("out.jsonl");
    fs::write(&output, "from an earlier run\n").unwrap();
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("in.jsonl"), line("a") + &line("b")).unwrap();
    let (code, ..) = run(folder.path(), &["dedup", "--output", output.to_str().unwrap(), "in.jsonl"]);
    assert_eq!((code, fs::read_to_string(output).unwrap()), (Some(0), line("a")));
}

/// Otherwise each article would be removed as a copy of itself.
#[test]
fn no_file_is_input_and_reference_under_two_names() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("in.jsonl"), line("a") + &line("b")).unwrap();
    fs::create_dir(at("archive")).unwrap();
    fs::hard_link(at("in.jsonl"), at("archive/hard.jsonl")).unwrap();
    for (arguments, name) in [
        (&["dedup", "--known", "remove", "--against", "archive", "in.jsonl"][..], "archive/hard.jsonl"),
        (&["dedup", "--known", "remove", "--against", "archive"], "archive/hard.jsonl"),
        (&["cluster", "--against", "-", "in.jsonl"], "-"),
    ] {
        let mut command = wirecopy(folder.path(), arguments);
        let (code, stdout, stderr) =
            parts(&command.stdin(File::open(at("in.jsonl")).unwrap()).output().unwrap());
        let message = format!("error: {name}: is both an input and given with --against");
        assert!(code == Some(2) && stdout.is_empty(), "{arguments:?}: {stderr}");
        assert!(stderr.starts_with(&message), "{arguments:?}: {stderr}");
    }
}

/// Not every file name is text. macOS allows only names that are.
#[test]
#[cfg(target_os = "linux")]
fn names_that_are_no_text_are_restored() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let [one, other] = [b"news-\xff.jsonl", b"news-\xfe.jsonl"].map(|name| OsStr::from_bytes(name));
    fs::create_dir(at("news")).unwrap();
    fs::write(at("news").join(one), line("a").repeat(3)).unwrap();
    fs::write(at("news").join(other), line("b").repeat(2)).unwrap();
    let quiet = |arguments: &[&str]| {
        assert_eq!(run(folder.path(), arguments), (Some(0), String::new(), String::new()), "{arguments:?}");
    };
    quiet(&["dedup", "--quiet", "--output-dir", "kept", "--removed", "gone.jsonl", "news"]);
    quiet(&["restore", "--removed", "gone.jsonl", "--output-dir", "restored", "kept"]);
    assert_eq!(fs::read_to_string(at("restored/news").join(one)).unwrap(), line("a").repeat(3));
    assert_eq!(fs::read_to_string(at("restored/news").join(other)).unwrap(), line("b").repeat(2));
    // The name of an output, too.
    let name = OsStr::from_bytes(b"kept-\xff.jsonl");
    let mut command = wirecopy(folder.path(), &["dedup", "--output"]);
    let (code, _, stderr) = parts(&command.arg(name).arg(at("news").join(one)).output().unwrap());
    assert_eq!(code, Some(0), "{stderr}");
    assert_eq!(fs::read_to_string(folder.path().join(name)).unwrap(), line("a"));
}
