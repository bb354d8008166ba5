//! Where copies go: standard output or one file, or a new folder that mirrors the inputs; refused where that is what is
//! read.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, bail};
use wirecopy::Input;

use crate::args::RewriteArgs;
use crate::draft::Draft;
use crate::output::{BUFFER, NewFile, STREAM, file as file_of};

/// A place for copies.
pub(crate) enum Target {
    /// Nowhere: it is only asked what would go.
    Nothing,
    Stdout,
    File(NewFile, PathBuf),
    Folder(NewFolder),
}

impl Target {
    /// Begins the place that was asked for, where it fits what is read: `inputs`, found under `paths`.
    pub(crate) fn new(asked: &RewriteArgs, paths: &[PathBuf], inputs: &[Input]) -> anyhow::Result<Self> {
        if let Some(folder) = &asked.output_dir {
            let names =
                inputs.iter().map(|input| mirrored(input, paths)).collect::<anyhow::Result<Vec<_>>>()?;
            let mut sorted: Vec<&PathBuf> = names.iter().collect();
            sorted.sort_unstable();
            if let Some(pair) = sorted.windows(2).find(|pair| pair[1].starts_with(pair[0])) {
                bail!(
                    "{}: two inputs would be copied there; give their folders a common one, or copy them in two runs",
                    folder.join(pair[0]).display()
                );
            }
            return Ok(Self::Folder(NewFolder::create(folder, names)?));
        }
        if inputs.len() > 1 {
            bail!(
                "{} files are read, and their copies need a folder; name a new one with --output-dir",
                inputs.len()
            );
        }
        Ok(match file_of(asked.output.as_deref()) {
            Some(path) => Self::File(NewFile::create(path)?, path.to_owned()),
            None => Self::Stdout,
        })
    }

    /// Gives the name of the copy of the input at `number`, for errors.
    pub(crate) fn name(&self, number: usize) -> PathBuf {
        match self {
            Self::Nothing | Self::Stdout => STREAM.into(),
            Self::File(_, name) => name.clone(),
            Self::Folder(folder) => folder.name.join(&folder.copies[number]),
        }
    }

    /// Gives the place of the copy of the input at `number` in the folder, with `/` between its parts; nothing where
    /// there is no folder.
    pub(crate) fn place(&self, number: usize) -> Option<String> {
        let Self::Folder(folder) = self else { return None };
        let parts = folder.copies[number].components();
        Some(parts.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/"))
    }

    /// Opens the copy of the input at `number`.
    pub(crate) fn open(&mut self, number: usize) -> anyhow::Result<Box<dyn Write + '_>> {
        Ok(match self {
            Self::Nothing => Box::new(io::sink()),
            // Not what reports go through, which may take out what commands a terminal: a copy is a copy.
            Self::Stdout => Box::new(BufWriter::with_capacity(BUFFER, io::stdout())),
            Self::File(file, _) => Box::new(file),
            Self::Folder(folder) => Box::new(folder.open(&folder.copies[number])?),
        })
    }

    /// Takes the copy of the input at `number` back: the one article that it was is kept elsewhere.
    pub(crate) fn discard(&mut self, number: usize) -> anyhow::Result<()> {
        if let Self::Folder(folder) = self {
            let copy = &folder.copies[number];
            let removed = folder.draft.within(copy, |place| fs::remove_file(place));
            removed.with_context(|| folder.name.join(copy).display().to_string())?;
        }
        Ok(())
    }

    /// Puts the copies in their place.
    pub(crate) fn finish(self) -> anyhow::Result<()> {
        match self {
            Self::Nothing => Ok(()),
            Self::Stdout => Ok(io::stdout().flush()?),
            Self::File(file, _) => Ok(file.finish()?),
            Self::Folder(folder) => folder.finish(),
        }
    }
}

/// A folder that appears when all in it is whole; without that, nothing is left of it.
pub(crate) struct NewFolder {
    /// The name it was asked for by.
    name: PathBuf,
    draft: Draft,
    /// Where in it the copy of each input belongs.
    copies: Vec<PathBuf>,
}

impl NewFolder {
    pub(crate) fn create(name: &Path, copies: Vec<PathBuf>) -> anyhow::Result<Self> {
        let is_empty = |name: &Path| fs::read_dir(name).is_ok_and(|mut entries| entries.next().is_none());
        if fs::symlink_metadata(name).is_ok() && !is_empty(name) {
            bail!("{}: is there already and not an empty folder; name a new one", name.display());
        }
        let Some(Component::Normal(_)) = name.components().next_back() else {
            bail!("{}: expected the name of a new folder", name.display());
        };
        let begun = Draft::begin(name.to_owned(), |beside| fs::create_dir(beside));
        let (draft, ()) = begun.with_context(|| name.display().to_string())?;
        Ok(Self { name: name.to_owned(), draft, copies })
    }

