//! Input that is made to fill memory, and systems that allow for few threads or open files.

use super::*;

#[test]
fn a_table_has_a_limit_of_columns() {
    let folder = tempfile::tempdir().unwrap();
    let header = format!("id,text{}", ",".repeat(1 << 16));
    fs::write(folder.path().join("in.csv"), header + "\n").unwrap();
    let message = "error: in.csv:1: the header has more than 65,536 columns; leave out columns that are not needed, for \
                   example with csvcut -c id,text\n";
    assert_eq!(run(folder.path(), &["cluster", "in.csv"]), (Some(2), String::new(), message.to_owned()));
}

#[test]
fn a_text_has_a_limit_of_words() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let long = format!("{{\"id\": \"long\", \"text\": \"{}\"}}\n", STORY.repeat(3));
    fs::write(at("in.jsonl"), line("a") + &long + &line("b")).unwrap();
    let limited = ["--max-words", "30", "in.jsonl"];
    let what = "the text has more than 30 words; allow for more with --max-words and --memory";
    for command in ["cluster", "pairs", "dedup", "flag", "sweep", "report"] {
        let (code, stdout, stderr) = run(folder.path(), &[&[command], &limited[..]].concat());
        assert_eq!((code, &*stdout), (Some(2), ""), "{command}");
        assert_eq!(stderr, format!("error: in.jsonl:2: {what}\n"), "{command}");
    }
    let outputs = ["dedup", "--skip-invalid", "--quiet", "--output", "kept.jsonl", "--invalid", "bad.jsonl"];
    let (code, _, stderr) = run(folder.path(), &[&outputs[..], &limited].concat());
    assert_eq!((code, stderr), (Some(0), format!("warning: in.jsonl:2: {what}\n")));
    assert_eq!(fs::read_to_string(at("kept.jsonl")).unwrap(), line("a"));
    let invalid = fs::read_to_string(at("bad.jsonl")).unwrap();
    assert!(invalid.contains(what) && invalid.lines().count() == 1, "{invalid}");
}

#[test]
fn articles_that_do_not_fit_into_the_memory_are_an_error() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("tiny.jsonl"), "{\"text\":\"a\"}\n".repeat(400_000)).unwrap();
    fs::write(folder.path().join("copies.jsonl"), "{\"text\":\"a\"}\n".repeat(160_000)).unwrap();
    for (file, copies) in [("tiny.jsonl", "0"), ("copies.jsonl", "160,000")] {
        let (code, stdout, stderr) = run(folder.path(), &["cluster", "--memory", "64MiB", file]);
        assert_eq!((code, &*stdout), (Some(2), ""), "{file}");
        let what = format!("articles, {copies} of them copies, need about ");
        assert!(stderr.starts_with("error: memory: ") && stderr.contains(&what), "{stderr}");
        assert!(
            stderr
                .ends_with(" MiB, expected 48 MiB at most; allow more with --memory, or use several runs\n")
        );
    }
}

/// Returns the command for a shell that sets a limit before, run by a user of whom nothing else runs.
#[cfg(target_os = "linux")]
fn limited(folder: &Path, limit: &str, arguments: &[&str]) -> Command {
    const USER: u32 = 61_789;
    let program = unprivileged(folder, &[]).get_program().to_owned();
    let mut command = Command::new("bash");
    command.args(["-c", &format!("ulimit {limit}; exec \"$@\"")]).arg("sh").arg(program).args(arguments);
    command.current_dir(folder).stdin(Stdio::null()).uid(USER).gid(USER);
    command
}

