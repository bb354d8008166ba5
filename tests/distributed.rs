//! The steps of a divided collection find the clusters of one run: all of them are run here over tables in memory, which are
//! sorted and joined as a distributed engine does it.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::Range;

use wirecopy::boilerplate::divided::{
    ElsewhereSite, Holder, LocalPage, SampledText, SiteTexts, TextElsewhere, ValueOfText,
    find_stories_elsewhere, judge_texts, mask_some, shared_texts_of_value,
};
use wirecopy::boilerplate::{GroupKind, Mask, Weight};
use wirecopy::cluster::Cluster;
use wirecopy::corpus::{Corpus, doubted_dates};
use wirecopy::distributed::{
    ArticleSketcher, CoreIndexer, ENOUGH_EVIDENCE, FoldedArticle, Part, PartArticle, SameWords,
    SketchedArticle, ValueHolder, components, decode_tokens, encode_ranges, fold, joins, merge_masks,
};
use wirecopy::verify::Match;
use wirecopy::{Article, Location, Settings, find_copies};

/// An article of the table of all articles. Its number is its place in the table.
struct Row {
    text: String,
    sketched: SketchedArticle,
    leader: usize,
    set_size: usize,
    folded: FoldedArticle,
    is_date_doubted: bool,
    mask: Vec<u8>,
}

/// A page of a site.
struct PageRow {
    number: usize,
    site: u64,
    kind: GroupKind,
    site_pages: usize,
}

/// Returns the articles of the project, and others made of them: sites that repeat texts, short pages, articles of unknown
/// sites, empty ones, and one address that was scraped twice.
fn articles() -> Vec<Article<'static>> {
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
    articles
}

/// Runs all steps. Returns the described clusters.
fn clusters_by_steps(articles: Vec<Article<'static>>, settings: &Settings) -> Vec<String> {
    let mut rows = rows_of(articles, settings);
    if settings.boilerplate {
        mask(&mut rows, settings);
    }
    let matches = matches_of(&rows, settings);
    let joining: Vec<(u64, u64)> =
        matches.iter().filter(|(.., joins)| *joins).map(|&(a, b, ..)| (a.min(b), a.max(b))).collect();
    let component_of: BTreeMap<u64, u64> = components(&joining).into_iter().collect();
    let mut parts: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (number, row) in rows.iter().enumerate() {
        let leader = row.leader as u64;
        match component_of.get(&leader) {
            Some(&component) => parts.entry(component).or_default().push(number),
            None if row.set_size > 1 => parts.entry(leader).or_default().push(number),
            None => {}
        }
    }
    let mut described = Vec::new();
    for (component, numbers) in parts {
        let some: Vec<PartArticle<'_>> =
            numbers.iter().map(|&number| part_article(&rows, number, true)).collect();
        let part = Part::new(&some, &BTreeSet::new()).unwrap();
        let of_part =
            |&&(a, _, _, joins): &&(u64, u64, Vec<u8>, bool)| joins && component_of[&a] == component;
        let found: Vec<Match> = matches
            .iter()
            .filter(of_part)
            .map(|(a, b, bytes, _)| part.decode_match(*a, *b, bytes).unwrap())
            .collect();
        let findings = part.into_findings(&found, settings);
        described.extend(findings.clusters().iter().map(|cluster| describe(findings.corpus(), cluster)));
    }
    described.sort();
    described
}

/// Steps 1 to 3: sketches the articles, numbers them, folds those with the same words, and doubts dates.
fn rows_of(articles: Vec<Article<'static>>, settings: &Settings) -> Vec<Row> {
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
        for (&number, article) in set.iter().zip(fold(all[set[0]].1.words as usize, &same)) {
            folded[number] = Some((set[0], set.len(), article));
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
            let (leader, set_size, folded) = folded.unwrap();
            let is_date_doubted = doubted.contains(&number);
            let text = article.text.into_owned();
            Row { text, sketched, leader, set_size, folded, is_date_doubted, mask: Vec::new() }
        })
        .collect()
}

fn part_article(rows: &[Row], number: usize, with_text: bool) -> PartArticle<'_> {
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

/// Returns the pages in the order of their sites.
fn pages_of(rows: &[Row]) -> Vec<PageRow> {
    let mut sizes: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    let pages = || rows.iter().enumerate().filter(|(_, row)| row.folded.is_page);
    for (_, row) in pages() {
        *sizes.entry(row.sketched.outlet.as_deref()).or_default() += 1;
    }
    let site_numbers: Vec<Option<&str>> = sizes.keys().copied().collect();
    let mut found: Vec<PageRow> = pages()
        .map(|(number, row)| {
            let outlet = row.sketched.outlet.as_deref();
            let (kind, site) = match (outlet, sizes[&outlet]) {
                (None, _) => (GroupKind::UnknownSites, u64::MAX),
                (Some(_), 1) => (GroupKind::SinglePages, u64::MAX - 1),
                _ => (
                    GroupKind::OneSite,
                    site_numbers.iter().position(|&other| other == outlet).unwrap() as u64,
                ),
            };
            PageRow { number, site, kind, site_pages: sizes[&outlet] }
        })
        .collect();
    // Pages that are the only ones of their sites are in the order of these.
    found.sort_by_key(|page| (page.site, &rows[page.number].sketched.outlet, page.number));
    found
}

