//! Shingles in, fingerprints out: a few shingles chosen by their own value, so that copies choose the same ones.
//!
//! Of every `window` consecutive shingles the least is chosen. Two articles that share a run of `window + k - 1`
//! tokens therefore share a fingerprint; about 2 in `window + 1` shingles are chosen.
//! Cost: linear.
//! Source: Schleimer, Wilkerson and Aiken, "Winnowing: local algorithms for document fingerprinting", 2003 (written
//! from the definition: the code printed in the paper has known errors).

/// Chooses the fingerprints of a list of shingles and hands each one's position to `choose`, ascending.
///
/// Where several shingles of a window are equally small, the last of them is chosen. A list shorter than a window is
/// one window.
pub fn winnow(shingles: &[u64], window: usize, mut choose: impl FnMut(usize)) {
    let window = window.clamp(1, shingles.len().max(1));
    let mut chosen = None;
    for end in window..=shingles.len() {
        let begin = end - window;
        chosen = match chosen {
            // The last choice is still inside: only the newest shingle can take its place.
            Some(last) if last >= begin => {
                if shingles[end - 1] > shingles[last] {
                    continue;
                }
                Some(end - 1)
            }
            _ => (begin..end).rev().min_by_key(|&position| shingles[position]),
        };
        if let Some(position) = chosen {
            choose(position);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn chosen(shingles: &[u64], window: usize) -> Vec<usize> {
        let mut out = Vec::new();
        winnow(shingles, window, |position| out.push(position));
        out
    }

    /// The definition: the last least shingle of every window.
    fn naive(shingles: &[u64], window: usize) -> Vec<usize> {
        let mut out: Vec<usize> = shingles
            .windows(window.min(shingles.len()).max(1))
            .enumerate()
            .filter_map(|(begin, run)| {
                let least = run.iter().min()?;
                run.iter().rposition(|value| value == least).map(|offset| begin + offset)
            })
            .collect();
        out.dedup();
        out
    }

    #[test]
    fn short_lists() {
        assert!(chosen(&[], 4).is_empty());
        assert_eq!(chosen(&[7], 4), [0]);
        assert_eq!(chosen(&[7, 3, 3], 4), [2]);
    }

    proptest! {
        #[test]
        fn same_as_the_definition(shingles in prop::collection::vec(0_u64..20, 0..80), window in 1_usize..12) {
            prop_assert_eq!(chosen(&shingles, window), naive(&shingles, window));
        }

        #[test]
        fn a_shared_run_shares_a_fingerprint(
            before in prop::collection::vec(any::<u64>(), 0..30),
            run in prop::collection::vec(any::<u64>(), 8..20),
            after in prop::collection::vec(any::<u64>(), 0..30),
        ) {
            let other = [before.as_slice(), &run, &after].concat();
            let ours: Vec<u64> = chosen(&run, 8).into_iter().map(|position| run[position]).collect();
            let theirs: Vec<u64> = chosen(&other, 8).into_iter().map(|position| other[position]).collect();
            prop_assert!(ours.iter().any(|value| theirs.contains(value)));
        }
    }
}