#[test]
#[cfg(target_os = "linux")]
fn few_threads_or_files_are_enough_or_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    if fs::metadata(folder.path()).unwrap().uid() != 0 {
        writeln!(io::stderr(), "SKIPPED: only the superuser can run the command as another user").unwrap();
        return;
    }
    fs::write(at("in.jsonl"), (0..300).map(|number| line(&number.to_string())).collect::<String>()).unwrap();
    fs::set_permissions(at("in.jsonl"), Permissions::from_mode(0o644)).unwrap();
    for arguments in [
        &["cluster", "--quiet", "in.jsonl"][..],
        &["cluster", "--quiet", "--threads", "16", "in.jsonl"],
        &["sweep", "--quiet", "in.jsonl"],
        &["dedup", "--quiet", "in.jsonl"],
        &["compare", "in.jsonl:1", "in.jsonl:2"],
    ] {
        let expected = run(folder.path(), arguments);
        for limit in 1..8 {
            let limit = format!("-u {limit}");
            let found = parts(&limited(folder.path(), &limit, arguments).output().unwrap());
            let is_refused = found.0 == Some(2) && found.2.starts_with("error: no thread can be started: ");
            assert!(found == expected || is_refused, "{limit} {arguments:?}: {found:?}");
            assert!(found == expected || limit.as_str() < "-u 4", "{limit} {arguments:?}: {found:?}");
        }
        for limit in 4..16 {
            let limit = format!("-n {limit}");
            let found = parts(&limited(folder.path(), &limit, arguments).output().unwrap());
            // The loader of the system itself may have no file to open.
            let is_refused = found.0 == Some(2) && found.2.starts_with("error: ")
                || found.2.contains("error while loading shared libraries");
            assert!(found == expected || is_refused, "{limit} {arguments:?}: {found:?}");
            assert!(!found.2.contains("panicked"), "{limit} {arguments:?}: {found:?}");
        }
    }
}

#[test]
#[cfg(target_os = "linux")]
fn an_endless_input_that_is_refused_is_not_read_to_its_end() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("in.jsonl"), line("a") + &line("b")).unwrap();
    let dedup = ["dedup", "--quiet", "--output", "kept.jsonl", "--removed", "gone.jsonl", "in.jsonl"];
    assert_eq!(run(folder.path(), &dedup).0, Some(0));
    for (arguments, expected) in [
        (&["cluster", "/dev/zero"][..], "error: /dev/zero:1: is binary"),
        (&["dedup", "--output", "new.jsonl", "/dev/zero"], "error: /dev/zero"),
        (&["sweep", "/dev/zero"], "error: /dev/zero:1: is binary"),
        (&["sweep", "--labels", "/dev/zero", "in.jsonl"], "error: /dev/zero"),
        (&["restore", "--removed", "/dev/zero", "kept.jsonl"], "error: /dev/zero: record 1 is not a removed"),
        (&["restore", "--removed", "gone.jsonl", "/dev/zero"], "error: /dev/zero: is not the copy"),
    ] {
        // The limit of the size of files is for what is kept in a temporary file.
        let script = format!("ulimit -f 4000000; exec {} \"$@\"", env!("CARGO_BIN_EXE_wirecopy"));
        let mut command = Command::new("sh");
        command.args(["-c", &script, "sh"]).args(arguments).current_dir(folder.path());
        let child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let (code, _, stderr) = parts(&wait_for_end(child));
        assert!(code == Some(2) && stderr.starts_with(expected), "{arguments:?}: {code:?} {stderr}");
    }
    assert_eq!(names(folder.path()), ["gone.jsonl", "in.jsonl", "kept.jsonl"]);
}

#[test]
fn a_pipe_in_the_folder_to_be_restored_is_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("in.jsonl"), line("a") + &line("b")).unwrap();
    let dedup = ["dedup", "--quiet", "--output-dir", "kept", "--removed", "gone.jsonl", "in.jsonl"];
    assert_eq!(run(folder.path(), &dedup).0, Some(0));
    fs::remove_file(at("kept/in.jsonl")).unwrap();
    pipe(&at("kept/in.jsonl"));
    let restore = ["restore", "--removed", "gone.jsonl", "--output-dir", "restored", "kept"];
    let child = wirecopy(folder.path(), &restore).stderr(Stdio::piped()).spawn().unwrap();
    let (code, _, stderr) = parts(&wait_for_end(child));
    let message = "error: kept/in.jsonl: is no file, expected one that `dedup --output-dir` wrote\n";
    assert_eq!((code, &*stderr), (Some(2), message));
    assert_eq!(names(folder.path()), ["gone.jsonl", "in.jsonl", "kept"]);
}
