//! Articles in, those that are no articles out: error pages, and the few words that a site gives for anything.

use super::{Corpus, IdenticalArticles};
use crate::article::ArticleId;
use crate::provenance::Seconds;

/// Words that an article has at least; a site that gives fewer under different headlines gives no article.
const ARTICLE: usize = 40;
/// Days of publication further apart than this are different occasions: a week.
const OCCASION: Seconds = 7 * 24 * 3600;

/// Tells for each article whether it is junk: an error page by its own words, or a text of less than 40 words that its
/// site gives, word for word, under two headlines, or on two days more than a week apart.
pub(super) fn junk(corpus: &Corpus, copies: &IdenticalArticles) -> Vec<bool> {
    let mut junk: Vec<bool> = corpus.ids().map(|id| corpus.is_error_page(id)).collect();
    for set in copies.sets() {
        if corpus.words(set[0]) >= ARTICLE {
            continue;
        }
        let mut by_site: Vec<ArticleId> =
            set.iter().copied().filter(|&id| corpus.site(id).is_some()).collect();
        by_site.sort_by_key(|&id| (corpus.site(id), id));
        for one_site in by_site.chunk_by(|&one, &other| corpus.site(one) == corpus.site(other)) {
            if stands_for_anything(corpus, one_site) {
                one_site.iter().for_each(|id| junk[id.index()] = true);
            }
        }
    }
    junk
}

fn stands_for_anything(corpus: &Corpus, ids: &[ArticleId]) -> bool {
    let mut titles = ids.iter().filter_map(|&id| corpus.header(id).title);
    let first = titles.next();
    if titles.any(|title| Some(title) != first) {
        return true;
    }
    let times = || ids.iter().filter_map(|&id| corpus.time(id));
    times().min().zip(times().max()).is_some_and(|(first, last)| last - first > OCCASION)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Article, Location};
    use crate::corpus::Segment;
    use crate::text::{Tokens, tokenize};

    #[test]
    fn marks_what_stands_for_anything() {
        let read = "Read more on this topic";
        let long = "word ".repeat(ARTICLE);
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
        let (mut part, mut tokens) = (Segment::new(), Tokens::new());
        for (line, &(text, site, title, published, _)) in (1..).zip(&cases) {
            tokenize(text, &mut tokens);
            let location = Location { file: "made".into(), line };
            let own = |text: Option<&str>| text.map(str::to_owned);
            let (key, text) = (format!("{line:02}"), text.to_owned());
            let article = Article {
                key,
                text,
                site: own(site),
                published: own(published),
                title: own(title),
                location,
            };
            part.push(article, &tokens, false);
        }
        let corpus = Corpus::new(vec![part]);
        let found = junk(&corpus, &IdenticalArticles::new(&corpus, None));
        assert_eq!(found, cases.map(|case| case.4));
    }
}
