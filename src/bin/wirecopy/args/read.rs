//! How input is to be understood: flags in, [`ReadOptions`] out.

use std::fmt;
use std::str::FromStr;

use clap::{Args, ValueEnum};
use wirecopy::{FieldNames, Format, ReadOptions};

/// How input is to be understood.
#[derive(Debug, Args)]
#[command(next_help_heading = "Input")]
pub(crate) struct ReadArgs {
    /// The field with the text; `a.b` is the field b inside a [default: the first of text, maintext, body, content,
    /// article, raw_text]
    #[arg(long, value_name = "NAME")]
    text_field: Option<String>,
    /// The field with the article's key [default: the first of id, key, uid, url]
    #[arg(long, value_name = "NAME")]
    key_field: Option<String>,
    /// The field with the publication [default: the first of source_domain, domain, source, site]
    #[arg(long, value_name = "NAME")]
    site_field: Option<String>,
    /// The field with the URL, whose host is the site [default: url]
    #[arg(long, value_name = "NAME")]
    url_field: Option<String>,
    /// The field with the date of publication [default: the first of published, date, date_publish, pub_date,
    /// timestamp]
    #[arg(long, value_name = "NAME")]
    date_field: Option<String>,
    /// The field with the headline [default: the first of title, headline]
    #[arg(long, value_name = "NAME")]
    title_field: Option<String>,
    /// How every input is to be read [default: told from its content and name]
    #[arg(long, value_name = "FORMAT")]
    input_format: Option<InputFormat>,
    /// The largest record to accept, such as 10MB or 1GiB
    #[arg(long, value_name = "SIZE", default_value_t = Size::new(ReadOptions::default().max_record))]
    max_record: Size,
}

impl ReadArgs {
    /// Gives the field of the key, where it was named.
    pub(crate) fn key_field(&self) -> Option<&str> {
        self.key_field.as_deref()
    }

    /// Gives what the reader takes.
    pub(crate) fn options(&self) -> ReadOptions {
        ReadOptions {
            fields: FieldNames {
                text: self.text_field.clone(),
                key: self.key_field.clone(),
                site: self.site_field.clone(),
                url: self.url_field.clone(),
                published: self.date_field.clone(),
                title: self.title_field.clone(),
            },
            format: self.input_format.map(InputFormat::format),
            max_record: self.max_record.bytes(),
        }
    }
}

/// How records stand in a file, as it is said on the command line.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum InputFormat {
    Jsonl,
    Json,
    Csv,
    Tsv,
    Text,
}

impl InputFormat {
    fn format(self) -> Format {
        match self {
            Self::Jsonl => Format::JsonLines,
            Self::Json => Format::Json,
            Self::Csv => Format::Csv,
            Self::Tsv => Format::Tsv,
            Self::Text => Format::Text,
        }
    }
}

/// A number of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Size(usize);

const UNITS: [(&str, usize); 7] = [
    ("kib", 1 << 10),
    ("mib", 1 << 20),
    ("gib", 1 << 30),
    ("kb", 1_000),
    ("mb", 1_000_000),
    ("gb", 1_000_000_000),
    ("b", 1),
];

impl Size {
    pub(crate) fn new(bytes: usize) -> Self {
        Self(bytes)
    }

    pub(crate) fn bytes(self) -> usize {
        self.0
    }
}

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let lower = text.trim().to_ascii_lowercase();
        let with_unit = UNITS.iter().find_map(|&(unit, size)| Some((lower.strip_suffix(unit)?, size)));
        let (number, unit) = with_unit.unwrap_or((&lower, 1));
        let bytes = number.trim().parse::<usize>().ok().and_then(|number| number.checked_mul(unit));
        match bytes {
            Some(bytes @ 1..=ReadOptions::LARGEST_RECORD) => Ok(Self(bytes)),
            _ => Err("expected a whole number and a unit, such as 10MB or 1GiB, 3GiB at most".to_owned()),
        }
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)];
        match names.iter().find(|&&(_, size)| self.0 >= size && self.0.is_multiple_of(size)) {
            Some((name, size)) => write!(f, "{}{name}", self.0 / size),
            None => write!(f, "{}B", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_sizes() {
        let cases = [
            ("10MB", Some(10_000_000)),
            ("1GiB", Some(1 << 30)),
            ("256 mib", Some(256 << 20)),
            ("77", Some(77)),
            ("77b", Some(77)),
            ("3GiB", Some(3 << 30)),
            ("3221225473", None),
            ("0", None),
            ("ten", None),
            ("-1MB", None),
            ("99999999999999999999GB", None),
        ];
        for (text, expected) in cases {
            assert_eq!(text.parse::<Size>().ok().map(Size::bytes), expected, "{text}");
        }
        for text in ["256MiB", "1GiB", "1000B"] {
            assert_eq!(text.parse::<Size>().unwrap().to_string(), text);
        }
    }
}
