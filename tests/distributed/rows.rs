//! Steps 1 to 3: the table of all articles.

use std::collections::{BTreeMap, BTreeSet};

use wirecopy::corpus::doubted_dates;
use wirecopy::distributed::{ArticleSketcher, FoldedArticle, PartArticle, SameWords, SketchedArticle, fold};
use wirecopy::{Article, Location, Settings};

/// An article of the table of all articles. Its number is its place in the table.
pub(crate) struct Row {
    pub(crate) text: String,
    pub(crate) sketched: SketchedArticle,
    pub(crate) leader: usize,
    pub(crate) folded: FoldedArticle,
    pub(crate) is_date_doubted: bool,
    pub(crate) mask: Vec<u8>,
}

/// Steps 1 to 3: sketches the articles, numbers them, folds those with the same words, and doubts dates.
pub(crate) fn rows_of(articles: Vec<Article<'static>>, settings: &Settings) -> Vec<Row> {
    let mut sketcher = ArticleSketcher::new(settings);
    let mut all: Vec<(Article<'static>, SketchedArticle)> = articles
        .into_iter()
        .map(|article| {
            let article = Article { location: Location::default(), ..article };
            let sketched = sketcher.sketch(article.clone()).unwrap();
            (article, sketched)
        })
        .collect();
    all.sort_by(|(one, sketched), (other, other_sketched)| {
        let order = |article: &Article<'_>, sketched: &SketchedArticle| {
            (
                article.key.clone(),
                sketched.content,
                article.published.clone(),
                article.site.clone(),
                sketched.record,
            )
        };
        order(one, sketched).cmp(&order(other, other_sketched))
    });
    let outlets: BTreeSet<String> = all.iter().filter_map(|(_, sketched)| sketched.outlet.clone()).collect();
    let outlet = |name: &str| outlets.iter().position(|other| other == name).unwrap() as u64;
    let mut sets: BTreeMap<([u8; 16], usize), Vec<usize>> = BTreeMap::new();
    for (number, (_, sketched)) in all.iter().enumerate() {
        let own = if sketched.words == 0 { number + 1 } else { 0 };
        sets.entry((sketched.content, own)).or_default().push(number);
    }
    let mut folded = vec![None; all.len()];
    for set in sets.values() {
        let same: Vec<SameWords> = set
            .iter()
            .map(|&number| {
                let sketched = &all[number].1;
                SameWords {
                    outlet: sketched.outlet.as_deref().map(outlet),
                    title: sketched.title,
                    time: sketched.time,
                    is_error_page: sketched.is_error_page,
                }
            })
            .collect();
        for (&number, article) in set.iter().zip(fold(all[set[0]].1.words as usize, &same, settings.within)) {
            folded[number] = Some((set[article.leader], article));
        }
    }
    let mut dated: BTreeMap<String, Vec<(i64, usize)>> = BTreeMap::new();
    for (number, (article, sketched)) in all.iter().enumerate() {
        if let (Some(site), Some(time)) = (&article.site, sketched.time) {
            dated.entry(site.clone()).or_default().push((time, number));
        }
    }
    let mut doubted = BTreeSet::new();
    for of_site in dated.values_mut() {
        of_site.sort_unstable();
        let times: Vec<i64> = of_site.iter().map(|&(time, _)| time).collect();
        doubted.extend(of_site[..doubted_dates(&times)].iter().map(|&(_, number)| number));
    }
    (0..)
        .zip(all)
        .zip(folded)
        .map(|((number, (article, sketched)), folded)| {
            let (leader, folded) = folded.unwrap();
            let is_date_doubted = doubted.contains(&number);
            let text = article.text.into_owned();
            Row { text, sketched, leader, folded, is_date_doubted, mask: Vec::new() }
        })
        .collect()
}

/// Returns an article of the table as one of a part.
pub(crate) fn part_article(rows: &[Row], number: usize, with_text: bool) -> PartArticle<'_> {
    let row = &rows[number];
    PartArticle {
        number: number as u64,
        article: &row.sketched.article,
        text: with_text.then_some(row.text.as_str()),
        time: row.sketched.time,
        is_date_doubted: row.is_date_doubted,
        is_junk: row.folded.is_junk,
        mask: &rows[row.leader].mask,
    }
}
