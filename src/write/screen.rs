//! Describes the terminal for which a text is written.

use anstyle::Style;

/// The terminal for which a text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    /// Its width in columns.
    pub width: usize,
    /// True if escape sequences for colors may be written.
    pub color: bool,
}

impl Screen {
    /// Returns `text` in a style if colors are allowed, else unchanged.
    pub(super) fn paint(self, style: Style, text: &str) -> String {
        if self.color && !text.is_empty() { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}
