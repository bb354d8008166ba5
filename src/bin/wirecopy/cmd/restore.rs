//! `wirecopy restore`: a copy and what `dedup` cut out of it in, the input of `dedup` out.

use std::collections::BTreeSet;
use std::fs::File;
use std::io;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, bail};
use wirecopy::rewrite::{OriginalInput, RemovedReader, restore};
use wirecopy::{Input, find_inputs};

use crate::args::{RestoreArgs, RewriteArgs};
use crate::exit::Answer;
use crate::target::{self, NewFolder, Target};

pub(crate) fn run(arguments: &RestoreArgs) -> anyhow::Result<Answer> {
    let cut_files: Vec<&Path> =
        [&arguments.removed, &arguments.invalid].into_iter().filter_map(|path| path.as_deref()).collect();
    let mut removed = RemovedReader::open(&cut_files)?;
    let kept = arguments.kept.clone().into_iter().collect::<Vec<_>>();
    match &arguments.rewrite.output_dir {
        Some(folder) => restore_folder(&kept, folder, &cut_files, &mut removed)?,
        None => restore_stream(&kept, &arguments.rewrite, &cut_files, &mut removed)?,
    }
    Ok(Answer::Done)
}

fn restore_stream(
    kept: &[PathBuf],
    asked: &RewriteArgs,
    cut_files: &[&Path],
    removed: &mut RemovedReader,
) -> anyhow::Result<()> {
    if let [folder] = kept
        && folder.is_dir()
    {
        bail!("{}: is a folder; name a new one for what is restored with --output-dir", folder.display());
    }
    let mut inputs = find_inputs(kept)?;
    let outputs: Vec<&Path> = asked.output.as_deref().into_iter().collect();
    check_apart(kept, &inputs, &outputs, cut_files)?;
    let mut target = Target::new(asked, kept, &inputs)?;
    if matches!(target, Target::Stdout) {
        target::check_stdout(&inputs)?;
    }
    let input = inputs.pop().expect("a file or standard input was found");
    let name = target.name(0);
    let mut out = target.open(0)?;
    match removed.next_input()? {
        Some(original) if original.output.is_some() => {
            bail!(
                "{}: its copy stands in a folder; name that folder, and a new one with --output-dir",
                original.name
            )
        }
        Some(original) => {
            restore(Some(input), removed, &original, &name, &mut out)?;
            if let Some(other) = removed.next_input()? {
                bail!("{}: records of several inputs were removed, expected those of one", other.name);
            }
        }
        // Nothing was cut out.
        None => {
            let mut content = input.into_reader()?;
            io::copy(&mut content, &mut out).with_context(|| name.display().to_string())?;
        }
    }
    drop(out);
    target.finish()
}

fn restore_folder(
    kept: &[PathBuf],
    folder: &Path,
    cut_files: &[&Path],
    removed: &mut RemovedReader,
) -> anyhow::Result<()> {
    let [kept_folder] = kept else { bail!("expected the folder that `dedup --output-dir` wrote") };
    if !kept_folder.is_dir() {
        bail!("{}: is no folder, expected the one that `dedup --output-dir` wrote", kept_folder.display());
    }
    let inputs = find_inputs(kept)?;
    check_apart(kept, &inputs, &[folder], cut_files)?;
    let restored = NewFolder::create(folder, Vec::new())?;
    let mut done: BTreeSet<PathBuf> = BTreeSet::new();
    while let Some(original) = removed.next_input()? {
        let copy = place(&original)?;
        let at = kept_folder.join(&copy);
        let kept = at.exists().then(|| Input::file(&at));
        let mut out = restored.open(&copy)?;
        restore(kept, removed, &original, &folder.join(&copy), &mut out)?;
        done.insert(copy);
    }
    // Nothing was cut out of the others.
    for input in &inputs {
        let path = input.path().expect("a folder holds files");
        let copy = path.strip_prefix(kept_folder).expect("files of a folder are named after it");
        if !done.contains(copy) {
            let mut out = restored.open(copy)?;
            let copied = File::open(path).and_then(|mut file| io::copy(&mut file, &mut out));
            copied.with_context(|| path.display().to_string())?;
            io::Write::flush(&mut out).with_context(|| folder.join(copy).display().to_string())?;
        }
    }
    restored.finish()
}

/// Gives the place of a copy in its folder; it must not lead out of there.
fn place(original: &OriginalInput) -> anyhow::Result<PathBuf> {
    let Some(copy) = &original.output else {
        bail!("{}: its copy stands in no folder; leave --output-dir out", original.name);
    };
    let copy = PathBuf::from(copy);
    if copy.as_os_str().is_empty() || !copy.components().all(|part| matches!(part, Component::Normal(_))) {
        bail!("{}: is no place in a folder of copies", copy.display());
    }
    Ok(copy)
}

fn check_apart(
    kept: &[PathBuf],
    inputs: &[Input],
    outputs: &[&Path],
    cut_files: &[&Path],
) -> anyhow::Result<()> {
    target::check_apart(kept, inputs, outputs)?;
    let cut_files: Vec<Input> = cut_files.iter().map(|path| Input::file(*path)).collect();
    target::check_apart(&[], &cut_files, outputs)?;
    Ok(())
}
