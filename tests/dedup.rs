//! What may go: laws that hold for any edited copies, checked from their texts alone, and the rule case by case.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::{BTreeMap, BTreeSet, HashSet};

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use wirecopy::cluster::{Keep, Preference};
use wirecopy::{Article, ArticleId, Detector, Findings, Place, Settings};

/// An article: key, text, site, date.
type Made<'a> = (&'a str, String, Option<String>, Option<String>);

fn article((key, text, site, published): Made<'_>, line: u64) -> Article {
    let place = Place { file: "made".into(), line };
    Article { key: key.to_owned(), text, site, published, title: None, place }
}

fn findings<'a>(articles: impl IntoIterator<Item = Made<'a>>, settings: Settings) -> Findings {
    let mut detector = Detector::new(settings).unwrap();
    for (line, made) in (1..).zip(articles) {
        detector.add(article(made, line)).unwrap();
    }
    detector.finish(&()).unwrap()
}

/// Makes `count` words that no other seed has, all different.
fn story(seed: &str, count: usize) -> String {
    let letter = |number: usize| char::from(b'a' + (number % 26) as u8);
    (0..count).map(|number| format!("{seed}{}{} ", letter(number / 26), letter(number))).collect()
}

/// Names what goes, each with what it is kept under.
fn removed(articles: &[(&str, String, &str)], settings: Settings) -> Vec<String> {
    let made = articles.iter().zip(1..).map(|((key, text, site), day)| {
        (*key, text.clone(), Some((*site).to_owned()), Some(format!("2031-01-{day:02}")))
    });
    let findings = findings(made, settings);
    let key = |id| findings.corpus().header(id).key;
    findings
        .removals()
        .iter()
        .map(|removal| {
            let under: Vec<&str> = removal.under.iter().map(|support| key(support.id)).collect();
            format!("{} {} {}", key(removal.id), removal.reason().name(), under.join("+"))
        })
        .collect()
}

/// Name, articles (key, text, site; each a day later), what goes.
type Case<'a> = (&'a str, Vec<(&'a str, String, &'a str)>, &'a [&'a str]);

#[test]
fn goes_or_stays() {
    let (t, o) = (story("t", 120), story("o", 110));
    let with = |at: usize, new: &str| {
        let mut words: Vec<&str> = t.split(' ').collect();
        words[at] = new;
        words.join(" ")
    };
    let eleven = story("n", 11);
    let twelve = story("n", 12);
    let a = |key: &'static str, text: &str, site: &'static str| (key, text.to_owned(), site);
    let cases: Vec<Case<'_>> = vec![
        ("a copy", vec![a("1", &t, "a"), a("2", &t, "b")], &["2 exact 1"]),
        (
            "a note of eleven words",
            vec![a("1", &t, "a"), a("2", &(t.clone() + &eleven), "b")],
            &["2 near-duplicate 1"],
        ),
        ("a note of twelve words", vec![a("1", &t, "a"), a("2", &(t.clone() + &twelve), "b")], &[]),
        ("a note with a number", vec![a("1", &t, "a"), a("2", &(t.clone() + "at 7"), "b")], &[]),
        (
            "another site's spelling",
            vec![a("1", &t, "a"), a("2", &with(40, "new"), "b")],
            &["2 near-duplicate 1"],
        ),
        ("a word changed on one site", vec![a("1", &t, "a"), a("2", &with(40, "new"), "a")], &[]),
        ("a number changed", vec![a("1", &with(40, "17"), "a"), a("2", &with(40, "18"), "b")], &[]),
        (
            "a name that comes twice",
            vec![a("1", &t, "a"), a("2", &with(20, "name").replace("tbo", "name"), "b")],
            &[],
        ),
        ("an excerpt", vec![a("1", &(t.clone() + &o), "a"), a("2", &t, "b")], &["2 excerpt 1"]),
        ("an excerpt that is older", vec![a("1", &t, "a"), a("2", &(t.clone() + &o), "b")], &[]),
        (
            "two stories of which both are kept",
            vec![a("1", &t, "a"), a("2", &o, "b"), a("3", &(t.clone() + &o), "c")],
            &["3 pieces 1+2"],
        ),
        ("two stories of which one is kept", vec![a("1", &t, "a"), a("2", &(t.clone() + &o), "b")], &[]),
        (
            "words from here and there",
            vec![
                a("1", &with(30, "18"), "a"),
                a("2", &(with(30, "17")[..240].to_owned() + &o), "b"),
                a("3", &with(30, "17"), "c"),
            ],
            &[],
        ),
        (
            "a chain",
            vec![
                a("1", &(story("p", 90) + &story("q", 90)), "a"),
                a("2", &(story("q", 90) + &story("r", 90)), "b"),
                a("3", &(story("r", 90) + &story("s", 90)), "c"),
                a("4", &story("q", 90), "d"),
            ],
            &["4 excerpt 1"],
        ),
        ("no words", vec![a("1", "", "a"), a("2", "", "b")], &[]),
        ("a few words", vec![a("1", "one two", "a"), a("2", "One, two.", "b")], &["2 exact 1"]),
    ];
    for (name, articles, expected) in cases {
        assert_eq!(removed(&articles, Settings::default()), expected, "{name}");
    }
}

