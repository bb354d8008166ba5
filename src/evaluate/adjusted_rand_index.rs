//! Computes how far two partitions of the same articles agree.

use std::collections::BTreeMap;

/// Returns the adjusted Rand index of two partitions. Each is a list with the number of the part that contains the
/// article, for every article.
///
/// The index is 1 if the partitions are equal, about 0 if they agree as often as by chance, and negative if they
/// agree less often. If both partitions have all articles in one part, or both have each article in a part of its
/// own, it is 1.
///
/// Source: Hubert and Arabie, "Comparing partitions", 1985; computed from the confusion matrix of pairs, as
/// scikit-learn does.
pub fn adjusted_rand_index(one: &[u32], other: &[u32]) -> f64 {
    // The contingency table of the two partitions, with the sums of its rows and columns.
    let mut cells: BTreeMap<(u32, u32), f64> = BTreeMap::new();
    let (mut rows, mut columns): (BTreeMap<u32, f64>, BTreeMap<u32, f64>) = Default::default();
    for (&row, &column) in one.iter().zip(other) {
        *cells.entry((row, column)).or_default() += 1.0;
        *rows.entry(row).or_default() += 1.0;
        *columns.entry(column).or_default() += 1.0;
    }
    let articles = one.len() as f64;
    let in_both = sum_of_squares(cells.into_values());
    let in_one = sum_of_squares(rows.into_values());
    let in_other = sum_of_squares(columns.into_values());
    // Ordered pairs of different articles that are together in both partitions, only in one, only in the other, and
    // in neither. The squares also count each article with itself.
    let together = in_both - articles;
    let (only_one, only_other) = (in_one - in_both, in_other - in_both);
    let apart = articles * articles - in_both - only_one - only_other;
    if only_one == 0.0 && only_other == 0.0 {
        return 1.0;
    }
    2.0 * (together * apart - only_other * only_one)
        / ((together + only_other) * (only_other + apart) + (together + only_one) * (only_one + apart))
}

fn sum_of_squares(sizes: impl Iterator<Item = f64>) -> f64 {
    sizes.map(|size| size * size).sum()
}
