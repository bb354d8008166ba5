//! Writes the edited inputs of `dedup` and `flag`, or the restored input of `restore`, to standard output, one
//! file, or a new folder with the structure of the inputs.

use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, bail};
use wirecopy::Input;
use wirecopy::read::{Compression, Content};
use wirecopy::write::visible;

use crate::args::RewriteArgs;
use crate::new_file::{BUFFER, NewFile};
use crate::new_folder::NewFolder;
use crate::output_mode::OutputMode;
use crate::output_name::{check_same_format, compression_of_edited};
use crate::publication::CompleteOutput;
use crate::stream_name::{STREAM, named_file};
use crate::terminal_writer::TerminalWriter;

/// The first bytes of a Parquet file.
const PARQUET_MAGIC: &[u8] = b"PAR1";

/// The destination of edited inputs.
pub(crate) enum EditedOutput {
    /// No output: a dry run.
    Nothing,
    Stdout,
    File(NewFile),
    Folder {
        folder: NewFolder,
        /// The path in the folder of the output of each input.
        paths: Vec<PathBuf>,
        /// The path of each input.
        models: Vec<PathBuf>,
    },
}

impl EditedOutput {
    /// Creates the destination for `inputs`, which were found under `roots`.
    ///
    /// # Errors
    /// Returns an error if several inputs have no folder to be written to, or the same path in it.
    pub(crate) fn new(arguments: &RewriteArgs, roots: &[PathBuf], inputs: &[Input]) -> anyhow::Result<Self> {
        if let Some(folder) = &arguments.output_dir {
            let paths = inputs
                .iter()
                .map(|input| path_in_folder(input, roots))
                .collect::<anyhow::Result<Vec<_>>>()?;
            check_different(folder, &paths)?;
            let models = inputs.iter().filter_map(Input::path).map(Path::to_owned).collect();
            return Ok(Self::Folder { folder: NewFolder::create(folder)?, paths, models });
        }
        if inputs.len() > 1 {
            bail!("found {} input files, expected one; name a new folder with --output-dir", inputs.len());
        }
        Ok(match named_file(arguments.output.as_deref()) {
            Some(path) => {
                if let Some(input) = inputs.first() {
                    check_same_format(path, Path::new(input.name()))?;
                }
                Self::File(NewFile::create_compressed(path, OutputMode::of(inputs))?)
            }
            None => Self::Stdout,
        })
    }

    /// Returns the compression of the output of an input with this compression.
    pub(crate) fn compression(&self, of_input: Compression) -> Compression {
        match self {
            Self::File(file) => compression_of_edited(file.name(), of_input),
            Self::Nothing | Self::Stdout | Self::Folder { .. } => of_input,
        }
    }

    /// Checks that no compressed data and no Parquet would be written to a terminal. `inputs` can be read several times.
    pub(crate) fn check_terminal(&self, inputs: &[Input]) -> anyhow::Result<()> {
        if !matches!(self, Self::Stdout) || !io::stdout().is_terminal() {
            return Ok(());
        }
        for input in inputs.iter().filter_map(Input::again) {
            let mut content = Content::open(input)?;
            refuse_on_terminal(content.compression())?;
            if content.fill()?.starts_with(PARQUET_MAGIC) {
                bail!(
                    "the output is a Parquet file, and is not written to a terminal; name a file with --output, or redirect it"
                );
            }
        }
        Ok(())
    }

    /// Returns the name of the output of the input at `index`, for errors.
    pub(crate) fn name(&self, index: usize) -> PathBuf {
        match self {
            Self::Nothing | Self::Stdout => STREAM.into(),
            Self::File(file) => file.name().to_owned(),
            Self::Folder { folder, paths, .. } => folder.name().join(&paths[index]),
        }
    }

    /// Returns the path in the folder of the output of the input at `index`, or `None` if the output is no folder.
    pub(crate) fn path_in_folder(&self, index: usize) -> Option<&Path> {
        let Self::Folder { paths, .. } = self else { return None };
        Some(&paths[index])
    }