#[test]
fn preference_decides_who_stays() {
    let t = story("t", 80);
    let whole = t.clone() + &story("o", 80);
    let articles = [("1", t.clone(), "a"), ("2", t.clone(), "wire"), ("3", whole, "c")];
    let with = |preference| removed(&articles, Settings { preference, ..Settings::default() });
    assert_eq!(with(Preference::default()), ["2 exact 1"]);
    let sites = vec!["wire".to_owned()];
    assert_eq!(with(Preference { sites, ..Preference::default() }), ["1 exact 2"]);
    let keep = Keep::LongestCore;
    assert_eq!(with(Preference { keep, ..Preference::default() }), ["1 excerpt 3", "2 excerpt 3"]);
}

/// The same few words under two headlines are no article: the headlines say what the records are about.
#[test]
fn junk_stays() {
    let text =
        |title: &str| format!("{{\"text\": \"Read also\", \"site\": \"a\", \"title\": \"{title}\"}}\n");
    let removed = |titles: [&str; 2]| {
        let lines = titles.map(text).concat();
        let input = wirecopy::Input::reader("made.jsonl", std::io::Cursor::new(lines.into_bytes()));
        let reader = wirecopy::Reader::new(vec![input], wirecopy::ReadOptions::default());
        let mut detector = Detector::new(Settings::default()).unwrap();
        detector.read(reader, &(), Err).unwrap();
        detector.finish(&()).unwrap().removals().len()
    };
    assert_eq!(removed(["One", "One"]), 1);
    assert_eq!(removed(["One", "Another"]), 0);
}

#[test]
fn fewer_novel_words_keep_more() {
    let t = story("t", 80);
    let articles = [("1", t.clone(), "a"), ("2", t + &story("n", 5), "b")];
    let with = |novel_words| removed(&articles, Settings { novel_words, ..Settings::default() }).len();
    assert_eq!([with(5), with(6)], [0, 1]);
}

/// Whatever is masked of the articles that go stands in one that stays: here all pages of a site are copies.
#[test]
fn boilerplate_stays_once() {
    let footer = story("f", 40);
    let day = |day: usize| Some(format!("2031-01-{day:02}"));
    let mut articles: Vec<Made<'_>> = Vec::new();
    for number in 0..6 {
        let text = story(&format!("s{}x", char::from(b'a' + number as u8)), 100);
        articles.push(("wire", text.clone(), Some(format!("wire{number}.example")), day(1 + number)));
        articles.push(("page", text + &footer, Some("pages.example".to_owned()), day(10 + number)));
    }
    let texts: BTreeMap<Place, String> = (1..)
        .zip(&articles)
        .map(|(line, made)| (article(made.clone(), line).place, made.1.clone()))
        .collect();
    let findings = findings(articles, Settings::default());
    assert_eq!(findings.counts().masked, 6);
    let gone: BTreeSet<ArticleId> = findings.removals().iter().map(|removal| removal.id).collect();
    assert_eq!(gone.len(), 5);
    let corpus = findings.corpus();
    let holds = |id: &ArticleId| texts[corpus.header(*id).place].contains(&footer);
    assert_eq!(corpus.ids().filter(|id| !gone.contains(id)).filter(holds).count(), 1);
    assert!(gone.iter().all(holds));
}

#[test]
fn what_is_matched_against_stays() {
    let (t, o) = (story("t", 80), story("o", 80));
    let made = |key, text: &str, day: &str| (key, text.to_owned(), None, Some(day.to_owned()));
    let input = |articles: Vec<Made<'_>>| -> wirecopy::Reader {
        let line = |(key, text, _, published): Made<'_>| {
            format!(
                "{{\"id\": \"{key}\", \"text\": \"{text}\", \"published\": \"{}\"}}\n",
                published.unwrap()
            )
        };
        let lines: String = articles.into_iter().map(line).collect();
        let input = wirecopy::Input::reader("made.jsonl", std::io::Cursor::new(lines.into_bytes()));
        wirecopy::Reader::new(vec![input], wirecopy::ReadOptions::default())
    };
    let mut detector = Detector::new(Settings::default()).unwrap();
    let old = vec![
        made("old-1", &t, "2031-02-01"),
        made("old-2", &t, "2031-02-02"),
        made("old-3", &o, "2031-02-01"),
    ];
    detector.read_reference(input(old), &(), Err).unwrap();
    let new = vec![
        made("new-1", &t, "2031-01-01"),
        made("new-2", &(t.clone() + &o), "2031-01-01"),
        made("new-3", &story("x", 50), "2031-01-01"),
    ];
    detector.read(input(new), &(), Err).unwrap();
    let findings = detector.finish(&()).unwrap();
    let key = |id| findings.corpus().header(id).key;
    let mut gone: Vec<String> = findings
        .removals()
        .iter()
        .map(|removal| {
            let under: Vec<&str> = removal.under.iter().map(|support| key(support.id)).collect();
            format!("{} {}", key(removal.id), under.join("+"))
        })
        .collect();
    gone.sort();
    assert_eq!(gone, ["new-1 old-1", "new-2 old-1+old-3"]);
    let is_new = |id| !findings.corpus().is_reference(id);
    assert!(findings.matches().iter().all(|found| is_new(found.a) || is_new(found.b)));
    assert!(findings.clusters().iter().all(|cluster| cluster.members.iter().any(|member| is_new(member.id))));
    assert_eq!((findings.counts().articles, findings.counts().references), (3, 3));
}

