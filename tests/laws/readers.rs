//! The laws of the readers, for any bytes read as any format: no panic, no byte lost or added, and the same records
//! whether the bytes arrive at once or one by one.

use std::io::{self, Cursor, Read};

use wirecopy::error::Problem;
use wirecopy::read::{Compression, Format};
use wirecopy::{Error, Input, ReadOptions, Reader};

const FORMATS: [Option<Format>; 9] = [
    None,
    Some(Format::JsonLines),
    Some(Format::Json),
    Some(Format::Csv),
    Some(Format::Tsv),
    Some(Format::Text),
    Some(Format::Parquet),
    Some(Format::Html),
    Some(Format::Warc),
];
const NAMES: [&str; 4] = ["-", "a.json", "a.txt", "a.csv"];
const LIMITS: [usize; 3] = [1 << 20, 40, 7];

/// One result of a reader: a record, or an error between records.
#[derive(Debug, PartialEq)]
enum Piece {
    Record { line: u64, bytes: Vec<u8>, end: Vec<u8>, article: Result<String, String> },
    Error { is_record: bool, is_refusal: bool, message: String },
}

/// Checks the laws. The first four bytes select the format, the limit and the sizes; the others are the content.
pub(crate) fn check(bytes: &[u8]) {
    let [format, limit, batch, block, content @ ..] = bytes else { return };
    let mut options = ReadOptions::default();
    options.format = FORMATS[usize::from(*format) % FORMATS.len()];
    options.max_record = LIMITS[usize::from(*limit) % LIMITS.len()];
    let name = NAMES[usize::from(*format) / FORMATS.len() % NAMES.len()];
    let input = || vec![Input::reader(name, Cursor::new(content.to_vec()))];
    let (pieces, source) = read(Reader::new(input(), options.clone()));

    let is_compressed = source.as_ref().is_none_or(|source| source.compression != Compression::Plain);
    let stopped = pieces.iter().any(|piece| matches!(piece, Piece::Error { is_record: false, .. }));
    // If compressed data is damaged, the number of records before the error depends on the decoder.
    if !(is_compressed && stopped) {
        let trickle = Input::reader(name, Trickle(Cursor::new(content.to_vec())));
        assert_eq!(
            read(Reader::new(vec![trickle], options.clone())).0,
            pieces,
            "the same records if bytes arrive one by one"
        );
        #[cfg(fuzzing)]
        {
            let (batch, block) = (usize::from(*batch), 1 + usize::from(*block));
            let reader = Reader::in_pieces(input(), options.clone(), batch, block);
            assert_eq!(read(reader).0, pieces, "the same records from small blocks and batches");
        }
    }
    let _ = (batch, block);

    let Some(source) = source.filter(|_| !is_compressed) else { return };
    if !stopped {
        assert_eq!(source.bytes, content.len() as u64, "every byte is read");
    }
    assert_eq!(
        source.records,
        pieces.iter().filter(|piece| matches!(piece, Piece::Record { .. })).count() as u64
    );
    // The records of a web archive have offsets, and the lines after them may be missing.
    if source.format != Format::Warc {
        check_locations(content, &pieces);
    }
    // A file of another kind, such as an image, or in another encoding is refused as a whole.
    if matches!(&pieces[..], [Piece::Error { is_refusal: true, .. }]) {
        return;
    }
    let content = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content);
    match source.format {
        Format::JsonLines => check_lines(content, options.max_record, &pieces),
        Format::Json => check_array(content, options.max_record, &pieces),
        _ => {}
    }
}

fn read(mut reader: Reader) -> (Vec<Piece>, Option<wirecopy::read::SourceSummary>) {
    let mut pieces = Vec::new();
    loop {
        match reader.next_batch() {
            Ok(None) => break,
            Ok(Some(batch)) => {
                assert!(!batch.is_empty(), "a batch is not empty");
                pieces.extend((0..batch.len()).map(|index| {
                    let article = batch.article(index);
                    Piece::Record {
                        line: batch.location(index).line,
                        bytes: batch.record(index).to_vec(),
                        end: batch.line_end(index).to_vec(),
                        article: article
                            .map(|article| format!("{article:?}"))
                            .map_err(|error| error.to_string()),
                    }
                }));
            }
            Err(error) => pieces.push(error_piece(&error)),
        }
    }
    assert!(matches!(reader.next_batch(), Ok(None)), "there is nothing after the end");
    (pieces, reader.sources().first().cloned())
}

fn error_piece(error: &Error) -> Piece {
    let is_refusal = matches!(
        error,
        Error::Record { problem: Problem::OtherKind { .. } | Problem::WrongEncoding { .. }, .. }
    );
    Piece::Error { is_record: error.is_record(), is_refusal, message: error.to_string() }
}

/// Checks that the content has every record on its line, after the record before it.
fn check_locations(content: &[u8], pieces: &[Piece]) {
    let line_starts: Vec<usize> = std::iter::once(0)
        .chain(content.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1))
        .collect();
    let mut last = 0;
    for piece in pieces {
        let Piece::Record { line, bytes, end, .. } = piece else { continue };
        let line = usize::try_from(*line).expect("there are fewer lines than bytes") - 1;
        let from = line_starts[line].max(last);
        let until = line_starts.get(line + 1).copied().unwrap_or(content.len());
        let whole = [&bytes[..], end].concat();
        let at = (from..=until).find(|&at| content[at..].starts_with(&whole));
        last = at.expect("the record is on its line, with its line end") + whole.len();
    }
}

/// Compares with a naive reader of JSON Lines: the records are the lines that are not blank.
fn check_lines(content: &[u8], max_record: usize, pieces: &[Piece]) {
    let expected: Vec<&[u8]> = content
        .split(|&byte| byte == b'\n')
        .filter(|line| !line.iter().all(u8::is_ascii_whitespace))
        .map(|line| line.strip_suffix(b"\r").unwrap_or(line))
        .filter(|line| line.len() <= max_record)
        .collect();
    let found: Vec<&[u8]> = pieces.iter().filter_map(record).collect();
    assert_eq!(found, expected, "one record for each line");
}

/// Compares with a naive reader of JSON: the records are the elements of a valid array.
fn check_array(content: &[u8], max_record: usize, pieces: &[Piece]) {
    let Ok(values) = serde_json::from_slice::<Vec<&serde_json::value::RawValue>>(content) else { return };
    let expected: Vec<&[u8]> =
        values.iter().map(|value| value.get().as_bytes()).filter(|value| value.len() <= max_record).collect();
    let found: Vec<&[u8]> = pieces.iter().filter_map(record).collect();
    assert_eq!(found, expected, "one record for each element");
}

fn record(piece: &Piece) -> Option<&[u8]> {
    match piece {
        Piece::Record { bytes, .. } => Some(bytes),
        Piece::Error { .. } => None,
    }
}

/// Returns its bytes one by one, as a slow pipe does.
struct Trickle(Cursor<Vec<u8>>);

impl Read for Trickle {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let one = into.len().min(1);
        self.0.read(&mut into[..one])
    }
}
