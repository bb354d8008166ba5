//! Finds the address of the page that a cache, a web archive or a reader shows. Their addresses contain it.

use memchr::memmem;

use super::address::{Address, host};

/// The domains of archives and readers whose address contains that of the page in any place.
const ARCHIVES: [&str; 14] = [
    "archive.org",
    "archive.ph",
    "archive.is",
    "archive.today",
    "archive.md",
    "archive.fo",
    "archive.li",
    "archive.vn",
    "archive-it.org",
    "arquivo.pt",
    "mementoweb.org",
    "webcitation.org",
    "r.jina.ai",
    "12ft.io",
];
/// The domains of caches of AMP pages: of Google and of Bing.
const AMP_CACHES: [&str; 2] = ["cdn.ampproject.org", "bing-amp.com"];
/// The search engines that show AMP pages under their own address. Google does so under many domains.
const AMP_VIEWERS: [&str; 2] = ["google", "bing"];
/// The host of the cache of Google, which has the address in its query.
const SEARCH_CACHE: &str = "webcache.googleusercontent.com";
/// The number of digits of a year, with which the date in an archive's path begins at least.
const YEAR_DIGITS: usize = 4;

/// Returns the address of the page of which `address` shows a copy, if it is the address of a cache, an archive or a
/// reader and contains the other one. The address of an aggregator does not.
pub(super) fn original<'a>(address: &Address<'a>) -> Option<Address<'a>> {
    let Address { host, rest } = address;
    if let Some(found) = archived(host, rest) {
        return Some(found);
    }
    if let Some(subdomain) = AMP_CACHES.iter().find_map(|domain| within(host, domain)) {
        return amp_target(rest.trim_start_matches('/')).or_else(|| decoded(subdomain));
    }
    if let Some(target) = rest.strip_prefix("/amp/")
        && let Some(domain) = psl::domain_str(host)
        && AMP_VIEWERS.contains(&first_label(domain))
    {
        return host_and_rest(target.strip_prefix("s/").unwrap_or(target));
    }
    if host == SEARCH_CACHE {
        return cached_query(rest);
    }
    None
}

/// Returns the address that follows the host of a web archive: after a date in the path, as all archives write it, or
/// anywhere on a known archive.
fn archived<'a>(host: &str, rest: &'a str) -> Option<Address<'a>> {
    let is_archive = ARCHIVES.iter().any(|domain| within(host, domain).is_some());
    let path = &rest[..rest.find(['?', '#']).unwrap_or(rest.len())];
    let searched = if is_archive { rest } else { path };
    if let Some(at) = memmem::find_iter(searched.as_bytes(), b"http").find(|&at| {
        let before = &searched[..at];
        is_archive && before.ends_with(['/', '='])
            || before.strip_suffix('/').map(last_segment).is_some_and(is_date)
    }) && let Some(after) = after_scheme(&rest[at..])
    {
        return host_and_rest(after);
    }
    if !is_archive {
        return None;
    }
    // Without a scheme: a host after the date.
    let date = path.split('/').find(|segment| is_date(segment))?;
    let (_, after) = rest.split_once(&format!("/{date}/"))?;
    host_and_rest(after)
}

/// Returns what follows the scheme of an address. One of its two slashes is lost where a program shortens paths.
fn after_scheme(url: &str) -> Option<&str> {
    let after = url.strip_prefix("https:/").or_else(|| url.strip_prefix("http:/"))?;
    Some(after.strip_prefix('/').unwrap_or(after))
}

/// Returns the subdomain of a host within a domain, without its last dot: empty if the host is the domain.
fn within<'h>(host: &'h str, domain: &str) -> Option<&'h str> {
    let before = host.strip_suffix(domain)?;
    if before.is_empty() { Some(before) } else { before.strip_suffix('.') }
}

/// Returns the address in the path of an AMP cache: `c/s/host/path`, where `c` is one letter for the kind of content,
/// and `s` says that the page is encrypted.
fn amp_target(path: &str) -> Option<Address<'_>> {
    let (kind, target) = path.split_once('/')?;
    (kind.len() == 1).then(|| host_and_rest(target.strip_prefix("s/").unwrap_or(target)))?
}

/// Returns the host that a subdomain of an AMP cache encodes: dots are written as hyphens, and hyphens twice.
fn decoded(subdomain: &str) -> Option<Address<'static>> {
    let host = subdomain.replace("--", "\0").replace('-', ".").replace('\0', "-");
    host.contains('.').then_some(Address { host, rest: "" })
}

