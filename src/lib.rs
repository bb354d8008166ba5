//! Finds the copies in a pile of news articles: exact copies, near-duplicates, excerpts and syndicated reprints, each
//! with the passages that prove it.
//!
//! The front door is [`Detector`]: articles go in, [`Findings`] come out.
//!
//! ```no_run
//! use wirecopy::{Detector, Reader, ReadOptions, Settings, find_inputs};
//!
//! let inputs = find_inputs(&["articles.jsonl".into()])?;
//! let mut detector = Detector::new(Settings::default())?;
//! detector.read(Reader::new(inputs, ReadOptions::default()), &(), Err)?;
//! let findings = detector.finish(&())?;
//! for cluster in findings.clusters() {
//!     let key = |id| findings.corpus().key(id);
//!     println!("{} is carried by {} articles", key(cluster.representative), cluster.members.len());
//! }
//! # Ok::<(), wirecopy::Error>(())
//! ```
//!
//! An article may come from anywhere. What two of them share is told in bytes of their texts:
//!
//! ```
//! use wirecopy::write::{Listed, Offsets, PairRecord, pair_list};
//! use wirecopy::{Article, Detector, Settings};
//!
//! let story = "The ferry to Lund stayed in harbour on Monday after its second engine failed in the storm, \
//!     and four hundred passengers slept in the gymnasium of the school.";
//! let texts = [story.to_owned(), format!("HARBOUR NEWS. {story} Read more on page 2.")];
//! let mut detector = Detector::new(Settings { keep_texts: true, ..Settings::default() })?;
//! for (number, text) in texts.into_iter().enumerate() {
//!     detector.add(Article::new(format!("story {number}"), text))?;
//! }
//! let findings = detector.finish(&())?;
//! let corpus = findings.corpus();
//! for found in pair_list(&findings, Listed::Leaders) {
//!     let record = PairRecord::new(corpus, &found, Offsets::Bytes);
//!     assert_eq!((record.a, record.relation), ("story 0", Some("near-duplicate")));
//!     let text = corpus.text(found.a).expect("texts are kept");
//!     for span in &record.spans {
//!         let [begin, end] = span.a.map(|at| at as usize);
//!         println!("{} has in common with {}: {}", record.a, record.b, &text[begin..end]);
//!     }
//! }
//! # Ok::<(), wirecopy::Error>(())
//! ```
//!
//! # Rooms
//!
//! Text goes through the rooms in this order; each imports only from those before it, and from the ground
//! ([`Error`], [`Article`], and `store`, which keeps what does not fit into memory in temporary files).
//!
//! | room | in | out |
//! |---|---|---|
//! | `read` | files, standard input | records, articles |
//! | [`text`] | text | tokens with their bytes |
//! | [`provenance`] | what a record says | evidence of its origin |
//! | `corpus` | articles with tokens | the pile, by number |
//! | [`shingle`] | tokens | hashes of runs of tokens |
//! | [`sketch`] | shingles | signatures, fingerprints |
//! | [`boilerplate`] | pages of a site | what the site repeats |
//! | [`index`] | signatures, fingerprints | candidate pairs |
//! | [`verify`] | candidate pairs | matches with passages |
//! | [`cluster`] | matches | clusters of passages |
//! | [`mod@dedup`] | matches, clusters | what may go, and under what it is kept |
//! | [`evaluate`] | labels, results | how good the results are |
//! | `config`, `detect` | settings, articles | findings: the corridor through all rooms |
//! | [`mod@write`] | findings | reports |
//! | [`copy`] | inputs, what becomes of their records | copies, byte by byte |
//!
//! # Quirks
//!
//! - The library never prints, and works in the rayon pool that is current.
//! - The same articles give the same findings, on however many threads and with any memory, and in whatever order, but
//!   where [`Keep::First`](cluster::Keep::First) asks for it.
//! - Keys may repeat; an article is told by its [`ArticleId`].
//! - After an error of [`Detector::read`] only some of what was read is there: such a detector is to be dropped.
//! - Passages and regions are ranges of tokens without boilerplate, whose places in the text [`Corpus::spans`] gives.

mod article;
pub mod boilerplate;
pub mod cluster;
mod corpus;
pub mod dedup;
mod detect;
pub mod error;
pub mod evaluate;
pub mod index;
mod progress;
pub mod provenance;
mod read;
pub mod rewrite;
mod settings;
pub mod shingle;
pub mod sketch;
mod store;
pub mod text;
pub mod verify;
pub mod write;

pub use article::{Article, ArticleId, Location, site_of};
pub use corpus::{Corpus, Header, IdenticalArticles, Segment};
pub use detect::{
    ClusterPoint, ClusterSeries, CopiesFound, Counts, Detector, Findings, IndexBin, IndexSetting, IndexShare,
    KindPoint, KindSeries, Labeled, Method, PairSeries, Survey, Sweep, SweepOptions, WrongPair,
};
pub use error::Error;
pub use progress::{Progress, Stage};
pub use read::{
    Batch, Compression, Content, FieldNames, Format, Input, LabelFields, LabelRow, ReadOptions, Reader,
    SourceSummary, find_inputs, read_labels,
};
pub use settings::Settings;
