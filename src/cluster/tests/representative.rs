//! Checks that the earliest article that contains the passage represents a cluster, whoever aligns with it.

use super::*;

/// Returns the words of a story from one place to another.
fn part(name: &str, from: usize, to: usize) -> String {
    let all = story(name, 300);
    all.split_whitespace().skip(from).take(to - from).map(|word| word.to_owned() + " ").collect()
}

#[test]
fn a_later_article_does_not_represent_because_more_members_align_with_it() {
    let s = |from, to| part("s", from, to);
    let own = |name: &str| story(name, 60);
    let cases: Vec<Case<'_>> = vec![
        (
            "a member whose whole text matches the later article only, but which contains the passage of the earliest",
            vec![
                ("early", "x", 1, s(0, 95) + &own("t")),
                ("late", "y", 2, s(0, 100)),
                ("more", "z", 3, s(0, 90) + &own("u")),
                ("part", "w", 4, s(64, 100) + &story("v", 30)),
            ],
            &[
                "earliest seen: early - - 100/61, late exact reprint 100/95, more near-duplicate reprint 95/60, \
                 part partial reprint 33/47",
            ],
        ),
        (
            "a member that does not match the earliest article leaves, and stays in a cluster of the later one",
            vec![
                ("early", "x", 1, s(0, 181) + &own("t")),
                ("late", "y", 2, s(0, 200)),
                ("more", "z", 3, s(0, 200) + &own("u")),
                ("other", "v", 3, s(0, 200) + &own("a")),
                ("part", "w", 4, s(162, 200)),
            ],
            &[
                "earliest seen: early - - 100/75, late exact reprint 100/91, more exact reprint 100/70, \
                 other exact reprint 100/70",
                "earliest seen: late - - 100/19, part exact reprint 100/100",
            ],
        ),
        (
            "an article that most others do not match does not represent",
            vec![
                ("early", "x", 1, s(0, 90) + &own("t")),
                ("late", "y", 2, s(0, 100)),
                ("one", "z", 3, s(71, 100) + &story("u", 10)),
                ("other", "w", 3, s(71, 100) + &story("v", 10)),
                ("third", "v", 3, s(71, 100) + &story("a", 10)),
            ],
            &["shares the passage with every member: late - - 100/100, early near-duplicate reprint 90/60, \
                 one excerpt reprint 29/74, other excerpt reprint 29/74, third excerpt reprint 29/74"],
        ),
    ];
    for (name, articles, expected) in cases {
        let corpus = corpus(&articles);
        let clusters = clusters(&corpus, &Preference::default());
        assert_eq!(described(&corpus, &clusters), expected, "{name}");
    }
}

#[test]
fn an_article_with_a_date_that_is_not_believed_is_not_the_earliest() {
    let s = story("s", 100);
    let dated = |key: &str, site: &str, date: &str, text: &str| Article {
        site: Some(site.to_owned()),
        published: Some(date.to_owned()),
        ..Article::new(key.to_owned(), text.to_owned())
    };
    let others = (0..30).map(|number| {
        dated(&format!("other {number}"), "thief.example", "2031-02-03", &story(&format!("o{number}x"), 10))
    });
    for (date, expected) in [("1999-01-01", "first"), ("2031-01-01", "copy")] {
        let copies =
            [dated("first", "wire.example", "2031-02-01", &s), dated("copy", "thief.example", date, &s)];
        let mut segment = Segment::new();
        let mut tokens = Tokens::new();
        for article in copies.into_iter().chain(others.clone()) {
            tokenize(&article.text, &mut tokens);
            segment.push(article.clone(), &tokens, Retained::TOKENS);
        }
        let corpus = Corpus::new(vec![segment]);
        let clusters = clusters(&corpus, &Preference::default());
        assert_eq!(corpus.key(clusters[0].representative), expected, "{date}");
        let doubted: Vec<&str> = corpus.doubted_dates().iter().map(|&id| corpus.key(id)).collect();
        assert_eq!(doubted, if expected == "first" { vec!["copy"] } else { Vec::new() });
    }
}
