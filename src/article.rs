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
pub struct Place {
    /// The file as it was named; `-` for standard input.
    pub file: Arc<str>,
    /// The line on which the record begins, from 1.
    pub line: u64,
}

impl fmt::Display for Place {
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
    /// The publication it was found on: the host of its URL without `www.`, else its site field.
    pub site: Option<String>,
    /// The date of publication as the record gives it.
    pub published: Option<String>,
    /// The headline, where the record has one of its own.
    pub title: Option<String>,
    /// Where it was read.
    pub place: Place,
}

/// Names the site of an article: the host of `url` in lower case, without `www.` and port, else `field` as it is.
///
/// Returns nothing where neither says anything.
///
/// ```
/// use wirecopy::site_of;
/// assert_eq!(site_of(Some("https://www.Example.org:8080/a"), Some("x")).as_deref(), Some("example.org"));
/// assert_eq!(site_of(None, Some("The Daily Example")).as_deref(), Some("The Daily Example"));
/// ```
pub fn site_of(url: Option<&str>, field: Option<&str>) -> Option<String> {
    let host = url.and_then(host_of);
    host.or_else(|| field.map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned))
}

fn host_of(url: &str) -> Option<String> {
    let rest = url.trim().split_once("://")?.1;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    // An address of IPv6 has colons of its own, and stands in brackets.
    let name =
        if host.starts_with('[') { host.find(']').map(|end| &host[..=end]) } else { host.split(':').next() };
    let host = name?.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    (!host.is_empty()).then(|| host.to_owned())
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
            ("no scheme", Some("example.org/a"), Some("Example"), Some("Example")),
            ("field only", None, Some(" Example "), Some("Example")),
            ("url before field", Some("https://a.example/1"), Some("B"), Some("a.example")),
            ("blank", Some(""), Some("  "), None),
        ];
        for (name, url, field, expected) in cases {
            assert_eq!(site_of(url, field).as_deref(), expected, "{name}");
        }
    }
}
