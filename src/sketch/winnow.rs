//! Winnows the shingles of a text: chooses a few of them as fingerprints, by their own values, so that copies
//! choose the same ones.
//!
//! Of every `window` consecutive shingles of k tokens the one with the least hash is chosen. So two articles that
//! share a run of `window + k - 1` tokens share a fingerprint. About 2 of `window + 1` shingles are chosen.
//!
//! Cost: about log₂ `window` minima for each shingle, on vector registers.
//! Source: Schleimer, Wilkerson and Aiken, "Winnowing: local algorithms for document fingerprinting", 2003 (written
//! from the definition: the code printed in the paper has known errors).

use multiversion::multiversion;

/// The number of windows that are processed at a time.
const BLOCK: usize = 512;
/// The longest window, in shingles.
const MAX_WINDOW: usize = 256;

/// Chooses fingerprints from a list of shingles, and calls `choose` with the position of each, ascending.
///
/// Shingles are compared by the upper halves of their hashes. If several shingles of a window have the least value,
/// the last of them is chosen. A list that is shorter than a window is treated as one window.
///
/// # Panics
/// Panics if the window is longer than 256 shingles.
pub fn winnow(shingles: &[u64], window: usize, choose: impl FnMut(usize)) {
    Winnower::default().winnow(shingles, window, choose);
}

/// Winnows many lists of shingles with the same memory.
#[derive(Debug, Default)]
pub struct Winnower(Box<Buffers>);

/// The memory for one block. What it contains before has no effect.
#[derive(Debug)]
struct Buffers {
    keys: [u64; BLOCK + MAX_WINDOW],
    minima: [u64; BLOCK + MAX_WINDOW],
    /// The offset of each chosen shingle.
    offsets: [u32; BLOCK],
}

impl Default for Buffers {
    fn default() -> Self {
        Self { keys: [0; BLOCK + MAX_WINDOW], minima: [0; BLOCK + MAX_WINDOW], offsets: [0; BLOCK] }
    }
}

impl Winnower {
    /// Does what [`winnow`] does.
    ///
    /// # Panics
    /// As [`winnow`].
    pub fn winnow(&mut self, shingles: &[u64], window: usize, mut choose: impl FnMut(usize)) {
        assert!(window <= MAX_WINDOW, "a window has at most {MAX_WINDOW} shingles");
        let window = window.clamp(1, shingles.len().max(1));
        let mut last = None;
        for begin in (0..(shingles.len() + 1).saturating_sub(window)).step_by(BLOCK) {
            let end = (begin + BLOCK + window - 1).min(shingles.len());
            let count = choose_in_block(&shingles[begin..end], window, &mut self.0);
            for &offset in &self.0.offsets[..count] {
                let position = begin + offset as usize;
                // The first window of a block may choose what the last one of the block before chose.
                if last != Some(position) {
                    choose(position);
                    last = Some(position);
                }
            }
        }
    }
}

/// Writes the offset of the least shingle of each window of a block to `offsets`, each once. Returns their number.
#[multiversion(targets = "simd")]
fn choose_in_block(shingles: &[u64], window: usize, buffers: &mut Buffers) -> usize {
    let Buffers { keys, minima, offsets } = buffers;
    let (mut keys, mut minima) = (keys, minima);
    // The upper half of the hash, then a number that falls with the offset: the last of equal hashes is the least.
    for (offset, (key, shingle)) in (0..).zip(keys.iter_mut().zip(shingles)) {
        *key = shingle & !u64::from(u32::MAX) | (u64::from(u32::MAX) - offset);
    }
    // `keys` becomes the minima of runs of 2, 4, 8 ... shingles. The last step joins two runs that overlap, unless
    // the length of the window is a power of two.
    let (mut span, mut count) = (1, shingles.len());
    while span < window {
        let step = span.min(window - span);
        count -= step;
        for (minimum, (one, other)) in minima[..count].iter_mut().zip(keys.iter().zip(&keys[step..])) {
            *minimum = *one.min(other);
        }
        std::mem::swap(&mut keys, &mut minima);
        span += step;
    }
    // An offset is written for every window, without a branch, and overwritten if the next window chooses the same
    // shingle. After the last window comes a key that differs from its key.
    keys[count] = !keys[count - 1];
    let mut chosen = 0;
    for (key, next) in keys[..count].iter().zip(&keys[1..=count]) {
        offsets[chosen] = u32::MAX - *key as u32;
        chosen += usize::from(key != next);
    }
    chosen
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Returns what is chosen from hashes with these upper halves and varying lower halves.
    fn chosen(upper: &[u64], window: usize) -> Vec<usize> {
        let shingles: Vec<u64> =
            upper.iter().zip(0..).map(|(upper, lower)| (upper << 32) + lower % 7).collect();
        let mut out = Vec::new();
        winnow(&shingles, window, |position| out.push(position));
        out
    }

    /// Returns what is chosen by the definition: the last least shingle of every window.
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
    fn a_list_shorter_than_a_window_is_one_window() {
        assert!(chosen(&[], 4).is_empty());
        assert_eq!(chosen(&[7], 4), [0]);
        assert_eq!(chosen(&[7, 3, 3], 4), [2]);
    }

    proptest! {
        #[test]
        fn chooses_what_the_definition_chooses(
            shingles in prop::collection::vec(0_u64..20, 0..80),
            times in 1_usize..12,
            window in prop::sample::select(vec![1, 2, 3, 4, 5, 7, 8, 9, 12, 31, 64, 200, 256]),
        ) {
            let shingles = shingles.repeat(times);
            prop_assert_eq!(chosen(&shingles, window), naive(&shingles, window));
        }

        #[test]
        fn what_was_winnowed_before_has_no_effect(
            lists in prop::collection::vec(prop::collection::vec(0_u64..9, 0..700), 2..4),
            windows in prop::collection::vec(1_usize..257, 4),
        ) {
            let mut winnower = Winnower::default();
            for (list, &window) in lists.iter().zip(&windows) {
                let list: Vec<u64> = list.iter().map(|upper| upper << 32).collect();
                let mut found = Vec::new();
                winnower.winnow(&list, window, |position| found.push(position));
                prop_assert_eq!(found, naive(&list, window));
            }
        }

        #[test]
        fn a_shared_run_shares_a_fingerprint(
            before in prop::collection::vec(0..1_u64 << 32, 0..30),
            run in prop::collection::vec(0..1_u64 << 32, 8..20),
            after in prop::collection::vec(0..1_u64 << 32, 0..30),
        ) {
            let other = [before.as_slice(), &run, &after].concat();
            let ours: Vec<u64> = chosen(&run, 8).into_iter().map(|position| run[position]).collect();
            let theirs: Vec<u64> = chosen(&other, 8).into_iter().map(|position| other[position]).collect();
            prop_assert!(ours.iter().any(|value| theirs.contains(value)));
        }
    }
}
