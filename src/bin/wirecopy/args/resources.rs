//! What a run may take of the machine: flags in, [`Settings`] out.

use std::path::PathBuf;

use anyhow::{Context as _, bail};
use clap::Args;
use clap::builder::RangedU64ValueParser;
use sysinfo::System;
use wirecopy::Settings;

use super::size::Size;

/// What a run may take of the machine.
#[derive(Debug, Args)]
#[command(next_help_heading = "Resources")]
pub(crate) struct ResourceArgs {
    /// The threads to use; the result is the same with any number [default: one a processor]
    #[arg(long, value_name = "N", value_parser = RangedU64ValueParser::<usize>::new().range(1..=MOST_THREADS))]
    threads: Option<usize>,
    /// The memory to use, such as 2G, besides some 250 bytes an article and 200 a match; what does not fit stands in
    /// temporary files, and the result is the same [default: half of the machine's; no run takes more than it reads,
    /// and 96 MiB]
    #[arg(long, value_name = "SIZE")]
    memory: Option<Size>,
    /// The folder for temporary files [default: the system's]
    #[arg(long, value_name = "FOLDER")]
    temp_dir: Option<PathBuf>,
}

/// More threads than any machine has processors; a slip of the hand must not start a million.
const MOST_THREADS: u64 = 4096;

impl ResourceArgs {
    /// Puts what was said into settings, and starts the threads.
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
        if let Some(threads) = self.threads {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
            pool.context("threads: these cannot be started")?;
        }
        Ok(())
    }
}

/// The default is never less, however small the machine.
const LEAST_DEFAULT: u64 = 256 << 20;

/// Gives half of the memory that the process may use: the machine's, or that of the control group it runs in.
fn half_of_memory() -> Option<u64> {
    let mut system = System::new();
    system.refresh_memory();
    let all = system.cgroup_limits().map_or(system.total_memory(), |limits| limits.total_memory);
    (all > 0).then_some(all / 2)
}
