//! Counts the records that cannot be read, and reports the first of them as warnings.

use wirecopy::{Detector, Error, Reader};

use crate::error_message::{warn, warn_of};
use crate::number::plural;
use crate::stage_bar::StageBar;

/// The number of invalid records that are reported one by one. The others are only counted.
const MAX_REPORTED: u64 = 20;

/// The number of records that could not be read.
#[derive(Default)]
pub(crate) struct InvalidRecords(u64);

impl InvalidRecords {
    /// Counts a record, and reports it if it is one of the first.
    pub(crate) fn add(&mut self, error: &Error, progress: &StageBar) {
        self.0 += 1;
        if self.0 <= MAX_REPORTED {
            progress.suspend(|| warn_of(error));
        }
    }

    /// Returns the number of records.
    pub(crate) fn count(&self) -> u64 {
        self.0
    }

    /// Reports the number of records that were not reported one by one.
    pub(crate) fn report_others(&self) {
        if self.0 > MAX_REPORTED {
            let more = usize::try_from(self.0 - MAX_REPORTED).unwrap_or(usize::MAX);
            warn(&format!("{} cannot be read", plural(more, "more record", "more records")));
        }
    }
}

/// Reads all articles into a detector. If `skip_invalid` is set, records that cannot be read are reported and
/// skipped.
pub(crate) fn read_articles(
    reader: Reader,
    detector: &mut Detector,
    progress: &StageBar,
    skip_invalid: bool,
) -> anyhow::Result<()> {
    let mut invalid = InvalidRecords::default();
    detector.read(reader, progress, |error| {
        if !skip_invalid {
            return Err(error);
        }
        invalid.add(&error, progress);
        Ok(())
    })?;
    progress.suspend(|| invalid.report_others());
    Ok(())
}
