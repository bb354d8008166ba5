//! Checks the structure of `src/`: modules import only from modules before them, no two files import each other,
//! directly or through others, and only one file may use `unsafe`.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod imports;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use self::imports::Tree;

/// The only file that may use `unsafe`.
const UNSAFE_FILE: &str = "store/map.rs";

/// The modules of the library, in the order in which text passes them. A module imports from itself and from modules
/// before it.
const MODULES: [&str; 25] = [
    "site",
    "article",
    "error",
    "progress",
    "store",
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
    "distributed",
    "archive",
    "report",
    "sweep",
    "write",
    "rewrite",
];

/// Returns the code of each Rust file under `folder`, by its path relative to it.
fn code_under(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inside) = folders.pop() {
        for entry in fs::read_dir(inside).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
                files.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    files
}

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Returns the code of the library, without that of the command.
fn library() -> BTreeMap<String, String> {
    let mut files = code_under(&src());
    files.retain(|path, _| !path.starts_with("bin/"));
    files
}

fn borrowed(files: &BTreeMap<String, String>) -> impl Iterator<Item = (&str, &str)> {
    files.iter().map(|(path, code)| (path.as_str(), code.as_str()))
}

/// Returns the module of the library to which a file belongs.
fn module_of(path: &str) -> &str {
    path.split('/').next().unwrap().trim_end_matches(".rs")
}

/// Returns the imports from a module that is not before the importing one, as `a.rs imports b.rs`.
fn imports_against_the_order(imports: &BTreeSet<(&str, &str)>, root: &str) -> Vec<String> {
    let position = |path: &str| MODULES.iter().position(|&module| module == module_of(path));
    let is_wrong = |&&(from, to): &&(&str, &str)| {
        from != root && (to == root || position(from).is_none() || position(to) > position(from))
    };
    imports.iter().filter(is_wrong).map(|(from, to)| format!("{from} imports {to}")).collect()
}

/// Returns the circles of imports: sets of files that import each other, directly or through others.
fn circles<'a>(imports: &BTreeSet<(&'a str, &'a str)>) -> Vec<Vec<&'a str>> {
    let files: BTreeSet<&str> = imports.iter().flat_map(|&(from, to)| [from, to]).collect();
    let reached = |from: &'a str| {
        let mut reached = BTreeSet::new();
        let mut waiting = vec![from];
        while let Some(file) = waiting.pop() {
            for &(_, to) in imports.iter().filter(|&&(from, _)| from == file) {
                if reached.insert(to) {
                    waiting.push(to);
                }
            }
        }
        reached
    };
    let reach: BTreeMap<&str, BTreeSet<&str>> = files.iter().map(|&file| (file, reached(file))).collect();
    let mut found: BTreeSet<Vec<&str>> = BTreeSet::new();
    for &file in &files {
        if reach[file].contains(file) {
            found.insert(reach[file].iter().copied().filter(|&other| reach[other].contains(file)).collect());
        }
    }
    found.into_iter().collect()
}

#[test]
fn modules_import_one_way() {
    let files = library();
    for path in files.keys().filter(|path| *path != "lib.rs") {
        assert!(MODULES.contains(&module_of(path)), "{path} is in no module of the list");
    }
    let wrong = imports_against_the_order(&Tree::new("lib.rs", borrowed(&files)).imports(), "lib.rs");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_files_import_each_other() {
    let library = library();
    let command = code_under(&src().join("bin/wirecopy"));
    let found = [
        circles(&Tree::new("lib.rs", borrowed(&library)).imports()),
        circles(&Tree::new("main.rs", borrowed(&command)).imports()),
    ]
    .concat();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn finds_imports_against_the_order() {
    let cases = [
        ("before", "cluster.rs", "use crate::verify::Match;", ""),
        ("itself", "verify.rs", "use crate::verify::Match;", ""),
        ("after", "text.rs", "use crate::verify::Match;", "text.rs imports verify.rs"),
        ("through lib.rs", "text.rs", "use crate::Token;", "text.rs imports lib.rs"),
        ("in a list", "text.rs", "use crate::{error::Error, verify::Match};", "text.rs imports verify.rs"),
        ("in code", "text.rs", "fn f() { crate::verify::judge(); }", "text.rs imports verify.rs"),
        ("in a macro", "text.rs", "fn f() { g!(crate::verify::N) }", "text.rs imports verify.rs"),
        ("in tests", "text.rs", "#[cfg(test)] mod tests { use crate::verify::Match; }", ""),
    ];
    for (name, path, code, expected) in cases {
        let mut files =
            BTreeMap::from([("lib.rs", ""), ("error.rs", ""), ("text.rs", ""), ("verify.rs", "")]);
        files.insert(path, code);
        let wrong = imports_against_the_order(&Tree::new("lib.rs", files).imports(), "lib.rs");
        assert_eq!(wrong.concat(), expected, "{name}");
    }
}

#[test]
fn finds_circles() {
    /// A name, the files of a crate, and those in circles.
    type Case<'a> = (&'a str, [(&'a str, &'a str); 3], &'a [&'a str]);
    let cases: [Case<'_>; 5] = [
        ("one way", [("a/mod.rs", "mod b; mod c;"), ("a/b.rs", "use super::c::C;"), ("a/c.rs", "")], &[]),
        (
            "two files",
            [("a/mod.rs", ""), ("a/b.rs", "use super::c::C;"), ("a/c.rs", "fn f() { super::b::g() }")],
            &["a/b.rs", "a/c.rs"],
        ),
        (
            "a file and the one that declares it",
            [
                ("a/mod.rs", "mod b; mod c; pub use self::b::B;"),
                ("a/b.rs", "use super::Own;"),
                ("a/c.rs", ""),
            ],
            &["a/b.rs", "a/mod.rs"],
        ),
        (
            "by a re-export",
            [("a/mod.rs", "mod b; mod c;"), ("a/b.rs", "use crate::a::C;"), ("a/c.rs", "")],
            &["a/b.rs", "a/mod.rs"],
        ),
        (
            "tests only",
            [("a/mod.rs", "#[cfg(test)] mod b; mod c;"), ("a/b.rs", "use super::*;"), ("a/c.rs", "")],
            &[],
        ),
    ];
    for (name, files, expected) in cases {
        let files = files.into_iter().chain([("lib.rs", "mod a;")]);
        assert_eq!(circles(&Tree::new("lib.rs", files).imports()).concat(), expected, "{name}");
    }
}

/// Returns whether code names `unsafe`, be it to use it or to allow it.
fn is_unsafe(code: &str) -> bool {
    code.split(|c: char| !(c.is_alphanumeric() || c == '_')).any(|word| word.starts_with("unsafe"))
}

#[test]
fn one_file_is_unsafe() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    assert!(manifest.contains("\nunsafe_code = \"deny\"\n"), "the compiler refuses unsafe code elsewhere");
    let files = code_under(&src());
    let found: Vec<&str> =
        borrowed(&files).filter(|(_, code)| is_unsafe(code)).map(|(path, _)| path).collect();
    assert_eq!(found, [UNSAFE_FILE]);
}

#[test]
fn finds_unsafe_code() {
    let cases = [
        ("let x = unsafe { y() };", true),
        ("unsafe fn x() {}", true),
        ("#![allow(unsafe_code)]", true),
        ("let x = y.safe();", false),
        ("let nunsafe = 1;", false),
    ];
    for (code, expected) in cases {
        assert_eq!(is_unsafe(code), expected, "{code}");
    }
}
