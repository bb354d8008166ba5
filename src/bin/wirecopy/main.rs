//! The command `wirecopy`: arguments in, reports and an exit code out.

mod args;
mod cmd;
mod draft;
mod exit;
mod interrupt;
mod option_names;
mod output;
mod pick;
mod progress;
mod run;
mod search;
mod summary;
mod target;

use std::process::ExitCode;

use clap::Parser as _;

use crate::args::{Arguments, Command};
use crate::exit::Answer;

fn main() -> ExitCode {
    interrupt::watch();
    exit::code(answer())
}

fn answer() -> anyhow::Result<Answer> {
    let arguments = Arguments::try_parse()?;
    arguments.color.apply();
    match &arguments.command {
        Command::Cluster(arguments) => cmd::cluster::run(arguments),
        Command::Pairs(arguments) => cmd::pairs::run(arguments),
        Command::Dedup(arguments) => cmd::dedup::run(arguments),
        Command::Flag(arguments) => cmd::flag::run(arguments),
        Command::Restore(arguments) => cmd::restore::run(arguments),
        Command::Compare(arguments) => cmd::compare::run(arguments),
        Command::Sweep(arguments) => cmd::sweep::run(arguments),
        Command::Completions(arguments) => cmd::completions::run(arguments),
        Command::Man(arguments) => cmd::man::run(arguments),
    }
}
