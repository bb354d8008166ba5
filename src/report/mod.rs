//! The content of reports: one record for each pair, cluster, removed article and flagged article, with the names,
//! numbers and text offsets that users see.
//!
//! `write` writes pairs and clusters in a format; the command and `rewrite` write removed and flagged articles.
//! `docs/schema/` has a JSON Schema for each record. The fields of a record are in the
//! order in which they are written.
//!
//! Cost: linear in what is reported; the offsets of an article's tokens are decoded once for each record that shows it.

mod cell;
mod cluster;
mod excerpt;
mod fields;
mod findings;
mod flag;
mod given_template;
mod listed_pairs;
mod matcher;
mod offsets;
mod pair;
mod removal;
mod reprints;
mod template;

pub use self::cell::{Cell, CellKind};
pub use self::cluster::{ClusterRecord, MemberRecord, MemberRecords};
pub(crate) use self::fields::rounded;
pub use self::fields::score_name;
pub use self::flag::{FlagCluster, FlagRecord, Flags};
pub use self::given_template::GivenTemplateRecord;
pub use self::listed_pairs::Listed;
pub use self::matcher::Matcher;
pub use self::offsets::Offsets;
pub use self::pair::{PairRecord, PairSpans};
pub use self::removal::{KeptRecord, RemovalRecord};
pub use self::reprints::{
    AgencySiteRecord, ReprintCounts, ReprintReport, SitePairRecord, SiteRecord, StoryRecord,
};
pub use self::template::TemplateRecord;
