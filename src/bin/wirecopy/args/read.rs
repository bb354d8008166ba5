//! The arguments that decide how input is read.

use clap::{Args, ValueEnum};
use wirecopy::ReadOptions;
#[cfg(feature = "web")]
use wirecopy::read::HtmlText;
use wirecopy::read::{Format, TextEncoding};

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
    /// What to read of web pages: the main text, all text, or nothing
    #[cfg(feature = "web")]
    #[arg(long, value_name = "WHAT", default_value = "article")]
    html_text: HtmlArg,
    /// The encoding of JSON, CSV, TSV and plain text: utf-8, auto (recognized for each file), or a name such as
    /// windows-1252, gbk or utf-16le. Web pages say their own, which a name here overrides
    #[arg(long, value_name = "NAME", default_value = "utf-8", value_parser = encoding)]
    encoding: TextEncoding,
    /// Repair texts and titles of records that were decoded wrongly ("CafÃ©"), or have character references ("Caf&eacute;")
    /// or tags ("<em>"); offsets are then those of the repaired text
    #[arg(long)]
    repair_text: bool,
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
        #[cfg(feature = "web")]
        {
            options.html = self.html_text.text();
        }
        options.encoding = self.encoding;
        options.repair = self.repair_text;
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
    #[cfg(feature = "web")]
    Html,
    #[cfg(feature = "web")]
    Warc,
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
            #[cfg(feature = "web")]
            Self::Html => Format::Html,
            #[cfg(feature = "web")]
            Self::Warc => Format::Warc,
        }
    }
}

/// The choice of what is read of web pages.
#[cfg(feature = "web")]
#[derive(Clone, Copy, Debug, ValueEnum)]
enum HtmlArg {
    Article,
    Page,
    Off,
}

#[cfg(feature = "web")]
impl HtmlArg {
    fn text(self) -> HtmlText {
        match self {
            Self::Article => HtmlText::Article,
            Self::Page => HtmlText::Page,
            Self::Off => HtmlText::Off,
        }
    }
}

/// Parses the name of an encoding.
fn encoding(name: &str) -> Result<TextEncoding, String> {
    if name.eq_ignore_ascii_case("auto") {
        return Ok(TextEncoding::Detect);
    }
    TextEncoding::named(name)
        .ok_or_else(|| "expected auto, or an encoding that browsers know, such as windows-1252".to_owned())
}

/// Parses the size of the largest record.
fn record_size(text: &str) -> Result<Size, String> {
    let size: Size = text.parse()?;
    if size.bytes() > ReadOptions::LARGEST_RECORD as u64 {
        return Err("expected 3GiB at most".to_owned());
    }
    Ok(size)
}
