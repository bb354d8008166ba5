//! Chooses round values for the axis of a chart.

/// The largest number of steps between values.
const MOST_STEPS: f64 = 6.0;

/// Round values on an axis, from 0 to at least the greatest value shown, with equal steps.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ticks {
    /// The values, ascending.
    pub(super) values: Vec<f64>,
    /// The number of decimals that tells them apart.
    pub(super) decimals: usize,
}

impl Ticks {
    /// Returns ticks in steps of 1, 2 or 5 times a power of ten, up to the first one that is not below `greatest`.
    pub(super) fn up_to(greatest: f64) -> Self {
        let greatest = if greatest > 0.0 && greatest.is_finite() { greatest } else { 1.0 };
        let power = (greatest / MOST_STEPS).log10().floor() as i32;
        let fits = |&(factor, power): &(f64, i32)| factor * 10_f64.powi(power) * MOST_STEPS >= greatest;
        let steps = [(1.0, power), (2.0, power), (5.0, power)];
        let (factor, power) = steps.into_iter().find(fits).unwrap_or((1.0, power + 1));
        let decimals = usize::try_from(-power).unwrap_or(0);
        let step = factor * 10_f64.powi(power);
        // A greatest value that rounding puts above its tick needs no further one.
        let count = (greatest / step - 1e-9).ceil() as u32;
        Self { values: (0..=count).map(|number| f64::from(number) * step).collect(), decimals }
    }

    /// Returns the greatest value.
    pub(super) fn last(&self) -> f64 {
        self.values.last().copied().unwrap_or(1.0)
    }

    /// Returns the label of a value.
    pub(super) fn label(&self, value: f64) -> String {
        format!("{value:.*}", self.decimals)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round() {
        let labels = |greatest| {
            let ticks = Ticks::up_to(greatest);
            ticks.values.iter().map(|&value| ticks.label(value)).collect::<Vec<_>>().join(" ")
        };
        for (greatest, expected) in [
            (1.0, "0.0 0.2 0.4 0.6 0.8 1.0"),
            (0.3, "0.00 0.05 0.10 0.15 0.20 0.25 0.30"),
            (3.0, "0.0 0.5 1.0 1.5 2.0 2.5 3.0"),
            (319.0, "0 100 200 300 400"),
            (60.0, "0 10 20 30 40 50 60"),
            (61.0, "0 20 40 60 80"),
            (123_456.0, "0 50000 100000 150000"),
            (0.0, "0.0 0.2 0.4 0.6 0.8 1.0"),
        ] {
            assert_eq!(labels(greatest), expected, "{greatest}");
        }
    }
}
