//! Finds the site of an article.

use super::address::{Address, host};
use super::original::original;

/// The most caches and archives that are looked behind: an archive of a page of a cache has two.
const MOST_COPIES: usize = 3;

/// Returns the site of an article: the host of `url` in lower case, without `www.` and port; or, if there is no URL
/// with a host, `field`, the content of the site field. A field that is a URL or a host is converted to the same
/// form, and any other is returned without the white space around it. Of a page in a web archive or a cache, the host
/// is that of the original page, if the address contains it.
///
/// Returns nothing if both are absent or blank.
///
/// ```
/// use wirecopy::site::site_of;
/// assert_eq!(site_of(Some("https://www.Example.org:8080/a"), Some("x")).as_deref(), Some("example.org"));
/// assert_eq!(site_of(None, Some("WWW.Example.org")).as_deref(), Some("example.org"));
/// assert_eq!(site_of(None, Some("The Daily Example")).as_deref(), Some("The Daily Example"));
/// let archived = "https://web.archive.org/web/20310501060000/https://example.org/a";
/// assert_eq!(site_of(Some(archived), None).as_deref(), Some("example.org"));
/// ```
pub fn site_of(url: Option<&str>, field: Option<&str>) -> Option<String> {
    url.and_then(site_of_url).or_else(|| {
        let field = field.map(str::trim).filter(|field| !field.is_empty())?;
        site_of_url(field)
            .or_else(|| host(field).map(|name| without_www(&name).to_owned()))
            .or_else(|| Some(field.to_owned()))
    })
}

/// Returns the site of a URL.
fn site_of_url(url: &str) -> Option<String> {
    let address = behind_copies(Address::new(url)?);
    Some(without_www(&address.host)).filter(|site| !site.is_empty()).map(str::to_owned)
}

/// Returns the address of the original page, if `address` is that of a copy in caches or archives.
pub(super) fn behind_copies(mut address: Address<'_>) -> Address<'_> {
    for _ in 0..MOST_COPIES {
        match original(&address) {
            Some(behind) => address = behind,
            None => break,
        }
    }
    address
}

fn without_www(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
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
            (
                "an archive of a cache",
                Some(
                    "https://archive.ph/20310501060000/https://www-example-org.cdn.ampproject.org/c/s/www.example.org/a",
                ),
                None,
                Some("example.org"),
            ),
        ];
        for (name, url, field, expected) in cases {
            assert_eq!(site_of(url, field).as_deref(), expected, "{name}");
        }
    }
}
