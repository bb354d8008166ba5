//! Draws charts as inline SVG. Lines differ in color, dashes and name.

use std::fmt::Write as _;

use maud::{Markup, html};

use crate::write::ticks::Ticks;

/// The number of styles of lines in `sweep.css`.
const STYLES: usize = 5;
/// The size of a chart, in its own units. The page scales it to the width that it has.
const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 320.0;
/// The margins around the lines, for labels.
const LEFT: f64 = 62.0;
const RIGHT: f64 = 22.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 46.0;
/// The distance between the names of two marks.
const NAME_HEIGHT: f64 = 18.0;
/// The name of a mark to the right of this value is on its left, where it has space.
const LAST_NAME_RIGHT: f64 = 0.8;

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

/// A threshold that is marked in a chart.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mark {
    /// Its value.
    pub(super) threshold: f64,
    /// Its name, such as `best 0.48`.
    pub(super) name: String,
    /// True for the present threshold, whose line is dashed.
    pub(super) is_present: bool,
    /// The point to mark; without one, a vertical line is drawn.
    pub(super) point: Option<(f64, f64)>,
}

/// A chart with lines.
pub(super) struct Chart<'a> {
    /// The title above it.
    pub(super) title: &'a str,
    /// The names of x and y.
    pub(super) axes: [&'a str; 2],
    /// The largest y of the lines. The axis ends at the next round value.
    pub(super) greatest: f64,
    /// The lines.
    pub(super) lines: Vec<Line>,
    /// The thresholds that are marked.
    pub(super) marks: Vec<Mark>,
}

/// The vertical axis of a chart.
#[derive(Clone, Copy)]
struct Axis {
    greatest: f64,
}

impl Axis {
    /// Returns the vertical position of a value. Values outside of the chart are drawn at its edge.
    fn y(self, y: f64) -> f64 {
        let greatest = if self.greatest > 0.0 { self.greatest } else { 1.0 };
        HEIGHT - BOTTOM - (y / greatest).clamp(0.0, 1.0) * (HEIGHT - TOP - BOTTOM)
    }

    /// Returns the SVG path through points.
    fn path(self, points: impl Iterator<Item = (f64, f64)>) -> String {
        let mut path = String::new();
        for (point_x, point_y) in points {
            let step = if path.is_empty() { 'M' } else { 'L' };
            // Writing into a string cannot fail.
            let _ = write!(path, "{step}{:.1} {:.1}", x(point_x), self.y(point_y));
        }
        path
    }

    /// Returns the SVG path around the confidence intervals of a line.
    fn band(self, line: &Line) -> String {
        let ends = line.points.iter().zip(&line.band);
        let below = ends.clone().map(|(&(x, _), &(low, _))| (x, low));
        let above = ends.rev().map(|(&(x, _), &(_, high))| (x, high));
        self.path(below.chain(above)) + "z"
    }
}

/// Returns the horizontal position of a value.
fn x(x: f64) -> f64 {
    LEFT + x * (WIDTH - LEFT - RIGHT)
}

