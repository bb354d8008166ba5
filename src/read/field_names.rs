//! Defines the names that a caller gives for the fields of an article.

/// The names of the fields in JSON objects and CSV headers.
///
/// A field without a name here is looked for under the names that scrapers use; the first one that is filled
/// counts. Each name is also tried as `Text` and `TEXT`:
/// - text: `text`, `maintext`, `body`, `content`, `article`, `raw_text`, `full_text`, `plain_text`, `article_text`,
///   `articleBody`
/// - key: `id`, `key`, `uid`, else the URL
/// - site: `source_domain`, `domain`, `hostname`, `source`, `site`, `site_name`, `sitename`, `publisher`
/// - date: `published`, `date`, `date_publish`, `pub_date`, `pubdate`, `pubDate`, `publish_date`, `published_at`,
///   `publishedAt`, `published_date`, `datePublished`, `datetime`, `timestamp`
/// - title: `title`, `headline`
/// - URL: `url`, `link`, `canonical_url`, else `metadata.url`, `metadata.source_url`, `metadata.canonical_url`,
///   `metadata.link`, `meta.url`, `meta.source_url`, `warc_headers.warc-target-uri`
///
/// A name given here may lead into nested objects: `a.b` is the member `b` of the member `a`, unless the record has
/// a member that is itself called `a.b`. A record that lacks a field named here is an error; null is an empty text
/// or no value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct FieldNames {
    /// The field with the text.
    pub text: Option<String>,
    /// The field with the caller's name for the article.
    pub key: Option<String>,
    /// The field with the publication.
    pub site: Option<String>,
    /// The field with the URL.
    pub url: Option<String>,
    /// The field with the date of publication.
    pub published: Option<String>,
    /// The field with the headline.
    pub title: Option<String>,
}