/// Splits a text into words: the made ones are letters and digits between other characters.
fn words(text: &str) -> Vec<String> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Says what of a text stands in none of others: from the texts alone, by runs of five words that both have.
fn lost(text: &str, kept: &[&str]) -> Vec<Vec<String>> {
    const RUN: usize = 5;
    let known: HashSet<Vec<String>> = kept
        .iter()
        .flat_map(|text| words(text).windows(RUN).map(<[String]>::to_vec).collect::<Vec<_>>())
        .collect();
    let words = words(text);
    let mut stands = vec![false; words.len()];
    for (at, run) in words.windows(RUN).enumerate() {
        if known.contains(run) {
            stands[at..at + RUN].fill(true);
        }
    }
    let runs = stands.iter().zip(words).collect::<Vec<_>>();
    runs.chunk_by(|one, other| one.0 == other.0)
        .filter(|run| !*run[0].0)
        .map(|run| run.iter().map(|(_, word)| word.clone()).collect())
        .collect()
}

/// What is done to a copy, at a place given as a share of its words.
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

/// Makes a word of a number; one in ten is a number itself.
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
        let place = |share: f64| ((words.len() as f64 * share) as usize).min(words.len());
        match edit {
            Edit::Change(share, new) => {
                let at = place(*share);
                words.splice(at..(at + 1).min(words.len()), [word(*new)]);
            }
            Edit::Insert(share, new) => {
                let at = place(*share);
                words.splice(at..at, new.iter().copied().map(word));
            }
            Edit::Cut(share, length) => {
                let at = place(*share);
                words.drain(at..(at + length).min(words.len()));
            }
            Edit::Move(share, length) => {
                let at = place(*share);
                let moved: Vec<String> = words.drain(at..(at + length).min(words.len())).collect();
                words.extend(moved);
            }
            Edit::Punctuate(share) => {
                let at = place(*share);
                if at < words.len() {
                    words[at] = format!("“{}” —\n", words[at].to_uppercase());
                }
            }
        }
    }
    words.join(" ")
}

/// Stories of which pages carry one or two, each edited in its own way.
fn any_pile() -> impl Strategy<Value = Vec<String>> {
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
    let text = |id: ArticleId| texts[findings.corpus().header(id).place.line as usize - 1].as_str();
    let gone: BTreeSet<ArticleId> = removals.iter().map(|removal| removal.id).collect();
    for removal in &removals {
        prop_assert!(!removal.under.is_empty());
        prop_assert!(removal.under.iter().all(|support| !gone.contains(&support.id)));
        let mut kept: Vec<&str> = removal.under.iter().map(|support| text(support.id)).collect();
        if findings.corpus().is_masked(removal.id) {
            // What is masked stands in any page that stays.
            kept.extend(findings.corpus().ids().filter(|id| !gone.contains(id)).map(text));
        }
        for run in lost(text(removal.id), &kept) {
            prop_assert!(run.len() < novel, "{run:?} is lost with {}", text(removal.id));
            prop_assert!(
                !run.iter().any(|word| word.contains(|letter: char| letter.is_ascii_digit())),
                "{run:?} is lost with {}",
                text(removal.id)
            );
        }
    }
    Ok(())
}

#[test]
fn the_piles_have_something_to_remove() {
    let mut runner = TestRunner::deterministic();
    let count = |_| {
        let texts = any_pile().new_tree(&mut runner).unwrap().current();
        let made = texts.iter().map(|text| ("key", text.clone(), None, None));
        findings(made, Settings::default()).removals().len()
    };
    assert!((0..50).map(count).sum::<usize>() > 50);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Every run of so many words of an article that goes stands in those it is kept under, and every number.
    #[test]
    fn nothing_is_lost(texts in any_pile(), novel_words in 1_u32..16, sites in 1_usize..5, keep in 0_usize..3) {
        let keep = [Keep::Earliest, Keep::LongestCore, Keep::First][keep];
        let preference = Preference { keep, sites: vec!["site1".to_owned()] };
        let settings = Settings { novel_words, preference, ..Settings::default() };
        let made = texts.iter().enumerate().map(|(number, text)| {
            ("key", text.clone(), Some(format!("site{}", number % sites)), Some(format!("2031-01-{:02}", 1 + number * 7 % 28)))
        });
        check_nothing_lost(&findings(made, settings), &texts, novel_words as usize)?;
    }

    /// The same where sites frame their pages, so that something is masked.
    #[test]
    fn nothing_is_lost_behind_masks(texts in any_pile(), footers in prop::collection::vec(prop::collection::vec(300_u16..900, 20..40), 2..3)) {
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