impl Chart<'_> {
    /// Returns the chart with its legend.
    pub(super) fn markup(&self) -> Markup {
        let ticks = Ticks::up_to(self.greatest);
        let axis = Axis { greatest: ticks.last() };
        html! {
            figure {
                figcaption { (self.title) }
                svg .chart role="img" aria-label=(described(self.title, &self.marks)) viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } {
                    @for &value in &ticks.values {
                        @let y = axis.y(value);
                        line .grid x1=(LEFT) x2=(WIDTH - RIGHT) y1=(rounded(y)) y2=(rounded(y)) {}
                        text x=(LEFT - 6.0) y=(rounded(y + 4.0)) text-anchor="end" { (ticks.label(value)) }
                    }
                    (horizontal_axis(self.axes[0], true))
                    @let middle = rounded(axis.y(axis.greatest / 2.0));
                    text .vertical x="12" y=(middle) text-anchor="middle" transform={ "rotate(-90 12 " (middle) ")" } {
                        (self.axes[1])
                    }
                    // Bands of several lines would hide each other. The tables have the numbers.
                    @if let Some(line) = self.lines.first().filter(|line| !line.band.is_empty()) {
                        path class={ "band s" (line.style % STYLES) } d=(axis.band(line)) {}
                    }
                    @for line in &self.lines {
                        path class={ "line s" (line.style % STYLES) } d=(axis.path(line.points.iter().copied())) {}
                    }
                    (marks(&self.marks, axis))
                }
                @if self.lines.len() > 1 { (self.legend()) }
            }
        }
    }

    /// Returns the names of the lines.
    fn legend(&self) -> Markup {
        html! {
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

/// Returns the labels of the horizontal axis, from 0 to 1, and its name; with lines of a grid if asked.
fn horizontal_axis(name: &str, has_grid: bool) -> Markup {
    let ticks = Ticks::up_to(1.0);
    html! {
        @for &value in &ticks.values {
            @let x = rounded(x(value));
            @if has_grid { line .grid x1=(x) x2=(x) y1=(TOP) y2=(HEIGHT - BOTTOM) {} }
            text x=(x) y=(HEIGHT - BOTTOM + 18.0) text-anchor="middle" { (ticks.label(value)) }
        }
        text x=(rounded(x(0.5))) y=(HEIGHT - 6.0) text-anchor="middle" { (name) }
    }
}

/// Returns the marks of thresholds: each a vertical line or a point, with its name. Names of neighbors are below each
/// other.
fn marks(marks: &[Mark], axis: Axis) -> Markup {
    html! {
        @for (number, mark) in marks.iter().enumerate() {
            @let class = if mark.is_present { "present" } else { "best" };
            @let (at, name_y) = match mark.point {
                Some((point_x, point_y)) => (x(point_x), axis.y(point_y) + NAME_HEIGHT * (number as f64 + 1.5)),
                None => (x(mark.threshold), TOP + NAME_HEIGHT * (number as f64 + 1.0)),
            };
            @let is_right = at > x(LAST_NAME_RIGHT);
            @match mark.point {
                Some((_, y)) => circle class={ "mark " (class) } cx=(rounded(at)) cy=(rounded(axis.y(y))) r="5" {},
                None => line class={ "mark " (class) } x1=(rounded(at)) x2=(rounded(at)) y1=(TOP) y2=(HEIGHT - BOTTOM) {},
            }
            text class={ "name " (class) } x=(rounded(if is_right { at - 6.0 } else { at + 6.0 })) y=(rounded(name_y))
                text-anchor=(if is_right { "end" } else { "start" }) { (mark.name) }
        }
    }
}

/// Returns the title of a chart with its marks, for screen readers.
fn described(title: &str, marks: &[Mark]) -> String {
    let names: Vec<&str> = marks.iter().map(|mark| mark.name.as_str()).collect();
    if names.is_empty() { title.to_owned() } else { format!("{title}; marked: {}", names.join(", ")) }
}

/// Returns a position with one decimal.
fn rounded(position: f64) -> String {
    format!("{position:.1}")
}

/// Returns a histogram of counts in equally wide bins from 0 to 1. The heights of its bars are logarithmic.
pub(super) fn histogram(title: &str, name: &str, counts: &[usize], thresholds: &[Mark]) -> Markup {
    let greatest = counts.iter().copied().max().unwrap_or(0).max(1);
    let axis = Axis { greatest: (greatest as f64 + 1.0).log10() };
    let width = 1.0 / counts.len().max(1) as f64;
    let powers: Vec<u32> = (0..).take_while(|&power| 10_usize.pow(power) <= greatest).collect();
    html! {
        figure {
            figcaption { (title) }
            svg .chart role="img" aria-label=(described(title, thresholds)) viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } {
                @for &power in &powers {
                    @let y = axis.y((10_f64.powi(power as i32) + 1.0).log10());
                    line .grid x1=(LEFT) x2=(WIDTH - RIGHT) y1=(rounded(y)) y2=(rounded(y)) {}
                    text x=(LEFT - 6.0) y=(rounded(y + 4.0)) text-anchor="end" { (10_usize.pow(power)) }
                }
                @for (number, &count) in counts.iter().enumerate() {
                    @let left = x(number as f64 * width);
                    @let y = axis.y((count as f64 + 1.0).log10());
                    @if count > 0 {
                        rect .bin x=(rounded(left)) y=(rounded(y)) width=(rounded(x(width) - LEFT - 2.0))
                            height=(rounded(HEIGHT - BOTTOM - y)) {
                            title { (count) " from " (format!("{:.2}", number as f64 * width)) }
                        }
                    }
                }
                (horizontal_axis(name, false))
                text .vertical x="12" y=(rounded(axis.y(axis.greatest / 2.0))) text-anchor="middle"
                    transform={ "rotate(-90 12 " (rounded(axis.y(axis.greatest / 2.0))) ")" } { "pairs, logarithmic" }
                (marks(thresholds, axis))
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
        let chart = |lines| Chart { title: "t <", axes: ["x", "y"], greatest: 2.0, lines, marks: Vec::new() };
        let chart = |lines| chart(lines).markup().into_string();
        let one = chart(vec![line(0, &[(0.0, 1.0), (1.0, 3.0)])]);
        assert!(one.contains("aria-label=\"t &lt;\""), "{one}");
        assert!(one.contains("class=\"line s0\" d=\"M62.0 274.0L618.0 14.0\""), "{one}");
        // The band ends at the edge of the chart.
        assert!(
            one.contains("class=\"band s0\" d=\"M62.0 274.0L618.0 144.0L618.0 14.0L62.0 144.0z\""),
            "{one}"
        );
        assert!(!one.contains("legend"));
        let two = chart(vec![line(0, &[]), line(1, &[])]);
        assert!(two.contains("legend") && two.contains("line s1") && !two.contains("band"));
    }

    #[test]
    fn marks_thresholds() {
        let mark = |threshold, name: &str, is_present, point| Mark {
            threshold,
            name: name.to_owned(),
            is_present,
            point,
        };
        let marks =
            vec![mark(0.5, "best 0.50", false, None), mark(0.9, "present 0.90", true, Some((0.9, 0.5)))];
        let drawn = Chart { title: "t", axes: ["x", "y"], greatest: 1.0, lines: Vec::new(), marks }.markup();
        let drawn = drawn.into_string();
        assert!(drawn.contains("aria-label=\"t; marked: best 0.50, present 0.90\""), "{drawn}");
        assert!(drawn.contains("<line class=\"mark best\" x1=\"340.0\""), "{drawn}");
        assert!(drawn.contains("<circle class=\"mark present\" cx=\"562.4\" cy=\"144.0\""), "{drawn}");
        // The name of a mark at the right edge is to its left.
        assert!(drawn.contains("x=\"556.4\" y=\"189.0\" text-anchor=\"end\">present 0.90"), "{drawn}");
    }

    #[test]
    fn draws_bars() {
        let drawn = histogram("t", "x", &[0, 9, 99], &[]).into_string();
        assert_eq!(drawn.matches("<rect").count(), 2);
        assert!(drawn.contains("99 from 0.67"), "{drawn}");
    }
}
