//! The table of agencies and the outlets that print their stories.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use super::printed_story::PrintedStory;

/// An outlet that prints stories of an agency.
#[derive(Clone, Debug, Serialize)]
pub struct AgencySiteRecord<'a> {
    /// The agency.
    pub agency: &'static str,
    /// The outlet.
    pub site: &'a str,
    /// The number of the agency's stories that the outlet prints.
    pub stories: usize,
    /// The number of these with a credit to the agency.
    pub credited_stories: usize,
    /// The number of these without a credit to any agency, though other articles with the text are credited to this one.
    pub uncredited_stories: usize,
}

/// Returns the outlets of each agency: the agency with the most stories first, and of its outlets that with the most.
pub(super) fn agency_sites<'a>(stories: &[PrintedStory<'a>]) -> Vec<AgencySiteRecord<'a>> {
    let mut totals: BTreeMap<&'static str, usize> = BTreeMap::new();
    let mut records: BTreeMap<(&'static str, &str), AgencySiteRecord<'_>> = BTreeMap::new();
    for printing in stories.iter().flat_map(|story| story.printings.values()) {
        let Some(agency) = printing.agency() else { continue };
        let site = printing.outlet;
        *totals.entry(agency).or_default() += 1;
        let record = records.entry((agency, site)).or_insert(AgencySiteRecord {
            agency,
            site,
            stories: 0,
            credited_stories: 0,
            uncredited_stories: 0,
        });
        record.stories += 1;
        if printing.credit.is_some() {
            record.credited_stories += 1;
        } else {
            record.uncredited_stories += 1;
        }
    }
    let mut records: Vec<AgencySiteRecord<'_>> = records.into_values().collect();
    records.sort_by_key(|record| (Reverse(totals[record.agency]), record.agency, Reverse(record.stories)));
    records
}
