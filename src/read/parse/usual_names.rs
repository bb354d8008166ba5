//! Lists the names under which scrapers store the parts of an article.

pub(super) const TEXT: [&str; 10] = [
    "text",
    "maintext",
    "body",
    "content",
    "article",
    "raw_text",
    "full_text",
    "plain_text",
    "article_text",
    "articleBody",
];
pub(super) const KEY: [&str; 3] = ["id", "key", "uid"];
pub(super) const SITE: [&str; 8] =
    ["source_domain", "domain", "hostname", "source", "site", "site_name", "sitename", "publisher"];
pub(super) const URL: [&str; 3] = ["url", "link", "canonical_url"];
/// The paths at which corpora store the URL in an object of the record: those of Dolma and of tools that filter web
/// text, of datasets with `meta`, and of OSCAR, which keeps the headers of web archives.
pub(super) const NESTED_URL: [(&str, &str); 7] = [
    ("metadata", "url"),
    ("metadata", "source_url"),
    ("metadata", "canonical_url"),
    ("metadata", "link"),
    ("meta", "url"),
    ("meta", "source_url"),
    ("warc_headers", "warc-target-uri"),
];
pub(super) const PUBLISHED: [&str; 13] = [
    "published",
    "date",
    "date_publish",
    "pub_date",
    "pubdate",
    "pubDate",
    "publish_date",
    "published_at",
    "publishedAt",
    "published_date",
    "datePublished",
    "datetime",
    "timestamp",
];
pub(super) const TITLE: [&str; 2] = ["title", "headline"];

/// Returns the names as they are, then with a capital (`Url`), then in capitals (`URL`), as tables write them.
pub(super) fn as_written<'a>(names: &'a [&str]) -> impl Iterator<Item = String> + 'a {
    let as_they_are = names.iter().map(|&name| name.to_owned());
    let capital = |name: &&str| format!("{}{}", name[..1].to_ascii_uppercase(), &name[1..]);
    let upper = |name: &&str| name.to_ascii_uppercase();
    as_they_are.chain(names.iter().map(capital)).chain(names.iter().map(upper))
}

/// The length in bytes from which on a name is that of no column: a cell of a table without a header.
const LONGEST_COLUMN: usize = 40;

/// Returns the first column whose name ends with one of the usual names of the text, such as `Volltext`.
pub(super) fn likely_text(columns: &[String]) -> Option<String> {
    let ends_as_usual = |column: &&String| {
        let lower = column.to_lowercase();
        lower.len() < LONGEST_COLUMN && TEXT.iter().any(|usual| lower.ends_with(usual))
    };
    columns.iter().find(ends_as_usual).cloned()
}
