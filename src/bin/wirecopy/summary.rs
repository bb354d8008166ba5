//! Summarizes a run as a JSON record with everything that is needed to repeat the run.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::time::Duration;

use serde::Serialize;
use wirecopy::dedup::{Deduplication, Exception};
use wirecopy::read::{EncodingCount, SourceSummary};
use wirecopy::report::score_name;
use wirecopy::{Findings, Settings};

use crate::command_line;
use crate::memory::MemoryRecord;
use crate::number::plural;
use crate::reading_notes::reading_notes;
use crate::skipped_files::{FolderCounts, SkippedFiles};
use crate::stage_clock::{StageRecord, in_milliseconds};

/// The result of a command.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Outcome {
    /// The number of reported clusters, which have at least `min_size` members, and of those that are left out.
    Clusters { reported: usize, left_out: usize, min_size: usize },
    /// The number of reported pairs, and of those that are left out.
    Pairs { reported: usize, left_out: usize },
    /// The number of reported stories.
    Stories { reported: usize },
    /// The number of removed articles, those that are in the reference collection already, and those that stay because of
    /// what is not in their texts.
    Removed { removed: usize, known: KnownCounts, excepted: ExceptedCounts },
    /// The number of articles to which a cluster was added.
    Flagged { flagged: usize },
}

/// The numbers of articles that are in the reference collection already.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct KnownCounts {
    pub(crate) kept: usize,
    pub(crate) removed: usize,
}

/// The numbers of articles that stay although their words are elsewhere, by the reason.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct ExceptedCounts {
    headlines: usize,
    page_text: usize,
}

impl ExceptedCounts {
    pub(crate) fn new(deduplication: &Deduplication) -> Self {
        let count = |exception| deduplication.excepted(exception);
        Self { headlines: count(Exception::Headlines), page_text: count(Exception::PageText) }
    }

    fn are_any(&self) -> bool {
        self.headlines + self.page_text > 0
    }

    /// Returns the sentences about these articles.
    fn notes(self) -> impl Iterator<Item = String> {
        let note = |count: usize, why: &str| {
            (count > 0).then(|| format!("{} kept: {why}", plural(count, "article is", "articles are")))
        };
        let page_text = note(self.page_text, "their pages print more than the text that was extracted");
        page_text
            .into_iter()
            .chain(note(self.headlines, "their sites print the text under three headlines or more"))
    }
}

/// The numbers of what could not be read, or was not.
#[derive(Clone, Copy, Debug)]
pub(crate) struct UnreadCounts {
    /// The number of records that could not be read.
    pub(crate) invalid: u64,
    /// The number of articles whose dates are not understood.
    pub(crate) unknown_dates: usize,
    /// The numbers of files of folders that are no inputs.
    pub(crate) folders: FolderCounts,
}

/// The settings, inputs and counts of a run.
#[derive(Debug, Serialize)]
pub(crate) struct Summary {
    version: &'static str,
    pub(crate) command: &'static str,
    /// The command line, without the program.
    arguments: Vec<String>,
    settings: SettingsRecord,
    pub(crate) inputs: Vec<InputRecord>,
    /// The reference collection, if there is one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) against: Vec<InputRecord>,
    /// The files of folders that were not read.
    #[serde(skip_serializing_if = "SkippedFiles::is_empty")]
    pub(crate) skipped: SkippedFiles,
    pub(crate) counts: CountsRecord,
    /// The sentences about what was left out and converted.
    #[serde(skip)]
    pub(crate) notes: Vec<String>,
    /// The changes in an archive, if one is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) archive: Option<MemoryRecord>,
    /// The figures of each stage.
    stages: Vec<StageRecord>,
    pub(crate) seconds: f64,
}