/// Returns the address in the query of the search cache: `q=cache:ID:address+words`, with or without an id.
fn cached_query(rest: &str) -> Option<Address<'_>> {
    let (_, cached) = rest.split_once("cache:").or_else(|| rest.split_once("cache%3A"))?;
    let cached = &cached[..cached.find(['+', '&', '%']).unwrap_or(cached.len())];
    if let Some((_, address)) = cached.split_once("//") {
        return host_and_rest(address);
    }
    host_and_rest(cached.split_once(':').map_or(cached, |(_, address)| address))
}

/// Returns the address that begins with a host; `None` if it begins with anything else.
fn host_and_rest(url: &str) -> Option<Address<'_>> {
    Address::after_scheme(url).filter(|address| host(&address.host).is_some())
}

/// Returns whether the segment of a path is the date of a copy: digits, which marks may divide, then `*` or letters for
/// the form of the copy, such as `20310501060000`, `2031.05.01-060000` and `20310501id_`.
fn is_date(segment: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_lowercase() || b".-*_".contains(&byte);
    segment.len() >= YEAR_DIGITS
        && segment.bytes().take(YEAR_DIGITS).all(|byte| byte.is_ascii_digit())
        && segment.bytes().all(is_part)
}

fn last_segment(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

fn first_label(domain: &str) -> &str {
    domain.split('.').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_page_behind() {
        let cases = [
            (
                "web archive",
                "https://web.archive.org/web/20310501060000/https://a.example/b?c",
                Some("a.example"),
            ),
            (
                "its raw form",
                "http://web.archive.org/web/20310501060000id_/http://a.example:80/",
                Some("a.example"),
            ),
            (
                "its list of copies",
                "https://web.archive.org/web/2031*/https://a.example/b",
                Some("a.example"),
            ),
            ("its newest copy", "https://web.archive.org/web/https://a.example/b", Some("a.example")),
            (
                "a lost slash",
                "https://web.archive.org/web/20310501060000/https:/a.example/b",
                Some("a.example"),
            ),
            (
                "no scheme",
                "https://web.archive.org/web/20310501060000/www.a.example/b",
                Some("www.a.example"),
            ),
            (
                "archive of today",
                "https://archive.ph/2031.05.01-060000/https://a.example/b",
                Some("a.example"),
            ),
            ("its short address", "https://archive.ph/AbCd1", None),
            (
                "a national archive",
                "https://webarchive.example.gov/ukgwa/20310501/http://a.example/b",
                Some("a.example"),
            ),
            (
                "an archive with a query",
                "https://www.webcitation.org/query?url=http://a.example/b",
                Some("a.example"),
            ),
            ("a reader", "https://r.jina.ai/https://a.example/b", Some("a.example")),
            (
                "AMP cache",
                "https://www-a--b-example.cdn.ampproject.org/c/s/www.a-b.example/b",
                Some("www.a-b.example"),
            ),
            ("its subdomain only", "https://www-a--b-example.cdn.ampproject.org/", Some("www.a-b.example")),
            ("AMP cache of Bing", "https://a-example.bing-amp.com/c/s/a.example/b", Some("a.example")),
            ("AMP viewer", "https://www.google.co.uk/amp/s/a.example/b", Some("a.example")),
            ("another AMP viewer", "https://www.bing.com/amp/s/a.example/b", Some("a.example")),
            (
                "search cache",
                "http://webcache.googleusercontent.com/search?q=cache:AbC-1:https://a.example/b+c&hl=en",
                Some("a.example"),
            ),
            (
                "search cache, no scheme",
                "http://webcache.googleusercontent.com/search?q=cache:a.example/b",
                Some("a.example"),
            ),
            ("an AMP page of its own", "https://a.example/amp/s/story", None),
            ("a story about an address", "https://a.example/why-http://b.example-fails", None),
            ("an address in the query", "https://a.example/share?u=/2031/https://b.example/", None),
            ("a year and a word", "https://a.example/2031/http2-is-here?u=https://b.example/", None),
            ("an aggregator", "https://news.google.com/rss/articles/CBMabc", None),
            ("an archive without an address", "https://archive.org/details/20310501", None),
        ];
        for (name, url, expected) in cases {
            let address = Address::new(url).unwrap();
            assert_eq!(original(&address).map(|behind| behind.host).as_deref(), expected, "{name}");
        }
    }
}
