//! Outputs that cannot or must not be written, and runs that a signal ends.

use super::*;

/// Signals: name, number, and whether the run can clean up.
const SIGNALS: [(&str, i32, bool); 4] =
    [("INT", 2, true), ("TERM", 15, true), ("HUP", 1, true), ("KILL", 9, false)];

/// Runs that are interrupted after they began to write: the arguments, with a pipe at which the run waits, and the
/// outputs that it has begun.
const INTERRUPTED: [(&[&str], &[&str]); 3] = [
    (
        &["cluster", "--output", "new.jsonl", "--summary", "sum.json", "in.jsonl", "pipe"],
        &["new.jsonl", "sum.json"],
    ),
    (&["dedup", "--output", "old.jsonl", "--removed", "gone.jsonl", "pipe"], &["old.jsonl", "gone.jsonl"]),
    // Here, the pipe is an output, and is full.
    (&["dedup", "--output-dir", "new", "--removed", "pipe", "in.jsonl", "news"], &["new"]),
];

/// Returns whether this process ignores a signal, or `false` if the system does not tell.
fn is_ignored(number: i32) -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    mask.is_some_and(|mask| mask >> (number - 1) & 1 == 1)
}

/// Checks that a pipe and a file receive the same bytes, including delete characters and escape sequences of
/// articles.
#[test]
fn a_report_is_the_same_in_a_pipe_and_in_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let key = "a\u{7f}\u{9b}";
    fs::write(folder.path().join("in.jsonl"), line(key) + &line("b\\u001b[31m")).unwrap();
    for arguments in [
        ["cluster", "--format", "jsonl"],
        ["cluster", "--format", "csv"],
        ["pairs", "--format", "jsonl"],
        ["pairs", "--format", "csv"],
        ["cluster", "--format", "text"],
        ["cluster", "--format", "html"],
    ] {
        let with =
            |more: &[&str]| run(folder.path(), &[&arguments[..], &["--quiet", "in.jsonl"], more].concat());
        let (code, piped, said) = with(&[]);
        assert_eq!((code, said.as_str()), (Some(0), ""), "{arguments:?}");
        assert_eq!(with(&["--output", "out"]).0, Some(0), "{arguments:?}");
        let filed = fs::read_to_string(folder.path().join("out")).unwrap();
        assert_eq!(piped, filed, "{arguments:?}");
        let is_data = matches!(arguments[2], "jsonl" | "csv");
        assert_eq!(piped.contains(key), is_data, "{arguments:?}: {piped:?}");
    }
}

