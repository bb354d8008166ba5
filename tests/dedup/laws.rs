//! Laws of deduplication that hold for any edited copies, checked with the texts alone.

use std::collections::{BTreeSet, HashSet};

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use wirecopy::cluster::{Keep, Preference};
use wirecopy::{ArticleId, Findings, Settings};

use super::findings;

/// Splits a text into words: runs of letters and digits.
fn words(text: &str) -> Vec<String> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Returns the runs of words of a text that are in none of the other texts: a word is in another text if it is in a
/// run of five words that both contain.
fn lost(text: &str, kept: &[&str]) -> Vec<Vec<String>> {
    const RUN: usize = 5;
    let known: HashSet<Vec<String>> = kept
        .iter()
        .flat_map(|text| words(text).windows(RUN).map(<[String]>::to_vec).collect::<Vec<_>>())
        .collect();
    let words = words(text);
    let mut is_known = vec![false; words.len()];
    for (at, run) in words.windows(RUN).enumerate() {
        if known.contains(run) {
            is_known[at..at + RUN].fill(true);
        }
    }
    let runs = is_known.iter().zip(words).collect::<Vec<_>>();
    runs.chunk_by(|one, other| one.0 == other.0)
        .filter(|run| !*run[0].0)
        .map(|run| run.iter().map(|(_, word)| word.clone()).collect())
        .collect()
}

/// An edit of a copy. The position is a share of the number of words.
#[derive(Clone, Debug)]
enum Edit {
    Change(f64, u16),
    Insert(f64, Vec<u16>),
    Cut(f64, usize),
    Move(f64, usize),
    Punctuate(f64),
}

fn any_edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        (0.0..1.0, 0_u16..300).prop_map(|(at, word)| Edit::Change(at, word)),
        (0.0..1.0, prop::collection::vec(0_u16..300, 1..20)).prop_map(|(at, words)| Edit::Insert(at, words)),
        (0.0..1.0, 1_usize..60).prop_map(|(at, length)| Edit::Cut(at, length)),
        (0.0..1.0, 10_usize..60).prop_map(|(at, length)| Edit::Move(at, length)),
        (0.0..1.0).prop_map(Edit::Punctuate),
    ]
}

/// Returns the word with this number. Every tenth is a number in digits.
fn word(number: u16) -> String {
    if number.is_multiple_of(10) {
        return number.to_string();
    }
    let syllables = ["ba", "é", "li", "mó", "nu", "ri", "şa", "to", "vu", "ze"];
    [number / 100, number / 10 % 10, number % 10].map(|digit| syllables[usize::from(digit)]).concat()
}

fn edited(story: &[u16], edits: &[Edit]) -> String {
    let mut words: Vec<String> = story.iter().copied().map(word).collect();
    for edit in edits {
        let position = |share: f64| ((words.len() as f64 * share) as usize).min(words.len());
        match edit {
            Edit::Change(share, new) => {
                let at = position(*share);
                words.splice(at..(at + 1).min(words.len()), [word(*new)]);
            }
            Edit::Insert(share, new) => {
                let at = position(*share);
                words.splice(at..at, new.iter().copied().map(word));
            }
            Edit::Cut(share, length) => {
                let at = position(*share);
                words.drain(at..(at + length).min(words.len()));
            }
            Edit::Move(share, length) => {
                let at = position(*share);
                let moved: Vec<String> = words.drain(at..(at + length).min(words.len())).collect();
                words.extend(moved);
            }
            Edit::Punctuate(share) => {
                let at = position(*share);
                if at < words.len() {
                    words[at] = format!("“{}” —\n", words[at].to_uppercase());
                }
            }
        }
    }
    words.join(" ")
}

/// Returns pages that contain one or two of a few stories, each with its own edits.
fn any_collection() -> impl Strategy<Value = Vec<String>> {
    let stories = prop::collection::vec(prop::collection::vec(0_u16..300, 30..160), 1..4);
    let page = (
        any::<prop::sample::Index>(),
        any::<prop::sample::Index>(),
        0_u8..4,
        prop::collection::vec(any_edit(), 0..4),
    );
    (stories, prop::collection::vec(page, 2..14)).prop_map(|(stories, pages)| {
        let page =
            |(first, second, both, edits): &(prop::sample::Index, prop::sample::Index, u8, Vec<Edit>)| {
                let mut text = first.get(&stories).clone();
                if *both == 0 {
                    text.extend(second.get(&stories));
                }
                edited(&text, edits)
            };
        pages.iter().map(page).collect()
    })
}

fn check_nothing_lost(findings: &Findings, texts: &[String], novel: usize) -> Result<(), TestCaseError> {
    let removals = findings.removals();
    let text = |id: ArticleId| texts[findings.corpus().header(id).location.line as usize - 1].as_str();
    let removed: BTreeSet<ArticleId> = removals.iter().map(|removal| removal.id).collect();
    for removal in &removals {
        prop_assert!(!removal.kept_as.is_empty());
        prop_assert!(removal.kept_as.iter().all(|support| !removed.contains(&support.id)));
        let mut kept: Vec<&str> = removal.kept_as.iter().map(|support| text(support.id)).collect();
        if findings.corpus().is_masked(removal.id) {
            // Masked text may be in any page that stays.
            kept.extend(findings.corpus().ids().filter(|id| !removed.contains(id)).map(text));
        }
        for run in lost(text(removal.id), &kept) {
            prop_assert!(run.len() < novel, "{run:?} is lost, in {}", text(removal.id));
            prop_assert!(
                !run.iter().any(|word| word.contains(|letter: char| letter.is_ascii_digit())),
                "{run:?} is lost, in {}",
                text(removal.id)
            );
        }
    }
    Ok(())
}

#[test]
fn the_collections_have_duplicates() {
    let mut runner = TestRunner::deterministic();
    let count = |_| {
        let texts = any_collection().new_tree(&mut runner).unwrap().current();
        let made = texts.iter().map(|text| ("key", text.clone(), None, None));
        findings(made, Settings::default()).removals().len()
    };
    assert!((0..50).map(count).sum::<usize>() > 50);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Every run of `novel_words` words of a removed article is in the articles that support its removal, and every
    /// number.
    #[test]
    fn nothing_is_lost(texts in any_collection(), novel_words in 1_u32..16, sites in 1_usize..5, keep in 0_usize..3) {
        let keep = [Keep::Earliest, Keep::LongestCore, Keep::First][keep];
        let preference = Preference { keep, sites: vec!["site1".to_owned()] };
        let settings = Settings::with(|settings| { settings.novel_words = novel_words; settings.preference = preference; });
        let made = texts.iter().enumerate().map(|(number, text)| {
            ("key", text.clone(), Some(format!("site{}", number % sites)), Some(format!("2031-01-{:02}", 1 + number * 7 % 28)))
        });
        check_nothing_lost(&findings(made, settings), &texts, novel_words as usize)?;
    }

    /// The same if sites repeat a footer, which is masked.
    #[test]
    fn nothing_is_lost_if_boilerplate_is_masked(texts in any_collection(), footers in prop::collection::vec(prop::collection::vec(300_u16..900, 20..40), 2..3)) {
        let texts: Vec<String> = texts
            .iter()
            .enumerate()
            .map(|(number, text)| format!("{text}\n{}", edited(&footers[number % 2], &[])))
            .collect();
        let made = texts
            .iter()
            .enumerate()
            .map(|(number, text)| ("key", text.clone(), Some(format!("site{}", number % 2)), None));
        check_nothing_lost(&findings(made, Settings::default()), &texts, 12)?;
    }
}
