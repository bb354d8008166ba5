//! The arguments that limit what a run uses of the machine.

use std::path::PathBuf;

use anyhow::{Context as _, bail};
use clap::Args;
use sysinfo::System;
use wirecopy::Settings;

use super::number::whole;
use super::size::Size;

/// The resources of a run.
#[derive(Debug, Args)]
#[command(next_help_heading = "Resources")]
pub(crate) struct ResourceArgs {
    /// The number of threads; the result does not depend on it [default: one for each processor]
    #[arg(long, short = 'j', value_name = "N", value_parser = whole::<usize>(1, Some(MOST_THREADS)))]
    threads: Option<usize>,
    /// The memory to use, such as 2G, in addition to about 250 bytes an article and 200 a match. The rest is in temporary
    /// files; the result does not depend on it [default: half of the memory of the machine; no run uses more than the size
    /// of its input plus 96 MiB]
    #[arg(long, value_name = "SIZE")]
    memory: Option<Size>,
    /// The folder for temporary files [default: that of the system]
    #[arg(long, value_name = "FOLDER")]
    temp_dir: Option<PathBuf>,
}

/// More threads than any machine has processors: a typing error must not start a million.
const MOST_THREADS: u64 = 4096;

impl ResourceArgs {
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
        if let Some(threads) = self.threads {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
            pool.context("threads: these cannot be started")?;
        }
        Ok(())
    }
}

/// The smallest default, however small the machine is.
const LEAST_DEFAULT: u64 = 256 << 20;

/// Returns half of the memory that the process may use: that of the machine, or of its control group.
fn half_of_memory() -> Option<u64> {
    let mut system = System::new();
    system.refresh_memory();
    let all = system.cgroup_limits().map_or(system.total_memory(), |limits| limits.total_memory);
    (all > 0).then_some(all / 2)
}
