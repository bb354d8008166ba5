//! Every knob, its default, its range: settings in, checked settings out.

use std::ops::RangeInclusive;
use std::path::PathBuf;

use crate::boilerplate::BoilerplateRule;
use crate::cluster::{ClusterRule, Preference};
use crate::dedup::DedupRule;
use crate::error::{Error, SettingProblem};
use crate::index::LinkRule;
use crate::sketch::{Banding, ContextRule};
use crate::verify::{AlignRule, JudgeRule, Score};

/// How a run works. [`Settings::default`] is argued in `docs/design.md`.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Words in a shingle, 1 to 32.
    pub shingle_size: usize,
    /// Values in a MinHash signature, 1 to 1024.
    pub num_hashes: usize,
    /// Bands of the signature; bands times rows is at most the number of values.
    pub bands: usize,
    /// Values in a band.
    pub rows: usize,
    /// Shingles in a winnowing window, 1 to 256.
    pub window: usize,
    /// The score that decides.
    pub by: Score,
    /// What it must reach, 0 to 1.
    pub threshold: f64,
    /// What is longer than a quote: the fewest equal words of the passage of a partial match, and the fewest words of
    /// an excerpt.
    pub partial_words: u32,
    /// The fewest equal words of the passage by which a partial match joins a cluster.
    pub join_words: u32,
    /// The most time between the dates of two articles that match, in seconds, if there is a limit; articles without
    /// a date match at any time.
    pub within: Option<u64>,
    /// Whether what a site repeats around different stories is masked.
    pub boilerplate: bool,
    /// Which of the articles that carry a passage represents them.
    pub preference: Preference,
    /// The fewest words in one run that keep an article in which alone they stand, 1 to 100.
    pub novel_words: u32,
    /// Whether every pair of a long list is compared, and every pair of identical articles listed.
    pub all_pairs: bool,
    /// Whether texts are kept, for `Corpus::text` and reports that show them: the listing, the
    /// page, a comparison, and offsets in characters.
    pub keep_texts: bool,
    /// The memory that a run may take, in bytes, besides some 250 bytes an article and 200 a match; what does not fit
    /// stands in temporary files. 64 MiB at least, 2 GiB without being asked; a run takes no more than it has read, and
    /// 96 MiB.
    pub memory: u64,
    /// The folder for temporary files, if it is not the system's.
    pub temp_dir: Option<PathBuf>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            shingle_size: 5,
            num_hashes: 128,
            bands: 32,
            rows: 4,
            window: 8,
            by: Score::Coverage,
            threshold: 0.6,
            partial_words: 40,
            join_words: 100,
            within: None,
            boilerplate: true,
            preference: Preference::default(),
            novel_words: 12,
            all_pairs: false,
            keep_texts: false,
            memory: 2 << 30,
            temp_dir: None,
        }
    }
}

/// The most words on each side between two equal runs of one passage: less than half a sentence.
const BRIDGE: u32 = 8;
/// The fewest equal words of a passage; what is shorter is a phrase or a headline.
const SHORTEST_PASSAGE: u32 = 12;
/// The fewest equal words in one run that count where an article is to go: fewer may stand anywhere.
const SHORTEST_RUN: u32 = 5;
/// The share of an article's words that must stand in others for it to go: with less, it was rewritten, if only word
/// by word.
const DEDUP_COVERAGE: f64 = 0.9;
/// The longest list of articles under one value of which all pairs are compared.
const ALL_PAIRS_UP_TO: usize = 64;
/// Articles with which all others of a longer list are compared.
const REPRESENTATIVES: usize = 2;

/// The least memory that a run can be held to: its batches of records and the buffers of its threads.
const LEAST_MEMORY: u64 = 64 << 20;

impl Settings {
    /// Checks that every setting is in its range.
    ///
    /// # Errors
    /// Names the first setting that is not, and the range.
    pub fn check(&self) -> Result<(), Error> {
        check_range("shingle_size", self.shingle_size, 1..=32)?;
        check_range("num_hashes", self.num_hashes, 1..=1024)?;
        check_range("bands", self.bands, 1..=self.num_hashes)?;
        check_range("rows", self.rows, 1..=self.num_hashes)?;
        check_range("window", self.window, 1..=256)?;
        check_range("novel_words", self.novel_words as usize, 1..=100)?;
        let Self { bands, rows, num_hashes: hashes, .. } = *self;
        if bands * rows > hashes {
            let problem = SettingProblem::TooFewHashes { bands, rows, hashes };
            return Err(Error::Setting { name: "bands", problem });
        }
        if self.memory < LEAST_MEMORY {
            let problem = SettingProblem::TooLittleMemory { found: self.memory, least: LEAST_MEMORY };
            return Err(Error::Setting { name: "memory", problem });
        }
        if !(0.0..=1.0).contains(&self.threshold) || self.threshold == 0.0 {
            let problem = SettingProblem::NotAShare { found: self.threshold };
            return Err(Error::Setting { name: "threshold", problem });
        }
        Ok(())
    }

