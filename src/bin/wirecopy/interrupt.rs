//! A signal that asks the run to end in, no draft left out; then the run ends by that signal, as it would have without.
//!
//! A shell or a script sees an end by the signal (130 after Ctrl-C, 143 after `kill`), and stops what it does in a row.
//! A signal that the caller had ignored (`nohup`, a job in the background) stays ignored.

/// Begins to watch.
pub(crate) fn watch() {
    // Where it cannot be, a draft may be left beside its place after a signal, and all else is right.
    #[cfg(unix)]
    drop(unix::watch());
}

#[cfg(unix)]
mod unix {
    use std::io;
    use std::sync::Arc;
    use std::thread;

    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGXFSZ};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    use crate::draft;

    pub(super) fn watch() -> io::Result<()> {
        // A file beyond what the user may write is an error like that of a full disk, and no reason to be killed.
        signal_hook::flag::register(SIGXFSZ, Arc::default())?;
        let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP].into_iter().filter(|&it| !is_ignored(it)))?;
        thread::Builder::new().name("signals".to_owned()).spawn(move || {
            if let Some(signal) = signals.forever().next() {
                draft::discard_all();
                // It does not come back from a signal that ends a program.
                let _ = emulate_default_handler(signal);
            }
        })?;
        Ok(())
    }

    /// Tells whether a signal was ignored when the program began. Where the system does not tell, a hangup may have
    /// been, by `nohup`.
    fn is_ignored(signal: i32) -> bool {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
        mask.map_or(signal == SIGHUP, |mask| mask >> (signal - 1) & 1 == 1)
    }
}
