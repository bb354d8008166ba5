//! The steps that find what can be removed.

use std::collections::{BTreeMap, BTreeSet};

use wirecopy::cluster::{Keep, Preference};
use wirecopy::corpus::Corpus;
use wirecopy::dedup::{Exception, Removal, Support};
use wirecopy::distributed::{
    CoveredArticle, ENOUGH_STORIES, LackingArticle, Part, SiteLine, components, covered_articles,
    needed_for_other_headlines, needed_for_runs,
};
use wirecopy::{Article, Settings, find_copies};

use super::articles::articles;
use super::matches::{MatchRow, components_of, findings_of};
use super::matches_by_steps;
use super::rows::{Row, part_article};

/// An article whose words are in articles that stay, without what only a part knows of it.
struct CoveredRow {
    number: u64,
    rank: Vec<u8>,
    /// The number of the article with the same text that stays.
    stays: Option<u64>,
    described: String,
    covered: CoveredArticle,
}

/// What the steps find.
struct Found {
    /// The removals, described.
    removals: Vec<String>,
    /// The number of articles that stay because of their masked text.
    for_masked_text: usize,
    /// The number of those that stay because of their headlines.
    for_headlines: usize,
}

/// Runs all steps. Lines of sites are left out if `with_lines` is false.
fn removals_by_steps(articles: Vec<Article<'static>>, settings: &Settings, with_lines: bool) -> Found {
    let (rows, matches) = matches_by_steps(articles, settings);
    let matches: Vec<&MatchRow> = matches.iter().collect();
    let component_of = components_of(matches.iter().copied());
    let mut lines = lines_of_sites(&rows, &component_of);
    if !with_lines {
        lines.clear();
    }
    let mut found: Vec<CoveredRow> = Vec::new();
    for part in findings_of(&rows, &matches, &component_of, settings) {
        let of_part: Vec<SiteLine<'_>> = lines.get(&part.component).into_iter().flatten().copied().collect();
        let number = |id: wirecopy::ArticleId| part.numbers[id.index()];
        for covered in covered_articles(&part.findings, &of_part) {
            found.push(CoveredRow {
                number: number(covered.removal.id),
                rank: covered.rank.to_bytes(number(covered.removal.id)),
                stays: covered.same_text.as_ref().map(|text| number(text.stays)),
                described: describe(part.findings.corpus(), &covered.removal),
                covered,
            });
        }
    }
    found.sort_by(|one, other| one.rank.cmp(&other.rank));
    let needed = needed_for_masked_text(&rows, &found, settings);
    found.retain(|row| !needed.contains(&row.number));
    let others = needed_for_headlines(&found);
    found.retain(|row| !others.contains(&row.number));
    let mut removals: Vec<String> = found.into_iter().map(|row| row.described).collect();
    removals.sort();
    Found { removals, for_masked_text: needed.len(), for_headlines: others.len() }
}

/// Returns for each component the lines of its sites that are around enough stories.
fn lines_of_sites<'a>(
    rows: &'a [Row],
    component_of: &BTreeMap<u64, u64>,
) -> BTreeMap<u64, Vec<SiteLine<'a>>> {
    let mut stories: BTreeMap<(&str, u64), BTreeSet<u64>> = BTreeMap::new();
    for (number, row) in rows.iter().enumerate() {
        let Some(outlet) = row.sketched.outlet.as_deref() else { continue };
        let story = component_of.get(&(row.leader as u64)).copied().unwrap_or(row.leader as u64);
        let part = Part::new(&[part_article(rows, number, false)], &BTreeSet::new()).unwrap();
        for line in part.short_lines(part.id(number as u64).unwrap()) {
            stories.entry((outlet, line)).or_default().insert(story);
        }
    }
    let known: BTreeSet<u64> = component_of.values().copied().collect();
    let mut lines: BTreeMap<u64, Vec<SiteLine<'_>>> = BTreeMap::new();
    for ((outlet, line), stories) in
        stories.into_iter().filter(|(_, stories)| stories.len() >= ENOUGH_STORIES)
    {
        for component in stories.intersection(&known) {
            lines.entry(*component).or_default().push(SiteLine { outlet, line, stories: stories.len() });
        }
    }
    lines
}

