//! Checks that the command survives broken and endless input, unusual files, outputs that cannot be written, and
//! signals. This file starts runs, waits for them and ends them.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod collision;
mod input;
mod limits;
mod output;

use std::fs::{self, File, Permissions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use wirecopy::{Input, ReadOptions, Reader, find_inputs};

pub(crate) const STORY: &str = "The ferry to Lund island stopped on Monday after its second engine failed in the harbor, and the \
    mayor asked the navy for help.";

pub(crate) fn line(key: &str) -> String {
    format!("{{\"id\": \"{key}\", \"text\": \"{STORY}\"}}\n")
}

pub(crate) fn wirecopy(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirecopy"));
    command.current_dir(folder).args(arguments).stdin(Stdio::null());
    command
}

pub(crate) fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    parts(&wirecopy(folder, arguments).output().unwrap())
}

pub(crate) fn parts(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

/// Returns the command, to be run by a user without the permissions of the superuser.
pub(crate) fn unprivileged(folder: &Path, arguments: &[&str]) -> Command {
    const NOBODY: u32 = 65534;
    if fs::metadata(folder).unwrap().uid() != 0 {
        return wirecopy(folder, arguments);
    }
    // Other users may not be able to read the build folder, so the program is linked, or copied from another file system.
    // Another process copies it: if this process had the copy open for writing, the child of another test could inherit
    // that, and the copy could not be run as long as that child lives.
    let program = folder.join("wirecopy-for-all");
    let own = env!("CARGO_BIN_EXE_wirecopy");
    if !program.exists() && fs::hard_link(own, &program).is_err() {
        let copied = Command::new("cp").arg(own).arg(&program).status().unwrap();
        assert!(copied.success());
    }
    fs::set_permissions(folder, Permissions::from_mode(0o755)).unwrap();
    let mut command = Command::new(program);
    command.current_dir(folder).args(arguments).stdin(Stdio::null()).uid(NOBODY).gid(NOBODY);
    command
}

/// Waits for a child. Panics if it runs for more than five minutes: a busy disk may take minutes to sync.
pub(crate) fn wait_for_end(mut child: Child) -> Output {
    let begun = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if begun.elapsed() > Duration::from_secs(300) {
            child.kill().unwrap();
            panic!("the command hangs");
        }
        thread::sleep(Duration::from_millis(10));
    }
    child.wait_with_output().unwrap()
}

pub(crate) fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

pub(crate) fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

pub(crate) fn signal(child: &Child, name: &str) {
    let number = child.id().to_string();
    assert!(Command::new("kill").args(["-s", name, &number]).status().unwrap().success());
}

/// Returns whether a run has opened a file; also if the system does not tell. What is written to a pipe that no reader has
/// opened is lost when it is closed, and who opens it then waits forever.
pub(crate) fn has_open(child: &Child, path: &Path) -> bool {
    let Ok(opened) = fs::read_dir(format!("/proc/{}/fd", child.id())) else { return true };
    let path = path.canonicalize().unwrap();
    opened.flatten().any(|entry| entry.path().read_link().is_ok_and(|file| file == path))
}

/// Waits until `is_so` returns true. Panics if the run ends before or five minutes pass.
pub(crate) fn wait_for(child: &mut Child, what: &str, mut is_so: impl FnMut(&Child) -> bool) {
    let begun = Instant::now();
    while !is_so(child) {
        assert!(child.try_wait().unwrap().is_none(), "{what}: the run ended");
        assert!(begun.elapsed() < Duration::from_secs(300), "{what}: five minutes have passed");
        thread::sleep(Duration::from_millis(5));
    }
}
