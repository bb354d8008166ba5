//! Parses a list of thresholds.

use std::str::FromStr;

use wirecopy::evaluate::is_same_threshold;

use super::number::share;

/// Thresholds, ascending, each once: above 0 and up to 1.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Thresholds(Vec<f64>);

/// Thresholds are multiples of one millionth: sums of steps are rounded to it, so that no step is lost or doubled.
const PARTS: f64 = 1e6;
/// The largest number of steps: more than anybody reads.
const MOST_THRESHOLDS: f64 = 1000.0;

impl Thresholds {
    /// Returns these thresholds and another one, ascending, each once.
    pub(super) fn with(&self, other: f64) -> Vec<f64> {
        let mut all = self.0.clone();
        if !all.iter().any(|&threshold| is_same_threshold(threshold, other)) {
            all.push(other);
            all.sort_by(f64::total_cmp);
        }
        all
    }
}

impl FromStr for Thresholds {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let expected =
            || "expected FROM..TO:STEP or numbers separated by commas, such as 0.3..0.9:0.05".to_owned();
        let number = |text: &str| text.trim().parse::<f64>().map_err(|_| expected());
        let parts = |value: f64| (value * PARTS).round();
        let mut out = Vec::new();
        if let Some((from, rest)) = text.split_once("..") {
            let (to, step) = rest.split_once(':').ok_or_else(expected)?;
            let (from, to, step) = (parts(number(from)?), parts(number(to)?), parts(number(step)?));
            if !(step >= 1.0 && from <= to && (to - from) / step <= MOST_THRESHOLDS) {
                return Err("expected a rising range of up to 1000 steps".to_owned());
            }
            let steps = ((to - from) / step) as usize;
            out.extend((0..=steps).map(|count| (from + step * count as f64) / PARTS));
        } else {
            for part in text.split(',') {
                out.push(parts(number(part)?) / PARTS);
            }
        }
        for threshold in &out {
            share(&threshold.to_string()).map_err(|expected| format!("{threshold}: {expected}"))?;
        }
        out.sort_by(f64::total_cmp);
        out.dedup();
        Ok(Self(out))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds_a_threshold_once() {
        let thresholds: Thresholds = "0.5,0.7".parse().unwrap();
        assert_eq!(thresholds.with(0.6), [0.5, 0.6, 0.7]);
        assert_eq!(thresholds.with(0.7), [0.5, 0.7]);
    }

    #[test]
    fn parses_thresholds() {
        let form = "expected FROM..TO:STEP or numbers separated by commas, such as 0.3..0.9:0.05";
        let range = "expected a rising range of up to 1000 steps";
        let cases: [(&str, Result<&[f64], &str>); 10] = [
            ("0.1..0.3:0.1", Ok(&[0.1, 0.2, 0.3])),
            ("0.5..0.62:0.05", Ok(&[0.5, 0.55, 0.6])),
            ("0.7, 0.5,0.7", Ok(&[0.5, 0.7])),
            ("1", Ok(&[1.0])),
            ("0.1..0.3", Err(form)),
            ("half", Err(form)),
            ("0.5..0.1:0.1", Err(range)),
            ("0.1..0.5:0", Err(range)),
            ("0..1:0.5", Err("0: expected a fraction above 0 and up to 1, such as 0.6")),
            ("60,70", Err("60: expected a fraction above 0 and up to 1: write 0.6")),
        ];
        for (text, expected) in cases {
            let read = text.parse::<Thresholds>().map(|thresholds| thresholds.0);
            assert_eq!(read, expected.map(<[f64]>::to_vec).map_err(str::to_owned), "{text}");
        }
    }
}
