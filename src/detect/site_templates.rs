//! Lists what the sites of a collection repeat around different stories.

use std::collections::BTreeSet;
use std::ops::Range;

use super::detector::Detector;
use super::masking::{CorpusPages, MaskedPages, masked_pages, masks_of_leaders};
use super::page_addresses::PageAddresses;
use super::prepared::fold;
use super::what_was_read::WhatWasRead;
use crate::article::ArticleId;
use crate::boilerplate::{FoundTemplate, GroupKind, Mask, PageGroup, found_templates};
use crate::corpus::Corpus;
use crate::error::Error;
use crate::progress::{Progress, Stage, check_cancelled};
use crate::read::SourceSummary;

/// The texts that the sites of a collection repeat around different stories, with the articles of the collection.
#[derive(Debug)]
pub struct SiteTemplates {
    corpus: Corpus,
    templates: Vec<SiteTemplate>,
    sources: Vec<SourceSummary>,
}

/// A text that a site repeats around different stories. A site is an outlet here, whose address variants are one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteTemplate {
    /// An article that has it.
    pub example: ArticleId,
    /// The tokens of this article that are the text.
    pub range: Range<u32>,
    /// The articles of the site of which it, or at least the shortest run that is masked, is masked, ascending. Identical
    /// articles of a site are one. A run that several texts have counts for the first of them.
    pub pages: Vec<ArticleId>,
    /// The number of different texts that are counted as this one, since they hardly differ from it or are a part of it.
    pub variants: usize,
    /// The number of articles of the site, of which identical ones are one; of all unknown sites, if the site is unknown.
    pub site_pages: usize,
}

impl SiteTemplates {
    /// Returns the articles.
    pub fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// Returns the inputs that were read, in reading order.
    pub fn sources(&self) -> &[SourceSummary] {
        &self.sources
    }

    /// Returns the templates, by the name of the site, those of unknown sites last; of one site those on most pages first.
    pub fn templates(&self) -> &[SiteTemplate] {
        &self.templates
    }
}

impl Detector {
    /// Finds what sites repeat around different stories. What the articles share otherwise is not searched for. The texts of
    /// templates are known only if texts are kept ([`Settings::keep_texts`](crate::Settings::keep_texts)).
    ///
    /// # Errors
    /// [`Error::Storage`] if what does not fit into memory cannot be stored.
    pub fn templates(self, progress: &dyn Progress) -> Result<SiteTemplates, Error> {
        progress.stage(Stage::Sorting, None);
        let (taken, WhatWasRead { sources, .. }) = self.close()?;
        let (settings, mut corpus, fingerprints, budget) = taken.into_corpus();
        check_cancelled(progress)?;
        progress.stage(Stage::Masking, None);
        let (identical, leaders) = fold(&mut corpus, &settings);
        let storage = settings.storage(budget);
        let found = masked_pages(&mut corpus, &identical, &leaders, &fingerprints, &settings, &storage)?;
        check_cancelled(progress)?;
        let MaskedPages { ids, sites, masks, .. } = found;
        let masked = masks_of_leaders(&masks, &ids, &corpus, &identical, &settings);
        let masked: BTreeSet<ArticleId> = masked.iter().map(|(leader, _)| leader).collect();
        let is_masked = |page: u32| masked.contains(&identical.leader(ids[page as usize]));
        let masks = masks.iter().filter(|&(page, _)| is_masked(page));
        let masks: Vec<(usize, Mask)> = masks.map(|(page, mask)| (page as usize, mask.to_vec())).collect();
        let addresses = PageAddresses::default();
        let pages =
            CorpusPages { corpus: &corpus, fingerprints: &fingerprints, ids: &ids, addresses: &addresses };
        let sites: Vec<Range<usize>> = sites.iter().flat_map(pages_of_sites).collect();
        let mut templates = Vec::new();
        for (site, found) in sites.iter().zip(found_templates(&pages, &sites, &masks)) {
            templates.extend(found.into_iter().map(|found| SiteTemplate::new(found, site.len(), &ids)));
        }
        // The order within a site stays.
        templates.sort_by_key(|template| {
            let outlet = corpus.outlet(template.example);
            (outlet.is_none(), outlet)
        });
        corpus.unload_tokens_to(0);
        Ok(SiteTemplates { corpus, templates, sources })
    }
}

