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

    /// Returns the settings as text, by name.
    pub(super) fn by_name(&self) -> &BTreeMap<String, String> {
        &self.0
    }

    /// Returns settings with these values, and the defaults for all that is not recorded.
    pub(super) fn settings(&self) -> Settings {
        Settings::with(|settings| {
            let text = |name: &str| self.0.get(name).map_or("", String::as_str);
            let number = |name: &str, default: usize| text(name).parse().unwrap_or(default);
            settings.shingle_size = number("shingle_size", settings.shingle_size);
            settings.num_hashes = number("num_hashes", settings.num_hashes);
            settings.bands = number("bands", settings.bands);
            settings.rows = number("rows", settings.rows);
            settings.window = number("window", settings.window);
            settings.by = match text("by") {
                "resemblance" => Score::Resemblance,
                "containment" => Score::Containment,
                _ => Score::Coverage,
            };
            settings.threshold = text("threshold").parse().unwrap_or(settings.threshold);
            settings.partial_words = text("partial_words").parse().unwrap_or(settings.partial_words);
            settings.join_words = text("join_words").parse().unwrap_or(settings.join_words);
            settings.within = text("within").strip_suffix(" s").and_then(|seconds| seconds.parse().ok());
            settings.boilerplate = text("boilerplate").parse().unwrap_or(settings.boilerplate);
            settings.all_pairs = text("all_pairs").parse().unwrap_or(settings.all_pairs);
        })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_as_they_were_recorded() {
        let other = Settings::with(|settings| {
            (settings.shingle_size, settings.num_hashes, settings.bands) = (4, 64, 16);
            (settings.rows, settings.window, settings.by) = (2, 6, Score::Containment);
            (settings.threshold, settings.partial_words, settings.join_words) = (0.75, 30, 80);
            (settings.within, settings.boilerplate, settings.all_pairs) = (Some(86_400), false, true);
        });
        for settings in [Settings::default(), other.clone()] {
            let recorded = RecordedSettings::new(&settings);
            assert_eq!(recorded.settings(), settings);
            assert!(recorded.check(&settings, Path::new("news")).is_ok());
        }
        let error = RecordedSettings::new(&other).check(&Settings::default(), Path::new("news")).unwrap_err();
        let message = error.to_string();
        assert!(message.contains('4') && message.contains('5'), "{message}");
    }

    #[test]
    fn another_value_of_each_setting_is_refused() {
        type Change = fn(&mut Settings);
        let cases: [(&str, &str, Change); 12] = [
            ("shingle_size", "4", |settings| settings.shingle_size = 4),
            ("num_hashes", "64", |settings| settings.num_hashes = 64),
            ("bands", "16", |settings| settings.bands = 16),
            ("rows", "2", |settings| settings.rows = 2),
            ("window", "6", |settings| settings.window = 6),
            ("by", "resemblance", |settings| settings.by = Score::Resemblance),
            ("threshold", "0.75", |settings| settings.threshold = 0.75),
            ("partial_words", "30", |settings| settings.partial_words = 30),
            ("join_words", "80", |settings| settings.join_words = 80),
            ("within", "86400 s", |settings| settings.within = Some(86_400)),
            ("boilerplate", "false", |settings| settings.boilerplate = false),
            ("all_pairs", "true", |settings| settings.all_pairs = true),
        ];
        let recorded = RecordedSettings::new(&Settings::default());
        assert_eq!(recorded.by_name().len(), cases.len());
        for (setting, of_run, change) in cases {
            let error = recorded.check(&Settings::with(change), Path::new("news")).unwrap_err();
            let Error::Archive { problem: ArchiveProblem::Settings { name, archive, given }, .. } = error
            else {
                panic!("{setting}: {error}")
            };
            assert_eq!((name, &*given), (setting, of_run));
            assert_eq!(archive, recorded.by_name()[setting]);
        }
    }
}
