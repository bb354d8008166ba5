//! Checks that what an outlet prints on one occasion after another is no cluster, and that versions and copies of it are.

use super::*;

/// Five days, each more than a week after the one before: occasions.
const FIVE: [u32; 5] = [1, 9, 17, 25, 33];

/// The text of a letter: a frame of 60 words, and 40 of its own.
fn letter(name: &str) -> String {
    format!("{}{}", story("f", 60), story(name, 40))
}

/// Letters of outlet `x`, on the given days.
fn letters(days: &[u32]) -> Vec<Row<'static>> {
    let rows = ["a", "b", "c", "d", "e"].into_iter().zip(days);
    rows.map(|(name, &day)| (name, "x", day, letter(name))).collect()
}

fn check(cases: Vec<Case<'_>>) {
    for (name, articles, expected) in cases {
        let corpus = corpus(&articles);
        assert_eq!(described(&corpus, &clusters(&corpus, &Preference::default())), expected, "{name}");
    }
}

#[test]
fn letters_of_five_occasions_are_no_cluster() {
    let four: &[&str] = &["earliest seen: a - - 100/60, b exact - 100/60, c exact - 100/60, \
                            d exact - 100/60"];
    let five: &[&str] = &["earliest seen: a - - 100/60, b exact revision 100/60, c exact - 100/60, \
                            d exact - 100/60, e exact - 100/60"];
    let cases: Vec<Case<'_>> = vec![
        ("four occasions", letters(&FIVE[..4]), four),
        ("five letters on four", letters(&[1, 8, 16, 24, 32]), five),
        ("five", letters(&FIVE), &[]),
        ("six, one undated", [letters(&FIVE), vec![("u", "x", 0, letter("u"))]].concat(), &[]),
    ];
    check(cases);
}

#[test]
fn versions_and_copies_of_a_letter_are_clusters() {
    let with = |more: Row<'static>| [letters(&FIVE), vec![more]].concat();
    let half = format!("{}{}", story("c", 20), story("n", 20));
    let less = format!("{}{}", story("c", 19), story("n", 21));
    let version = |own: &str| format!("{}{own}", story("f", 60));
    let cases: Vec<Case<'_>> = vec![
        (
            "a version of the day after",
            with(("v", "x", 18, version(&half))),
            &["earliest seen: c - - 100/80, v exact revision 100/80"],
        ),
        (
            "a version of a later month",
            with(("v", "x", 50, version(&half))),
            &["earliest seen: c - - 100/80, v exact - 100/80"],
        ),
        ("another letter, with less of it", with(("v", "x", 18, version(&less))), &[]),
        (
            "a copy in another outlet",
            with(("v", "y", 18, letter("c"))),
            &["earliest seen: c - - 100/100, v exact reprint 100/100"],
        ),
    ];
    check(cases);
}

#[test]
fn a_story_that_an_outlet_prints_on_five_occasions_with_other_text_is_not_hidden() {
    let mut articles = letters(&FIVE);
    articles.push(("v", "y", 1, story("f", 60)));
    let expected = "among the earliest seen: v - - 100/100, a exact reprint 100/60, b exact reprint 100/60, \
                    c exact reprint 100/60, d exact reprint 100/60, e exact reprint 100/60";
    check(vec![("alone on its page", articles, &[expected])]);
}

#[test]
fn an_error_page_of_five_occasions_is_one_page() {
    let page = |key: &'static str, day| {
        (key, "x", day, format!("404 Not Found {} The time is {}", story("f", 60), story(key, 20)))
    };
    let pages: Vec<Row<'_>> =
        ["a", "b", "c", "d", "e"].into_iter().zip(FIVE).map(|(key, day)| page(key, day)).collect();
    let mut corpus = corpus(&pages);
    corpus.mark_junk(&IdenticalArticles::new(&corpus, None));
    let clusters = clusters(&corpus, &Preference::default());
    assert_eq!(clusters.len(), 1);
    assert_eq!((clusters[0].members.len(), clusters[0].is_junk(&corpus)), (5, true));
}