impl SiteTemplate {
    fn new(found: FoundTemplate, site_pages: usize, ids: &[ArticleId]) -> Self {
        let FoundTemplate { page, range, pages, variants } = found;
        let mut pages: Vec<ArticleId> = pages.into_iter().map(|page| ids[page]).collect();
        pages.sort_unstable();
        Self { example: ids[page], range, pages, variants, site_pages }
    }
}

/// Returns the pages of each site of a group. Unknown sites are one.
fn pages_of_sites(group: &PageGroup) -> Vec<Range<usize>> {
    match group.kind {
        GroupKind::OneSite | GroupKind::UnknownSites => vec![group.pages.clone()],
        GroupKind::SinglePages => group.pages.clone().map(|page| page..page + 1).collect(),
        GroupKind::Junk => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::article::Article;
    use crate::boilerplate::Templates;
    use crate::read::{Input, ReadOptions, Reader};
    use crate::settings::Settings;
    use crate::verify::Region;

    /// Articles of many sites, with boilerplate on them.
    const ARTICLES: &str = include_str!("../../fixtures/articles.jsonl");

    fn detector<'t>(articles: impl IntoIterator<Item = Article<'t>>, templates: &Templates) -> Detector {
        let settings = Settings::with(|settings| {
            settings.keep_texts = true;
            settings.templates = templates.clone();
        });
        let mut detector = Detector::new(settings).unwrap();
        articles.into_iter().for_each(|article| detector.add(article).unwrap());
        detector
    }

    fn fixtures() -> Vec<Article<'static>> {
        let input = Input::reader("articles.jsonl", Cursor::new(ARTICLES));
        let mut reader = Reader::new(vec![input], ReadOptions::default());
        let mut articles = Vec::new();
        while let Some(batch) = reader.next_batch().unwrap() {
            articles.extend((0..batch.len()).map(|index| batch.article(index).unwrap().into_owned()));
        }
        articles
    }

    /// Returns the templates of articles, as they are written.
    fn written(articles: &[Article<'static>]) -> String {
        let found = detector(articles.to_vec(), &Templates::default()).templates(&()).unwrap();
        let line = |record| serde_json::to_string(&record).unwrap() + "\n";
        found.records().map(line).collect()
    }

    fn read(lines: &str) -> Templates {
        let known: String = lines.lines().filter(|line| !line.contains("\"site\":null")).collect();
        Templates::read(Input::reader("templates.jsonl", Cursor::new(known))).unwrap()
    }

    fn words(prefix: &str, count: usize) -> String {
        (0..count).map(|n| format!("{prefix}{n}")).collect::<Vec<_>>().join(" ")
    }

    fn article(key: &str, site: &str, text: String) -> Article<'static> {
        let mut article = Article::new(key, text);
        article.site = Some(site.to_owned());
        article
    }

    #[test]
    fn each_article_alone_is_masked_as_among_all() {
        let articles = fixtures();
        let templates = read(&written(&articles));
        let all = detector(articles.clone(), &Templates::default()).mask(&()).unwrap();
        let mut masked = 0;
        for id in all.ids() {
            let is_same =
                |article: &&Article<'_>| article.key == all.key(id) && Some(&*article.text) == all.text(id);
            let article = articles.iter().find(is_same).unwrap();
            let alone = detector([article.clone()], &templates).mask(&()).unwrap();
            let found = Region::new(alone.masked_ranges(ArticleId::new(0)));
            for range in all.masked_ranges(id) {
                let mut rest = range.start;
                for masked in found.intersection(&Region::new([range.clone()])).ranges() {
                    assert!(masked.start - rest < 12, "{}: {range:?} {found:?}", article.key);
                    rest = masked.end;
                }
                assert!(range.end - rest < 12, "{}: {range:?} {found:?}", article.key);
                masked += 1;
            }
        }
        assert!(masked > 5, "{masked}");
    }

    #[test]
    fn the_list_does_not_depend_on_order_or_threads() {
        let mut articles = fixtures();
        let lines = written(&articles);
        assert!(lines.lines().count() > 3, "{lines}");
        articles.reverse();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        assert_eq!(pool.install(|| written(&articles)), lines);
        articles.sort_by_key(|article| article.text.len() % 7);
        assert_eq!(written(&articles), lines);
    }

    /// Each case: name, articles as site and text, and for each the number of words that are left.
    #[test]
    fn pages_that_are_templates_have_nothing_left_unless_they_are_copies() {
        let notice = words("n", 40);
        let templates = read(&format!(r#"{{"site": "a.example", "text": "{notice}"}}"#));
        type Case<'a> = (&'a str, &'a [(&'a str, String)], &'a [usize]);
        let cases: [Case<'_>; 7] = [
            ("below a story", &[("a.example", format!("{} {notice}", words("s", 50)))], &[50]),
            ("on a mobile address", &[("m.a.example.org", notice.clone())], &[40]),
            ("alone", &[("a.example", notice.clone())], &[0]),
            ("below a headline", &[("a.example", format!("{} {notice}", words("h", 6)))], &[6]),
            ("on another site", &[("b.example", notice.clone())], &[40]),
            ("alone, reprinted", &[("a.example", notice.clone()), ("b.example", notice.clone())], &[40, 40]),
            (
                "below a story, reprinted",
                &[
                    ("a.example", format!("{} {notice}", words("s", 50))),
                    ("b.example", format!("{} {notice}", words("s", 50))),
                ],
                &[50, 50],
            ),
        ];
        for (name, pages, expected) in cases {
            let articles =
                (0..).zip(pages).map(|(n, (site, text))| article(&format!("{n}"), site, text.clone()));
            let corpus = detector(articles, &templates).mask(&()).unwrap();
            let left: Vec<usize> = corpus.ids().map(|id| corpus.words(id)).collect();
            assert_eq!(left, expected, "{name}");
        }
    }

    #[test]
    fn masks_of_templates_and_of_evidence_are_united() {
        let (frame, notice) = (words("f", 30), words("n", 40));
        let templates = read(&format!(r#"{{"site": "a.example", "text": "{notice}"}}"#));
        let page = |n: usize| {
            let other = if n == 0 { &notice[..] } else { "" };
            article(&n.to_string(), "a.example", format!("{} {frame} {other}", words(&format!("s{n}x"), 60)))
        };
        let corpus = detector((0..8).map(page), &templates).mask(&()).unwrap();
        let masked = |id| corpus.masked_ranges(id).map(|range| (range.start, range.end)).collect();
        let masks: Vec<Vec<(u32, u32)>> = corpus.ids().map(masked).collect();
        assert_eq!(masks[0], [(60, 130)]);
        assert!(masks[1..].iter().all(|mask| *mask == [(60, 90)]), "{masks:?}");
    }

    #[test]
    fn templates_have_no_effect_where_nothing_is_masked() {
        let notice = words("n", 40);
        let settings = Settings::with(|settings| {
            settings.templates = read(&format!(r#"{{"site": "a.example", "text": "{notice}"}}"#));
            settings.boilerplate = false;
        });
        let mut detector = Detector::new(settings).unwrap();
        detector.add(article("1", "a.example", notice)).unwrap();
        assert_eq!(detector.mask(&()).unwrap().words(ArticleId::new(0)), 40);
    }
}