#[test]
fn an_interrupted_run_leaves_no_outputs() {
    for (name, number, can_clean_up) in SIGNALS {
        // A background job may ignore it. The command then ignores it, too.
        if is_ignored(number) {
            let note = format!("SKIPPED {name}: the process of the tests ignores it");
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
            // Opened for reading and writing, so that opening does not wait and the pipe does not end.
            let mut open = File::options().read(true).write(true).open(at("pipe")).unwrap();
            open.write_all(line("b").repeat(20).as_bytes()).unwrap();
            let temporary = |output: &str| at(&format!(".{output}.{}.tmp", child.id()));
            let mut pending: Vec<_> = outputs.iter().map(|output| temporary(output)).collect();
            if outputs == ["new"] {
                pending.push(temporary("new").join("in.jsonl"));
            }
            wait_for(&mut child, &case, |_| pending.iter().all(|path| path.exists()));
            signal(&child, name);
            let status = wait_for_end(child).status;
            assert_eq!((status.code(), status.signal()), (None, Some(number)), "{case}");

            let mut left = names(folder.path());
            if !can_clean_up {
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

/// As with `nohup`, and with background jobs of a shell that runs a script.
#[test]
fn a_signal_that_was_ignored_stays_ignored() {
    if !Path::new("/proc/self/status").exists() {
        let note = "a_signal_that_was_ignored_stays_ignored: SKIPPED, this system does not tell which signals are ignored";
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
        wait_for(&mut child, name, |_| !names(folder.path()).is_empty());
        signal(&child, name);
        child.stdin.take().unwrap().write_all(line("a").repeat(2).as_bytes()).unwrap();
        assert_eq!(wait_for_end(child).status.code(), Some(0), "{name}");
        assert_eq!(names(folder.path()), ["new.jsonl"], "{name}");
        fs::remove_file(folder.path().join("new.jsonl")).unwrap();
    }
}

#[test]
fn inputs_are_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let content = line("a") + &line("b");
    fs::write(at("in.jsonl"), &content).unwrap();
    fs::write(at("archive.jsonl"), line("c")).unwrap();
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
            &["cluster", "hard.jsonl", "--against", "archive.jsonl", "--output", "archive.jsonl"],
            never("archive.jsonl"),
        ),
        (
            &["cluster", "in.jsonl", "--output", "new", "--summary", "new"],
            "error: new: is given for two outputs; name another file\n".into(),
        ),
    ];
    for (arguments, message) in cases {
        let (code, stdout, stderr) = run(folder.path(), arguments);
        assert_eq!((code, &*stdout, stderr), (Some(2), "", message), "{arguments:?}");
        assert_eq!(fs::read_to_string(at("in.jsonl")).unwrap(), content, "{arguments:?}");
        assert_eq!(
            names(folder.path()),
            ["archive.jsonl", "hard.jsonl", "in.jsonl", "link.jsonl"],
            "{arguments:?}"
        );
    }

    if cfg!(target_os = "linux") {
        let mut command = wirecopy(folder.path(), &["cluster", "--output", "in.jsonl"]);
        let (code, _, stderr) = parts(&command.stdin(File::open(at("in.jsonl")).unwrap()).output().unwrap());
        assert_eq!((code, stderr), (Some(2), never("in.jsonl")), "as standard input");
        let mut command = wirecopy(folder.path(), &["cluster", "in.jsonl"]);
        let onto = File::options().append(true).open(at("in.jsonl")).unwrap();
        let (code, _, stderr) = parts(&command.stdout(onto).output().unwrap());
        let message = "error: in.jsonl: is an input, and standard output writes to it; name another file\n";
        assert_eq!((code, &*stderr), (Some(2), message), "as standard output");
        assert_eq!(fs::read_to_string(at("in.jsonl")).unwrap(), content);
    }

    let (code, ..) = run(folder.path(), &["cluster", ".", "--output", "report.jsonl"]);
    assert_eq!(code, Some(0), "a report may be in a folder that is read");
    let (code, _, stderr) = run(folder.path(), &["cluster", ".", "--output", "report.jsonl"]);
    assert_eq!((code, stderr), (Some(2), never("report.jsonl")), "the report is an input of the next run");
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
    let (code, stdout, stderr) = parts(&unprivileged(folder.path(), &arguments).output().unwrap());
    assert!(code == Some(2) && stdout.is_empty(), "{stdout}");
    assert!(stderr.starts_with("error: closed/out.jsonl: Permission denied"), "{stderr}");
    for (output, what) in
        [("nowhere/out.jsonl", "its folder does not exist; create it first"), (".", "is a directory")]
    {
        let (code, _, stderr) = run(folder.path(), &["cluster", "in.jsonl", "--output", output]);
        assert!(code == Some(2) && stderr.starts_with(&format!("error: {output}: {what}")), "{stderr}");
    }
}

/// Returns articles that do not all fit into the smallest memory budget.
#[cfg(target_os = "linux")]
fn titles() -> String {
    let title = "Ferry ".repeat(500);
    (0..3000)
        .map(|number| format!("{{\"id\": \"{number}\", \"title\": \"{title}\", \"text\": \"{STORY}\"}}\n"))
        .collect()
}

/// A disk that is full at the first byte or later, for standard output, other outputs and temporary files.
#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_an_error_and_leaves_no_partial_output() {
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
        let (code, _, stderr) = parts(&wirecopy(folder.path(), arguments).stdout(full()).output().unwrap());
        assert!(code == Some(2) && stderr.contains("No space left on device"), "{arguments:?}: {stderr}");
        assert_eq!(names(folder.path()), ["in.jsonl"], "{arguments:?}");
    }

    // The size of files is limited, in blocks of 512 bytes, as if the disk were full.
    let limited = |arguments: &str| {
        let script =
            format!("ulimit -f {} && exec {} {arguments}", 2 * KILOBYTES, env!("CARGO_BIN_EXE_wirecopy"));
        let mut command = Command::new("sh");
        let command = command.args(["-c", &script]).current_dir(folder.path());
        parts(&command.stdin(File::open(at("in.jsonl")).unwrap()).output().unwrap())
    };
    fs::create_dir(at("aside")).unwrap();
    fs::write(at("titles.jsonl"), titles()).unwrap();
    for (arguments, place) in [
        ("flag --output new.jsonl in.jsonl", "new.jsonl: "),
        ("flag --output-dir new in.jsonl", "new/in.jsonl: "),
        ("dedup --output new.jsonl --removed gone.jsonl in.jsonl", "gone.jsonl: "),
        ("cluster --format csv --output new.csv in.jsonl", "new.csv: "),
        ("cluster --format html --output new.html in.jsonl", "new.html: "),
        ("cluster --memory 64MiB --temp-dir aside titles.jsonl", "aside: data that does not fit into memory"),
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
fn a_temporary_folder_without_write_permission_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("in.jsonl"), line("1")).unwrap();
    fs::set_permissions(at("in.jsonl"), Permissions::from_mode(0o644)).unwrap();
    fs::create_dir(at("closed")).unwrap();
    fs::set_permissions(at("closed"), Permissions::from_mode(0o555)).unwrap();
    let arguments = ["cluster", "in.jsonl", "--memory", "64MiB", "--temp-dir", "closed"];
    let (code, stdout, stderr) = parts(&unprivileged(folder.path(), &arguments).output().unwrap());
    assert!(code == Some(2) && stdout.is_empty(), "{stdout}");
    let message = "error: temp-dir: closed cannot be written to: Permission denied";
    assert!(stderr.starts_with(message), "{stderr}");
}

/// The closing line names a file of a folder that is not read. Its name must not reach the terminal as it is.
#[test]
fn names_of_skipped_files_are_made_visible() {
    let folder = tempfile::tempdir().unwrap();
    let news = folder.path().join("news");
    fs::create_dir(&news).unwrap();
    fs::write(news.join("day.jsonl"), line("a") + &line("b")).unwrap();
    fs::write(news.join("\u{1b}[31m\u{202e}red.rss"), "<rss version=\"2.0\">").unwrap();
    for command in ["cluster", "sweep"] {
        let (code, _, said) = run(folder.path(), &[command, "news"]);
        assert_eq!(code, Some(0), "{command}: {said}");
        assert!(said.contains("1 feed (RSS or Atom) (news/␛[31mred.rss)"), "{command}: {said}");
        assert!(!said.contains(['\u{1b}', '\u{202e}']), "{command}: {said:?}");
    }
}
