//! Checks, before work starts, that no output would overwrite an input, change a folder that is read, or be written
//! twice.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::bail;
use wirecopy::Input;

use crate::file_identity::{identity, path_of, stdout_identity};
use crate::stream_name::named_file;

/// Checks that no output is an input, in a folder of inputs, or equal to another output. `roots` are the paths
/// under which the inputs were found.
pub(crate) fn check_outputs(roots: &[PathBuf], inputs: &[Input], outputs: &[&Path]) -> anyhow::Result<()> {
    let mut checked: Vec<PathBuf> = Vec::new();
    for &output in outputs {
        let Some(path) = named_file(Some(output)).and_then(resolved) else { continue };
        // A device or a pipe is not overwritten.
        if fs::metadata(&path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir()) {
            continue;
        }
        check_no_input(inputs, output, &path)?;
        check_not_within(roots, output, &path)?;
        if checked.contains(&path) {
            bail!("{}: is given for two outputs; name another file", output.display());
        }
        if checked.iter().any(|other| other.starts_with(&path) || path.starts_with(other)) {
            bail!("{}: one output would be in the folder of another; name another path", output.display());
        }
        checked.push(path);
    }
    Ok(())
}

/// Checks that a report and the other outputs are no inputs. Unlike an edited input, a report may be in a folder
/// that is read.
pub(crate) fn check_report(
    inputs: &[Input],
    report: Option<&Path>,
    others: &[Option<&Path>],
) -> anyhow::Result<()> {
    let outputs: Vec<&Path> = std::iter::once(&report).chain(others).copied().flatten().collect();
    check_outputs(&[], inputs, &outputs)?;
    if named_file(report).is_none() { check_stdout(inputs) } else { Ok(()) }
}

/// Checks that standard output does not write to an input, as in `dedup a.jsonl >> a.jsonl`.
pub(crate) fn check_stdout(inputs: &[Input]) -> anyhow::Result<()> {
    let Some(stdout) = stdout_identity() else { return Ok(()) };
    for input in inputs.iter().filter_map(path_of) {
        if identity(input) == Some(stdout) {
            bail!("{}: is an input, and standard output writes to it; name another file", input.display());
        }
    }
    Ok(())
}

/// Checks that an output, with the resolved path `path`, is no input, not even by another name.
fn check_no_input(inputs: &[Input], output: &Path, path: &Path) -> anyhow::Result<()> {
    let output_identity = identity(path);
    for input in inputs.iter().filter_map(path_of) {
        let is_same = fs::canonicalize(input).is_ok_and(|input| input == path)
            || output_identity.is_some() && output_identity == identity(input);
        if is_same {
            bail!("{}: is an input, and inputs are never changed; name another file", output.display());
        }
    }
    Ok(())
}

/// Checks that an output, with the resolved path `path`, is in no folder that is read.
fn check_not_within(roots: &[PathBuf], output: &Path, path: &Path) -> anyhow::Result<()> {
    for folder in roots.iter().filter(|root| root.is_dir()) {
        if fs::canonicalize(folder).is_ok_and(|folder| path.starts_with(folder)) {
            bail!(
                "{}: is in the input folder {}; name a path outside of it",
                output.display(),
                folder.display()
            );
        }
    }
    Ok(())
}

/// Returns the path of a file that exists or will be created, without symbolic links.
fn resolved(path: &Path) -> Option<PathBuf> {
    if let Ok(path) = fs::canonicalize(path) {
        return Some(path);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Some(fs::canonicalize(folder).ok()?.join(path.file_name()?))
}
