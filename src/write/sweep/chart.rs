//! Draws charts as inline SVG. Lines differ in color, dashes and name.

use std::fmt::Write as _;

use maud::{Markup, html};

/// The number of styles of lines in `sweep.css`.
const STYLES: usize = 5;
/// The size of a chart, in its own units. The page scales it to the width that it has.
const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 320.0;
/// The margins around the lines, for labels.
const LEFT: f64 = 56.0;
const RIGHT: f64 = 20.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 46.0;

/// A line of a chart.
pub(super) struct Line {
    /// The name in the legend.
    pub(super) name: String,
    /// The number of its style; lines of one method have the same style in all charts.
    pub(super) style: usize,
    /// Its points; x is from 0 to 1.
    pub(super) points: Vec<(f64, f64)>,
    /// The confidence interval of each point; empty if there are none. Only that of the first line is drawn.
    pub(super) band: Vec<(f64, f64)>,
}

/// A chart with lines.
pub(super) struct Chart<'a> {
    /// The title above it.
    pub(super) title: &'a str,
    /// The names of x and y.
    pub(super) axes: [&'a str; 2],
    /// The largest y.
    pub(super) greatest: f64,
    /// The lines.
    pub(super) lines: Vec<Line>,
}

impl Chart<'_> {
    /// Returns the horizontal position of a value.
    fn x(x: f64) -> f64 {
        LEFT + x * (WIDTH - LEFT - RIGHT)
    }

    /// Returns the vertical position of a value. Values outside of the chart are drawn at its edge.
    fn y(&self, y: f64) -> f64 {
        let greatest = if self.greatest > 0.0 { self.greatest } else { 1.0 };
        HEIGHT - BOTTOM - (y / greatest).clamp(0.0, 1.0) * (HEIGHT - TOP - BOTTOM)
    }

    /// Returns the SVG path through points.
    fn path(&self, points: impl Iterator<Item = (f64, f64)>) -> String {
        let mut path = String::new();
        for (x, y) in points {
            let step = if path.is_empty() { 'M' } else { 'L' };
            // Writing into a string cannot fail.
            let _ = write!(path, "{step}{:.1} {:.1}", Self::x(x), self.y(y));
        }
        path
    }

    /// Returns the SVG path around the confidence intervals of a line.
    fn band(&self, line: &Line) -> String {
        let ends = line.points.iter().zip(&line.band);
        let below = ends.clone().map(|(&(x, _), &(low, _))| (x, low));
        let above = ends.rev().map(|(&(x, _), &(_, high))| (x, high));
        self.path(below.chain(above)) + "z"
    }

    /// Returns the chart with its legend.
    pub(super) fn markup(&self) -> Markup {
        let ticks = || (0..=5).map(|tick| f64::from(tick) / 5.0);
        let label = |value: f64| {
            if self.greatest > 10.0 { format!("{value:.0}") } else { format!("{value:.1}") }
        };
        html! {
            figure {
                figcaption { (self.title) }
                svg .chart role="img" aria-label=(self.title) viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } {
                    @for tick in ticks() {
                        @let (x, y) = (Self::x(tick), self.y(tick * self.greatest));
                        line .grid x1=(x) x2=(x) y1=(TOP) y2=(HEIGHT - BOTTOM) {}
                        line .grid x1=(LEFT) x2=(WIDTH - RIGHT) y1=(y) y2=(y) {}
                        text x=(x) y=(HEIGHT - BOTTOM + 16.0) text-anchor="middle" { (format!("{tick:.1}")) }
                        text x=(LEFT - 6.0) y=(y + 4.0) text-anchor="end" { (label(tick * self.greatest)) }
                    }
                    text x=(Self::x(0.5)) y=(HEIGHT - 8.0) text-anchor="middle" { (self.axes[0]) }
                    text x="12" y=(self.y(self.greatest / 2.0)) text-anchor="middle"
                        transform={ "rotate(-90 12 " (self.y(self.greatest / 2.0)) ")" } { (self.axes[1]) }
                    // Bands of several lines would hide each other. The tables have the numbers.
                    @if let Some(line) = self.lines.first().filter(|line| !line.band.is_empty()) {
                        path class={ "band s" (line.style % STYLES) } d=(self.band(line)) {}
                    }
                    @for line in &self.lines {
                        path class={ "line s" (line.style % STYLES) } d=(self.path(line.points.iter().copied())) {}
                    }
                }
                @if self.lines.len() > 1 {
                    p .legend aria-hidden="true" {
                        @for line in &self.lines {
                            span {
                                svg .key viewBox="0 0 36 8" {
                                    path class={ "line s" (line.style % STYLES) } d="M0 4L36 4" {}
                                }
                                (line.name)
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Returns a histogram of counts in equally wide bins from 0 to 1. The heights of its bars are logarithmic.
pub(super) fn histogram(title: &str, axis: &str, counts: &[usize]) -> Markup {
    let greatest = counts.iter().copied().max().unwrap_or(0).max(1);
    let chart =
        Chart { title, axes: [axis, ""], greatest: (greatest as f64 + 1.0).log10(), lines: Vec::new() };
    let width = 1.0 / counts.len().max(1) as f64;
    let powers: Vec<u32> = (0..).take_while(|&power| 10_usize.pow(power) <= greatest).collect();
    html! {
        figure {
            figcaption { (title) }
            svg .chart role="img" aria-label=(title) viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } {
                @for &power in &powers {
                    @let y = chart.y((10_f64.powi(power as i32) + 1.0).log10());
                    line .grid x1=(LEFT) x2=(WIDTH - RIGHT) y1=(y) y2=(y) {}
                    text x=(LEFT - 6.0) y=(y + 4.0) text-anchor="end" { (10_usize.pow(power)) }
                }
                @for (number, &count) in counts.iter().enumerate() {
                    @let x = Chart::x(number as f64 * width);
                    @let y = chart.y((count as f64 + 1.0).log10());
                    @if count > 0 {
                        rect .bin x=(format!("{x:.1}")) y=(format!("{y:.1}"))
                            width=(format!("{:.1}", Chart::x(width) - LEFT - 2.0))
                            height=(format!("{:.1}", HEIGHT - BOTTOM - y)) {
                            title { (count) " from " (format!("{:.2}", number as f64 * width)) }
                        }
                    }
                }
                @for tick in 0..=5 {
                    text x=(Chart::x(f64::from(tick) / 5.0)) y=(HEIGHT - BOTTOM + 16.0) text-anchor="middle" {
                        (format!("{:.1}", f64::from(tick) / 5.0))
                    }
                }
                text x=(Chart::x(0.5)) y=(HEIGHT - 8.0) text-anchor="middle" { (axis) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_lines_and_the_band_of_the_first() {
        let line = |style: usize, band: &[(f64, f64)]| Line {
            name: "a".to_owned(),
            style,
            points: vec![(0.0, 0.0), (1.0, 2.0)],
            band: band.to_vec(),
        };
        let chart =
            |lines| Chart { title: "t <", axes: ["x", "y"], greatest: 2.0, lines }.markup().into_string();
        let one = chart(vec![line(0, &[(0.0, 1.0), (1.0, 3.0)])]);
        assert!(one.contains("aria-label=\"t &lt;\""), "{one}");
        assert!(one.contains("class=\"line s0\" d=\"M56.0 274.0L620.0 14.0\""), "{one}");
        // The band ends at the edge of the chart.
        assert!(
            one.contains("class=\"band s0\" d=\"M56.0 274.0L620.0 144.0L620.0 14.0L56.0 144.0z\""),
            "{one}"
        );
        assert!(!one.contains("legend"));
        let two = chart(vec![line(0, &[]), line(1, &[])]);
        assert!(two.contains("legend") && two.contains("line s1") && !two.contains("band"));
    }

    #[test]
    fn draws_bars() {
        let drawn = histogram("t", "x", &[0, 9, 99]).into_string();
        assert_eq!(drawn.matches("<rect").count(), 2);
        assert!(drawn.contains("99 from 0.67"), "{drawn}");
    }
}
