//! Two partitions of the same articles in, how far they agree out: the adjusted Rand index.

use std::collections::BTreeMap;

/// Gives the adjusted Rand index of two partitions, each given as the part that every article is in: 1 where they are
/// the same, about 0 where they agree by chance, below that where they agree less. Two partitions that leave nothing
/// to agree about (all articles in one part, or each in its own, in both) count as the same.
///
/// Source: Hubert and Arabie, "Comparing partitions", 1985; computed over pairs as scikit-learn does.
pub fn adjusted_rand_index(one: &[u32], other: &[u32]) -> f64 {
    let squares = |sizes: &mut dyn Iterator<Item = f64>| -> f64 { sizes.map(|size| size * size).sum() };
    let mut cells: BTreeMap<(u32, u32), f64> = BTreeMap::new();
    let (mut rows, mut columns): (BTreeMap<u32, f64>, BTreeMap<u32, f64>) = Default::default();
    for (&row, &column) in one.iter().zip(other) {
        *cells.entry((row, column)).or_default() += 1.0;
        *rows.entry(row).or_default() += 1.0;
        *columns.entry(column).or_default() += 1.0;
    }
    let articles = one.len() as f64;
    let both = squares(&mut cells.into_values());
    let in_one = squares(&mut rows.into_values());
    let in_other = squares(&mut columns.into_values());
    // Ordered pairs that are together in both, in one only, in the other only, in neither.
    let together = both - articles;
    let (only_one, only_other) = (in_one - both, in_other - both);
    let apart = articles * articles - both - only_one - only_other;
    if only_one == 0.0 && only_other == 0.0 {
        return 1.0;
    }
    2.0 * (together * apart - only_other * only_one)
        / ((together + only_other) * (only_other + apart) + (together + only_one) * (only_one + apart))
}
