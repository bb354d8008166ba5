//! One text as read: its key, text, site and date, and where it was read.

use std::fmt;
use std::sync::Arc;

/// The number of an article in one run: dense, from 0.
///
/// Numbers are dealt out in canonical order (key, then content), not in reading order, so that no decision
/// taken by number can depend on how the input was sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(transparent)]
pub struct ArticleId(u32);

impl ArticleId {
    /// The bits of a number.
    pub(crate) const BITS: u32 = 31;

    /// Makes the number of the article at `index`.
    ///
    /// # Panics
    /// Where it is not below 2 to the power of 31: a corpus has no more articles.
    pub fn new(index: usize) -> Self {
        assert!(index >> Self::BITS == 0, "a corpus holds at most 2 to the power of 31 articles");
        Self(index as u32)
    }

    /// Gives the position of the article in arrays that run over articles.
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// Gives the bare number.
    pub fn get(self) -> u32 {
        self.0
    }
}

/// Where a record was read: a file, as it was named, and the line on which the record begins (from 1).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// The file as it was named; `-` for standard input.
    pub file: Arc<str>,
    /// The line on which the record begins, from 1.
    pub line: u64,
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// One text as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// The caller's name for it: its key field, else its URL, else the path of a text file, else where it was
    /// read. Keys may repeat.
    pub key: String,
    /// The text as it stands in the record. May be empty.
    pub text: String,
    /// The publication it was found on: the host of its URL without `www.`, else its site field; see [`site_of`].
    pub site: Option<String>,
    /// The date of publication as the record gives it.
    pub published: Option<String>,
    /// The headline, where the record has one of its own.
    pub title: Option<String>,
    /// Where it was read.
    pub location: Location,
}

impl Article {
    /// Makes an article of which no more is known, and which was read from no file.
    pub fn new(key: impl Into<String>, text: impl Into<String>) -> Self {
        let location = Location { file: "-".into(), line: 0 };
        Self { key: key.into(), text: text.into(), site: None, published: None, title: None, location }
    }
}

/// Names the site of an article: the host of `url` in lower case, without `www.` and port, else `field`. What the
/// field names is brought to the same form where it is a URL or a host, and left as it is otherwise.
///
/// Returns nothing where neither says anything.
///
/// ```
/// use wirecopy::site_of;
/// assert_eq!(site_of(Some("https://www.Example.org:8080/a"), Some("x")).as_deref(), Some("example.org"));
/// assert_eq!(site_of(None, Some("WWW.Example.org")).as_deref(), Some("example.org"));
/// assert_eq!(site_of(None, Some("The Daily Example")).as_deref(), Some("The Daily Example"));
/// ```
pub fn site_of(url: Option<&str>, field: Option<&str>) -> Option<String> {
    let named = |field: &str| host_of(field).or_else(|| host(field)).or_else(|| Some(field.to_owned()));
    url.and_then(host_of).or_else(|| field.map(str::trim).filter(|name| !name.is_empty()).and_then(named))
}

/// Gives the host of a URL, with or without its scheme.
fn host_of(url: &str) -> Option<String> {
    let url = url.trim();
    let rest = match url.split_once("//") {
        Some((scheme, rest)) if scheme.is_empty() || scheme.ends_with(':') => rest,
        // Without one only what has the form of a host before a path.
        _ => url.split_once('/').and_then(|(name, _)| host(name)).map(|_| url)?,
    };
    let authority = rest.split(['/', '?', '#']).next()?;
    let name = authority.rsplit_once('@').map_or(authority, |(_, name)| name);
    // An address of IPv6 has colons of its own, and stands in brackets.
    let end = if name.starts_with('[') { name.find(']').map(|end| end + 1) } else { name.find(':') };
    let name = name[..end.unwrap_or(name.len())].to_lowercase();
    let name = name.strip_prefix("www.").unwrap_or(&name);
    (!name.is_empty()).then(|| name.to_owned())
}

/// Gives `name` in lower case and without `www.`, where it has the form of a host: parts of letters, digits and hyphens
/// between dots, the last of letters only.
fn host(name: &str) -> Option<String> {
    let is_part =
        |part: &str| !part.is_empty() && part.chars().all(|letter| letter.is_alphanumeric() || letter == '-');
    let (before, last) = name.rsplit_once('.')?;
    let is_host = before.split('.').all(is_part) && last.len() > 1 && last.chars().all(char::is_alphabetic);
    let name = is_host.then(|| name.to_lowercase())?;
    Some(name.strip_prefix("www.").unwrap_or(&name).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_site() {
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
