//! Checks that every dependency is from a registry and has a license that `deny.toml` allows.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::Command;

/// Reads the list of allowed licenses.
fn allowed() -> BTreeSet<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("deny.toml");
    let text = fs::read_to_string(path).unwrap();
    let list = text.split_once("allow = [").unwrap().1.split_once(']').unwrap().0;
    list.split(',')
        .map(|name| name.trim().trim_matches('"').to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}

/// Reads which crates may have another license, and which one.
fn exceptions() -> Vec<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("deny.toml");
    let text = fs::read_to_string(path).unwrap();
    let list = text.split_once("exceptions = [").unwrap().1.split_once("\n]").unwrap().0;
    let quoted = |line: &str| line.split('"').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    let rows = list.lines().map(quoted).filter(|row| !row.is_empty());
    rows.map(|row| <[String; 2]>::try_from(row).unwrap().into()).collect()
}

/// Returns whether allowed licenses satisfy a license expression. As in SPDX, `AND` binds more closely than `OR`. A
/// slash is an old form of `OR`. A license with an exception permits more than without it, so the exception is
/// ignored.
fn is_allowed(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    any_of(&mut words.as_slice(), allowed)
}

fn any_of(words: &mut &[&str], allowed: &BTreeSet<String>) -> bool {
    let mut is_allowed = all_of(words, allowed);
    while let ["OR", rest @ ..] = words {
        *words = rest;
        is_allowed |= all_of(words, allowed);
    }
    is_allowed
}

fn all_of(words: &mut &[&str], allowed: &BTreeSet<String>) -> bool {
    let mut is_allowed = one(words, allowed);
    while let ["AND", rest @ ..] = words {
        *words = rest;
        is_allowed &= one(words, allowed);
    }
    is_allowed
}

fn one(words: &mut &[&str], allowed: &BTreeSet<String>) -> bool {
    match words {
        ["(", rest @ ..] => {
            *words = rest;
            let is_allowed = any_of(words, allowed);
            *words = words.strip_prefix(&[")"]).expect("brackets are closed");
            is_allowed
        }
        [name, "WITH", _, rest @ ..] | [name, rest @ ..] => {
            let is_allowed = allowed.contains(*name);
            *words = rest;
            is_allowed
        }
        [] => false,
    }
}

#[test]
fn reads_license_expressions() {
    let allowed = ["MIT", "ISC"].map(String::from).into();
    let cases = [
        ("MIT", true),
        ("GPL-3.0", false),
        ("GPL-3.0 OR MIT", true),
        ("MIT/GPL-3.0", true),
        ("MIT AND GPL-3.0", false),
        ("MIT AND GPL-3.0 OR ISC", true),
        ("MIT AND (GPL-3.0 OR ISC)", true),
        ("(MIT OR ISC) AND GPL-3.0", false),
        ("MIT WITH Some-exception AND ISC", true),
        ("", false),
    ];
    for (expression, expected) in cases {
        assert_eq!(is_allowed(expression, &allowed), expected, "{expression}");
    }
}

/// Returns the name and the license of each package that the packages of this project need on this platform, or the error of
/// cargo. Nothing is downloaded.
fn packages(of: &[&str]) -> Result<BTreeSet<(String, String)>, String> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--offline", "--edges", "normal,build,dev", "--prefix", "none"])
        .args(["--format", "{p}\t{l}"])
        .args(of)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let list = String::from_utf8(output.stdout).unwrap();
    let package = |line: &str| {
        let (package, license) = line.split_once('\t').unwrap();
        let name = package.split(' ').next().unwrap();
        // A package is marked where it is listed again.
        (name.to_owned(), license.trim_end_matches(" (*)").to_owned())
    };
    Ok(list.lines().filter(|line| !line.is_empty()).map(package).collect())
}

fn check_licenses(packages: &BTreeSet<(String, String)>) {
    assert!(packages.len() > 20, "dependencies are listed");
    let (allowed, exceptions) = (allowed(), exceptions());
    for package in packages {
        let (name, license) = package;
        assert!(
            exceptions.contains(package) || is_allowed(license, &allowed),
            "{name} has the license {license:?}, which deny.toml does not allow"
        );
    }
}

#[test]
fn dependencies_have_allowed_licenses() {
    check_licenses(&packages(&[]).unwrap());
    // A build of the command downloads no dependencies of the Python package.
    match packages(&["--workspace"]) {
        Ok(packages) => check_licenses(&packages),
        Err(error) => {
            let note = "SKIPPED: the licenses of what only the Python package needs";
            writeln!(io::stderr(), "{note}: {error}").unwrap();
        }
    }
}

#[test]
fn dependencies_are_from_registries() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock");
    let lock = fs::read_to_string(path).unwrap();
    let sources: Vec<&str> = lock.lines().filter_map(|line| line.strip_prefix("source = ")).collect();
    assert!(sources.len() > 20, "dependencies are listed");
    for source in sources {
        assert!(source.starts_with("\"registry+"), "a package is from {source}");
    }
}
