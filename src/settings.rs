//! The settings that users choose: defaults, ranges, and the rules that follow from them.
//!
//! A constant that users do not choose is in the file of the rule that it belongs to.

use std::ops::RangeInclusive;
use std::path::PathBuf;

use crate::boilerplate::{MaskingRule, Templates};
use crate::cluster::{ClusterRule, Preference};
use crate::corpus::Retained;
use crate::dedup::{DedupRule, Known};
use crate::error::{Error, SettingProblem};
use crate::index::{IndexRule, LinkRule};
use crate::read::ReadOptions;
use crate::sketch::Banding;
use crate::store::{Budget, Storage};
use crate::verify::{AlignRule, JudgeRule, Score};

/// The settings of a run. `docs/design.md` gives the reasons for the defaults.
///
/// ```
/// use wirecopy::Settings;
///
/// let settings = Settings::with(|settings| settings.threshold = 0.8);
/// assert_eq!(settings.partial_words, Settings::default().partial_words);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Settings {
    /// The number of words in a shingle, 1 to 32.
    pub shingle_size: usize,
    /// The number of values in a MinHash signature, 1 to 1024.
    pub num_hashes: usize,
    /// The number of bands of a signature. Bands times rows must not exceed the number of values.
    pub bands: usize,
    /// The number of values in a band.
    pub rows: usize,
    /// The number of shingles in a winnowing window, 1 to 256.
    pub window: usize,
    /// The score to which the threshold applies.
    pub by: Score,
    /// The lowest score of a copy, above 0 and up to 1.
    pub threshold: f64,
    /// The number of equal words from which on shared text is more than a quote: the shortest passage of a partial match,
    /// and the shortest excerpt.
    pub partial_words: u32,
    /// The number of equal words of the shortest passage by which a partial match joins a cluster.
    pub join_words: u32,
    /// The longest time between the dates of two articles that match, in seconds, if it is limited. Articles without a
    /// date match at any time.
    pub within: Option<u64>,
    /// True if boilerplate (what a site repeats around different stories) is masked.
    pub boilerplate: bool,
    /// Texts that are masked on the pages of their sites, whether or not the collection shows that these repeat them. Only
    /// if boilerplate is masked.
    pub templates: Templates,
    /// Which of the articles that contain a passage is the representative.
    pub preference: Preference,
    /// An article is not removed if it has a run of at least this many words that are in no article that stays; 1 to 100.
    pub novel_words: u32,
    /// The choice for articles that are in the reference collection already, when duplicates are removed.
    pub known: Known,
    /// True if all pairs of articles that share a value are compared, however many these are, and all pairs of identical
    /// articles are listed.
    pub all_pairs: bool,
    /// True if texts are kept. Reports that show texts (listing, page) and offsets in characters need them.
    pub keep_texts: bool,
    /// True if what only [`Findings::removals`](crate::Findings::removals) needs is kept: the lines of articles, by which
    /// the furniture of pages is told from text, and hashes of records, by which a record is found in the reference
    /// collection. Without it, furniture counts as text, and the same record in the reference collection as another one.
    pub for_removals: bool,
    /// The longest text that is taken in, in words; also limited by the memory, of which a word takes about 50 bytes for a
    /// while. 4,000,000 by default.
    pub max_words: usize,
    /// The memory that a run may use, in bytes. An article needs about 150 bytes, an identical copy 250 more: if these do not
    /// fit, a run ends with an error. Texts beyond it are in temporary files. Not included are 60 MB and 30 bytes a match, and
    /// records while they are read. At least 64 MiB; 2 GiB by default. A run uses no more than it has read, plus 96 MiB.
    pub memory: u64,
    /// The folder for temporary files; nothing for the folder of the system.
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
            templates: Templates::default(),
            preference: Preference::default(),
            novel_words: 12,
            known: Known::default(),
            all_pairs: false,
            keep_texts: false,
            for_removals: true,
            max_words: 4_000_000,
            memory: 2 << 30,
            temp_dir: None,
        }
    }
}

/// The greatest limit of words: the longest record has no more, since a word and a space are two bytes.
const MOST_WORDS: usize = ReadOptions::LARGEST_RECORD / 2;

/// The smallest memory budget: batches of records and the buffers of the threads need it.
const LEAST_MEMORY: u64 = 64 << 20;

/// A text may take one of so many parts of the memory while it is divided into words. Records that are read meanwhile
/// need another one.
const SHARE_OF_TEXT: u64 = 2;
/// The number of bytes that a word takes meanwhile, as measured, with the buffers that grow with it.
const BYTES_OF_WORD: u64 = 52;

impl Settings {
    /// Returns the default settings with a change.
    pub fn with(change: impl FnOnce(&mut Self)) -> Self {
        let mut settings = Self::default();
        change(&mut settings);
        settings
    }

