//! Finds the files that paths name: folders are walked, and no file is found twice.

use std::collections::BTreeSet;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::input::{Input, unreadable};
use crate::error::{Error, Problem};

/// Returns the inputs that `paths` name: files, folders with all files below them, and `-` for standard input.
/// Without any path, standard input is the only input.
///
/// The inputs are in the order of `paths`, the files of a folder in the order of their names. Hidden files and
/// files that symbolic links lead to are included; pipes and devices are included only if a path names them
/// directly. A file that is found twice is read once, under the first of its names (in a folder, under its own name
/// rather than that of a link): read twice, each of its articles would be a copy of itself.
///
/// # Errors
/// An [`Error::Input`] if a path does not exist or cannot be read, if a symbolic link leads to a folder that
/// contains it or to no file, or if `-` is given twice.
pub fn find_inputs(paths: &[PathBuf]) -> Result<Vec<Input>, Error> {
    if paths.is_empty() {
        return Ok(vec![Input::stdin()]);
    }
    let mut found = Inputs::default();
    for path in paths {
        if path.as_os_str() == Input::STDIN {
            found.add_stdin(path)?;
            continue;
        }
        let metadata = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
        if metadata.is_dir() {
            found.add_folder(path)?;
        } else {
            let identity = FileIdentity::new(path, &metadata).map_err(|error| unreadable(path, &error))?;
            found.add(path, identity);
        }
    }
    Ok(found.inputs)
}

/// The inputs that were found so far, each file once.
#[derive(Default)]
struct Inputs {
    inputs: Vec<Input>,
    known: BTreeSet<FileIdentity>,
    has_stdin: bool,
}

impl Inputs {
    /// Adds a file, unless it was found before.
    fn add(&mut self, path: &Path, identity: FileIdentity) {
        if self.known.insert(identity) {
            self.inputs.push(Input::file(path));
        }
    }

    fn add_stdin(&mut self, path: &Path) -> Result<(), Error> {
        if self.has_stdin {
            return Err(Error::input(path, Problem::RepeatedStdin));
        }
        self.has_stdin = true;
        self.inputs.push(Input::stdin());
        Ok(())
    }

    /// Adds the files below a folder. A link to a file that is below the same folder is left out, so that the file
    /// is read under its own name.
    fn add_folder(&mut self, folder: &Path) -> Result<(), Error> {
        let files = walk(folder)?;
        let own: BTreeSet<FileIdentity> =
            files.iter().filter(|file| !file.is_link).map(|file| file.identity.clone()).collect();
        for file in files {
            if !file.is_link || !own.contains(&file.identity) {
                self.add(&file.path, file.identity);
            }
        }
        Ok(())
    }
}

/// A file in a folder.
struct FoundFile {
    path: PathBuf,
    identity: FileIdentity,
    is_link: bool,
}

/// Returns the regular files below `folder`.
fn walk(folder: &Path) -> Result<Vec<FoundFile>, Error> {
    let walk = WalkBuilder::new(folder)
        // Otherwise files that are hidden or listed in .gitignore are left out, and their articles are missing
        // silently.
        .standard_filters(false)
        .follow_links(true)
        .sort_by_file_name(Ord::cmp)
        .build();
    let mut found = Vec::new();
    for entry in walk {
        let entry = entry.map_err(|error| cannot_walk(folder, &error))?;
        let metadata = entry.metadata().map_err(|error| cannot_walk(entry.path(), &error))?;
        if metadata.is_file() {
            let identity = FileIdentity::new(entry.path(), &metadata)
                .map_err(|error| unreadable(entry.path(), &error))?;
            found.push(FoundFile { is_link: entry.path_is_symlink(), path: entry.into_path(), identity });
        }
    }
    Ok(found)
}

/// The identity of a file: the same under all its names.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct FileIdentity {
    #[cfg(unix)]
    device_and_number: (u64, u64),
    /// The path without links.
    #[cfg(not(unix))]
    path: PathBuf,
}