/// Step 4: masks what sites repeat.
fn mask(rows: &mut [Row], settings: &Settings) {
    let pages = pages_of(rows);
    let rule = settings.masking_rule();
    let mut addresses: BTreeMap<(u64, u64), usize> = BTreeMap::new();
    for page in pages.iter().filter(|page| page.kind == GroupKind::OneSite) {
        if let Some(address) = rows[page.number].sketched.address {
            *addresses.entry((page.site, address)).or_default() += 1;
        }
    }
    let local = |page: &PageRow| {
        let row = &rows[page.number];
        let is_common = |address: &u64| addresses.get(&(page.site, *address)).is_some_and(|&count| count > 1);
        LocalPage {
            words: row.sketched.words as usize,
            tokens: decode_tokens(&row.sketched.article).unwrap(),
            fingerprints: row.sketched.fingerprints.clone(),
            address: row.sketched.address.filter(is_common),
        }
    };
    let all: Vec<LocalPage> = pages.iter().map(local).collect();
    let index_of: BTreeMap<u64, u32> =
        (0..).zip(&pages).map(|(index, page)| (page.number as u64, index)).collect();
    let index = |number: &u64| index_of[number];
    let mut by_value: BTreeMap<u32, Vec<Holder>> = BTreeMap::new();
    for page in &pages {
        let words = rows[page.number].sketched.words as usize;
        for fingerprint in &rows[page.number].sketched.fingerprints {
            let holder = Holder {
                page: page.number as u64,
                site: page.site,
                kind: page.kind,
                site_pages: page.site_pages,
                words,
            };
            by_value.entry(fingerprint.value).or_default().push(holder);
        }
    }
    let mut texts: BTreeMap<(u64, u64), Vec<(u32, ValueOfText)>> = BTreeMap::new();
    for (&value, holders) in by_value.iter().filter(|(_, holders)| holders.len() > 1) {
        for text in shared_texts_of_value(holders) {
            texts.entry((text.site, text.text)).or_default().push((value, text));
        }
    }
    let keys: Vec<(u64, u64)> = texts.keys().copied().collect();
    let sampled: Vec<SampledText> = texts
        .values()
        .map(|values| SampledText {
            kind: values[0].1.kind,
            sample: values[0].1.sample.iter().map(index).collect(),
        })
        .collect();
    let judged = judge_texts(&all, &sampled, rule);
    let mut found: BTreeMap<(u64, u64), (Weight, Vec<u32>)> = keys
        .iter()
        .zip(judged)
        .filter_map(|(&key, text)| Some((key, text.map(|text| (text.weight, text.stories))?)))
        .collect();
    let mut site_values: BTreeMap<u64, Vec<u32>> = BTreeMap::new();
    for key in found.keys() {
        site_values.entry(key.0).or_default().extend(texts[key].iter().map(|&(value, _)| value));
    }
    let mut sites: Vec<ElsewhereSite> = Vec::new();
    let mut site_of = Vec::new();
    for (at, page) in pages.iter().enumerate() {
        if at == 0 || pages[at - 1].site != page.site {
            let mut boilerplate = site_values.get(&page.site).cloned().unwrap_or_default();
            boilerplate.sort_unstable();
            sites.push(ElsewhereSite { kind: page.kind, pages: page.site_pages, boilerplate });
        }
        site_of.push(sites.len() as u32 - 1);
    }
    let named: Vec<(u64, u64)> = found
        .keys()
        .copied()
        .filter(|key| texts[key].iter().any(|(_, text)| text.elsewhere.is_some()))
        .collect();
    let elsewhere: Vec<TextElsewhere> = named
        .iter()
        .map(|key| TextElsewhere {
            weight: found[key].0,
            values: texts[key].len() as u32,
            stories: found[key].1.clone(),
            elsewhere: texts[key].iter().filter_map(|(_, text)| text.elsewhere.as_ref().map(index)).collect(),
        })
        .collect();
    for story in find_stories_elsewhere(&all, site_of, &sites, &elsewhere).stories {
        found.remove(&named[story]);
    }
    let mut masks: BTreeMap<usize, Vec<Range<u32>>> = BTreeMap::new();
    for of_site in pages.chunk_by(|one, other| one.site == other.site) {
        masks_of_site(of_site, &all, &index_of, &found, &texts, settings).into_iter().for_each(
            |(number, mask)| {
                masks.entry(rows[number].leader).or_default().extend(mask);
            },
        );
    }
    for (leader, ranges) in masks {
        let row = &mut rows[leader];
        let merged = merge_masks(ranges, row.sketched.words as usize, row.set_size, settings);
        row.mask = merged.map_or_else(Vec::new, |mask| encode_ranges(&mask));
    }
}

