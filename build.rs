//! Passes to the command the commit that it is built from, if it is built for release from a git checkout.
//!
//! A debug build, a package from a registry and a system without git get no commit. The script runs again only after the
//! commit of the checkout has changed: git writes the log of `HEAD` then. It needs no network.

use std::path::Path;
use std::process::Command;

/// The number of digits of the commit that are shown.
const DIGITS: &str = "--short=10";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // A debug build would be repeated as a whole after every commit.
    let is_release = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    // Without a `.git` of its own, a package may be in the checkout of something else.
    if !is_release || std::env::var_os("CARGO_FEATURE_CLI").is_none() || !Path::new(".git").exists() {
        return;
    }
    if let Some(log) = git(&["rev-parse", "--git-path", "logs/HEAD"]).filter(|log| Path::new(log).exists()) {
        println!("cargo::rerun-if-changed={log}");
        if let Some(commit) = git(&["rev-parse", DIGITS, "HEAD"]) {
            println!("cargo::rustc-env=WIRECOPY_VERSION={} ({commit})", env!("CARGO_PKG_VERSION"));
        }
    }
}

/// Returns the output of git, if it succeeds.
fn git(arguments: &[&str]) -> Option<String> {
    let output =
        Command::new("git").args(arguments).output().ok().filter(|output| output.status.success())?;
    let text = String::from_utf8(output.stdout).ok()?;
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}