#[derive(Debug, Serialize)]
struct SettingsRecord {
    by: &'static str,
    threshold: f64,
    partial_words: u32,
    join_words: u32,
    shingle_size: usize,
    num_hashes: usize,
    bands: usize,
    rows: usize,
    window: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    within_seconds: Option<u64>,
    boilerplate: bool,
    /// The number of templates that were given, also earlier to the archive.
    #[serde(skip_serializing_if = "is_zero")]
    templates: usize,
    keep: &'static str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    prefer_site: Vec<String>,
    all_pairs: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    novel_words: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    known: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    min_size: Option<usize>,
}

#[derive(Debug, Serialize)]
pub(crate) struct InputRecord {
    name: String,
    /// The size after decompression.
    pub(crate) bytes: u64,
    /// The XXH3-64 of these bytes, as 16 hexadecimal digits.
    hash: String,
    records: u64,
    pub(crate) format: &'static str,
    compression: &'static str,
    /// The encoding from which a text file was converted.
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<&'static str>,
    /// The number of places that are not valid in it.
    #[serde(skip_serializing_if = "is_none")]
    replaced: u64,
    /// The numbers of pages by their encodings.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    encodings: BTreeMap<&'static str, EncodingRecord>,
    /// The numbers of records of a web archive that are no articles, by reason.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    left_out: BTreeMap<&'static str, u64>,
}

/// The numbers of pages with one encoding.
#[derive(Debug, Serialize)]
struct EncodingRecord {
    pages: u64,
    /// The number of those with bytes that are not valid.
    damaged: u64,
}

#[derive(Debug, Serialize)]
pub(crate) struct CountsRecord {
    pub(crate) articles: usize,
    pub(crate) invalid: u64,
    pub(crate) too_short: usize,
    pub(crate) copies: usize,
    pub(crate) masked: usize,
    /// The number of long texts that are masked though another site prints them in an article.
    #[serde(skip_serializing_if = "is_zero")]
    masked_printed_elsewhere: usize,
    pub(crate) without_site: usize,
    pub(crate) without_date: usize,
    /// Of the reference collection, too.
    #[serde(skip_serializing_if = "is_zero")]
    pub(crate) dates_not_understood: usize,
    text_bytes: u64,
    pub(crate) candidates: usize,
    pub(crate) matches: usize,
    clusters: usize,
    pub(crate) reported: usize,
    #[serde(skip_serializing_if = "is_zero")]
    pub(crate) left_out: usize,
    #[serde(skip_serializing_if = "is_zero")]
    pub(crate) references: usize,
    /// Only of `dedup` with a reference collection.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) known: Option<KnownCounts>,
    /// Only of `dedup`, if there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    excepted: Option<ExceptedCounts>,
}

fn is_zero(count: &usize) -> bool {
    *count == 0
}

fn is_none(count: &u64) -> bool {
    *count == 0
}

impl SettingsRecord {
    /// Creates the record, without the settings that only one command has.
    fn new(settings: &Settings) -> Self {
        Self {
            by: score_name(settings.by),
            threshold: settings.threshold,
            partial_words: settings.partial_words,
            join_words: settings.join_words,
            shingle_size: settings.shingle_size,
            num_hashes: settings.num_hashes,
            bands: settings.bands,
            rows: settings.rows,
            window: settings.window,
            within_seconds: settings.within,
            boilerplate: settings.boilerplate,
            templates: settings.templates.len(),
            keep: settings.preference.keep.name(),
            prefer_site: settings.preference.sites.clone(),
            all_pairs: settings.all_pairs,
            novel_words: None,
            known: None,
            min_size: None,
        }
    }
}

impl InputRecord {
    fn new(source: &SourceSummary) -> Self {
        Self {
            name: source.name.clone(),
            bytes: source.bytes,
            hash: format!("{:016x}", source.hash),
            records: source.records,
            format: source.format.name(),
            compression: source.compression.name(),
            encoding: source.encoding,
            replaced: source.replaced,
            encodings: source
                .encodings
                .iter()
                .map(|(&name, &EncodingCount { pages, damaged })| (name, EncodingRecord { pages, damaged }))
                .collect(),
            left_out: source.left_out.iter().map(|(reason, count)| (reason.name(), *count)).collect(),
        }
    }
}

