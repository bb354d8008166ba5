//! Defines the listing of results for a terminal.

use crate::write::option_names::OptionNames;
use crate::write::screen::Screen;

/// Writes clusters or pairs as a listing for people. The texts must have been kept (the setting `keep_texts`) for
/// passages to be shown.
#[derive(Clone, Copy, Debug)]
pub struct Listing {
    /// The terminal for which it is written.
    pub screen: Screen,
    /// The largest number of members of a cluster that are shown; the others are counted.
    pub members: usize,
    /// True if the boilerplate of members of clusters is shown.
    pub boilerplate: bool,
    /// The names of the options that the listing mentions.
    pub names: OptionNames,
}
