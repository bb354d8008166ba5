//! Finds junk: records that are not articles, but error pages, or placeholders that a site prints instead of
//! articles.

use super::corpus::Corpus;
use super::identical_articles::IdenticalArticles;
use super::occasions::is_one_occasion;
use crate::article::ArticleId;
use crate::provenance::Seconds;

/// A text with this number of words or more is no placeholder.
const MIN_ARTICLE_WORDS: usize = 40;

impl Corpus {
    /// Marks the articles that are junk: error pages by their own words, and texts of fewer than 40 words that one
    /// outlet prints, word for word, under two headlines, or on two occasions, more than a week apart.
    pub fn mark_junk(&mut self, identical: &IdenticalArticles) {
        self.junk = junk_articles(self, identical);
    }

    /// Sets for each article whether it is junk: of the articles of a part of a collection, that is known from the whole.
    pub(crate) fn set_junk(&mut self, junk: Vec<bool>) {
        self.junk = junk;
    }
}

/// Returns for each article whether it is junk.
fn junk_articles(corpus: &Corpus, identical: &IdenticalArticles) -> Vec<bool> {
    let mut junk: Vec<bool> = corpus.ids().map(|id| corpus.is_error_page(id)).collect();
    for set in identical.sets() {
        let words = corpus.words(set[0]);
        let mut by_outlet: Vec<ArticleId> =
            set.iter().copied().filter(|&id| corpus.outlet(id).is_some()).collect();
        by_outlet.sort_by_key(|&id| (corpus.outlet(id), id));
        for of_outlet in by_outlet.chunk_by(|&one, &other| corpus.outlet(one) == corpus.outlet(other)) {
            let titles = of_outlet.iter().map(|&id| corpus.header(id).title);
            let times = of_outlet.iter().map(|&id| corpus.time(id));
            if is_placeholder(words, titles, times) {
                of_outlet.iter().for_each(|id| junk[id.index()] = true);
            }
        }
    }
    junk
}

/// Returns whether a text is a placeholder, from the number of its words, and the headlines and dates of the articles of one
/// outlet that have it.
pub(crate) fn is_placeholder<T: PartialEq>(
    words: usize,
    titles: impl Iterator<Item = Option<T>>,
    times: impl Iterator<Item = Option<Seconds>> + Clone,
) -> bool {
    if words >= MIN_ARTICLE_WORDS {
        return false;
    }
    let mut titles = titles.flatten();
    let first = titles.next();
    if titles.any(|title| Some(title) != first) {
        return true;
    }
    let (first, last) = (times.clone().flatten().min(), times.flatten().max());
    first.zip(last).is_some_and(|(first, last)| !is_one_occasion(first, last))
}

#[cfg(test)]
mod tests {
    use super::super::retained::Retained;
    use super::super::segment::Segment;
    use super::*;
    use crate::article::{Article, Location};
    use crate::text::{Tokens, tokenize};

    #[test]
    fn error_pages_and_placeholders_are_junk() {
        let read = "Read more on this topic";
        let long = "word ".repeat(MIN_ARTICLE_WORDS);
        let a = Some("a.example");
        // Text, site, headline, date, whether it is junk.
        let cases = [
            (read, a, Some("Ferry stopped"), None, true),
            (read, a, Some("Trams are back"), None, true),
            (read, Some("b.example"), Some("Ferry stopped"), None, false),
            (read, None, Some("Something else"), None, false),
            ("Kodak files for bankruptcy", a, Some("Kodak files for bankruptcy"), Some("2031-01-01"), false),
            ("Kodak files for bankruptcy", a, Some("Kodak files for bankruptcy"), Some("2031-01-02"), false),
            ("Originating site number", a, None, Some("2031-01-01"), true),
            ("Originating site number", a, None, Some("2031-02-01"), true),
            (&long, a, Some("One"), None, false),
            (&long, a, Some("Two"), None, false),
            ("Access denied", None, None, None, true),
        ];
        let (mut segment, mut tokens) = (Segment::new(), Tokens::new());
        for (line, &(text, site, title, published, _)) in (1..).zip(&cases) {
            tokenize(text, &mut tokens);
            let location = Location { file: "made".into(), line };
            let own = |text: Option<&str>| text.map(str::to_owned);
            let article = Article {
                site: own(site),
                published: own(published),
                title: own(title),
                location,
                ..Article::new(format!("{line:02}"), text)
            };
            segment.push(article, &tokens, Retained::TOKENS);
        }
        let mut corpus = Corpus::new(vec![segment]);
        corpus.mark_junk(&IdenticalArticles::new(&corpus, None));
        let found: Vec<bool> = corpus.ids().map(|id| corpus.is_junk(id)).collect();
        assert_eq!(found, cases.map(|case| case.4));
    }
}