/// Returns the records of the inputs that were read.
fn input_records(sources: &[SourceSummary]) -> Vec<InputRecord> {
    sources.iter().filter(|source| source.skipped.is_none()).map(InputRecord::new).collect()
}

impl CountsRecord {
    fn new(findings: &Findings, reported: usize, left_out: usize, unread: UnreadCounts) -> Self {
        let counts = findings.counts();
        let corpus = findings.corpus();
        let input = || corpus.ids().filter(|&id| !corpus.is_reference(id));
        Self {
            articles: counts.articles,
            invalid: unread.invalid,
            too_short: counts.too_short,
            copies: counts.identical,
            masked: counts.masked,
            masked_printed_elsewhere: findings.printed_elsewhere().len(),
            without_site: input().filter(|&id| corpus.site(id).is_none()).count(),
            without_date: input().filter(|&id| corpus.time(id).is_none()).count(),
            dates_not_understood: unread.unknown_dates,
            text_bytes: counts.text_bytes,
            candidates: counts.candidates,
            matches: counts.matches,
            clusters: findings.clusters().len(),
            reported,
            left_out,
            references: counts.references,
            known: None,
            excepted: None,
        }
    }
}

impl Summary {
    /// Summarizes a run that took this long.
    pub(crate) fn new(
        findings: &Findings,
        outcome: Outcome,
        unread: UnreadCounts,
        took: Duration,
        archive: Option<MemoryRecord>,
        stages: Vec<StageRecord>,
    ) -> Self {
        let settings = findings.settings();
        let (command, reported, left_out, min_size) = match outcome {
            Outcome::Clusters { reported, left_out, min_size } => {
                ("cluster", reported, left_out, Some(min_size))
            }
            Outcome::Pairs { reported, left_out } => ("pairs", reported, left_out, None),
            Outcome::Stories { reported } => ("report", reported, 0, None),
            Outcome::Removed { removed, .. } => ("dedup", removed, 0, None),
            Outcome::Flagged { flagged } => ("flag", flagged, 0, None),
        };
        let novel_words = (command == "dedup").then_some(settings.novel_words);
        let known = match outcome {
            Outcome::Removed { known, .. } if findings.corpus().has_references() => Some(known),
            _ => None,
        };
        let excepted = match outcome {
            Outcome::Removed { excepted, .. } => Some(excepted).filter(ExceptedCounts::are_any),
            _ => None,
        };
        let notes = reading_notes(
            &findings.sources().iter().chain(findings.references()).collect::<Vec<&SourceSummary>>(),
        );
        let chosen = known.map(|_| settings.known.name());
        Self {
            version: env!("CARGO_PKG_VERSION"),
            command,
            arguments: command_line::arguments(),
            settings: SettingsRecord {
                novel_words,
                known: chosen,
                min_size,
                ..SettingsRecord::new(settings)
            },
            inputs: input_records(findings.sources()),
            against: input_records(findings.references()),
            skipped: SkippedFiles::new(
                findings.sources().iter().chain(findings.references()),
                unread.folders,
            ),
            notes: notes.into_iter().chain(excepted.into_iter().flat_map(ExceptedCounts::notes)).collect(),
            counts: CountsRecord {
                known,
                excepted,
                ..CountsRecord::new(findings, reported, left_out, unread)
            },
            archive,
            stages,
            seconds: in_milliseconds(took),
        }
    }

    /// Returns what each stage took, a line each.
    pub(crate) fn stages(&self) -> String {
        self.stages.iter().map(|stage| format!("{}\n", stage.line())).collect()
    }

    /// Writes the record as JSON.
    pub(crate) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut *out, self)?;
        writeln!(out)
    }
}