    /// Gives the folder for temporary files.
    pub fn temp_folder(&self) -> PathBuf {
        self.temp_dir.clone().unwrap_or_else(std::env::temp_dir)
    }

    /// Gives how much a store may hold where no temporary file can be made: a share of the memory, since there are
    /// several.
    pub(crate) fn reserve(&self) -> usize {
        usize::try_from(self.memory / 5).unwrap_or(usize::MAX)
    }

    /// Gives how signatures are cut.
    pub fn banding(&self) -> Banding {
        Banding { bands: self.bands, rows: self.rows }
    }

    /// Gives what is kept of the words around a fingerprint.
    pub fn context_rule(&self) -> ContextRule {
        ContextRule::new(self.shingle_size, self.window)
    }

    /// Gives how long lists are linked.
    pub fn link_rule(&self) -> LinkRule {
        let all_pairs_up_to = if self.all_pairs { usize::MAX } else { ALL_PAIRS_UP_TO };
        LinkRule { all_pairs_up_to, representatives: REPRESENTATIVES }
    }

    /// Gives what makes a passage.
    pub fn align_rule(&self) -> AlignRule {
        AlignRule { shingle_size: self.shingle_size, bridge: BRIDGE, shortest_passage: SHORTEST_PASSAGE }
    }

    /// Gives what makes boilerplate.
    pub fn boilerplate_rule(&self) -> BoilerplateRule {
        BoilerplateRule {
            shortest: SHORTEST_PASSAGE,
            shingle_size: self.shingle_size as u32,
            reach: (self.window + self.shingle_size) as u32,
        }
    }

    /// Gives what makes a match.
    pub fn judge_rule(&self) -> JudgeRule {
        JudgeRule {
            by: self.by,
            threshold: self.threshold,
            partial_words: self.partial_words,
            within: self.within,
        }
    }

    /// Gives what makes a cluster.
    pub fn cluster_rule(&self) -> ClusterRule {
        ClusterRule { threshold: self.threshold, join_words: self.join_words, within: self.within }
    }

    /// Gives what an article may have alone and go all the same.
    pub fn dedup_rule(&self) -> DedupRule {
        DedupRule {
            novel_words: self.novel_words,
            coverage: DEDUP_COVERAGE,
            story_words: self.partial_words.max(SHORTEST_PASSAGE),
            shortest_run: SHORTEST_RUN.max(self.shingle_size as u32),
            shortest_passage: SHORTEST_PASSAGE,
        }
    }

    /// Gives the fewest words of an article that is compared with others; shorter ones are only found identical.
    pub fn shortest_article(&self) -> usize {
        (SHORTEST_PASSAGE as usize).max(self.shingle_size)
    }
}

/// Checks that the value of a setting is in its range.
fn check_range(name: &'static str, found: usize, range: RangeInclusive<usize>) -> Result<(), Error> {
    if range.contains(&found) {
        return Ok(());
    }
    let problem = SettingProblem::OutOfRange { found, least: *range.start(), most: *range.end() };
    Err(Error::Setting { name, problem })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks() {
        let said = |settings: Settings| settings.check().map_err(|error| error.to_string()).err();
        let default = Settings::default;
        let cases = [
            (default(), None),
            (
                Settings { threshold: 1.8, ..default() },
                Some("threshold: expected a number above 0 and at most 1, found 1.8"),
            ),
            (
                Settings { threshold: f64::NAN, ..default() },
                Some("threshold: expected a number above 0 and at most 1, found NaN"),
            ),
            (Settings { shingle_size: 0, ..default() }, Some("shingle_size: expected 1 to 32, found 0")),
            (
                Settings { memory: 1024, ..default() },
                Some("memory: expected 64 MiB or more, found 1024 bytes"),
            ),
            (
                Settings { bands: 50, ..default() },
                Some("bands: 50 of 4 rows need 200 hashes, and there are 128; raise the number of hashes"),
            ),
        ];
        for (settings, expected) in cases {
            assert_eq!(said(settings).as_deref(), expected);
        }
    }
}
