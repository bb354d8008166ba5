//! The articles of the tests.

use std::fs;

use wirecopy::Article;

/// Returns the articles of the project, and others made of them: sites that repeat texts, short pages, articles of unknown
/// sites, empty ones, and one address that was scraped twice.
pub(crate) fn articles() -> Vec<Article<'static>> {
    let file = fs::read_to_string("fixtures/articles.jsonl").unwrap();
    let mut articles = Vec::new();
    for line in file.lines() {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        let field = |name: &str| record[name].as_str().map(str::to_owned);
        let Some(text) = field("text") else { continue };
        articles.push(Article {
            site: field("site"),
            published: field("date"),
            title: field("title"),
            ..Article::new(field("id").unwrap(), text)
        });
    }
    let stories: Vec<String> = articles.iter().map(|article| article.text.clone().into_owned()).collect();
    let words = |from: usize, count: usize| -> String {
        (from..from + count).map(|at| format!("word{at} ")).collect()
    };
    let footer = "Subscribe to the letter of our newsroom and read every Friday what the week has meant for the harbor.";
    for (number, story) in stories.iter().enumerate().take(60) {
        let site = Some(format!("site{}.example", number % 5));
        let text = format!("{}\n{story}\n{footer} {}", words(1000 * number, 40), words(7, 12));
        articles.push(Article { site, ..Article::new(format!("framed{number:03}"), text) });
    }
    // Joint releases of two sites. On one of them they are in another order than on the other.
    for number in 0..60 {
        let text = format!("{} {footer} {}", words(5000 + 90 * number, 80), words(7, 12 + number % 7));
        for (site, key) in [("one", number), ("two", (number * 37 + 11) % 60)] {
            let site = Some(format!("{site}.example"));
            articles.push(Article { site, ..Article::new(format!("joint{key:02}"), text.clone()) });
        }
    }
    for number in 0..12 {
        let teaser =
            format!("{} The tram to ward {number} is late again on Monday. {footer}", words(number * 90, 20));
        articles.push(Article {
            site: (number < 6).then(|| "teasers.example".to_owned()),
            url: Some(format!("https://teasers.example/{}", number / 2)),
            ..Article::new(format!("teaser{number:02}"), teaser)
        });
        articles.push(Article::new(format!("empty{number:02}"), ""));
    }
    articles.extend(removable_articles());
    articles
}

/// Returns copies of which the whole collection decides what can be removed: pages of a site that all have a masked note and
/// are all removed, pages that differ by a line that their site prints around many stories, and one text under several
/// headlines.
fn removable_articles() -> Vec<Article<'static>> {
    let words = |from: usize, count: usize| -> String {
        (from..from + count).map(|at| format!("term{at} ")).collect()
    };
    let article = |site: &str, key: String, day: usize, text: String| Article {
        site: Some(format!("{site}.example")),
        published: Some(format!("2031-05-{day:02}")),
        url: Some(format!("https://{site}.example/{key}")),
        ..Article::new(key, text)
    };
    let notes = [words(900_000, 20), words(910_000, 25), words(920_000, 15)];
    let mut articles = Vec::new();
    for number in 0..9 {
        let story = words(number * 1000, 90);
        articles.push(article("origin", format!("origin{number}"), 1, story.clone()));
        let note: String = notes[..=number % 3].iter().rev().map(|note| format!("\n{note}")).collect();
        articles.push(article("mirror", format!("mirror{number}"), 2 + number % 2, format!("{story}{note}")));
        let line = "Call the desk under 5550199";
        articles.push(article("lines", format!("lines{number}"), 3, format!("{story}\n{line}")));
    }
    let column = words(800_000, 40);
    for number in 0..6 {
        let title = Some(format!("The picture of day {}", number % 4));
        articles.push(Article {
            title,
            ..article("column", format!("column{number}"), 1 + number / 2, column.clone())
        });
    }
    articles
}
