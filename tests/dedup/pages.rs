//! Cases of pages that print more than the text that was extracted from them.

use wirecopy::dedup::Exception;
use wirecopy::{Article, Detector, Settings};

/// Returns `count` different words that no other seed has.
fn words(seed: &str, count: usize) -> String {
    let letter = |number: usize| char::from(b'a' + (number % 26) as u8);
    let words = (0..count).map(|number| format!("{seed}{}{}", letter(number / 26), letter(number)));
    words.collect::<Vec<String>>().join(" ")
}

/// A page: its key, which begins with its site, its headline, its text, and what it prints besides.
type Page<'a> = (&'a str, &'a str, String, String);

/// Returns the keys of the pages that are removed, and those of pages that stay as exceptions, with the reason.
fn removed(pages: Vec<Page<'_>>) -> (Vec<String>, Vec<String>) {
    let mut detector = Detector::new(Settings::default()).unwrap();
    for (day, (key, title, text, other_text)) in (1..).zip(pages) {
        let article = Article {
            site: key.split('/').next().map(str::to_owned),
            url: Some(format!("https://{key}")),
            title: Some(title.to_owned()),
            published: Some(format!("2031-01-{day:02}")),
            other_text,
            ..Article::new(key, text)
        };
        detector.add(article).unwrap();
    }
    let findings = detector.finish(&()).unwrap();
    let found = findings.deduplication();
    let removed = found.removals.iter().map(|removal| findings.key(removal.id).to_owned());
    let excepted = found.exceptions.iter().map(|(&id, exception)| {
        let name = match exception {
            Exception::Headlines => "headlines",
            Exception::PageText => "page text",
        };
        format!("{} {name}", findings.key(id))
    });
    (removed.collect(), excepted.collect())
}

#[test]
fn pages_with_words_of_their_own_stay() {
    let (text, story, other) = (words("t", 120), words("s", 60), words("o", 60));
    let own = words("own", 40);
    let page = |key: &'static str, text: &str, other: &str| (key, "Title", text.to_owned(), other.to_owned());
    let changed = own.replace("ownba", "edited");
    // Five words of the story are in the middle of the paragraph.
    let phrase = text.split(' ').take(5).collect::<Vec<&str>>().join(" ");
    let divided = format!("{} {phrase} {}", words("x", 20), words("y", 20));
    // The name of the case, the pages, those that are removed, and those that stay as exceptions.
    type Case<'a> = (&'a str, Vec<Page<'a>>, &'a [&'a str], &'a [&'a str]);
    let cases: Vec<Case<'_>> = vec![
        ("nothing besides", vec![page("a/1", &text, ""), page("b/1", &text, "")], &["b/1"], &[]),
        ("a paragraph", vec![page("a/1", &text, ""), page("b/1", &text, &own)], &[], &["b/1 page text"]),
        (
            "the first page has it, too",
            vec![page("a/1", &text, &own), page("b/1", &text, &own)],
            &["b/1"],
            &[],
        ),
        (
            "in the text of the first page",
            vec![page("a/1", &format!("{text}\n\n{own}"), ""), page("b/1", &text, &own)],
            &["b/1"],
            &[],
        ),
        ("with a word changed", vec![page("a/1", &text, &own), page("b/1", &text, &changed)], &["b/1"], &[]),
        (
            "another page of the site has it",
            vec![page("a/1", &text, ""), page("b/1", &text, &own), page("b/2", &story, &own)],
            &["b/1"],
            &[],
        ),
        (
            "a paragraph with a phrase that is elsewhere",
            vec![page("a/1", &text, ""), page("b/1", &text, &divided)],
            &[],
            &["b/1 page text"],
        ),
        ("a caption", vec![page("a/1", &text, ""), page("b/1", &text, &words("own", 39))], &["b/1"], &[]),
        (
            "paragraphs that are each too short",
            vec![
                page("a/1", &text, ""),
                page("b/1", &text, &format!("{}\n{}", words("x", 30), words("y", 30))),
            ],
            &["b/1"],
            &[],
        ),
        (
            "two removed pages have it",
            vec![page("a/1", &text, ""), page("b/1", &text, &own), page("c/1", &text, &own)],
            &["c/1"],
            &["b/1 page text"],
        ),
        (
            "only another removed page has it",
            vec![
                page("a/1", &text, ""),
                page("a/2", &story, ""),
                page("b/1", &text, &own),
                page("b/2", &story, &own),
            ],
            &["b/2"],
            &["b/1 page text"],
        ),
        (
            "an excerpt",
            vec![page("a/1", &format!("{text}\n\n{other}"), ""), page("b/1", &text, &own)],
            &[],
            &["b/1 page text"],
        ),
    ];
    for (name, pages, expected, excepted) in cases {
        let found = removed(pages);
        let own = |keys: &[&str]| keys.iter().map(|&key| key.to_owned()).collect::<Vec<String>>();
        assert_eq!(found, (own(expected), own(excepted)), "{name}");
    }
}

#[test]
fn a_text_under_three_headlines_says_nothing_of_its_pages() {
    let column = words("t", 120);
    let page = |key: &'static str, title: &'static str| (key, title, column.clone(), String::new());
    let three = vec![page("a/1", "Fog"), page("a/2", "Rain"), page("a/3", "Snow"), page("a/4", "Snow")];
    assert_eq!(
        removed(three),
        (vec!["a/4".to_owned()], vec!["a/2 headlines".into(), "a/3 headlines".into()])
    );
    let two = vec![page("a/1", "Fog"), page("a/2", "Rain"), page("a/3", "Rain")];
    assert_eq!(removed(two), (vec!["a/2".to_owned(), "a/3".into()], vec![]));
    let scraped_again = vec![page("a/1", "Fog"), page("a/1", "Fog at noon"), page("a/1", "Fog at night")];
    assert_eq!(removed(scraped_again).0.len(), 2, "one address");
    let reprints = vec![page("a/1", "Fog"), page("b/1", "Rain"), page("c/1", "Snow")];
    assert_eq!(removed(reprints).0.len(), 2, "other outlets");
    let update = |key: &'static str, title: &'static str, last: &str| {
        (key, title, format!("{column} {last}"), String::new())
    };
    let updates =
        vec![update("a/1", "Fog", "early"), update("a/2", "Rain", "later"), update("a/3", "Snow", "late")];
    assert_eq!(removed(updates).0.len(), 2, "updates of a story");
    let captioned = |key: &'static str, title: &'static str, caption: &str| {
        (key, title, format!("{} {caption}", words("t", 60)), String::new())
    };
    let pictures = vec![
        captioned("a/1", "Fog", "early"),
        captioned("a/2", "Rain", "later"),
        captioned("a/3", "Snow", "late"),
    ];
    assert_eq!(removed(pictures).1.len(), 2, "a column beside pictures");
}