    /// Opens the output of the input at `index`.
    pub(crate) fn open(&mut self, index: usize) -> anyhow::Result<Box<dyn Write + Send + '_>> {
        Ok(match self {
            Self::Nothing => Box::new(io::sink()),
            // Unlike reports, this does not pass through `AutoStream`, which may remove escape sequences: records
            // must stay unchanged. Only on a terminal they are shown, and go nowhere else.
            Self::Stdout if io::stdout().is_terminal() => {
                Box::new(BufWriter::with_capacity(BUFFER, TerminalWriter::new(io::stdout(), visible)))
            }
            Self::Stdout => Box::new(BufWriter::with_capacity(BUFFER, io::stdout())),
            Self::File(file) => Box::new(file),
            Self::Folder { folder, paths, models } => {
                Box::new(folder.open(&paths[index], Some(&models[index]))?)
            }
        })
    }

    /// Writes the input at `index` as it is: a file of a folder that is no article.
    pub(crate) fn copy(&mut self, index: usize, input: &Input) -> anyhow::Result<()> {
        let Some(input) = input.again() else { return Ok(()) };
        let name = self.name(index);
        let mut content = input.into_reader()?;
        let mut out = self.open(index)?;
        let copied = io::copy(&mut content, &mut out).and_then(|_| out.flush());
        copied.with_context(|| name.display().to_string())
    }

    /// Removes the output of the input at `index` from the folder: an input of one article, which was removed.
    pub(crate) fn discard(&mut self, index: usize) -> anyhow::Result<()> {
        match self {
            Self::Folder { folder, paths, .. } => folder.remove(&paths[index]),
            _ => Ok(()),
        }
    }

    /// Completes the output. Returns a file or folder, to be published with the other outputs of the run.
    pub(crate) fn finish(self) -> anyhow::Result<Option<CompleteOutput>> {
        match self {
            Self::Nothing => Ok(None),
            Self::Stdout => {
                io::stdout().flush()?;
                Ok(None)
            }
            Self::File(file) => Ok(file.finish()?),
            Self::Folder { folder, .. } => folder.finish().map(Some),
        }
    }
}

/// Returns an error if data is compressed, and standard output is a terminal.
pub(crate) fn refuse_on_terminal(compression: Compression) -> anyhow::Result<()> {
    if compression != Compression::Plain && io::stdout().is_terminal() {
        bail!(
            "the output is compressed with {}, and is not written to a terminal; name a file with --output, or \
             redirect it",
            compression.name()
        );
    }
    Ok(())
}

/// Checks that no two outputs have the same path in `folder`, and none is in the folder that another would need.
fn check_different(folder: &Path, paths: &[PathBuf]) -> anyhow::Result<()> {
    let mut sorted: Vec<&PathBuf> = paths.iter().collect();
    sorted.sort_unstable();
    if let Some(pair) = sorted.windows(2).find(|pair| pair[1].starts_with(pair[0])) {
        bail!(
            "{}: two inputs would be written there; give a folder that contains both, or use two runs",
            folder.join(pair[0]).display()
        );
    }
    Ok(())
}

/// Returns the path of an input's output in the folder. A file that was named has its own name there. A file that
/// was found in a named folder has the name of that folder and its path below it.
fn path_in_folder(input: &Input, roots: &[PathBuf]) -> anyhow::Result<PathBuf> {
    let Some(path) = input.path() else {
        bail!("{}: has no name for a file in a folder; name a file with --output", input.name());
    };
    let root = roots.iter().find(|root| path.starts_with(root)).map_or(path, PathBuf::as_path);
    let below = match root.file_name() {
        Some(_) => root.parent().and_then(|parent| path.strip_prefix(parent).ok()),
        // `.`, `..` and `/` have no name of their own.
        None => path.strip_prefix(root).ok(),
    };
    let below = below.filter(|below| below.components().all(|name| matches!(name, Component::Normal(_))));
    below
        .map(Path::to_owned)
        .with_context(|| format!("{}: its path cannot be used in the output folder", path.display()))
}
