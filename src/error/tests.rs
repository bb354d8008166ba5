//! Tests of the texts of errors, and of their remedies.

use super::*;

fn record(problem: Problem) -> Error {
    Error::record(&Location { file: "news.jsonl".into(), line: 17 }, problem)
}

fn input(problem: Problem) -> Error {
    Error::input(Path::new("news.csv"), problem)
}

fn setting(name: &'static str, problem: SettingProblem) -> Error {
    Error::Setting { name, problem }
}

fn missing(role: FieldRole, name: Option<&str>, form: FieldForm, found: &[&str]) -> Problem {
    let found = FoundNames::new(found.iter().map(ToString::to_string).collect());
    Problem::MissingField { role, name: name.map(str::to_owned), form, found, hint: None }
}

fn full_disk() -> io::Error {
    io::Error::other("no space left")
}

fn unreadable(kind: io::ErrorKind) -> Problem {
    Problem::Unreadable { kind, message: "error 5".to_owned() }
}

#[test]
fn describes_files() {
    let gzip = "gzip";
    let cases = [
        (unreadable(io::ErrorKind::NotFound), "news.csv: no such file or folder"),
        (unreadable(io::ErrorKind::PermissionDenied), "news.csv: permission denied"),
        (unreadable(io::ErrorKind::IsADirectory), "news.csv: is a folder"),
        (unreadable(io::ErrorKind::Other), "news.csv: cannot be read: error 5"),
        (Problem::BrokenLink, "news.csv: the symbolic link leads nowhere"),
        (Problem::LinkCircle { folder: "news".into() }, "news.csv: the symbolic link leads back to news"),
        (Problem::RepeatedStdin, "news.csv: standard input is given twice"),
        (Problem::ReadOnce, "news.csv: can be read only once"),
        (
            Problem::NotKept { message: "no space left".to_owned() },
            "news.csv: cannot be kept for a second reading: no space left",
        ),
        (
            Problem::Changed,
            "news.csv: was changed while it was read, and nothing of it was written; run again",
        ),
        (
            Problem::TruncatedCompression { compression: gzip, bytes: 7 },
            "news.csv: gzip data ends too early, after 7 bytes of content: the file was cut off",
        ),
        (
            Problem::TrailingBytes { compression: gzip },
            "news.csv: gzip data is followed by bytes that are not gzip",
        ),
        (
            Problem::DamagedCompression { compression: gzip, message: "bad checksum".to_owned() },
            "news.csv: gzip data is damaged: bad checksum",
        ),
        (Problem::InvalidTable { message: "row 3".to_owned() }, "news.csv: not a valid table: row 3"),
        (
            Problem::PlainText,
            "news.csv: is plain text, into which nothing can be put; write a report on it instead",
        ),
        (
            Problem::NameTaken { form: FieldForm::Column, name: "copies".to_owned() },
            "news.csv: there is a column \"copies\" already; choose another name",
        ),
        (
            Problem::NotARemovedRecord { number: 2, message: "missing field `cut`".to_owned() },
            "news.csv: record 2 is not a removed record: missing field `cut`",
        ),
        (
            Problem::NotTheCopy {
                input: "day.jsonl".to_owned(),
                bytes: 7,
                hash: 0xabc,
                expected_bytes: 8,
                expected_hash: "00000000000000ff".to_owned(),
            },
            "news.csv: is not the copy of day.jsonl that records were cut out of: together they make 7 bytes with the \
             hash 0000000000000abc, expected 8 with 00000000000000ff",
        ),
    ];
    for (problem, expected) in cases {
        assert_eq!(input(problem).to_string(), expected);
    }
}

