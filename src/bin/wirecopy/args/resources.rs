//! The arguments that limit what a run uses of the machine.

use std::path::PathBuf;

use anyhow::{Context as _, bail};
use clap::Args;
use sysinfo::System;
use wirecopy::detect::start_threads;
use wirecopy::{ReadOptions, Settings};

use super::number::whole;
use super::size::Size;

/// The resources of a run.
#[derive(Debug, Args)]
#[command(next_help_heading = "Resources")]
pub(crate) struct ResourceArgs {
    /// The number of threads; the result does not depend on it [default: one for each processor]
    #[arg(long, short = 'j', value_name = "N", value_parser = whole::<usize>(1, Some(MOST_THREADS)))]
    threads: Option<usize>,
    /// The memory to use, such as 2G, in addition to about 60 MB and 30 bytes a match. What does not fit is in temporary
    /// files, and the result does not depend on it; but an article needs about 150 bytes, and an identical copy 250 more: if
    /// these do not fit, the run ends with an error, and a record over an eighth of it is refused [default: half of the
    /// memory of the machine; no run uses more than the size of its input plus 96 MiB]
    #[arg(long, value_name = "SIZE")]
    memory: Option<Size>,
    /// The longest text to accept, in words, each of which takes about 50 bytes for a while; also limited by half of --memory
    /// [default: 4000000]
    #[arg(long, value_name = "N", value_parser = whole::<usize>(1, None))]
    max_words: Option<usize>,
    /// The folder for temporary files [default: that of the system]
    #[arg(long, value_name = "FOLDER")]
    temp_dir: Option<PathBuf>,
}

/// More threads than any machine has processors: a typing error must not start a million.
const MOST_THREADS: u64 = 4096;

/// If the memory is limited, a record may take one of so many parts of it: several records are read at the same time, and
/// the buffer of one grows by doubling.
const SHARE_OF_RECORD: u64 = 8;

impl ResourceArgs {
    /// Limits the size of records so that they fit into the memory, if that is given.
    pub(crate) fn limit_records(&self, options: &mut ReadOptions) {
        if let Some(memory) = self.memory {
            let most = usize::try_from(memory.bytes() / SHARE_OF_RECORD).unwrap_or(usize::MAX);
            options.max_record = options.max_record.min(most);
        }
    }

    /// Writes the arguments into settings, and starts the threads.
    pub(crate) fn apply(&self, settings: &mut Settings) -> anyhow::Result<()> {
        settings.memory = match self.memory {
            Some(size) => size.bytes(),
            None => half_of_memory().unwrap_or(settings.memory).max(settings.memory.min(LEAST_DEFAULT)),
        };
        if let Some(folder) = &self.temp_dir {
            if !folder.is_dir() {
                bail!("temp-dir: {} is not a folder", folder.display());
            }
            tempfile::tempfile_in(folder)
                .with_context(|| format!("temp-dir: {} cannot be written to", folder.display()))?;
            settings.temp_dir = Some(folder.clone());
        }
        if let Some(words) = self.max_words {
            settings.max_words = words;
        }
        Ok(start_threads(self.threads)?)
    }
}

/// The smallest default, however small the machine is.
const LEAST_DEFAULT: u64 = 256 << 20;

/// Returns half of the memory that the process may use: that of the machine, or of its control group.
fn half_of_memory() -> Option<u64> {
    let mut system = System::new();
    system.refresh_memory();
    // Where nothing is known of the machine, as when no file can be opened, `cgroup_limits` would panic.
    if system.total_memory() == 0 {
        return None;
    }
    let all = system.cgroup_limits().map_or(system.total_memory(), |limits| limits.total_memory);
    (all > 0).then_some(all / 2)
}
