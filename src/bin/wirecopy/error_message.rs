//! Formats errors and warnings, and prints them on standard error.
//!
//! No other file of the command prints errors. The errors of the library contain a remedy but no flag; the flags
//! are added here.

use std::io::Write as _;

use anstyle::{AnsiColor, Style};
use wirecopy::Error;
use wirecopy::error::{FieldRole, FileKind, Remedy};
use wirecopy::read::TextEncoding;
use wirecopy::write::one_line;

/// Prints an error, its causes and the remedy.
pub(crate) fn print_error(error: &anyhow::Error) {
    print("error", AnsiColor::Red, &message(error));
}

/// Prints a note.
pub(crate) fn note(text: &str) {
    print("note", AnsiColor::Cyan, text);
}

/// Prints a warning.
pub(crate) fn warn(text: &str) {
    print("warning", AnsiColor::Yellow, text);
}

/// Prints an error of the library as a warning.
pub(crate) fn warn_of(error: &Error) {
    warn(&with_remedy(without_remedy(error), error.remedy()));
}

/// Returns the problem of an error with a record, and the remedy, without the location.
pub(crate) fn problem(error: &Error) -> String {
    match error {
        Error::Record { problem, .. } => with_remedy(problem.to_string(), problem.remedy()),
        _ => with_remedy(without_remedy(error), error.remedy()),
    }
}

/// Returns the message of an error and of its causes in one line, and then the remedy.
fn message(error: &anyhow::Error) -> String {
    let mut message = String::new();
    let mut remedy = None;
    for cause in error.chain() {
        let of_library = cause.downcast_ref::<Error>();
        let text = of_library.map_or_else(|| cause.to_string(), without_remedy);
        remedy = remedy.or_else(|| of_library.and_then(Error::remedy));
        if message.is_empty() {
            message = text;
        } else if !message.ends_with(&text) {
            // Otherwise the message of the error includes that of its cause.
            message = format!("{message}: {text}");
        }
    }
    with_remedy(message, remedy)
}

/// Returns the message of an error without its remedy. A setting has the name of its flag.
fn without_remedy(error: &Error) -> String {
    match error {
        Error::Setting { name, problem } => format!("{}: {problem}", name.replace('_', "-")),
        _ => error.without_remedy().to_string(),
    }
}

fn with_remedy(message: String, remedy: Option<Remedy>) -> String {
    match remedy {
        Some(remedy) => format!("{message}; {}", advice(&remedy)),
        None => message,
    }
}

/// Returns a remedy in the words of this command: with the flag, or the command line, that applies it.
fn advice(remedy: &Remedy) -> String {
    match remedy {
        Remedy::NameField(role) => format!("name it with {}", flag_of_field(*role)),
        Remedy::NameFieldOrUnpack { role, array } => format!(
            "name it with {}; if \"{array}\" holds the articles, take them out first: jq -c '.[\"{array}\"][]'",
            flag_of_field(*role)
        ),
        Remedy::NameLikelyField { role, field } => {
            let flag = flag_of_field(*role);
            let argument = if field.contains(|c: char| !c.is_alphanumeric() && !"._-".contains(c)) {
                format!("'{field}'")
            } else {
                field.clone()
            };
            format!("name it with {flag}; if \"{field}\" is it: {flag} {argument}")
        }
        Remedy::NameColumnOrAddHeader(role) => {
            format!("name it with {}, or add a header row if there is none", flag_of_field(*role))
        }
        Remedy::WrapTexts => {
            "make each text an object, for example with jq -c '.. | strings | {text: .}'".to_owned()
        }
        Remedy::NameLabelKey => "name the field of the key with --key-field".to_owned(),
        Remedy::RemoveInvalidBytes => {
            "remove such bytes first, for example with iconv -c -f UTF-8 -t UTF-8".to_owned()
        }
        Remedy::NameLabelField => "name the field with --label-field".to_owned(),
        Remedy::RaiseRecordLimit => {
            "allow for more with --max-record, and with --memory if that is given".to_owned()
        }
        Remedy::RaiseWordLimit => "allow for more with --max-words and --memory".to_owned(),
        Remedy::MoreMemoryOrSeveralRuns => "allow more with --memory, or use several runs".to_owned(),
        Remedy::LeaveColumnsOut => {
            "leave out columns that are not needed, for example with csvcut -c id,text".to_owned()
        }
        Remedy::Convert { kind } => conversion(*kind).to_owned(),
        Remedy::ConvertToUtf8 { from } if TextEncoding::named(from).is_some() => {
            format!("read it with --encoding {}", from.to_ascii_lowercase())
        }
        Remedy::ConvertToUtf8 { from } => {
            format!("convert it first, for example with iconv -f {from} -t UTF-8")
        }
        Remedy::RaiseHashes => "raise --num-hashes".to_owned(),
        Remedy::MoreMemoryOrAnotherFolder => {
            "allow for more memory with --memory, or name another folder with --temp-dir".to_owned()
        }
        Remedy::ChooseAnotherMember => "choose another name with --member".to_owned(),
        Remedy::NameFormat => "name its format with --input-format".to_owned(),
        Remedy::ReportInstead => "`wirecopy cluster` reports on it".to_owned(),
        other => other.to_string(),
    }
}

