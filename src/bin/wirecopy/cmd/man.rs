//! `wirecopy man`: prints the manual page, or writes the pages of all commands into a folder.

use std::fs;
use std::io::{self, Write as _};

use anyhow::Context as _;
use clap::CommandFactory as _;
use clap_mangen::Man;

use crate::args::{Arguments, ManArgs};
use crate::exit::Answer;

pub(crate) fn run(arguments: &ManArgs) -> anyhow::Result<Answer> {
    let command = Arguments::command();
    match &arguments.folder {
        Some(folder) => {
            let written = fs::create_dir_all(folder).and_then(|()| clap_mangen::generate_to(command, folder));
            written.with_context(|| folder.display().to_string())?;
        }
        None => {
            let mut page = Vec::new();
            Man::new(command).render(&mut page)?;
            io::stdout().write_all(&page)?;
        }
    }
    Ok(Answer::Done)
}
