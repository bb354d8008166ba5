//! Checks which articles that share their ending are in one cluster.

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

fn check(cases: Vec<Case<'_>>) {
    for (name, articles, expected) in cases {
        let corpus = corpus(&articles);
        assert_eq!(described(&corpus, &clusters(&corpus, &Preference::default())), expected, "{name}");
    }
}
