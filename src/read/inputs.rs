//! Paths in, inputs out: folders are walked, and no file comes twice.

use std::collections::BTreeSet;
use std::fmt;
use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::WalkBuilder;

use super::spool::Spool;
use crate::error::Error;

/// The name under which standard input is given and shown.
const STDIN: &str = "-";

/// Something to read: a file, standard input, or any other reader.
pub struct Input {
    name: Arc<str>,
    handle: Handle,
}

/// What to open.
enum Handle {
    Stdin,
    File(PathBuf),
    Reader(Box<dyn Read + Send>),
    Spool(Spool),
}

impl Input {
    /// Makes an input of standard input; its name is `-`.
    pub fn stdin() -> Self {
        Self { name: STDIN.into(), handle: Handle::Stdin }
    }

    /// Makes an input of a file, which is opened only when its turn comes.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        Self { name: path.to_string_lossy().into(), handle: Handle::File(path) }
    }

    /// Makes an input of any reader. Its name is shown to the user, and its ending may tell the format.
    pub fn reader(name: &str, reader: impl Read + Send + 'static) -> Self {
        Self { name: name.into(), handle: Handle::Reader(Box::new(reader)) }
    }

    /// Gives the name to show: the path as it was given, or `-`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Gives the path of a file as it was named.
    pub fn path(&self) -> Option<&Path> {
        match &self.handle {
            Handle::File(path) => Some(path),
            Handle::Stdin | Handle::Reader(_) | Handle::Spool(_) => None,
        }
    }

    /// Makes it an input that can be read again: what is not a regular file is read now, into a temporary file
    /// without a name in `folder`, which goes with the last input made of it.
    ///
    /// # Errors
    /// An [`Error::Input`] where it cannot be read or there is no room for the temporary file.
    pub fn to_be_read_again(self, folder: &Path) -> Result<Self, Error> {
        match &self.handle {
            Handle::File(path) if fs::metadata(path).is_ok_and(|metadata| metadata.is_file()) => Ok(self),
            Handle::Spool(_) => Ok(self),
            _ => {
                let (name, mut reader) = self.open()?;
                let spool = Spool::new(&mut reader, folder).map_err(|error| {
                    Error::input(Path::new(&*name), format!("cannot be kept for a second reading: {error}"))
                })?;
                Ok(Self { name, handle: Handle::Spool(spool) })
            }
        }
    }

    /// Gives the same input once more; nothing where it can be read only once.
    pub fn again(&self) -> Option<Self> {
        let handle = match &self.handle {
            Handle::File(path) => Handle::File(path.clone()),
            Handle::Spool(spool) => Handle::Spool(spool.clone()),
            Handle::Stdin | Handle::Reader(_) => return None,
        };
        Some(Self { name: Arc::clone(&self.name), handle })
    }

    /// Gives the bytes of the input as they are, packed ones packed.
    ///
    /// # Errors
    /// An [`Error::Input`] where it cannot be opened.
    pub fn into_reader(self) -> Result<Box<dyn Read + Send>, Error> {
        Ok(self.open()?.1)
    }

    /// Takes the name apart from what is to be read.
    pub(super) fn open(self) -> Result<(Arc<str>, Box<dyn Read + Send>), Error> {
        let reader: Box<dyn Read + Send> = match self.handle {
            Handle::Stdin => Box::new(io::stdin()),
            Handle::Reader(reader) => reader,
            Handle::Spool(spool) => Box::new(spool.reader()),
            Handle::File(path) => Box::new(File::open(&path).map_err(|error| unreadable(&path, &error))?),
        };
        Ok((self.name, reader))
    }
}

impl fmt::Debug for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Input").field(&self.name).finish()
    }
}

