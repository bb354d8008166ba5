//! Defines [`Article`], one text as it was read, with its key, site, date and [`Location`]; and [`ArticleId`], its
//! number in a run.

use std::fmt;
use std::sync::Arc;

/// The number of an article in one run. Numbers are dense and begin at 0.
///
/// They are assigned in canonical order (key, then content), not in the order of reading, so that no decision made
/// by number depends on the order of the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(transparent)]
pub struct ArticleId(u32);

impl ArticleId {
    /// The number of bits in an id.
    pub(crate) const BITS: u32 = 31;

    /// Creates the id of the article at `index`.
    ///
    /// # Panics
    /// Panics if `index` is not below 2³¹: a corpus has at most 2³¹ articles.
    pub fn new(index: usize) -> Self {
        assert!(index >> Self::BITS == 0, "a corpus holds at most 2 to the power of 31 articles");
        Self(index as u32)
    }

    /// Returns the index of the article in lists of all articles.
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// Returns the number.
    pub fn get(self) -> u32 {
        self.0
    }
}

/// The location of a record: its file, and the line on which it begins. Displayed as `file:line`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// The name of the file as the caller gave it; `-` for standard input.
    pub file: Arc<str>,
    /// The line on which the record begins, from 1.
    pub line: u64,
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// One text as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// The caller's name for the article: its key field, else its URL, else the path of a text file, else its
    /// location. Several articles may have the same key.
    pub key: String,
    /// The text as it is in the record. May be empty.
    pub text: String,
    /// The site on which the article was found: the host of its URL without `www.`, else its site
    /// field, as [`site_of`] returns it.
    pub site: Option<String>,
    /// The date of publication as it is in the record.
    pub published: Option<String>,
    /// The headline, if the record has it in a field of its own.
    pub title: Option<String>,
    /// The input and the line of the record.
    pub location: Location,
}

impl Article {
    /// Creates an article that was not read from a file, without site, date and title.
    pub fn new(key: impl Into<String>, text: impl Into<String>) -> Self {
        let location = Location { file: "-".into(), line: 0 };
        Self { key: key.into(), text: text.into(), site: None, published: None, title: None, location }
    }
}

/// Returns the site of an article: the host of `url` in lower case, without `www.` and port; or, if there is no URL
/// with a host, `field`, the content of the site field. A field that is a URL or a host is converted to the same
/// form, and any other is returned without the white space around it.
///
/// Returns nothing if both are absent or blank.
///
/// ```
/// use wirecopy::article::site_of;
/// assert_eq!(site_of(Some("https://www.Example.org:8080/a"), Some("x")).as_deref(), Some("example.org"));
/// assert_eq!(site_of(None, Some("WWW.Example.org")).as_deref(), Some("example.org"));
/// assert_eq!(site_of(None, Some("The Daily Example")).as_deref(), Some("The Daily Example"));
/// ```
pub fn site_of(url: Option<&str>, field: Option<&str>) -> Option<String> {
    url.and_then(host_of).or_else(|| {
        let field = field.map(str::trim).filter(|field| !field.is_empty())?;
        host_of(field).or_else(|| host(field)).or_else(|| Some(field.to_owned()))
    })
}

/// Returns the host of a URL with or without a scheme, in lower case and without `www.`.
fn host_of(url: &str) -> Option<String> {
    let url = url.trim();
    let rest = match url.split_once("//") {
        Some((scheme, rest)) if scheme.is_empty() || scheme.ends_with(':') => rest,
        // Without a scheme, the text is a URL only if it is a host and a path.
        _ => url.split_once('/').and_then(|(name, _)| host(name)).map(|_| url)?,
    };
    let authority = rest.split(['/', '?', '#']).next()?;
    let name = authority.rsplit_once('@').map_or(authority, |(_, name)| name);
    // An IPv6 address is in brackets, since it contains colons.
    let end = if name.starts_with('[') { name.find(']').map(|end| end + 1) } else { name.find(':') };
    let name = name[..end.unwrap_or(name.len())].to_lowercase();
    let name = name.strip_prefix("www.").unwrap_or(&name);
    (!name.is_empty()).then(|| name.to_owned())
}

/// Returns `name` in lower case and without `www.` if it has the form of a host: labels of letters, digits and
/// hyphens, joined by dots, of which the last has only letters and more than one byte.
fn host(name: &str) -> Option<String> {
    let is_label = |label: &str| {
        !label.is_empty() && label.chars().all(|letter| letter.is_alphanumeric() || letter == '-')
    };
    let (before, last) = name.rsplit_once('.')?;
    let is_host = before.split('.').all(is_label) && last.len() > 1 && last.chars().all(char::is_alphabetic);
    let name = is_host.then(|| name.to_lowercase())?;
    Some(name.strip_prefix("www.").unwrap_or(&name).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn returns_the_site_of_url_and_field() {
        let cases = [
            ("host", Some("https://news.example.org/a?b"), None, Some("news.example.org")),
            ("www and port", Some("http://www.example.org:80/"), None, Some("example.org")),
            ("an address", Some("http://[2001:DB8::1]:80/x"), None, Some("[2001:db8::1]")),
            ("user", Some("ftp://me@example.org"), None, Some("example.org")),
            ("upper case", Some("HTTPS://WWW.EXAMPLE.ORG/"), None, Some("example.org")),
            ("no scheme", Some("www.Example.org/a"), Some("Example"), Some("example.org")),
            ("the scheme of the page", Some("//example.org/a"), None, Some("example.org")),
            ("a path", Some("a/b.html"), Some("Example"), Some("Example")),
            ("a number", Some("urn:uuid:7"), Some("Example"), Some("Example")),
            ("field only", None, Some(" Example "), Some("Example")),
            ("url before field", Some("https://a.example/1"), Some("B"), Some("a.example")),
            ("a host as field", None, Some("WWW.Example.org"), Some("example.org")),
            ("a URL as field", None, Some("https://www.example.org/a/1"), Some("example.org")),
            ("a host and a path as field", None, Some("example.org/a"), Some("example.org")),
            ("a name with a dot", None, Some("Mr. Example"), Some("Mr. Example")),
            ("a name with two", None, Some("St. Louis News.com"), Some("St. Louis News.com")),
            ("blank", Some(""), Some("  "), None),
        ];
        for (name, url, field, expected) in cases {
            assert_eq!(site_of(url, field).as_deref(), expected, "{name}");
        }
    }
}
