//! Stores what a run over all articles of an archive masks of each, by the numbers that the articles have there.
//!
//! Cost: eight bytes for each article of which something is masked, and eight for each masked range.

use std::ops::Range;

use super::snapshot::Snapshot;
use crate::corpus::Corpus;
use crate::error::Error;
use crate::store::list_range;

/// The number of articles that are read before the result is looked at.
const READ_AT_ONCE: usize = 1 << 12;

/// The masked ranges of articles, by number.
#[derive(Debug, Default)]
pub(super) struct ArticleMasks {
    /// The numbers of the articles of which something is masked, ascending.
    numbers: Vec<u32>,
    /// For each of these the end of its ranges.
    ends: Vec<u32>,
    ranges: Vec<Range<u32>>,
}

impl ArticleMasks {
    /// Collects what is masked of the articles of a corpus; `numbers` has the number of each, if it has one.
    pub(super) fn new(corpus: &Corpus, numbers: &[Option<u32>]) -> Self {
        let masked = corpus.ids().filter(|&id| corpus.is_masked(id));
        let mut masked: Vec<_> = masked.filter_map(|id| Some((numbers[id.index()]?, id))).collect();
        masked.sort_unstable();
        let mut out = Self::default();
        for (number, id) in masked {
            out.numbers.push(number);
            out.ranges.extend(corpus.masked_ranges(id));
            out.ends.push(out.ranges.len() as u32);
        }
        out
    }

    /// Returns the masked ranges of an article.
    pub(super) fn of(&self, number: u32) -> &[Range<u32>] {
        let found = self.numbers.binary_search(&number);
        found.map_or(&[], |index| &self.ranges[list_range(&self.ends, index)])
    }

    /// Returns whether these are the masks that an archive has recorded.
    ///
    /// # Errors
    /// [`Error::Archive`] if the archive cannot be read.
    pub(super) fn are_recorded(&self, snapshot: &Snapshot) -> Result<bool, Error> {
        for segment in &snapshot.segments {
            for numbers in snapshot.live_in(segment).chunks(READ_AT_ONCE) {
                let mut is_same = true;
                snapshot.for_each(numbers, |number, article| is_same &= article.masked == self.of(number))?;
                if !is_same {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::super::archive::Archive;
    use super::super::searching::WholeRun;
    use super::super::test_archive::{archive, text};
    use super::*;
    use crate::article::Article;
    use crate::corpus::Role;
    use crate::detect::{Detector, Findings};
    use crate::settings::Settings;

    /// Returns what a run over all articles masks.
    fn masks(snapshot: &Snapshot) -> ArticleMasks {
        let WholeRun { findings, numbers, .. } = snapshot.find_all(Settings::default(), 0, &()).unwrap();
        ArticleMasks::new(findings.corpus(), &numbers)
    }

    /// Looks up a page with all paragraphs of the archive. Most of it is in none of the old articles, so that it gives no reason
    /// to doubt their masks.
    fn look_up(snapshot: &Snapshot) -> Findings {
        let own: Vec<u32> = (900..910).collect();
        let mut detector = Detector::new(Settings::default()).unwrap();
        detector.add(Article::new("new", text(&[&[0, 1, 2, 3], &own[..]].concat()))).unwrap();
        snapshot.find(detector, &()).unwrap()
    }

    /// Checks that a look-up finds the masks of old articles as they are recorded. Returns the number of old articles that it
    /// compares.
    fn check_look_up(snapshot: &Snapshot, masks: &ArticleMasks) -> usize {
        let findings = look_up(snapshot);
        let corpus = findings.corpus();
        let old: Vec<_> = corpus.ids().filter(|&id| corpus.role(id) == Role::Reference).collect();
        for &id in &old {
            let number = corpus.key(id).parse().unwrap();
            assert_eq!(corpus.recorded_mask(id), Some(masks.of(number)), "of {number}");
        }
        old.len()
    }

    proptest! {
        // Each case writes an archive.
        #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_compacted_archive_records_what_one_run_masks(
            articles in prop::collection::vec(prop::collection::vec(0_u32..4, 1..4), 6..40),
        ) {
            let (_folder, snapshot) = archive(&articles);
            let archive = Archive::open(snapshot.path()).unwrap();
            // What this run loads stays in memory.
            look_up(&archive.snapshot());
            archive.write().unwrap().compact(Settings::default(), 9, &()).unwrap();

            let compacted = archive.snapshot();
            let masks = masks(&compacted);
            prop_assert!(masks.are_recorded(&compacted).unwrap());
            prop_assert!(check_look_up(&compacted, &masks) > 0);

            let names = |snapshot: &Arc<Snapshot>| -> BTreeSet<String> {
                snapshot.segments.iter().map(|segment| segment.entry.file.name.clone()).collect()
            };
            archive.write().unwrap().compact(Settings::default(), 10, &()).unwrap();
            prop_assert_eq!(names(&archive.snapshot()), names(&compacted), "no segment is written again");
        }
    }

    /// A template is known when the last pages of a site come, but not when its first ones do.
    #[test]
    fn masks_are_recorded_as_they_were_known_and_anew_when_an_archive_is_compacted() {
        // Every sixth article is of the same site, and has paragraph 0 beside one of its own.
        let articles: Vec<Vec<u32>> = (0..60)
            .map(|number| match number % 6 {
                0 => vec![0, 1000 + number],
                _ => vec![2000 + number],
            })
            .collect();
        let (_folder, snapshot) = archive(&articles);
        let all = masks(&snapshot);
        let of_site: Vec<u32> = (0..60).step_by(6).collect();
        let template = 0..30;
        assert!(of_site.iter().all(|&number| all.of(number) == std::slice::from_ref(&template)), "{all:?}");
        let mut recorded = Vec::new();
        snapshot
            .for_each(&of_site, |number, article| {
                assert!(article.masked.is_empty() || article.masked == all.of(number));
                recorded.push(!article.masked.is_empty());
            })
            .unwrap();
        assert_eq!((recorded[0], recorded[9]), (false, true));
        assert!(!all.are_recorded(&snapshot).unwrap());

        let archive = Archive::open(snapshot.path()).unwrap();
        archive.write().unwrap().compact(Settings::default(), 9, &()).unwrap();
        assert!(all.are_recorded(&archive.snapshot()).unwrap());
    }
}
