//! Holds the articles of a run: every later stage reads articles from a [`Corpus`].
//!
//! Articles are read into a [`Segment`], with their tokens. A corpus is created from segments, and numbers the
//! articles. Everything that grows with the text (tokens, spans, strings, texts) is in columns of the module
//! `store`, in memory or in temporary files.
//!
//! Articles are compared by their cores. The core of an article is its tokens without those that are masked as
//! boilerplate. If nothing is masked, the core is the whole article.
//!
//! Invariants: articles are numbered by key, then content, in whatever order they were read. A segment is never
//! copied or changed after the corpus was created; an article is found by its segment and its row there.
//! Cost: about 60 bytes of memory for each article. In columns, 96 bytes for its row, four for each token, about two
//! for the span of a token, one or two for each short line; texts only if the settings ask for them.

mod ambiguous_dates;
mod article_block;
mod article_columns;
mod byte_reader;
mod canonical_order;
mod cores;
#[expect(clippy::module_inception, reason = "a file is named after the type that it defines")]
mod corpus;
mod direct_speech;
mod doubted_dates;
mod header;
mod identical_articles;
mod identity;
mod junk_articles;
mod line_codec;
mod masking;
mod occasions;
mod offset;
mod outlets;
mod recent_spans;
mod recorded_masks;
mod retained;
mod role;
mod row;
mod row_id;
mod segment;
mod segment_store;
mod short_lines;
mod sites;
mod span_codec;
mod spans;
mod stored_row;
mod stored_segment;
mod tokens;
mod unknown_dates;

pub(crate) use self::article_block::{ArticleBlock, ArticleBlockWriter, decode_article, encode_article};
pub(crate) use self::article_columns::ArticleColumns;
pub use self::corpus::Corpus;
pub use self::doubted_dates::doubted_dates;
pub use self::header::Header;
pub use self::identical_articles::IdenticalArticles;
pub(crate) use self::identical_articles::periods_of_times;
pub(crate) use self::identity::{Identity, hash_of_key};
pub(crate) use self::junk_articles::is_placeholder;
pub(crate) use self::line_codec::ShortLine;
pub(crate) use self::occasions::is_one_occasion;
pub use self::retained::Retained;
pub use self::role::Role;
pub use self::segment::Segment;
pub(crate) use self::segment_store::{SegmentStore, SegmentStoreWriter};
pub(crate) use self::stored_segment::StoredSegment;
pub(crate) use self::tokens::TokenBuffer;
pub use self::unknown_dates::UnknownDates;
