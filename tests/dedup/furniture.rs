//! Cases of lines that say nothing, and of short lines that say something.

use wirecopy::Settings;

use super::{Made, findings};

const FERRY: [&str; 4] = [
    "The ferry to the islands stayed in the harbor of Lind on Monday, after its second engine had failed in the storm.",
    "Four hundred passengers slept in the gymnasium of the school, where the fire brigade had put up beds for them.",
    "The company hopes to bring a tug from Malin during the night, and wants to pay for all hotels until then.",
    "It is the third time this winter that the old ship had to be towed home, said the master of the harbor.",
];

/// Returns the story with lines after its first paragraph and at its end.
fn ferry(inside: &[&str], end: &[&str]) -> String {
    [&FERRY[..1], inside, &FERRY[1..], end].concat().join("\n\n")
}

/// Returns another story, with lines at its end.
fn story(number: usize, end: &[&str]) -> String {
    let word =
        |word: usize| format!("s{}x{} ", char::from(b'a' + number as u8), char::from(b'a' + word as u8));
    let text: String = (0..26).map(word).collect::<Vec<String>>().concat();
    [&[text.as_str()], end].concat().join("\n\n")
}

/// Returns the keys of the articles that are removed; an article is its key, its text and its day.
fn removed(articles: impl IntoIterator<Item = (&'static str, String, Option<usize>)>) -> Vec<String> {
    let made = articles.into_iter().map(|(key, text, day)| -> Made<'_> {
        let site = key.split('/').next().map(|site| format!("{site}.example"));
        (key, text, site, day.map(|day| format!("2031-05-{day:02}")))
    });
    let findings = findings(made, Settings::default());
    let key = |id| findings.corpus().header(id).key.to_owned();
    findings.removals().iter().map(|removal| key(removal.id)).collect()
}

/// Returns whether a copy of the story on another site, a day later, is removed.
fn is_removed(copy: String) -> bool {
    removed([("a/1", ferry(&[], &[]), Some(1)), ("b/1", copy, Some(2))]) == ["b/1"]
}

#[test]
fn furniture_keeps_no_copy() {
    let cases: [(&str, &[&str], &[&str]); 13] = [
        ("advertisements", &["Advertisement", "Continue reading below"], &["Advertisement"]),
        (
            "any line that is repeated",
            &["Story continues under the banner"],
            &["Story continues under the banner"],
        ),
        ("a caption", &["The ferry in the harbor. Photo: Mia Berg / Harbor Pictures"], &[]),
        ("a label", &["Photo:", "Mia Berg"], &[]),
        ("a copyright line", &[], &["© 2031 Harbor News. All rights reserved."]),
        ("a reading time", &["3 min read"], &[]),
        ("comments", &[], &["12 Comments"]),
        ("a page number", &[], &["Page 1 of 3", "Next page"]),
        ("buttons", &["Share on Facebook | Tweet | WhatsApp | Email"], &["Share 27", "Print"]),
        ("links", &["[Home](/) | [News](/news) | [Sport 24](/sport)"], &[]),
        ("in German", &["Anzeige", "Lesezeit: 3 Min."], &["12 Kommentare", "Anzeige"]),
        ("in Japanese", &["広告"], &["コメント12件"]),
        ("a headline again", &[], &["It is the third time this winter"]),
    ];
    for (name, inside, end) in cases {
        assert!(is_removed(ferry(inside, end)), "{name}");
    }
}

#[test]
fn statements_keep_their_article() {
    let lines = [
        "Lind 2-1 Malin",
        "Price: 20 dollars",
        "Correction: the ship is 14 years old",
        "12 passengers were hurt",
        "20 minutes",
        "Shares: $12",
        "Photo: ferry no. 12",
        "14",
    ];
    for line in lines {
        assert!(!is_removed(ferry(&[line], &[])), "{line}, inside");
        assert!(!is_removed(ferry(&[], &[line])), "{line}, at the end");
        assert!(!is_removed(ferry(&[line], &[line])), "{line}, twice");
    }
    assert!(
        !is_removed(format!("Ystad ferry\n\nYstad ferry\n\n{}", ferry(&[], &[]))),
        "a headline with a name, twice"
    );
}

/// A line with a number and one without it are on pages of one site, around other stories.
#[test]
fn lines_that_a_site_repeats_keep_no_copy() {
    let (plain, numbered) = ("Lund Lund: the gazette", "Lund Lund: phone 555 0123");
    let is_removed = |line: &'static str, others: usize| {
        let keys = ["b/2", "b/3", "b/4", "b/5", "b/6", "b/7"];
        let copy = [("a/1", ferry(&[], &[]), Some(1)), ("b/1", ferry(&[line], &[]), Some(2))];
        let others =
            keys[..others].iter().enumerate().map(|(number, key)| (*key, story(number, &[line]), Some(3)));
        removed(copy.into_iter().chain(others)) == ["b/1"]
    };
    assert_eq!([1, 2].map(|others| is_removed(plain, others)), [false, true]);
    assert_eq!([2, 4, 5].map(|others| is_removed(numbered, others)), [false, false, true]);
}

#[test]
fn text_that_a_page_prints_twice_keeps_no_copy() {
    let doubled =
        FERRY.iter().flat_map(|paragraph| [*paragraph, *paragraph]).collect::<Vec<&str>>().join("\n\n");
    assert!(is_removed(doubled), "every paragraph twice");
    assert!(is_removed(ferry(&[FERRY[3]], &[FERRY[1]])), "two paragraphs at other places");
    let numbers = "Of the 214 cabins 160 were taken.";
    let articles =
        [("a/1", ferry(&[], &[numbers]), Some(1)), ("b/1", ferry(&[numbers], &[numbers]), Some(2))];
    assert_eq!(removed(articles), ["b/1"], "a short line at another place");
}

#[test]
fn the_cleanest_of_equal_articles_stays() {
    let clean = || ferry(&[], &[]);
    let page = || ferry(&["Advertisement"], &["12 Comments", "Read more"]);
    let more = || {
        ferry(&[], &["The bus company wants to offer seats to all who have to be on the mainland by noon."])
    };
    for day in [None, Some(1)] {
        assert_eq!(removed([("a/1", page(), day), ("b/1", clean(), day)]), ["a/1"], "{day:?}");
        assert_eq!(removed([("a/1", clean(), day), ("b/1", page(), day)]), ["b/1"], "{day:?}");
        assert_eq!(removed([("a/1", clean(), day), ("b/1", more(), day)]), ["a/1"], "{day:?}, one says more");
        let three = [("a/1", page(), day), ("b/1", clean(), day), ("c/1", more(), day)];
        assert_eq!(removed(three), ["a/1", "b/1"], "{day:?}, one of three says more");
    }
    assert_eq!(removed([("a/1", page(), Some(1)), ("b/1", clean(), Some(2))]), ["b/1"], "the earlier one");
}
