//! Names relations in a listing.

use anstyle::Style;

use crate::cluster::Kind;
use crate::verify::Relation;
use crate::write::styles::{BOLD, relation_style};

/// Returns the name of a relation, followed by that of the kind, and its style. Without a relation, the article is
/// the representative.
pub(super) fn relation_label(relation: Option<Relation>, kind: Option<Kind>) -> (String, Style) {
    let name = relation.map_or("representative", Relation::name);
    let name = kind.map_or(name.to_owned(), |kind| format!("{name} {}", kind.name()));
    (name, relation.map_or(BOLD, relation_style))
}
