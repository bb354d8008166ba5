//! Removes the temporary outputs when a signal asks the process to end; the process then ends by that signal.
//!
//! A shell or a script therefore sees that a signal ended the process (130 after Ctrl-C, 143 after `kill`), and
//! stops. A signal that the caller had the process ignore (`nohup`, a background job) stays ignored.

/// Installs the handler.
pub(crate) fn install() {
    // Without a handler, a signal may leave a temporary output on disk. Everything else works, so the error is
    // ignored.
    #[cfg(unix)]
    drop(unix::install());
}

#[cfg(unix)]
mod unix {
    use std::io;
    use std::sync::Arc;
    use std::thread;

    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGXFSZ};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    use crate::pending_output;

    pub(super) fn install() -> io::Result<()> {
        // With a handler for SIGXFSZ, a file above the size limit of the user is an error like that of a full disk.
        // Without one, the process would be killed.
        signal_hook::flag::register(SIGXFSZ, Arc::default())?;
        let mut signals =
            Signals::new([SIGINT, SIGTERM, SIGHUP].into_iter().filter(|&signal| !is_ignored(signal)))?;
        thread::Builder::new().name("signals".to_owned()).spawn(move || {
            if let Some(signal) = signals.forever().next() {
                pending_output::discard_all();
                // This ends the process, so it does not return.
                let _ = emulate_default_handler(signal);
            }
        })?;
        Ok(())
    }

    /// Returns whether a signal was ignored when the process started. Where the system has no `/proc`, this is
    /// assumed of SIGHUP only, which `nohup` ignores.
    fn is_ignored(signal: i32) -> bool {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
        mask.map_or(signal == SIGHUP, |mask| mask >> (signal - 1) & 1 == 1)
    }
}
