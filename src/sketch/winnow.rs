//! Shingles in, fingerprints out: a few shingles chosen by their own value, so that copies choose the same ones.
//!
//! Of every `window` consecutive shingles the least is chosen. Two articles that share a run of `window + k - 1`
//! tokens therefore share a fingerprint; about 2 in `window + 1` shingles are chosen.
//! Cost: linear; some minima a shingle, as many as the window has binary digits, on vector registers.
//! Source: Schleimer, Wilkerson and Aiken, "Winnowing: local algorithms for document fingerprinting", 2003 (written
//! from the definition: the code printed in the paper has known errors).

use multiversion::multiversion;

/// Windows that are looked at at a time.
const BLOCK: usize = 512;
/// The longest window.
const LONGEST: usize = 256;

/// Chooses the fingerprints of a list of shingles and hands each one's position to `choose`, ascending.
///
/// Shingles are compared by the upper halves of their hashes. Where several of a window are equally small, the last of
/// them is chosen. A list shorter than a window is one window.
///
/// # Panics
/// Where the window is longer than 256 shingles.
pub fn winnow(shingles: &[u64], window: usize, mut choose: impl FnMut(usize)) {
    assert!(window <= LONGEST, "a window has at most {LONGEST} shingles");
    let window = window.clamp(1, shingles.len().max(1));
    let mut places = [0; BLOCK];
    let mut last = None;
    for begin in (0..(shingles.len() + 1).saturating_sub(window)).step_by(BLOCK) {
        let end = (begin + BLOCK + window - 1).min(shingles.len());
        let count = choose_in_block(&shingles[begin..end], window, &mut places);
        for &place in &places[..count] {
            let position = begin + place as usize;
            if last != Some(position) {
                choose(position);
                last = Some(position);
            }
        }
    }
}

/// Gives the places of the least shingle of each window of a few shingles, each once, and how many there are.
#[multiversion(targets = "simd")]
fn choose_in_block(shingles: &[u64], window: usize, places: &mut [u32; BLOCK]) -> usize {
    // A hash above a number that is less for what stands further behind.
    let (mut keys, mut least) = (&mut [0_u64; BLOCK + LONGEST], &mut [0_u64; BLOCK + LONGEST]);
    for (place, (key, shingle)) in (0..).zip(keys.iter_mut().zip(shingles)) {
        *key = shingle & !u64::from(u32::MAX) | (u64::from(u32::MAX) - place);
    }
    // Of 1, 2, 4 ... shingles each, as many as a window holds, and then of those at its two ends.
    let (mut span, mut count) = (1, shingles.len());
    while span < window {
        let step = span.min(window - span);
        count -= step;
        for (least, (one, other)) in least[..count].iter_mut().zip(keys.iter().zip(&keys[step..])) {
            *least = *one.min(other);
        }
        std::mem::swap(&mut keys, &mut least);
        span += step;
    }
    // Whatever is written for a window that chooses what the next one does is written over.
    keys[count] = !keys[count - 1];
    let mut chosen = 0;
    for (key, next) in keys[..count].iter().zip(&keys[1..=count]) {
        places[chosen] = u32::MAX - *key as u32;
        chosen += usize::from(key != next);
    }
    chosen
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Chooses among hashes with these upper halves, whatever their lower ones are.
    fn chosen(upper: &[u64], window: usize) -> Vec<usize> {
        let shingles: Vec<u64> =
            upper.iter().zip(0..).map(|(upper, lower)| (upper << 32) + lower % 7).collect();
        let mut out = Vec::new();
        winnow(&shingles, window, |position| out.push(position));
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
        fn same_as_the_definition(
            shingles in prop::collection::vec(0_u64..20, 0..80),
            times in 1_usize..12,
            window in prop::sample::select(vec![1, 2, 3, 4, 5, 7, 8, 9, 12, 31, 64, 200, 256]),
        ) {
            let shingles = shingles.repeat(times);
            prop_assert_eq!(chosen(&shingles, window), naive(&shingles, window));
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
