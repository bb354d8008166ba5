//! Draws who prints what another had before as a matrix of outlets.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::report::ReprintReport;
use crate::write::html::{isolated, safe};
use crate::write::number::counted;

/// The number of outlets in the matrix. More do not fit on a screen.
const OUTLETS: usize = 14;
/// The number of shades of a cell.
const SHADES: f64 = 5.0;

/// Returns the matrix of the outlets that share the most stories, the earlier outlets in rows, the later ones in
/// columns; nothing for fewer than three outlets, of which the table says everything.
pub(super) fn site_matrix(report: &ReprintReport<'_>) -> Markup {
    let ordered = || report.site_pairs.iter().filter(|pair| pair.order_known);
    let mut totals: BTreeMap<&str, usize> = BTreeMap::new();
    for pair in ordered() {
        *totals.entry(pair.earlier_site).or_default() += pair.stories;
        *totals.entry(pair.later_site).or_default() += pair.stories;
    }
    if totals.len() < 3 {
        return html! {};
    }
    let mut outlets: Vec<(&str, usize)> = totals.into_iter().collect();
    outlets.sort_by_key(|&(outlet, total)| (Reverse(total), outlet));
    outlets.truncate(OUTLETS);
    let outlets: Vec<&str> = outlets.into_iter().map(|(outlet, _)| outlet).collect();
    let stories: BTreeMap<(&str, &str), usize> =
        ordered().map(|pair| ((pair.earlier_site, pair.later_site), pair.stories)).collect();
    let among = |earlier, later| stories.get(&(earlier, later)).copied().unwrap_or(0);
    let greatest = outlets
        .iter()
        .flat_map(|&earlier| outlets.iter().map(move |&later| (earlier, later)))
        .map(|(earlier, later)| among(earlier, later))
        .max()
        .unwrap_or(0);
    html! {
        figure .matrix {
            figcaption { "Stories that the outlet of the column prints after that of the row" }
            div .scroll tabindex="0" role="group" aria-label="Matrix of outlets" {
                table {
                    thead {
                        tr {
                            th {}
                            @for (number, outlet) in (1..).zip(&outlets) {
                                th scope="col" { abbr title=(safe(outlet)) { (number) } }
                            }
                        }
                    }
                    tbody {
                        @for (number, &earlier) in (1..).zip(&outlets) {
                            tr {
                                th scope="row" { (number) " " (isolated(earlier)) }
                                @for &later in &outlets { (cell(earlier, later, among(earlier, later), greatest)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn cell(earlier: &str, later: &str, count: usize, greatest: usize) -> Markup {
    if earlier == later {
        return html! { td .same {} };
    }
    if count == 0 {
        return html! { td {} };
    }
    let title = format!("{later} prints {} of {earlier}", counted(count, "story", "stories"));
    html! { td class=(format!("shade-{}", shade(count, greatest))) title=(safe(&title)) { (count) } }
}

/// Returns the shade of a count, from 1 to 5: counts of stories differ by factors, so the scale is logarithmic.
fn shade(count: usize, greatest: usize) -> u32 {
    let share = (count as f64 + 1.0).ln() / (greatest as f64 + 1.0).ln();
    (share * SHADES).ceil().clamp(1.0, SHADES) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shades_grow_with_counts() {
        let shades: Vec<u32> = [1, 3, 10, 100].iter().map(|&count| shade(count, 100)).collect();
        assert_eq!(shades, [1, 2, 3, 5]);
        assert_eq!(shade(1, 1), 5);
    }
}
