//! The arguments that decide how input is read.

use clap::{Args, ValueEnum};
use wirecopy::ReadOptions;
use wirecopy::read::Format;

use super::size::Size;

/// The options of reading.
#[derive(Debug, Args)]
#[command(next_help_heading = "Input")]
pub(crate) struct ReadArgs {
    /// The field with the text; `a.b` is the field b of the object a [default: the first of text, maintext, body, content,
    /// article and other usual names]
    #[arg(long, value_name = "NAME")]
    text_field: Option<String>,
    /// The field with the article's key [default: the first of id, key, uid, url]
    #[arg(long, value_name = "NAME")]
    key_field: Option<String>,
    /// The field with the site [default: the host of the URL, else the first of source_domain, domain, source, site and
    /// other usual names]
    #[arg(long, value_name = "NAME")]
    site_field: Option<String>,
    /// The field with the URL, whose host is the site [default: the first of url, link and other usual names]
    #[arg(long, value_name = "NAME")]
    url_field: Option<String>,
    /// The field with the date of publication [default: the first of published, date, date_publish, pub_date and other
    /// usual names]
    #[arg(long, value_name = "NAME")]
    date_field: Option<String>,
    /// The field with the headline [default: the first of title, headline]
    #[arg(long, value_name = "NAME")]
    title_field: Option<String>,
    /// The format of every input [default: recognized by content and name]
    #[arg(long, value_name = "FORMAT")]
    input_format: Option<InputFormat>,
    /// The largest record to accept, such as 10MB or 1GiB
    #[arg(long, value_name = "SIZE", default_value_t = Size::new(ReadOptions::default().max_record as u64), value_parser = record_size)]
    max_record: Size,
}

impl ReadArgs {
    /// Returns the field of the key, if it was given.
    pub(crate) fn key_field(&self) -> Option<&str> {
        self.key_field.as_deref()
    }

    /// Returns the options of the reader.
    pub(crate) fn options(&self) -> ReadOptions {
        let mut options = ReadOptions::default();
        options.fields.text = self.text_field.clone();
        options.fields.key = self.key_field.clone();
        options.fields.site = self.site_field.clone();
        options.fields.url = self.url_field.clone();
        options.fields.published = self.date_field.clone();
        options.fields.title = self.title_field.clone();
        options.format = self.input_format.map(InputFormat::format);
        options.max_record = self.max_record.bytes() as usize;
        options
    }
}

/// The names of the formats on the command line.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum InputFormat {
    Jsonl,
    Json,
    Csv,
    Tsv,
    Text,
    #[cfg(feature = "parquet")]
    Parquet,
}

impl InputFormat {
    fn format(self) -> Format {
        match self {
            Self::Jsonl => Format::JsonLines,
            Self::Json => Format::Json,
            Self::Csv => Format::Csv,
            Self::Tsv => Format::Tsv,
            Self::Text => Format::Text,
            #[cfg(feature = "parquet")]
            Self::Parquet => Format::Parquet,
        }
    }
}

/// Parses the size of the largest record.
fn record_size(text: &str) -> Result<Size, String> {
    let size: Size = text.parse()?;
    if size.bytes() > ReadOptions::LARGEST_RECORD as u64 {
        return Err("expected 3GiB at most".to_owned());
    }
    Ok(size)
}