    /// Returns what is retained of articles besides their tokens.
    pub(crate) fn retained(&self) -> Retained {
        Retained { texts: self.keep_texts, for_removals: self.for_removals }
    }

    /// Checks that every setting is in its range.
    ///
    /// # Errors
    /// [`Error::Setting`] for the first setting that is not.
    pub fn check(&self) -> Result<(), Error> {
        check_range("shingle_size", self.shingle_size, 1..=32)?;
        check_range("num_hashes", self.num_hashes, 1..=1024)?;
        check_range("bands", self.bands, 1..=self.num_hashes)?;
        check_range("rows", self.rows, 1..=self.num_hashes)?;
        check_range("window", self.window, 1..=256)?;
        check_range("novel_words", self.novel_words as usize, 1..=100)?;
        check_range("max_words", self.max_words, 1..=MOST_WORDS)?;
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

    /// Returns the folder for temporary files.
    pub fn temp_folder(&self) -> PathBuf {
        self.temp_dir.clone().unwrap_or_else(std::env::temp_dir)
    }

    /// Returns the memory into which articles must fit, in bytes: never less than a run may be allowed, though less may be
    /// shared out among its stages.
    pub(crate) fn memory_for_articles(&self) -> u64 {
        self.memory.max(LEAST_MEMORY)
    }

    /// Returns the number of words of the longest text that is taken in.
    pub fn most_words(&self) -> usize {
        let fitting =
            usize::try_from(self.memory_for_articles() / SHARE_OF_TEXT / BYTES_OF_WORD).unwrap_or(usize::MAX);
        self.max_words.min(fitting)
    }

    /// Returns the number of bytes that one store may hold if no temporary file can be created: a share of the memory,
    /// since there are several stores.
    pub(crate) fn reserve(&self) -> usize {
        usize::try_from(self.memory / 5).unwrap_or(usize::MAX)
    }

    /// Returns how signatures are divided into bands.
    pub fn banding(&self) -> Banding {
        Banding { bands: self.bands, rows: self.rows }
    }

    /// Returns where the stages of a run store what does not fit into memory.
    pub(crate) fn storage(&self, budget: Budget) -> Storage {
        Storage { folder: self.temp_folder(), reserve: self.reserve(), budget }
    }

    /// Returns what is indexed, for matches that reach the threshold.
    pub(crate) fn index_rule(&self) -> IndexRule {
        self.index_rule_for(self.threshold)
    }

    /// Returns what is indexed, for matches with a score of at least `lowest_score`.
    pub(crate) fn index_rule_for(&self, lowest_score: f64) -> IndexRule {
        IndexRule {
            shingle_size: self.shingle_size,
            window: self.window,
            banding: self.banding(),
            link: self.link_rule(),
            shortest_article: self.shortest_article(),
            partial_words: self.partial_words,
            lowest_score,
            within: self.within,
        }
    }

    /// Returns how the articles of a long list are linked.
    pub fn link_rule(&self) -> LinkRule {
        let all_pairs_up_to = if self.all_pairs { usize::MAX } else { LinkRule::ALL_PAIRS_UP_TO };
        LinkRule { all_pairs_up_to, representatives: LinkRule::REPRESENTATIVES }
    }

    /// Returns the rule for passages.
    pub fn align_rule(&self) -> AlignRule {
        AlignRule {
            shingle_size: self.shingle_size,
            bridge: AlignRule::BRIDGE,
            shortest_passage: AlignRule::SHORTEST_PASSAGE,
        }
    }

    /// Returns the rule for boilerplate.
    pub fn masking_rule(&self) -> MaskingRule {
        MaskingRule {
            shortest: MaskingRule::SHORTEST,
            shingle_size: self.shingle_size as u32,
            reach: (self.window + self.shingle_size) as u32,
        }
    }

    /// Returns the rule for matches.
    pub fn judge_rule(&self) -> JudgeRule {
        JudgeRule {
            by: self.by,
            threshold: self.threshold,
            partial_words: self.partial_words,
            within: self.within,
        }
    }

    /// Returns the rule for clusters.
    pub fn cluster_rule(&self) -> ClusterRule {
        ClusterRule { threshold: self.threshold, join_words: self.join_words, within: self.within }
    }

    /// Returns the rule for removable articles.
    pub fn dedup_rule(&self) -> DedupRule {
        DedupRule {
            novel_words: self.novel_words,
            coverage: DedupRule::COVERAGE,
            story_words: self.partial_words.max(AlignRule::SHORTEST_PASSAGE),
            shortest_run: DedupRule::SHORTEST_RUN.max(self.shingle_size as u32),
            shortest_passage: AlignRule::SHORTEST_PASSAGE,
            known: self.known,
        }
    }

    /// Returns the number of words of the shortest article that is compared with others. Shorter ones are compared for
    /// identity only.
    pub fn shortest_article(&self) -> usize {
        (AlignRule::SHORTEST_PASSAGE as usize).max(self.shingle_size)
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