#[test]
fn describes_records() {
    use FieldForm::{Column, Member};

    let long: Vec<String> = (0..14).map(|number| format!("m{number}")).collect();
    let long: Vec<&str> = long.iter().map(String::as_str).collect();
    let cases = [
        (
            missing(FieldRole::Text, None, Member, &["id", "title"]),
            "no text field: found \"id\", \"title\"; name the field that holds the text",
        ),
        (missing(FieldRole::Key, Some("uid"), Column, &["id"]), "no column \"uid\": found \"id\""),
        (missing(FieldRole::Key, Some("uid"), Member, &[]), "no field \"uid\": found none"),
        (
            missing(FieldRole::Key, Some("uid"), Member, &long),
            "no field \"uid\": found \"m0\", \"m1\", \"m2\", \"m3\", \"m4\", \"m5\", \"m6\", \"m7\", \"m8\", \"m9\", \
             \"m10\", \"m11\" and 2 more",
        ),
        (
            Problem::WrongValue {
                field: "text".to_owned(),
                found: ValueKind::Number,
                expected: ExpectedValue::String,
            },
            "field \"text\" is a number, expected a string",
        ),
        (
            Problem::NotAGrade { field: "label".to_owned(), found: "maybe".to_owned() },
            "field \"label\" is \"maybe\", expected a number, yes or no, true or false, copy or different",
        ),
        (Problem::FieldCount { expected: 2, found: 1 }, "expected 2 fields as in the header, found 1"),
        (Problem::FieldCount { expected: 1, found: 2 }, "expected 1 field as in the header, found 2"),
        (Problem::NotAnObject { found: ValueKind::Array }, "expected an object, found an array"),
        (
            Problem::InvalidJson { message: "trailing comma".to_owned(), line: None, column: 3 },
            "not valid JSON: trailing comma at column 3",
        ),
        (
            Problem::InvalidJson { message: "trailing comma".to_owned(), line: Some(19), column: 3 },
            "not valid JSON: trailing comma at line 19, column 3",
        ),
        (
            Problem::TooLong { extent: Extent::Header, limit: 40 },
            "the header is longer than 40 bytes; allow longer records",
        ),
        (
            Problem::TooLong { extent: Extent::Record, limit: 3 << 20 },
            "the record is longer than 3 MiB; allow longer records",
        ),
        (
            Problem::NotUtf8 { extent: Extent::Record, byte: 4, likely: Some("GBK".to_owned()) },
            "not valid UTF-8 at byte 4 of the record, looks like GBK; convert it to UTF-8 first",
        ),
        (
            Problem::NotUtf8 { extent: Extent::Header, byte: 4, likely: None },
            "the header is not valid UTF-8 at byte 4, looks like damaged UTF-8; remove the bytes that are not valid",
        ),
        (
            Problem::NotUtf8 { extent: Extent::File, byte: 4, likely: Some("GBK".to_owned()) },
            "not valid UTF-8 at byte 4, looks like GBK; convert it to UTF-8 first",
        ),
        (
            missing(FieldRole::Text, None, Column, &["1", &"Rain is expected. ".repeat(9)]),
            "no text column: found \"1\", \"Rain is expected. Rain is expected. Rain…\"; name the column that holds the text, or \
             add a header row if there is none",
        ),
        (
            Problem::NotAnObject { found: ValueKind::String },
            "expected an object, found a string; make each text an object with a field \"text\"",
        ),
        (Problem::WrongEncoding { found: "UTF-16" }, "is UTF-16, expected UTF-8; convert it to UTF-8 first"),
    ];
    for (problem, expected) in cases {
        assert_eq!(record(problem).to_string(), format!("news.jsonl:17: {expected}"));
    }
}

#[test]
fn describes_outputs_and_settings() {
    let cases = [
        (Error::Output { path: "out.csv".into(), source: full_disk() }, "out.csv: no space left"),
        (
            Error::Storage { folder: "/tmp".into(), source: full_disk() },
            "/tmp: data that does not fit into memory cannot be written to a temporary file: no space left; allow more \
             memory, or name another folder for temporary files",
        ),
        (
            setting("shingle_size", SettingProblem::OutOfRange { found: 0, least: 1, most: 32 }),
            "shingle_size: expected 1 to 32, found 0",
        ),
        (
            setting("bands", SettingProblem::TooFewHashes { bands: 50, rows: 4, hashes: 128 }),
            "bands: 50 of 4 rows need 200 hashes, and there are 128; raise the number of hashes",
        ),
    ];
    for (error, expected) in cases {
        assert_eq!(error.to_string(), expected);
    }
}