/// Returns how a file of this kind becomes one that is read.
fn conversion(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Warc => {
            "extract the texts of its pages first, for example with fastwarc and trafilatura; a command that is built with \
             the feature web reads it"
        }
        FileKind::Html => {
            "extract the text first, for example with trafilatura --json, or read it as it is with --input-format text; a \
             command that is built with the feature web reads it, unless --html-text off is given"
        }
        FileKind::Feed => "write its items as JSON Lines first, for example with feedparser",
        FileKind::Xml => {
            "write its articles as JSON Lines first, or read it as it is with --input-format text"
        }
        FileKind::Mbox => {
            "write its messages as JSON Lines first, for example with the module mailbox of Python"
        }
        FileKind::Parquet | FileKind::Arrow | FileKind::Avro | FileKind::Orc => {
            "convert it first, for example with duckdb: COPY (FROM 'FILE') TO 'FILE.jsonl' (FORMAT json)"
        }
        FileKind::Sqlite => "export its table first: sqlite3 -header -csv FILE 'SELECT * FROM TABLE'",
        FileKind::Pickle => {
            "load it in Python, and write JSON Lines, for example with to_json(lines=True) of pandas"
        }
        FileKind::Spreadsheet => "save it as CSV (UTF-8) first",
        FileKind::Document => "save it as plain text first",
        FileKind::Pdf => "extract the text first, for example with pdftotext",
        FileKind::Image => "name only files with texts",
        FileKind::Zip => "unpack it first: unzip FILE",
        FileKind::SevenZip => "unpack it first: 7z x FILE",
        FileKind::Rar => "unpack it first: unrar x FILE",
        FileKind::Tar => "unpack it first: tar -xf FILE",
        FileKind::Xz => "unpack it first: xz -dc FILE | wirecopy ...",
        FileKind::Bzip2 => "unpack it first: bzip2 -dc FILE | wirecopy ...",
        FileKind::Lz4 => "unpack it first: lz4 -dc FILE | wirecopy ...",
        _ => "convert it to JSON Lines, CSV or text first",
    }
}

/// Returns the flag that names the field with a part of an article.
fn flag_of_field(role: FieldRole) -> &'static str {
    match role {
        FieldRole::Text => "--text-field",
        FieldRole::Key => "--key-field",
        FieldRole::Site => "--site-field",
        FieldRole::Url => "--url-field",
        FieldRole::Published => "--date-field",
        FieldRole::Title => "--title-field",
    }
}

