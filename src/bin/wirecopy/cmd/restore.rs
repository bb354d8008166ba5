//! `wirecopy restore`: puts removed records back into the output of `dedup`, which restores its input.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, bail};
use wirecopy::read::{Compression, Content};
use wirecopy::rewrite::{CompressedWriter, OriginalInput, RemovedReader, restore};
use wirecopy::{Error, Input, find_inputs};

use crate::args::{RestoreArgs, RewriteArgs};
use crate::edited_output::{EditedOutput, refuse_on_terminal};
use crate::exit::Answer;
use crate::new_folder::NewFolder;
use crate::output_check::{check_outputs, check_stdout};
use crate::publication::publish;
use crate::terminal_input::hint_if_typed;

pub(crate) fn run(arguments: &RestoreArgs) -> anyhow::Result<Answer> {
    let removed_files: Vec<&Path> =
        [&arguments.removed, &arguments.invalid].into_iter().filter_map(|path| path.as_deref()).collect();
    let mut removed = RemovedReader::open(&removed_files, arguments.max_record.bytes() as usize)?;
    let kept = arguments.kept.clone().into_iter().collect::<Vec<_>>();
    match &arguments.rewrite.output_dir {
        Some(folder) => restore_folder(&kept, folder, &removed_files, &mut removed)?,
        None => restore_stream(&kept, &arguments.rewrite, &removed_files, &mut removed)?,
    }
    Ok(Answer::Done)
}

/// Restores one input, from a file or standard input.
fn restore_stream(
    kept: &[PathBuf],
    arguments: &RewriteArgs,
    removed_files: &[&Path],
    removed: &mut RemovedReader,
) -> anyhow::Result<()> {
    if let [folder] = kept
        && folder.is_dir()
    {
        bail!(
            "{}: is a folder; name a new folder for the restored files with --output-dir",
            folder.display()
        );
    }
    let mut inputs = find_inputs(kept)?;
    hint_if_typed(&inputs);
    let outputs: Vec<&Path> = arguments.output.as_deref().into_iter().collect();
    check_all_outputs(kept, &inputs, &outputs, removed_files)?;
    let mut output = EditedOutput::new(arguments, kept, &inputs)?;
    if matches!(output, EditedOutput::Stdout) {
        check_stdout(&inputs)?;
    }
    let input = inputs.pop().expect("a file or standard input was found");
    let Some(original) = removed.next_input()? else { return copy_unchanged(input, output) };
    if original.output.is_some() {
        bail!(
            "{}: was written to a folder by `dedup --output-dir`; give that folder, and a new one with \
             --output-dir",
            original.name
        )
    }
    let name = output.name(0);
    let compression = checked_compression(&output, original.compression())?;
    let mut out = output.open(0)?;
    restore(Some(input), removed, &original, &name, compression, &mut out)?;
    if let Some(other) = removed.next_input()? {
        bail!("{}: records of several inputs were removed, expected those of one", other.name);
    }
    drop(out);
    Ok(publish(output.finish()?)?)
}

/// Writes an input from which no record was removed.
fn copy_unchanged(input: Input, mut output: EditedOutput) -> anyhow::Result<()> {
    let name = output.name(0);
    let mut content = Content::open(input)?;
    let compression = checked_compression(&output, content.compression())?;
    let mut out = output.open(0)?;
    let copied = CompressedWriter::new(&mut out, compression)
        .and_then(|mut writer| io::copy(&mut content, &mut writer).and_then(|_| writer.finish()?.flush()));
    copied.with_context(|| name.display().to_string())?;
    drop(out);
    Ok(publish(output.finish()?)?)
}

/// Returns the compression of an output.
///
/// # Errors
/// Returns an error if compressed data would be written to a terminal.
fn checked_compression(output: &EditedOutput, of_input: Compression) -> anyhow::Result<Compression> {
    let compression = output.compression(of_input);
    if matches!(output, EditedOutput::Stdout) {
        refuse_on_terminal(compression)?;
    }
    Ok(compression)
}

/// Restores all inputs of a folder that `dedup --output-dir` wrote.
fn restore_folder(
    kept: &[PathBuf],
    folder: &Path,
    removed_files: &[&Path],
    removed: &mut RemovedReader,
) -> anyhow::Result<()> {
    let [kept_folder] = kept else { bail!("expected the folder that `dedup --output-dir` wrote") };
    if !kept_folder.is_dir() {
        bail!("{}: is no folder, expected the one that `dedup --output-dir` wrote", kept_folder.display());
    }
    let inputs = find_inputs(kept)?;
    check_all_outputs(kept, &inputs, &[folder], removed_files)?;
    let restored = NewFolder::create(folder)?;
    let mut done: BTreeSet<PathBuf> = BTreeSet::new();
    while let Some(original) = removed.next_input()? {
        let path = path_in_folder(&original)?;
        let kept_file = kept_folder.join(&path);
        // `dedup` writes no file if its only article is removed.
        let kept = match fs::metadata(&kept_file) {
            Ok(metadata) if !metadata.is_file() => {
                bail!("{}: is no file, expected one that `dedup --output-dir` wrote", kept_file.display())
            }
            found => found.is_ok().then(|| Input::file(&kept_file)),
        };
        let mut out = restored.open(&path, Some(&kept_file))?;
        restore(kept, removed, &original, &folder.join(&path), original.compression(), &mut out)?;
        done.insert(path);
    }
    // No record was removed from the other files.
    for input in &inputs {
        let kept_file = input.path().expect("the inputs of a folder are files");
        let path = kept_file.strip_prefix(kept_folder).expect("the files of a folder begin with its path");
        if !done.contains(path) {
            let mut out = restored.open(path, Some(kept_file))?;
            let copied = File::open(kept_file).and_then(|mut file| io::copy(&mut file, &mut out));
            copied.with_context(|| kept_file.display().to_string())?;
            out.flush().with_context(|| folder.join(path).display().to_string())?;
        }
    }
    Ok(publish([restored.finish()?])?)
}

/// Returns the path of an input's edited output in its folder. The path must not lead out of the folder.
fn path_in_folder(original: &OriginalInput) -> anyhow::Result<PathBuf> {
    let path = original.output_path().map_err(|problem| Error::input(Path::new(&original.name), problem))?;
    let Some(path) = path else {
        bail!("{}: was not written to a folder by `dedup`; remove --output-dir", original.name);
    };
    if path.as_os_str().is_empty() || !path.components().all(|name| matches!(name, Component::Normal(_))) {
        bail!("{}: is no path within a folder", path.display());
    }
    Ok(path)
}

/// Checks that no output overwrites the output of `dedup` or the removed records.
fn check_all_outputs(
    kept: &[PathBuf],
    inputs: &[Input],
    outputs: &[&Path],
    removed_files: &[&Path],
) -> anyhow::Result<()> {
    check_outputs(kept, inputs, outputs)?;
    let removed_files: Vec<Input> = removed_files.iter().map(|path| Input::file(*path)).collect();
    check_outputs(&[], &removed_files, outputs)?;
    Ok(())
}
