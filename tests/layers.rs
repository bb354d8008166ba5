//! The laws of the house: text flows down the list of rooms, imports point up; and memory that the compiler does not
//! watch has one door.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Open to every room.
const GROUND: [&str; 4] = ["error", "article", "progress", "store"];

/// The one file that may do what the compiler does not watch.
const DOOR: &str = "store/map.rs";

/// The rooms, in the order in which text passes them. A room imports from itself and from rooms before it.
const ROOMS: [&str; 16] = [
    "read",
    "text",
    "provenance",
    "corpus",
    "shingle",
    "sketch",
    "boilerplate",
    "index",
    "verify",
    "cluster",
    "dedup",
    "evaluate",
    "settings",
    "detect",
    "write",
    "rewrite",
];

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// Names the rooms after `crate::` in a piece of code, in `use` lists too.
fn imports(code: &str) -> Vec<String> {
    let name =
        |text: &str| -> String { text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect() };
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$') {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(list) => {
                let mut depth = 0;
                let list = list.split_once("};").map_or(list, |(list, _)| list);
                for part in list.split_inclusive(['{', '}', ',']) {
                    if depth == 0 && !name(part.trim()).is_empty() {
                        found.push(name(part.trim()));
                    }
                    depth += i32::from(part.ends_with('{')) - i32::from(part.ends_with('}'));
                }
            }
            None => found.push(name(rest)),
        }
    }
    found
}

/// Finds the arrows that run back in a tree of (room, code).
fn arrows_back<'a>(files: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<String> {
    let place: BTreeMap<&str, usize> = ROOMS.iter().enumerate().map(|(index, &room)| (room, index)).collect();
    let mut wrong = Vec::new();
    for (room, code) in files {
        for import in imports(code) {
            let points_up = match (place.get(room), place.get(import.as_str())) {
                (Some(here), Some(there)) => there < here,
                _ => false,
            };
            if !(points_up || import == room || GROUND.contains(&import.as_str())) {
                wrong.push(format!("{room} imports {import}"));
            }
        }
    }
    wrong
}

#[test]
fn imports_point_up() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    for path in rust_files(&src) {
        let inside = path.strip_prefix(&src).unwrap();
        if inside.starts_with("bin") || inside == Path::new("lib.rs") {
            continue;
        }
        let room = inside.components().next().unwrap().as_os_str().to_str().unwrap();
        let room = room.trim_end_matches(".rs").to_owned();
        let known = ROOMS.contains(&room.as_str()) || GROUND.contains(&room.as_str());
        assert!(known, "{room} is not in the list of rooms");
        files.push((room, fs::read_to_string(&path).unwrap()));
    }
    let wrong = arrows_back(files.iter().map(|(room, code)| (room.as_str(), code.as_str())));
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn finds_arrows_back() {
    let cases = [
        ("up", "cluster", "use crate::verify::Match;", vec![]),
        ("ground", "text", "use crate::error::Error;", vec![]),
        ("itself", "text", "use crate::text::fold;", vec![]),
        ("back", "text", "use crate::verify::Match;", vec!["text imports verify"]),
        ("through lib.rs", "text", "use crate::Token;", vec!["text imports Token"]),
        (
            "a list",
            "verify",
            "use crate::{text::{Token, Tokens}, cluster::Kind};",
            vec!["verify imports cluster"],
        ),
        ("in code", "index", "let x = crate::write::json();", vec!["index imports write"]),
    ];
    for (name, room, code, expected) in cases {
        assert_eq!(arrows_back(std::iter::once((room, code))), expected, "{name}");
    }
}

/// Tells whether code names what the compiler does not watch, be it to use it or to allow it.
fn is_unwatched(code: &str) -> bool {
    code.split(|c: char| !(c.is_alphanumeric() || c == '_')).any(|word| word.starts_with("unsafe"))
}

#[test]
fn unsafe_has_one_door() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    assert!(manifest.contains("\nunsafe_code = \"deny\"\n"), "the compiler does not let others in");
    let src = root.join("src");
    let unwatched: Vec<PathBuf> = rust_files(&src)
        .into_iter()
        .filter(|path| is_unwatched(&fs::read_to_string(path).unwrap()))
        .map(|path| path.strip_prefix(&src).unwrap().to_owned())
        .collect();
    assert_eq!(unwatched, [Path::new(DOOR)]);
}

#[test]
fn finds_unwatched_code() {
    let cases = [
        ("let x = unsafe { y() };", true),
        ("unsafe fn x() {}", true),
        ("#![allow(unsafe_code)]", true),
        ("let x = y.safe();", false),
        ("let nunsafe = 1;", false),
    ];
    for (code, expected) in cases {
        assert_eq!(is_unwatched(code), expected, "{code}");
    }
}
