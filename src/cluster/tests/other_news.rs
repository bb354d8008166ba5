//! Checks which articles that share text but tell different news are in one cluster.

use super::*;

#[test]
fn reports_with_the_same_background_are_no_cluster() {
    let (one, other, background) = (story("r", 100), story("s", 100), story("b", 60));
    let report = || ("a", "x", 1, format!("{one}{background}"));
    let ending = |words: usize| format!("{other}{background}{}", story("e", words));
    let beginning = |words: usize| format!("{}{background}{other}", story("d", words));
    let cases: Vec<Case<'_>> = vec![
        ("at the end of both", vec![report(), ("b", "y", 2, ending(0))], &[]),
        ("at the end of one", vec![report(), ("b", "y", 2, ending(50))], &[]),
        (
            "at the beginning of one",
            vec![report(), ("b", "y", 2, beginning(0))],
            &["earliest seen: a - - 100/38, b exact reprint 100/38"],
        ),
        (
            "after a dateline",
            vec![report(), ("b", "y", 2, beginning(39))],
            &["earliest seen: a - - 100/38, b exact reprint 100/30"],
        ),
        ("after a lead", vec![report(), ("b", "y", 2, beginning(40))], &[]),
    ];
    check(cases);
}

#[test]
fn a_later_report_that_tells_background_again_is_in_no_cluster_with_the_first() {
    let background = story("b", 60);
    let report = |name: &str, lead: usize, rest: usize| {
        format!("{}{background}{}", story(name, lead), story("e", rest))
    };
    let first = || ("a", "x", 1, format!("{}{background}{}", story("r", 100), story("t", 60)));
    let cases: Vec<Case<'_>> = vec![
        (
            "within a week",
            vec![first(), ("b", "y", 8, report("s", 100, 60))],
            &["earliest seen: a - - 100/27, b exact reprint 100/27"],
        ),
        ("later", vec![first(), ("b", "y", 9, report("s", 100, 60))], &[]),
        (
            "undated",
            vec![first(), ("b", "y", 0, report("s", 100, 60))],
            &["earliest seen: a - - 100/27, b exact reprint 100/27"],
        ),
        (
            "later, from the beginning: a digest of it",
            vec![first(), ("b", "y", 9, report("s", 39, 121))],
            &["earliest seen: a - - 100/27, b exact reprint 100/27"],
        ),
    ];
    check(cases);
}

#[test]
fn a_story_at_the_end_of_two_pages_is_known_from_the_article_that_is_the_story() {
    let text = story("s", 60);
    let pages = || ["p", "q"].map(|name| (name, name, 1, format!("{}{text}", story(name, 100))));
    let with_story = pages().into_iter().chain([("c", "z", 3, text.clone())]).collect();
    let cases: Vec<Case<'_>> = vec![
        ("two pages alone", pages().to_vec(), &[]),
        (
            "and the story",
            with_story,
            &["among the earliest seen: p - - 100/38, q exact reprint 100/38, c exact reprint 100/100"],
        ),
    ];
    check(cases);
}

#[test]
fn one_form_with_two_subjects_is_no_cluster() {
    let frame = story("f", 120);
    let grant = |town: &str, sum: &str| {
        format!(
            "{town} gets {sum} kronor from the fund for safe coasts, since the harbor of {town} was chosen. {frame}"
        )
    };
    let articles = |sites: [&'static str; 2]| {
        vec![("a", sites[0], 1, grant("Lund", "4,500")), ("b", sites[1], 2, grant("Ystad", "8,100"))]
    };
    let cases: Vec<Case<'_>> = vec![
        ("one outlet", articles(["x", "x"]), &[]),
        (
            "two outlets",
            articles(["x", "y"]),
            &["earliest seen: a - - 100/98, b near-duplicate reprint 100/98"],
        ),
    ];
    check(cases);
}

fn check(cases: Vec<Case<'_>>) {
    for (name, articles, expected) in cases {
        let corpus = corpus(&articles);
        assert_eq!(described(&corpus, &clusters(&corpus, &Preference::default())), expected, "{name}");
    }
}
