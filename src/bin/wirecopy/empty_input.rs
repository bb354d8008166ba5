//! Makes a run without articles an error, for jobs whose input may be missing.

use std::path::PathBuf;

use anyhow::bail;

use crate::run_inputs::STANDARD_INPUT;

/// Returns an error if no article was read and `fails` is set. `paths` are the inputs of the command line.
pub(crate) fn check_not_empty(articles: usize, fails: bool, paths: &[PathBuf]) -> anyhow::Result<()> {
    if articles > 0 || !fails {
        return Ok(());
    }
    let names: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    let names = if names.is_empty() { STANDARD_INPUT.to_owned() } else { names.join(", ") };
    bail!("{names}: no article was read, which --fail-if-empty makes an error")
}
