//! Outputs that cannot be, or may not, and an end before the end.

use super::*;

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

/// What a pipe gets is what a file gets, delete characters and escape sequences of the articles too.
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
#[cfg(target_os = "linux")]
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