#[test]
fn describes_archives() {
    use ArchiveProblem::{
        Damaged, Locked, MissingFile, NotAnArchive, NotEmpty, OtherVersion, Settings, Unwritable,
    };

    let file = || "a.wcy".to_owned();
    let block = DamagedPart::Block { section: 3, index: 7 };
    let restore = "copy the archive from a backup, or build it again from the articles";
    let cases = [
        (NotAnArchive, "is no archive; name the folder of an archive, or create one"),
        (NotEmpty, "is no archive, and contains other files; name a folder that is empty or does not exist"),
        (
            OtherVersion { file: file(), found: 2, known: 1 },
            "a.wcy has format 2, and this version reads format 1; use a newer version",
        ),
        (
            OtherVersion { file: file(), found: 1, known: 2 },
            "a.wcy has format 1, and this version reads format 2; build the archive again from the articles",
        ),
        (
            Damaged { file: file(), part: block },
            &format!("a.wcy is damaged: block 7 of section 3 does not match its checksum; {restore}"),
        ),
        (
            Damaged { file: file(), part: DamagedPart::Frame },
            &format!("a.wcy is damaged: its content does not match its checksum; {restore}"),
        ),
        (
            Damaged { file: file(), part: DamagedPart::Length { found: 3, expected: 8 } },
            &format!("a.wcy is damaged: it has 3 bytes of 8, and was cut off; {restore}"),
        ),
        (
            Damaged { file: file(), part: DamagedPart::Length { found: 9, expected: 8 } },
            &format!("a.wcy is damaged: it has 9 bytes, expected 8; {restore}"),
        ),
        (MissingFile { file: file() }, &format!("a.wcy is missing; {restore}")),
        (Locked, "is being changed by another process; run again when that has ended"),
        (Unwritable { file: file(), source: full_disk() }, "a.wcy cannot be written: no space left"),
        (
            Settings { name: "shingle_size", archive: "5".to_owned(), given: "4".to_owned() },
            "was created with shingle_size 5, and this run asks for 4; use the value of the archive, or name another \
             folder",
        ),
    ];
    for (problem, expected) in cases {
        let error = Error::archive(Path::new("news.archive"), problem);
        assert_eq!(error.to_string(), format!("news.archive: {expected}"));
        assert!(!error.to_string().contains("--"));
    }
}

#[test]
fn separates_the_remedy_from_the_message() {
    let array = Problem::MissingField {
        role: FieldRole::Text,
        name: None,
        form: FieldForm::Member,
        found: FoundNames::new(vec!["articles".to_owned()]),
        hint: Some(FieldHint::Array("articles".into())),
    };
    let error = record(array);
    assert_eq!(error.without_remedy().to_string(), "news.jsonl:17: no text field: found \"articles\"");
    let remedy = Remedy::NameFieldOrUnpack { role: FieldRole::Text, array: "articles".to_owned() };
    assert_eq!(error.remedy(), Some(remedy));
    let error = input(Problem::Binary);
    assert_eq!((error.without_remedy().to_string(), error.remedy()), (error.to_string(), None));
}

#[test]
fn names_no_flag() {
    let texts = [
        record(missing(FieldRole::Text, None, FieldForm::Member, &[])).to_string(),
        record(Problem::TooLong { extent: Extent::Record, limit: 1 }).to_string(),
        record(Problem::NoLabel { found: FoundNames::default(), lacking: LackingLabel::Both }).to_string(),
        input(Problem::PlainText).to_string(),
        Error::Storage { folder: "/tmp".into(), source: full_disk() }.to_string(),
        setting("bands", SettingProblem::TooFewHashes { bands: 50, rows: 4, hashes: 128 }).to_string(),
    ];
    for text in texts {
        assert!(!text.contains("--"), "{text}");
    }
}
