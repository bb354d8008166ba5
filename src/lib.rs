//! Finds copies among news articles: exact copies, near-duplicates, excerpts and syndicated reprints, each with the
//! passages that prove it.
//!
//! # Find copies
//!
//! [`find_copies`] takes articles from anywhere. A cluster contains the articles that share one passage; its record
//! says where the passage is in each of them, in bytes of the text.
//!
//! ```
//! use wirecopy::report::Offsets;
//! use wirecopy::{Article, Settings, find_copies};
//!
//! let story = "The ferry to Lund stayed in harbor on Monday after its second engine failed in the storm, \
//!     and four hundred passengers slept in the gymnasium of the school.";
//! let articles = [
//!     Article::new("original", story),
//!     Article::new("reprint", format!("HARBOR NEWS. {story} Read more on page 2.")),
//! ];
//! let findings = find_copies(articles.clone(), Settings::default())?;
//! for cluster in findings.cluster_records(Offsets::Bytes) {
//!     for member in cluster.members.iter() {
//!         let article = articles.iter().find(|article| article.key == member.key).unwrap();
//!         for &[begin, end] in &member.spans {
//!             println!("{} ({}): {}", member.key, member.relation, &article.text[begin as usize..end as usize]);
//!         }
//!     }
//! }
//! # assert_eq!(findings.clusters().len(), 1);
//! # Ok::<(), wirecopy::Error>(())
//! ```
//!
//! [`find_copies_in_files`] reads files and folders: JSON Lines, JSON, CSV, TSV, Parquet, web archives, web pages and
//! plain text, plain or compressed.
//!
//! ```
//! use wirecopy::{Settings, find_copies_in_files};
//!
//! let findings = find_copies_in_files(["fixtures/articles.jsonl"], Settings::default())?;
//! for cluster in findings.clusters() {
//!     println!("{} articles share text with {}", cluster.members.len() - 1, findings.key(cluster.representative));
//! }
//! # assert!(!findings.clusters().is_empty());
//! # Ok::<(), wirecopy::Error>(())
//! ```
//!
//! # Compare two articles
//!
//! ```
//! use wirecopy::report::Offsets;
//! use wirecopy::{Article, Settings, compare};
//!
//! let story = "The ferry to Lund stayed in harbor on Monday after its second engine failed in the storm, \
//!     and four hundred passengers slept in the gymnasium of the school.";
//! let page = format!("HARBOR NEWS. {story} Read more on page 2.");
//! let comparison = compare(Article::new("a", story), Article::new("b", page), &Settings::default())?;
//! let record = comparison.record(Offsets::Bytes);
//! assert_eq!((record.relation, record.coverage_a), (Some("near-duplicate"), 1.0));
//! # Ok::<(), wirecopy::Error>(())
//! ```
//!
//! # Control every step
//!
//! A [`Detector`] takes articles from several readers, compares them with each other and with a reference collection,
//! reports progress, and lets the caller decide about records that cannot be read.
//!
//! ```
//! use wirecopy::{Detector, ReadOptions, Reader, Settings, find_inputs};
//!
//! let mut detector = Detector::new(Settings::default())?;
//! let inputs = find_inputs(&["fixtures/articles.jsonl".into()])?;
//! let mut skipped = 0;
//! detector.read(Reader::new(inputs, ReadOptions::default()), &(), |_error| {
//!     skipped += 1;
//!     Ok(())
//! })?;
//! let findings = detector.finish(&())?;
//! println!("{} matches, {skipped} records skipped", findings.counts().matches);
//! # Ok::<(), wirecopy::Error>(())
//! ```
//!
//! # Types
//!
//! | to | use |
//! |---|---|
//! | describe an article | [`Article`], with its [`Location`] if it was read from a file |
//! | choose settings | [`Settings`] |
//! | take in rows that are in memory | [`read::Records`], [`read::RowParser`], [`Detector::add_records`] |
//! | read files | [`find_inputs`], [`Input`], [`ReadOptions`], [`Reader`]; more in [`read`] |
//! | find copies | [`find_copies`], [`find_copies_in_files`], [`Detector`] |
//! | list what sites repeat, and mask it in a small collection | [`Detector::templates`], [`boilerplate::Templates`] |
//! | learn who reprints whom | [`Findings::reprint_report`] |
//! | use the results | [`Findings`]: clusters, pairs, removable articles, by [`ArticleId`]; as records with keys and text offsets in [`report`] |
//! | write reports | the formats in [`mod@write`] |
//! | compare two articles | [`compare`], [`Comparison`] |
//! | choose a threshold | [`Detector::survey`], then [`sweep`] |
//! | remove or flag records of files | [`rewrite`] |
//!
//! # Modules
//!
//! Text flows one way through the modules; each imports only from those before it. `docs/architecture.md` says which
//! question each one answers.
//!
//! | module | does |
//! |---|---|
//! | [`site`] | finds the site of an address, and the outlet of a site |
//! | [`progress`], `article`, `error`, `store` | basic types; columns in memory or in temporary files |
//! | [`read`] | reads articles from files and standard input |
//! | [`text`] | divides texts into tokens |
//! | [`provenance`] | finds evidence of where an article comes from: dates, credits, source and copyright lines |
//! | [`corpus`] | stores the articles of a run |
//! | [`shingle`], [`sketch`] | hash runs of tokens; compute MinHash signatures and fingerprints |
//! | [`boilerplate`] | finds what sites repeat around different stories |
//! | [`index`] | finds candidate pairs |
//! | [`verify`] | aligns candidates, and decides the relation of two articles |
//! | [`mod@cluster`] | groups articles by the passages that they share |
//! | [`mod@dedup`] | finds articles that can be removed without losing what they say |
//! | [`evaluate`] | compares results with labels |
//! | `settings`, [`detect`] | settings; the pipeline through the modules above |
//! | [`archive`] | remembers articles from one run to the next, and their stories |
//! | [`distributed`] | runs the pipeline over a collection that is divided among machines |
//! | [`report`] | the content of reports |
//! | [`sweep`] | surveys thresholds |
//! | [`mod@write`] | writes reports in a format |
//! | [`rewrite`] | copies input files with records removed, flagged or restored |
//!
//! # Guarantees and limits
//!
//! - The library never prints. It uses the current rayon thread pool.
//! - The same articles have the same findings, whatever the number of threads, the memory and the order of the articles
//!   ([`Keep::First`](cluster::Keep::First) depends on the order).
//! - Keys may repeat: an article is identified by its [`ArticleId`].
//! - Passages and regions are ranges of tokens of the core, that is, without boilerplate; records convert them to spans
//!   of the text.

pub mod archive;
pub mod article;
pub mod boilerplate;
pub mod cluster;
pub mod corpus;
pub mod dedup;
pub mod detect;
pub mod distributed;
pub mod error;
pub mod evaluate;
pub mod index;
pub mod progress;
pub mod provenance;
pub mod read;
pub mod report;
pub mod rewrite;
mod settings;
pub mod shingle;
pub mod site;
pub mod sketch;
mod store;
pub mod sweep;
pub mod text;
pub mod verify;
pub mod write;

pub use article::{Article, ArticleId, Location, LocationRef};
pub use detect::{Comparison, Detector, Findings, compare, find_copies, find_copies_in_files};
pub use error::Error;
pub use read::{Input, ReadOptions, Reader, find_inputs};
pub use settings::Settings;
