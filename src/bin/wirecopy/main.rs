//! The command `wirecopy`: parses the arguments, runs the command that they name, and exits with its code.

mod args;
mod article_selector;
mod closing;
mod closing_lines;
mod cmd;
mod command_line;
mod doubted_dates;
mod edit_progress;
mod edited_output;
mod empty_input;
mod error_message;
mod exit;
mod file_identity;
mod hidden_name;
mod invalid_records;
mod many_removed;
mod memory;
mod missing_command;
mod new_file;
mod new_folder;
mod number;
mod option_names;
mod output;
mod output_check;
mod output_claim;
mod output_mode;
mod output_name;
mod output_place;
mod pending_output;
mod printed_elsewhere;
mod publication;
mod reading_notes;
mod report_run;
mod run_inputs;
mod search;
mod selection;
mod signal_handler;
mod skipped_files;
mod stage_bar;
mod stage_clock;
mod stream_name;
mod summary;
mod template_list;
mod terminal_input;
mod terminal_writer;
mod unknown_dates;
mod unused_templates;
mod version;

use std::env;
use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser as _;
use wirecopy::write::one_line;

use crate::args::{Arguments, Command};
use crate::exit::Answer;

/// Runs the command line of the process.
pub fn main() -> ExitCode {
    ExitCode::from(run_command(env::args_os().collect()))
}

/// Runs a command line, which begins with the name of the program, and returns the exit code. A process runs one: the
/// Python package does so, which contains the command.
pub fn run_command(command_line: Vec<OsString>) -> u8 {
    command_line::keep(command_line);
    signal_handler::install();
    exit::code(run())
}

/// Parses the arguments and runs the command.
fn run() -> anyhow::Result<Answer> {
    let arguments = Arguments::try_parse_from(command_line::kept())
        .map_err(|error| visible_error(error, command_line::kept()))
        .map_err(missing_command::explain)?;
    arguments.color.apply();
    match &arguments.command {
        Command::Cluster(arguments) => cmd::cluster::run(arguments),
        Command::Pairs(arguments) => cmd::pairs::run(arguments),
        Command::Dedup(arguments) => cmd::dedup::run(arguments),
        Command::Flag(arguments) => cmd::flag::run(arguments),
        Command::Restore(arguments) => cmd::restore::run(arguments),
        Command::Compare(arguments) => cmd::compare::run(arguments),
        Command::Sweep(arguments) => cmd::sweep::run(arguments),
        Command::Templates(arguments) => cmd::templates::run(arguments),
        Command::Report(arguments) => cmd::report::run(arguments),
        Command::Archive(arguments) => cmd::archive::run(arguments),
        Command::Completions(arguments) => cmd::completions::run(arguments),
        Command::Man(arguments) => cmd::man::run(arguments),
    }
}

/// Returns the error for a command line in which nothing is left that a terminal would interpret: messages repeat
/// arguments, and a shell may have put the name of any file there.
fn visible_error(error: clap::Error, command_line: &[OsString]) -> clap::Error {
    let visible = command_line.iter().map(|argument| one_line(&argument.to_string_lossy()));
    // Without such characters, it is the same error again.
    Arguments::try_parse_from(visible).err().unwrap_or(error)
}