/// Masks the pages of a site, half of them at a time.
fn masks_of_site(
    pages: &[PageRow],
    all: &[LocalPage],
    index_of: &BTreeMap<u64, u32>,
    found: &BTreeMap<(u64, u64), (Weight, Vec<u32>)>,
    texts: &BTreeMap<(u64, u64), Vec<(u32, ValueOfText)>>,
    settings: &Settings,
) -> Vec<(usize, Mask)> {
    let of_site = || found.iter().filter(|((site, _), _)| *site == pages[0].site);
    let mut out = Vec::new();
    for half in pages.chunks(pages.len().div_ceil(2)) {
        let mut used: Vec<u32> = half.iter().map(|page| index_of[&(page.number as u64)]).collect();
        for (_, (_, stories)) in of_site() {
            let new: Vec<u32> = stories.iter().copied().filter(|page| !used.contains(page)).collect();
            used.extend(new);
        }
        let place = |page: &u32| used.iter().position(|other| other == page).unwrap() as u32;
        let mut site = SiteTexts::default();
        for (number, (key, (_, stories))) in (0..).zip(of_site()) {
            site.stories.push(stories.iter().map(place).collect());
            site.values.extend(texts[key].iter().map(|&(value, _)| (value, number)));
        }
        let local: Vec<LocalPage> = used.iter().map(|&page| all[page as usize].clone()).collect();
        let masks = mask_some(&local, half.len(), &site, settings.masking_rule());
        out.extend(masks.into_iter().map(|(page, mask)| (half[page].number, mask)));
    }
    out
}

/// Steps 5 to 7: indexes the leaders, links and verifies them. Returns the matches, with whether they join clusters.
fn matches_of(rows: &[Row], settings: &Settings) -> Vec<(u64, u64, Vec<u8>, bool)> {
    let mut indexer = CoreIndexer::new(settings);
    let leaders: Vec<PartArticle<'_>> = (0..rows.len())
        .filter(|&number| rows[number].leader == number)
        .map(|number| part_article(rows, number, false))
        .collect();
    let part = Part::new(&leaders, &BTreeSet::new()).unwrap();
    let mut by_value: BTreeMap<u64, Vec<ValueHolder>> = BTreeMap::new();
    let mut values = Vec::new();
    for id in part.corpus().ids() {
        indexer.index(&part, id, &mut values);
        for value in values.drain(..) {
            let (number, words) = (part.number(id), part.corpus().words(id) as u32);
            let holder = ValueHolder { number, words, context: value.context };
            by_value.entry(value.value).or_default().push(holder);
        }
    }
    let mut evidence: BTreeMap<(u64, u64), u64> = BTreeMap::new();
    for (value, holders) in by_value {
        indexer.link(value, &holders, |a, b, amount| *evidence.entry((a, b)).or_default() += amount);
    }
    let mut found = Vec::new();
    for (&(a, b), _) in evidence.iter().filter(|(_, amount)| **amount >= ENOUGH_EVIDENCE) {
        // Each pair is verified on its own.
        let two = [a, b].map(|number| part_article(rows, number as usize, false));
        let pair = Part::new(&two, &BTreeSet::new()).unwrap();
        let verified = pair.verifier(settings).verify(pair.id(a).unwrap(), pair.id(b).unwrap());
        found.extend(verified.map(|found| {
            (pair.number(found.a), pair.number(found.b), found.encode(), joins(&found, settings))
        }));
    }
    found
}

fn describe(corpus: &Corpus, cluster: &Cluster) -> String {
    let members: Vec<String> = cluster
        .members
        .iter()
        .map(|member| {
            format!(
                "{} {:?}",
                corpus.key(member.id),
                (
                    &member.relation,
                    &member.passage_relation,
                    &member.kind,
                    member.resemblance,
                    &member.passages,
                    member.bridge
                )
            )
        })
        .collect();
    format!("{} {} {:?} {members:?}", cluster.id, cluster.story_id, cluster.why)
}

#[test]
fn steps_find_the_clusters_of_one_run() {
    let cases = [
        Settings::with(|settings| settings.for_removals = false),
        Settings::with(|settings| settings.boilerplate = false),
        Settings::with(|settings| (settings.threshold, settings.window) = (0.8, 5)),
    ];
    for settings in cases {
        let findings = find_copies(articles(), settings.clone()).unwrap();
        let mut expected: Vec<String> =
            findings.clusters().iter().map(|cluster| describe(findings.corpus(), cluster)).collect();
        expected.sort();
        assert!(expected.len() > 20 && (!settings.boilerplate || findings.counts().masked > 30));
        assert_eq!(clusters_by_steps(articles(), &settings), expected, "{settings:?}");
    }
}
