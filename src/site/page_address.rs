//! Finds the address of the page that an article was scraped from, by which scrapes of one page are recognized.

use super::address::Address;
use super::article_site::behind_copies;
use super::outlet::outlet_of;

/// Returns the address of a page in one form, whatever variant of it a scraper visited: without scheme and fragment, of
/// the outlet's host, and that of the original page if it is in a web archive or a cache. `None` if the address is that
/// of a whole site: its front page has another article every day.
///
/// ```
/// use wirecopy::site::page_address;
/// let page = page_address("https://www.example.org/news/1#comments");
/// assert_eq!(page.as_deref(), Some("example.org/news/1"));
/// assert_eq!(page, page_address("http://m.example.org/news/1/"));
/// assert_eq!(page_address("https://example.org/"), None);
/// ```
pub fn page_address(url: &str) -> Option<String> {
    let Address { host, rest } = behind_copies(Address::new(url)?);
    let path = rest.split('#').next().unwrap_or_default().trim_end_matches('/');
    let outlet = outlet_of(host.strip_prefix("www.").unwrap_or(&host));
    (!path.is_empty()).then(|| format!("{outlet}{path}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_of_an_address_are_one() {
        let cases = [
            ("a path", "https://a.example/b/c", Some("a.example/b/c")),
            ("scheme, port and upper case", "HTTP://A.Example:80/b/c", Some("a.example/b/c")),
            ("a phone's", "https://m.a.example/b/c/", Some("a.example/b/c")),
            ("a query says which page", "https://a.example/?id=7", Some("a.example/?id=7")),
            (
                "an archive",
                "https://web.archive.org/web/20310501060000/http://www.a.example/b",
                Some("a.example/b"),
            ),
            ("a front page", "https://a.example", None),
            ("a front page with a place", "https://a.example/#top", None),
            ("no address", "a b", None),
        ];
        for (name, url, expected) in cases {
            assert_eq!(page_address(url).as_deref(), expected, "{name}");
        }
    }
}