impl FileIdentity {
    #[cfg(unix)]
    fn new(_path: &Path, metadata: &Metadata) -> io::Result<Self> {
        use std::os::unix::fs::MetadataExt;
        Ok(Self { device_and_number: (metadata.dev(), metadata.ino()) })
    }

    #[cfg(not(unix))]
    fn new(path: &Path, _metadata: &Metadata) -> io::Result<Self> {
        Ok(Self { path: fs::canonicalize(path)? })
    }
}

/// Returns the error for a folder that cannot be walked. `near` is the path that is known if the error names none.
fn cannot_walk(near: &Path, error: &ignore::Error) -> Error {
    match error {
        ignore::Error::WithPath { path, err } => cannot_walk(path, err),
        ignore::Error::WithDepth { err, .. } => cannot_walk(near, err),
        ignore::Error::Loop { ancestor, child } => {
            Error::input(child, Problem::LinkCircle { folder: ancestor.clone() })
        }
        ignore::Error::Io(error) => unreadable(near, error),
        other => {
            let problem = Problem::Unreadable { kind: io::ErrorKind::Other, message: other.to_string() };
            Error::input(near, problem)
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    /// Returns the names of the inputs without the folder that they are in, or the message.
    fn show(folder: &Path, names: &[&str]) -> String {
        let paths: Vec<PathBuf> =
            names.iter().map(|name| if *name == "-" { name.into() } else { folder.join(name) }).collect();
        let found = match find_inputs(&paths) {
            Ok(inputs) => inputs.iter().map(Input::name).collect::<Vec<_>>().join(" "),
            Err(error) => error.to_string(),
        };
        found.replace(&format!("{}/", folder.display()), "")
    }

    #[test]
    fn finds_each_file_once() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for dir in ["news/b", "news/.hidden", "bare", "empty", "circle", "nowhere"] {
            fs::create_dir_all(at(dir)).unwrap();
        }
        for file in ["news/c.txt", "news/b/x.txt", "news/b.txt", "news/.hidden/y.txt", "z.txt"] {
            fs::write(at(file), "").unwrap();
        }
        fs::write(at("news/.gitignore"), "*.txt").unwrap();
        symlink(at("news/c.txt"), at("news/d.txt")).unwrap();
        symlink(at("news/c.txt"), at("news/a-link.txt")).unwrap();
        symlink(at("z.txt"), at("empty/link.txt")).unwrap();
        symlink(at("news/c.txt"), at("c-link.txt")).unwrap();
        fs::hard_link(at("z.txt"), at("z-too.txt")).unwrap();
        symlink(at("circle"), at("circle/back")).unwrap();
        symlink(at("gone"), at("nowhere/link")).unwrap();
        let socket = std::os::unix::net::UnixListener::bind(at("news/socket")).unwrap();

        let news = "news/.gitignore news/.hidden/y.txt news/b/x.txt news/b.txt news/c.txt";
        let cases: [(&str, &[&str], &str); 13] = [
            ("nothing", &[], "-"),
            ("standard input", &["-"], "-"),
            ("a file", &["z.txt"], "z.txt"),
            ("in the order given", &["z.txt", "-", "news/b/x.txt"], "z.txt - news/b/x.txt"),
            ("a folder", &["news"], news),
            ("a file twice", &["z.txt", "empty/../z.txt", "z-too.txt"], "z.txt"),
            ("a file and a link to it", &["c-link.txt", "news/c.txt"], "c-link.txt"),
            ("a folder with a link to a file elsewhere", &["empty"], "empty/link.txt"),
            ("an empty folder", &["bare"], ""),
            ("no such file", &["z.txt", "a.txt"], "a.txt: no such file or folder"),
            ("standard input twice", &["-", "-"], "-: standard input is given twice"),
            ("a circle", &["circle"], "circle/back: the symbolic link leads back to circle"),
            ("a link to nowhere", &["nowhere"], "nowhere/link: the symbolic link leads nowhere"),
        ];
        for (name, paths, expected) in cases {
            let found = show(folder.path(), paths);
            assert_eq!(found, expected, "{name}");
        }
        drop(socket);
    }
}
