//! Defines the styles of text on a terminal.

use anstyle::{AnsiColor, Style};

use crate::verify::Relation;

/// Headings, and the representative of a cluster.
pub(super) const BOLD: Style = Style::new().bold();
/// Text that matters less than the text around it.
pub(super) const DIM: Style = Style::new().dimmed();

/// Returns the style of a relation.
pub(super) fn relation_style(relation: Relation) -> Style {
    let color = match relation {
        Relation::Exact | Relation::NearDuplicate => AnsiColor::Green,
        Relation::Excerpt | Relation::Contains => AnsiColor::Yellow,
        Relation::Partial => AnsiColor::Magenta,
        Relation::Quote => AnsiColor::Cyan,
    };
    color.on_default()
}
