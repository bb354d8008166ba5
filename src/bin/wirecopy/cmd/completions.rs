//! `wirecopy completions`: prints the completion script for a shell.

use std::io::{self, Write as _};

use clap::CommandFactory as _;

use crate::args::{Arguments, CompletionsArgs};
use crate::exit::Answer;

pub(crate) fn run(arguments: &CompletionsArgs) -> anyhow::Result<Answer> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "wirecopy", &mut script);
    io::stdout().write_all(&script)?;
    Ok(Answer::Done)
}