/// Finds what is to be read under `paths`: files, folders with all files below them, and `-` or nothing at all
/// for standard input.
///
/// Paths come in the order given, files of a folder in the order of their names, hidden ones and those behind
/// symbolic links included; pipes and devices count only where they are named themselves. A file that is found
/// twice, under whatever names, is read once and under the first of them, but in a folder under its own name rather
/// than that of a link: read twice, each article in it would be a copy of itself.
///
/// # Errors
/// An [`Error::Input`] where a path does not exist or cannot be read, a symbolic link leads into a circle or
/// nowhere, or `-` is given twice.
pub fn find_inputs(paths: &[PathBuf]) -> Result<Vec<Input>, Error> {
    if paths.is_empty() {
        return Ok(vec![Input::stdin()]);
    }
    let mut inputs = Vec::new();
    let mut known = BTreeSet::new();
    let mut stdin = false;
    for path in paths {
        if path.as_os_str() == STDIN {
            if stdin {
                return Err(Error::input(path, "standard input is given twice"));
            }
            stdin = true;
            inputs.push(Input::stdin());
            continue;
        }
        let metadata = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
        if metadata.is_dir() {
            let files = walk(path)?;
            let own: BTreeSet<&Identity> =
                files.iter().filter(|file| !file.is_link).map(|file| &file.identity).collect();
            let counts = |file: &Found| !file.is_link || !own.contains(&file.identity);
            let counted: Vec<bool> = files.iter().map(counts).collect();
            for (file, _) in files.into_iter().zip(counted).filter(|(_, counts)| *counts) {
                add(&file.path, file.identity, &mut known, &mut inputs);
            }
        } else {
            let identity = identity(path, &metadata).map_err(|error| unreadable(path, &error))?;
            add(path, identity, &mut known, &mut inputs);
        }
    }
    Ok(inputs)
}

fn add(path: &Path, identity: Identity, known: &mut BTreeSet<Identity>, inputs: &mut Vec<Input>) {
    if known.insert(identity) {
        inputs.push(Input::file(path));
    }
}

/// A file in a folder.
struct Found {
    path: PathBuf,
    identity: Identity,
    is_link: bool,
}

/// Finds the regular files below `folder`.
fn walk(folder: &Path) -> Result<Vec<Found>, Error> {
    let walk = WalkBuilder::new(folder)
        // Otherwise .gitignore is obeyed and hidden files are left out, and articles vanish silently.
        .standard_filters(false)
        .follow_links(true)
        .sort_by_file_name(Ord::cmp)
        .build();
    let mut found = Vec::new();
    for entry in walk {
        let entry = entry.map_err(|error| cannot_walk(folder, &error))?;
        let metadata = entry.metadata().map_err(|error| cannot_walk(entry.path(), &error))?;
        if metadata.is_file() {
            let identity =
                identity(entry.path(), &metadata).map_err(|error| unreadable(entry.path(), &error))?;
            found.push(Found { is_link: entry.path_is_symlink(), path: entry.into_path(), identity });
        }
    }
    Ok(found)
}

/// What two names of one file have in common.
#[cfg(unix)]
type Identity = (u64, u64);

#[cfg(unix)]
fn identity(_path: &Path, metadata: &Metadata) -> io::Result<Identity> {
    use std::os::unix::fs::MetadataExt;
    Ok((metadata.dev(), metadata.ino()))
}

/// What two names of one file have in common.
#[cfg(not(unix))]
type Identity = PathBuf;

#[cfg(not(unix))]
fn identity(path: &Path, _metadata: &Metadata) -> io::Result<Identity> {
    fs::canonicalize(path)
}

fn unreadable(path: &Path, error: &io::Error) -> Error {
    let what = match error.kind() {
        io::ErrorKind::NotFound if path.is_symlink() => "the symbolic link leads nowhere".into(),
        io::ErrorKind::NotFound => "no such file or folder".into(),
        io::ErrorKind::PermissionDenied => "permission denied".into(),
        _ => format!("cannot be read: {error}"),
    };
    Error::input(path, what)
}

fn cannot_walk(near: &Path, error: &ignore::Error) -> Error {
    match error {
        ignore::Error::WithPath { path, err } => cannot_walk(path, err),
        ignore::Error::WithDepth { err, .. } => cannot_walk(near, err),
        ignore::Error::Loop { ancestor, child } => {
            Error::input(child, format!("the symbolic link leads back to {}", ancestor.display()))
        }
        ignore::Error::Io(error) => unreadable(near, error),
        other => Error::input(near, format!("cannot be read: {other}")),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    /// Shows the names of the inputs without the folder they are in, or the message.
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
    fn finds_files() {
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