    /// Begins a file in it.
    pub(crate) fn open(&self, copy: &Path) -> anyhow::Result<BufWriter<File>> {
        let file = self.draft.within(copy, |place| {
            place.parent().map_or(Ok(()), fs::create_dir_all)?;
            File::create_new(place)
        });
        let file = file.with_context(|| self.name.join(copy).display().to_string())?;
        Ok(BufWriter::with_capacity(BUFFER, file))
    }

    /// Puts it in its place.
    pub(crate) fn finish(self) -> anyhow::Result<()> {
        self.draft.put_folder().with_context(|| self.name.display().to_string())
    }
}

/// Finds the place of an input's copy: a file under its own name, a folder with its name and all below it.
fn mirrored(input: &Input, paths: &[PathBuf]) -> anyhow::Result<PathBuf> {
    let Some(path) = input.path() else {
        bail!("{}: has no name for a copy in a folder; name a file with --output", input.name());
    };
    let root = paths.iter().find(|root| path.starts_with(root)).map_or(path, PathBuf::as_path);
    let below = match root.file_name() {
        Some(_) => root.parent().and_then(|parent| path.strip_prefix(parent).ok()),
        // `.`, `..` and `/` have no name of their own.
        None => path.strip_prefix(root).ok(),
    };
    let below = below.filter(|below| below.components().all(|part| matches!(part, Component::Normal(_))));
    below
        .map(Path::to_owned)
        .with_context(|| format!("{}: has no place in a folder of copies", path.display()))
}

/// Refuses to write into what is read: onto an input, into a folder of inputs, or twice onto one file.
pub(crate) fn check_apart(paths: &[PathBuf], inputs: &[Input], outputs: &[&Path]) -> anyhow::Result<()> {
    let mut known: Vec<PathBuf> = Vec::new();
    for &output in outputs {
        let Some(place) = file_of(Some(output)).and_then(place) else { continue };
        if fs::metadata(&place).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir()) {
            continue;
        }
        let identity = identity(&place);
        for input in inputs.iter().filter_map(file) {
            let is_same = fs::canonicalize(input).is_ok_and(|input| input == place)
                || identity.is_some() && identity == self::identity(input);
            if is_same {
                bail!("{}: is an input, and inputs are never changed; name another file", output.display());
            }
        }
        for folder in paths.iter().filter(|path| path.is_dir()) {
            if fs::canonicalize(folder).is_ok_and(|folder| place.starts_with(folder)) {
                bail!(
                    "{}: stands in {}, which is read; name a place elsewhere",
                    output.display(),
                    folder.display()
                );
            }
        }
        if known.contains(&place) {
            bail!("{}: is to be written twice; name another file", output.display());
        }
        if known.iter().any(|other| other.starts_with(&place) || place.starts_with(other)) {
            bail!("{}: one output is to stand in another; name a place elsewhere", output.display());
        }
        known.push(place);
    }
    Ok(())
}

/// Refuses to write a report, or what is asked for besides, onto what is read. A report may stand in a folder that is
/// read.
pub(crate) fn check_report(
    inputs: &[Input],
    report: Option<&Path>,
    besides: &[Option<&Path>],
) -> anyhow::Result<()> {
    let outputs: Vec<&Path> = std::iter::once(&report).chain(besides).copied().flatten().collect();
    check_apart(&[], inputs, &outputs)?;
    if file_of(report).is_none() { check_stdout(inputs) } else { Ok(()) }
}

/// Refuses standard output where it is an input, as in `dedup a.jsonl >> a.jsonl`.
pub(crate) fn check_stdout(inputs: &[Input]) -> anyhow::Result<()> {
    let Some(stdout) = stdout_identity() else { return Ok(()) };
    for input in inputs.iter().filter_map(file) {
        if identity(input) == Some(stdout) {
            bail!("{}: is an input, and standard output leads into it; name another file", input.display());
        }
    }
    Ok(())
}

/// Gives the path of what is read; standard input has one that leads to the file behind it.
fn file(input: &Input) -> Option<&Path> {
    input.path().or_else(|| (input.name() == STREAM).then_some(Path::new("/dev/stdin")))
}

/// Gives the path under which a file is or will be, without links.
fn place(path: &Path) -> Option<PathBuf> {
    if let Ok(place) = fs::canonicalize(path) {
        return Some(place);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Some(fs::canonicalize(folder).ok()?.join(path.file_name()?))
}

/// What two names of one file have in common.
type Identity = (u64, u64);

#[cfg(unix)]
fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt as _;
    let metadata = fs::metadata(path).ok()?;
    metadata.is_file().then(|| (metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn identity(_: &Path) -> Option<Identity> {
    None
}

#[cfg(unix)]
fn stdout_identity() -> Option<Identity> {
    use std::os::fd::AsFd as _;
    use std::os::unix::fs::MetadataExt as _;
    let file = File::from(io::stdout().as_fd().try_clone_to_owned().ok()?);
    let metadata = file.metadata().ok()?;
    metadata.is_file().then(|| (metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn stdout_identity() -> Option<Identity> {
    None
}
