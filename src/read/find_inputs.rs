//! Finds the files that paths name: folders are walked, and no file is found twice.

use std::collections::BTreeSet;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use ignore::WalkBuilder;

use super::folder_filter::{Choice, FolderFilter};
use super::input::{Input, unreadable};
use crate::error::{Error, Problem};

/// Returns the inputs that `paths` name: files, folders with all files below them, and `-` for standard input.
/// Without any path, standard input is the only input.
///
/// The inputs are in the order of `paths`, the files of a folder in the order of their names. Hidden files of folders
/// are left out; pipes and devices are included only if a path names them directly. A file of a folder that is no
/// article by its name or content is skipped when it is read. A file that is found twice is read once, under the first of its
/// names (in a folder, under its own name rather than that of a link): read twice, each of its articles would be a copy
/// of itself.
///
/// # Errors
/// An [`Error::Input`] if a path does not exist or cannot be read, if a symbolic link leads to a folder that
/// contains it or to no file, or if `-` is given twice.
pub fn find_inputs(paths: &[PathBuf]) -> Result<Vec<Input>, Error> {
    find_inputs_by(paths, &FolderFilter::default()).map(|found| found.inputs)
}

/// The inputs that paths name, and the number of files of folders that are left out.
#[derive(Debug, Default)]
pub struct FoundInputs {
    /// The inputs.
    pub inputs: Vec<Input>,
    /// The number of hidden files and folders.
    pub hidden: usize,
    /// The number of files that the filter leaves out.
    pub left_out: usize,
    /// The paths that name only files which other paths before them name, too.
    pub repeated: Vec<String>,
}

/// Returns the inputs that `paths` name, as [`find_inputs`] does; of folders only the files that `filter` lets through.
///
/// # Errors
/// As [`find_inputs`].
pub fn find_inputs_by(paths: &[PathBuf], filter: &FolderFilter) -> Result<FoundInputs, Error> {
    let mut search = InputSearch::default();
    if paths.is_empty() {
        search.found.inputs.push(Input::stdin());
    }
    for path in paths {
        if path.as_os_str() == Input::STDIN {
            search.add_stdin(path)?;
            continue;
        }
        let metadata = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
        if metadata.is_dir() {
            search.add_folder(path, filter)?;
        } else {
            let identity = FileIdentity::new(path, &metadata).map_err(|error| unreadable(path, &error))?;
            if !search.add(Input::file(path), identity) {
                search.found.repeated.push(path.display().to_string());
            }
        }
    }
    Ok(search.found)
}

/// The inputs that were found so far, each file once.
#[derive(Default)]
struct InputSearch {
    found: FoundInputs,
    known: BTreeSet<FileIdentity>,
    has_stdin: bool,
}

impl InputSearch {
    /// Adds a file, unless it was found before. Returns whether it was added.
    fn add(&mut self, input: Input, identity: FileIdentity) -> bool {
        let is_new = self.known.insert(identity);
        if is_new {
            self.found.inputs.push(input);
        }
        is_new
    }

    fn add_stdin(&mut self, path: &Path) -> Result<(), Error> {
        if self.has_stdin {
            return Err(Error::input(path, Problem::RepeatedStdin));
        }
        self.has_stdin = true;
        self.found.inputs.push(Input::stdin());
        Ok(())
    }

    /// Adds the files below a folder. A link to a file that is below the same folder is left out, so that the file
    /// is read under its own name.
    fn add_folder(&mut self, folder: &Path, filter: &FolderFilter) -> Result<(), Error> {
        let filter = filter.of_folder(folder)?;
        let (files, hidden) = walk(folder)?;
        self.found.hidden += hidden;
        let own: BTreeSet<FileIdentity> =
            files.iter().filter(|file| !file.is_link).map(|file| file.identity.clone()).collect();
        let (mut chosen, mut added) = (0, 0);
        for file in files {
            if file.is_link && own.contains(&file.identity) {
                continue;
            }
            let choice = filter.choice(&file.path);
            if choice == Choice::LeftOut {
                self.found.left_out += 1;
                continue;
            }
            let mut input = Input::file(file.path);
            input.is_found = choice == Choice::Open;
            chosen += 1;
            added += usize::from(self.add(input, file.identity));
        }
        if chosen > 0 && added == 0 {
            self.found.repeated.push(folder.display().to_string());
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

/// Returns the regular files below `folder` that are not hidden, and the number of hidden files and folders.
fn walk(folder: &Path) -> Result<(Vec<FoundFile>, usize), Error> {
    let hidden = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&hidden);
    let walk = WalkBuilder::new(folder)
        // Otherwise files that are listed in .gitignore are left out, and their articles are missing silently.
        .standard_filters(false)
        .filter_entry(move |entry| {
            let is_hidden = entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
            if is_hidden {
                counted.fetch_add(1, Ordering::Relaxed);
            }
            !is_hidden
        })
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
    Ok((found, hidden.load(Ordering::Relaxed)))
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

        let news = "news/b/x.txt news/b.txt news/c.txt";
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
        let globs = ["b/*".to_owned()];
        let found = find_inputs_by(&[at("news")], &FolderFilter::new(&globs).unwrap()).unwrap();
        assert_eq!((found.inputs.len(), found.hidden, found.left_out), (1, 2, 2));
        let repeated = |names: &[&str]| {
            let paths: Vec<PathBuf> = names.iter().map(|name| at(name)).collect();
            let found = find_inputs_by(&paths, &FolderFilter::default()).unwrap().repeated;
            found
                .iter()
                .map(|name| name.replace(&format!("{}/", folder.path().display()), ""))
                .collect::<Vec<_>>()
        };
        assert_eq!(repeated(&["z.txt", "z-too.txt", "news", "bare", "bare"]), ["z-too.txt"]);
        assert_eq!(repeated(&["news", "news/b", "news"]), ["news/b", "news"]);
        assert!(repeated(&["news/b", "news"]).is_empty());
        let hidden = find_inputs(&[at("news/.hidden")]).unwrap();
        assert_eq!(hidden.len(), 1, "a hidden folder that a path names is read");
        drop(socket);
    }
}
