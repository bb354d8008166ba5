//! Cases of articles that are removed or stay.

use std::collections::{BTreeMap, BTreeSet};

use wirecopy::cluster::{Keep, Preference};
use wirecopy::{ArticleId, Detector, Settings};

use super::{Made, article, findings};

/// Returns `count` different words that no other seed has.
fn story(seed: &str, count: usize) -> String {
    let letter = |number: usize| char::from(b'a' + (number % 26) as u8);
    (0..count).map(|number| format!("{seed}{}{} ", letter(number / 26), letter(number))).collect()
}

/// Returns the keys of removed articles, each with the reason and the keys of the articles that support its
/// removal.
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
            let under: Vec<&str> = removal.kept_as.iter().map(|support| key(support.id)).collect();
            format!("{} {} {}", key(removal.id), removal.reason().name(), under.join("+"))
        })
        .collect()
}

/// The name of a case; its articles (key, text, site), each a day later than the one before; the removed ones.
type Case<'a> = (&'a str, Vec<(&'a str, String, &'a str)>, &'a [&'a str]);

#[test]
fn removes_only_duplicates() {
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
        ("a negation", vec![a("1", &t, "a"), a("2", &with(40, "not tbo"), "b")], &[]),
        (
            "a negation that the one that stays has",
            vec![a("1", &with(40, "not tbo"), "a"), a("2", &with(40, "tbo"), "b")],
            &[],
        ),
        (
            "a negation in other words",
            vec![a("1", &with(40, "was not tbo"), "a"), a("2", &with(40, "wasn’t tbo"), "b")],
            &["2 near-duplicate 1"],
        ),
        (
            "a negation whose apostrophe is lost",
            vec![a("1", &with(40, "doesn t tbo"), "a"), a("2", &with(40, "doesnt tbo"), "b")],
            &["2 near-duplicate 1"],
        ),
        (
            "a negation that another article has, too",
            vec![
                a("1", &with(40, "tbo"), "a"),
                a("2", &with(40, "not tbo"), "b"),
                a("3", &with(40, "not tbo"), "c"),
            ],
            &["3 exact 2"],
        ),
        ("a word changed on one site", vec![a("1", &t, "a"), a("2", &with(40, "new"), "a")], &[]),
        ("a number changed", vec![a("1", &with(40, "17"), "a"), a("2", &with(40, "18"), "b")], &[]),
        (
            "a name that occurs twice",
            vec![a("1", &t, "a"), a("2", &with(20, "name").replace("tbo", "name"), "b")],
            &[],
        ),
        ("an excerpt", vec![a("1", &(t.clone() + &o), "a"), a("2", &t, "b")], &["2 excerpt 1"]),
        ("an excerpt that is older", vec![a("1", &t, "a"), a("2", &(t.clone() + &o), "b")], &[]),
        (
            "two stories that are both in other articles",
            vec![a("1", &t, "a"), a("2", &o, "b"), a("3", &(t.clone() + &o), "c")],
            &["3 pieces 1+2"],
        ),
        (
            "two stories, one of which is in another article",
            vec![a("1", &t, "a"), a("2", &(t.clone() + &o), "b")],
            &[],
        ),
        (
            "words from different articles",
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
fn the_preference_decides_which_copy_stays() {
    let t = story("t", 80);
    let whole = t.clone() + &story("o", 80);
    let articles = [("1", t.clone(), "a"), ("2", t.clone(), "wire"), ("3", whole, "c")];
    let with = |preference| removed(&articles, Settings::with(|settings| settings.preference = preference));
    assert_eq!(with(Preference::default()), ["2 exact 1"]);
    let sites = vec!["wire".to_owned()];
    assert_eq!(with(Preference { sites, ..Preference::default() }), ["1 exact 2"]);
    let keep = Keep::LongestCore;
    assert_eq!(with(Preference { keep, ..Preference::default() }), ["1 excerpt 3", "2 excerpt 3"]);
}

/// Two records with the same few words stay if their headlines differ: the words are no article, and only the
/// headlines show the topic of each record.
#[test]
fn junk_with_different_headlines_stays() {
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
    let with =
        |novel_words| removed(&articles, Settings::with(|settings| settings.novel_words = novel_words)).len();
    assert_eq!([with(5), with(6)], [0, 1]);
}

/// The masked text of removed articles is in an article that stays. Here, all pages of a site are copies.
#[test]
fn one_article_with_the_boilerplate_stays() {
    let footer = story("f", 40);
    let day = |day: usize| Some(format!("2031-01-{day:02}"));
    let mut articles: Vec<Made<'_>> = Vec::new();
    for number in 0..6 {
        let text = story(&format!("s{}x", char::from(b'a' + number as u8)), 100);
        articles.push(("wire", text.clone(), Some(format!("wire{number}.example")), day(1 + number)));
        articles.push(("page", text + &footer, Some("pages.example".to_owned()), day(10 + number)));
    }
    let texts: BTreeMap<String, String> = (1..)
        .zip(&articles)
        .map(|(line, made)| (article(made.clone(), line).location.to_string(), made.1.clone()))
        .collect();
    let findings = findings(articles, Settings::default());
    assert_eq!(findings.counts().masked, 6);
    let removed_ids: BTreeSet<ArticleId> = findings.removals().iter().map(|removal| removal.id).collect();
    assert_eq!(removed_ids.len(), 5);
    let corpus = findings.corpus();
    let has_footer = |id: &ArticleId| texts[&corpus.header(*id).location.to_string()].contains(&footer);
    assert_eq!(corpus.ids().filter(|id| !removed_ids.contains(id)).filter(has_footer).count(), 1);
    assert!(removed_ids.iter().all(has_footer));
}

#[test]
fn the_reference_collection_stays() {
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
    let mut removed: Vec<String> = findings
        .removals()
        .iter()
        .map(|removal| {
            let under: Vec<&str> = removal.kept_as.iter().map(|support| key(support.id)).collect();
            format!("{} {}", key(removal.id), under.join("+"))
        })
        .collect();
    removed.sort();
    assert_eq!(removed, ["new-1 old-1", "new-2 old-1+old-3"]);
    let is_new = |id| !findings.corpus().is_reference(id);
    assert!(findings.matches().iter().all(|found| is_new(found.a) || is_new(found.b)));
    assert!(findings.clusters().iter().all(|cluster| cluster.members.iter().any(|member| is_new(member.id))));
    assert_eq!((findings.counts().articles, findings.counts().references), (3, 3));
}
