//! Checks that every dependency is from a registry and has a license that `deny.toml` allows.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;
use std::fs;
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

#[test]
fn dependencies_are_allowed() {
    let rustc = Command::new("rustc").arg("-vV").output().unwrap();
    let rustc = String::from_utf8(rustc.stdout).unwrap();
    let host = rustc.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    // The dependencies of other platforms are not downloaded by a build, so they are left out.
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", host])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    assert!(packages.len() > 20, "dependencies are listed");
    let (allowed, exceptions) = (allowed(), exceptions());
    for package in packages {
        let name = &package["name"];
        let license = package["license"].as_str().unwrap_or_default();
        let is_exception = exceptions.iter().any(|(of, other)| of == name && other == license);
        assert!(
            is_exception || is_allowed(license, &allowed),
            "{name} has the license {license:?}, which deny.toml does not allow"
        );
        let source = package["source"].as_str();
        assert!(source.is_none_or(|source| source.starts_with("registry+")), "{name} is from {source:?}");
    }
}