/// Prints a line on standard error.
fn print(word: &str, color: AnsiColor, text: &str) {
    let style = Style::new().bold().fg_color(Some(color.into()));
    // The message may quote the input, which must not control the terminal. If the line cannot be written, nobody
    // can be informed of that.
    let _ = writeln!(anstream::stderr(), "{style}{word}:{style:#} {}", one_line(text));
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::path::Path;

    use anyhow::Context as _;
    use clap::CommandFactory as _;
    use wirecopy::Location;
    use wirecopy::error::{Extent, FieldForm, FieldHint, FoundNames, LackingLabel, Problem, SettingProblem};

    use super::*;
    use crate::args::Arguments;

    fn record(problem: Problem) -> Error {
        Error::record(&Location { file: "news.jsonl".into(), line: 17 }, problem)
    }

    fn missing_text(only_array: Option<&str>) -> Problem {
        Problem::MissingField {
            role: FieldRole::Text,
            name: None,
            form: FieldForm::Member,
            found: FoundNames::new(vec!["id".to_owned(), "articles".to_owned()]),
            hint: only_array.map(|array| FieldHint::Array(array.into())),
        }
    }

    fn full_disk() -> io::Error {
        io::Error::other("no space left")
    }

    #[test]
    fn names_flags_in_messages() {
        let file = Path::new("news.csv");
        let cases = [
            (
                record(missing_text(None)),
                "news.jsonl:17: no text field: found \"id\", \"articles\"; name it with --text-field",
            ),
            (
                record(missing_text(Some("articles"))),
                "news.jsonl:17: no text field: found \"id\", \"articles\"; name it with --text-field; if \"articles\" \
                 holds the articles, take them out first: jq -c '.[\"articles\"][]'",
            ),
            (
                record(Problem::TooLong { extent: Extent::Record, limit: 256 << 20 }),
                "news.jsonl:17: the record is longer than 256 MiB; allow for more with --max-record, and with --memory if that is given",
            ),
            (
                record(Problem::NoLabel { found: FoundNames::default(), lacking: LackingLabel::Group }),
                "news.jsonl:17: no label: found none; name the field with --label-field",
            ),
            (
                record(Problem::MissingField {
                    role: FieldRole::Text,
                    name: None,
                    form: FieldForm::Member,
                    found: FoundNames::new(vec!["Article Words".to_owned()]),
                    hint: Some(FieldHint::Field("Article Words".into())),
                }),
                "news.jsonl:17: no text field: found \"Article Words\"; name it with --text-field; if \"Article Words\" is \
                 it: --text-field 'Article Words'",
            ),
            (
                record(Problem::OtherKind { kind: FileKind::Spreadsheet }),
                "news.jsonl:17: is a spreadsheet, which is not read; save it as CSV (UTF-8) first",
            ),
            (
                record(Problem::WrongEncoding { found: "UTF-16" }),
                "news.jsonl:17: is UTF-16, expected UTF-8; read it with --encoding utf-16",
            ),
            (
                record(Problem::NotUtf8 { extent: Extent::File, byte: 4, likely: Some("GBK".to_owned()) }),
                "news.jsonl:17: not valid UTF-8 at byte 4, looks like GBK; read it with --encoding gbk",
            ),
            (
                record(Problem::NameTaken { form: FieldForm::Member, name: "wirecopy".to_owned() }),
                "news.jsonl:17: there is a member \"wirecopy\" already; choose another name with --member",
            ),
            (
                Error::input(file, Problem::PlainText),
                "news.csv: is plain text, into which nothing can be put; `wirecopy cluster` reports on it",
            ),
            (
                Error::input(file, Problem::Changed),
                "news.csv: was changed while it was read, and nothing of it was written; run again",
            ),
            (
                Error::Storage { folder: "/tmp".into(), source: full_disk() },
                "/tmp: data that does not fit into memory cannot be written to a temporary file: no space left; allow \
                 for more memory with --memory, or name another folder with --temp-dir",
            ),
            (
                Error::Setting {
                    name: "bands",
                    problem: SettingProblem::TooFewHashes { bands: 50, rows: 4, hashes: 128 },
                },
                "bands: 50 of 4 rows need 200 hashes, and there are 128; raise --num-hashes",
            ),
            (
                Error::Setting {
                    name: "shingle_size",
                    problem: SettingProblem::OutOfRange { found: 0, least: 1, most: 32 },
                },
                "shingle-size: expected 1 to 32, found 0",
            ),
        ];
        for (error, expected) in cases {
            assert_eq!(with_remedy(without_remedy(&error), error.remedy()), expected);
            assert_eq!(message(&anyhow::Error::from(error)), expected);
        }
    }

    #[test]
    fn puts_causes_before_the_remedy() {
        let too_long = record(Problem::TooLong { extent: Extent::Record, limit: 40 });
        let cases = [
            (anyhow::Error::from(full_disk()).context("out.csv"), "out.csv: no space left"),
            (
                anyhow::Error::from(Error::Output { path: "out.csv".into(), source: full_disk() }),
                "out.csv: no space left",
            ),
            (
                Err::<(), _>(too_long).context("while comparing").unwrap_err(),
                "while comparing: news.jsonl:17: the record is longer than 40 bytes; allow for more with --max-record, and with --memory if that is given",
            ),
        ];
        for (error, expected) in cases {
            assert_eq!(message(&error), expected);
        }
    }

    #[test]
    fn formats_the_problem_of_a_record_without_its_location() {
        assert_eq!(
            problem(&record(missing_text(None))),
            "no text field: found \"id\", \"articles\"; name it with --text-field"
        );
    }

    #[test]
    fn every_flag_exists() {
        let roles = [
            FieldRole::Text,
            FieldRole::Key,
            FieldRole::Site,
            FieldRole::Url,
            FieldRole::Published,
            FieldRole::Title,
        ];
        let remedies = roles.map(Remedy::NameField).into_iter().chain([
            Remedy::NameLabelField,
            Remedy::NameLabelKey,
            Remedy::NameColumnOrAddHeader(FieldRole::Text),
            Remedy::RaiseRecordLimit,
            Remedy::RaiseHashes,
            Remedy::MoreMemoryOrAnotherFolder,
            Remedy::ChooseAnotherMember,
            Remedy::NameFormat,
        ]);
        let command = Arguments::command();
        let flags: Vec<String> = command
            .get_subcommands()
            .flat_map(clap::Command::get_arguments)
            .filter_map(|argument| Some(format!("--{}", argument.get_long()?)))
            .collect();
        for remedy in remedies {
            let advice = advice(&remedy);
            let named: Vec<&str> =
                advice.split([' ', ',', ';']).filter(|word| word.starts_with("--")).collect();
            assert!(!named.is_empty(), "{advice}");
            for flag in named {
                assert!(flags.iter().any(|known| known == flag), "{flag}");
            }
        }
    }
}