/// Returns the articles that stay because of their masked text. `found` are in the order of their ranks.
fn needed_for_masked_text(rows: &[Row], found: &[CoveredRow], settings: &Settings) -> BTreeSet<u64> {
    let part_of = |number: u64| {
        let part = Part::new(&[part_article(rows, number as usize, false)], &BTreeSet::new()).unwrap();
        let id = part.id(number).unwrap();
        (part, id)
    };
    let runs = |number: u64| {
        let (part, id) = part_of(number);
        part.runs(id, settings)
    };
    let doubtful = found.iter().filter(|row| row.covered.is_masked_text_doubtful);
    let masked: Vec<(u64, Vec<u64>)> = doubtful
        .map(|row| {
            let (part, id) = part_of(row.number);
            (row.number, part.masked_runs(id, settings))
        })
        .collect();
    let outlet = |number: u64| rows[number as usize].sketched.outlet.as_deref();
    let outlets: BTreeSet<Option<&str>> = masked.iter().map(|&(number, _)| outlet(number)).collect();
    let removed: BTreeSet<u64> = found.iter().map(|row| row.number).collect();
    let contained: BTreeSet<u64> = (0..rows.len() as u64)
        .filter(|number| !removed.contains(number) && outlets.contains(&outlet(*number)))
        .flat_map(runs)
        .collect();
    let lacking_runs: BTreeSet<u64> =
        masked.iter().flat_map(|(_, runs)| runs).copied().filter(|run| !contained.contains(run)).collect();
    let lacking: Vec<(u64, LackingArticle)> = masked
        .iter()
        .map(|(number, masked)| {
            let lacking =
                |runs: Vec<u64>| runs.into_iter().filter(|run| lacking_runs.contains(run)).collect();
            (*number, LackingArticle { masked: lacking(masked.clone()), contained: lacking(runs(*number)) })
        })
        .filter(|(_, article)| !article.masked.is_empty())
        .collect();
    // Articles that share runs are connected; the others are no concern of theirs.
    let mut first: BTreeMap<u64, u64> = BTreeMap::new();
    let mut pairs = Vec::new();
    for (number, article) in &lacking {
        for run in article.masked.iter().chain(&article.contained) {
            pairs.push((*first.entry(*run).or_insert(*number), *number));
        }
    }
    let component_of: BTreeMap<u64, u64> = components(&pairs).into_iter().collect();
    let mut parts: BTreeMap<u64, Vec<(u64, LackingArticle)>> = BTreeMap::new();
    for (number, article) in lacking {
        parts.entry(component_of[&number]).or_default().push((number, article));
    }
    let mut needed = BTreeSet::new();
    for part in parts.into_values() {
        let (numbers, articles): (Vec<u64>, Vec<LackingArticle>) = part.into_iter().unzip();
        needed.extend(needed_for_runs(articles).into_iter().map(|index| numbers[index]));
    }
    needed
}

/// Returns the articles that stay because of their headlines. `found` are in the order of their ranks.
fn needed_for_headlines(found: &[CoveredRow]) -> BTreeSet<u64> {
    let mut groups: BTreeMap<u64, Vec<&CoveredRow>> = BTreeMap::new();
    for row in found {
        if let Some(stays) = row.stays {
            groups.entry(stays).or_default().push(row);
        }
    }
    let mut needed = BTreeSet::new();
    for rows in groups.into_values() {
        let text = |row: &CoveredRow| row.covered.same_text.clone().unwrap();
        let removed = rows.iter().map(|row| text(row).headline);
        let others = needed_for_other_headlines(text(rows[0]).headline_that_stays, removed);
        needed.extend(others.into_iter().map(|index| rows[index].number));
    }
    needed
}

fn describe(corpus: &Corpus, removal: &Removal) -> String {
    let support = |Support { id, relation, region, negated }: &Support| {
        format!("{} {:?}", corpus.key(*id), (relation, region, negated))
    };
    let kept_as: Vec<String> = removal.kept_as.iter().map(support).collect();
    let Removal { unique, words, is_known, .. } = removal;
    format!("{} {:?} {kept_as:?} {:?}", corpus.key(removal.id), removal.reason(), (unique, words, is_known))
}

#[test]
fn steps_find_the_removals_of_one_run() {
    let cases = [
        Settings::default(),
        Settings::with(|settings| settings.boilerplate = false),
        Settings::with(|settings| settings.preference.keep = Keep::LongestCore),
        Settings::with(|settings| settings.within = Some(2 * 24 * 3600)),
        Settings::with(|settings| {
            settings.preference = Preference {
                keep: Keep::Agency,
                sites: vec!["two.example".to_owned(), "one.example".to_owned()],
            };
            settings.novel_words = 30;
        }),
    ];
    for settings in cases {
        let findings = find_copies(articles(), settings.clone()).unwrap();
        let deduplication = findings.deduplication();
        let mut expected: Vec<String> =
            deduplication.removals.iter().map(|removal| describe(findings.corpus(), removal)).collect();
        expected.sort();
        let found = removals_by_steps(articles(), &settings, true);
        assert_eq!(found.removals, expected, "{settings:?}");
        assert_eq!(found.for_headlines, deduplication.excepted(Exception::Headlines));
        // What the whole collection shows decides about some of these articles.
        assert!(expected.len() > 50 && found.for_headlines > 0, "{settings:?}");
        assert_eq!(found.for_masked_text > 0, settings.boilerplate, "{settings:?}");
        // If the longest article stays, the pages with the lines do.
        let without_lines = removals_by_steps(articles(), &settings, false).removals;
        assert_eq!(without_lines == expected, settings.preference.keep == Keep::LongestCore, "{settings:?}");
    }
}
