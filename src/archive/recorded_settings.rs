//! The settings by which an archive was built. All that is added later must be built by the same ones.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::{ArchiveProblem, Error};
use crate::settings::Settings;
use crate::verify::Score;

/// The settings that decide what an archive contains, each as text, by name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct RecordedSettings(BTreeMap<String, String>);

impl RecordedSettings {
    /// Returns what is recorded of the settings of a run.
    pub(super) fn new(settings: &Settings) -> Self {
        let score = match settings.by {
            Score::Coverage => "coverage",
            Score::Resemblance => "resemblance",
            Score::Containment => "containment",
        };
        let named = [
            ("shingle_size", settings.shingle_size.to_string()),
            ("num_hashes", settings.num_hashes.to_string()),
            ("bands", settings.bands.to_string()),
            ("rows", settings.rows.to_string()),
            ("window", settings.window.to_string()),
            ("by", score.to_owned()),
            ("threshold", settings.threshold.to_string()),
            ("partial_words", settings.partial_words.to_string()),
            ("join_words", settings.join_words.to_string()),
            (
                "within",
                settings.within.map_or_else(|| "unlimited".to_owned(), |seconds| format!("{seconds} s")),
            ),
            ("boilerplate", settings.boilerplate.to_string()),
            ("all_pairs", settings.all_pairs.to_string()),
        ];
        Self(named.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// Checks that the settings of a run are those of the archive at `path`.
    ///
    /// # Errors
    /// [`Error::Archive`] with both values of the first setting that differs.
    pub(super) fn check(&self, settings: &Settings, path: &Path) -> Result<(), Error> {
        let given = Self::new(settings).0;
        let names: [&'static str; 12] = [
            "shingle_size",
            "num_hashes",
            "bands",
            "rows",
            "window",
            "by",
            "threshold",
            "partial_words",
            "join_words",
            "within",
            "boilerplate",
            "all_pairs",
        ];
        for name in names {
            let (archive, given) = (self.0.get(name), &given[name]);
            if archive != Some(given) {
                let archive = archive.cloned().unwrap_or_default();
                let problem = ArchiveProblem::Settings { name, archive, given: given.clone() };
                return Err(Error::Archive { path: path.to_owned(), problem });
            }
        }
        Ok(())
    }
}
