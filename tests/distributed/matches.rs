//! Steps 5 to 8: matches, and what they connect.

use std::collections::{BTreeMap, BTreeSet};

use wirecopy::distributed::{
    CoreIndexer, ENOUGH_EVIDENCE, Part, PartArticle, ValueHolder, components, joins,
};
use wirecopy::verify::Match;
use wirecopy::{Findings, Settings};

use super::rows::{Row, part_article};

/// A match, with whether it joins clusters.
pub(crate) struct MatchRow {
    pub(crate) a: u64,
    pub(crate) b: u64,
    pub(crate) bytes: Vec<u8>,
    pub(crate) joins: bool,
}

/// Steps 5 to 7: indexes the leaders, links and verifies them.
pub(crate) fn matches_of(rows: &[Row], settings: &Settings) -> Vec<MatchRow> {
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
        found.extend(verified.map(|found| MatchRow {
            a: pair.number(found.a),
            b: pair.number(found.b),
            bytes: found.encode(),
            joins: joins(&found, settings),
        }));
    }
    found
}

/// Returns the articles that matches connect: for each article of one the smallest number of its component.
pub(crate) fn components_of<'a>(matches: impl IntoIterator<Item = &'a MatchRow>) -> BTreeMap<u64, u64> {
    let pairs: Vec<(u64, u64)> =
        matches.into_iter().map(|found| (found.a.min(found.b), found.a.max(found.b))).collect();
    components(&pairs).into_iter().collect()
}

/// Some articles that matches connect, with the clusters among them.
pub(crate) struct Component {
    pub(crate) component: u64,
    /// The numbers of its articles, ascending.
    pub(crate) numbers: Vec<u64>,
    pub(crate) findings: Findings,
}

/// Returns the findings of each component.
pub(crate) fn findings_of(
    rows: &[Row],
    matches: &[&MatchRow],
    component_of: &BTreeMap<u64, u64>,
    settings: &Settings,
) -> Vec<Component> {
    let mut parts: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (number, row) in rows.iter().enumerate() {
        let leader = row.leader as u64;
        match component_of.get(&leader) {
            Some(&component) => parts.entry(component).or_default().push(number),
            None if row.folded.set_size > 1 => parts.entry(leader).or_default().push(number),
            None => {}
        }
    }
    let findings = |(component, numbers): (u64, Vec<usize>)| {
        let some: Vec<PartArticle<'_>> =
            numbers.iter().map(|&number| part_article(rows, number, true)).collect();
        let part = Part::new(&some, &BTreeSet::new()).unwrap();
        let of_part = matches.iter().filter(|found| component_of[&found.a] == component);
        let found: Vec<Match> =
            of_part.map(|found| part.decode_match(found.a, found.b, &found.bytes).unwrap()).collect();
        let numbers = part.numbers().to_vec();
        Component { component, numbers, findings: part.into_findings(&found, settings) }
    };
    parts.into_iter().map(findings).collect()
}
