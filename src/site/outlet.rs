//! Finds the outlet of a site: the publication, whatever address variant an article was found under.

/// The first labels of hosts that show the pages of the rest of the host in another form: for phones, without pictures,
/// or for other countries. `news`, `sport` or `blog` have pages of their own.
const VARIANTS: [&str; 10] =
    ["m", "mobile", "mobil", "mob", "touch", "wap", "amp", "lite", "text", "edition"];

/// Returns the outlet of a site: the site without first labels such as `m.`, `amp.` and `www2.`. The rest is at least a
/// domain that somebody can register by the public suffix list: `m.co.uk` is an outlet. A site that is no host is one.
///
/// ```
/// use wirecopy::site::outlet_of;
/// assert_eq!(outlet_of("m.example.co.uk"), "example.co.uk");
/// assert_eq!(outlet_of("news.example.co.uk"), "news.example.co.uk");
/// ```
pub fn outlet_of(site: &str) -> &str {
    let mut outlet = site;
    while let Some((label, rest)) = outlet.split_once('.')
        && is_variant(label)
        && !rest.contains(char::is_whitespace)
        && psl::domain_str(rest).is_some()
    {
        outlet = rest;
    }
    outlet
}

/// Returns whether a label is that of an address variant: one of the list, or `www` with or without a number.
fn is_variant(label: &str) -> bool {
    VARIANTS.contains(&label)
        || label.strip_prefix("www").is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn address_variants_are_one_outlet() {
        let cases = [
            ("itself", "a.example", "a.example"),
            ("mobile", "m.a.example", "a.example"),
            ("two labels", "www2.m.a.example", "a.example"),
            ("a section for phones", "m.news.a.example", "news.a.example"),
            ("a section", "news.a.example", "news.a.example"),
            ("a country's suffix", "amp.a.co.uk", "a.co.uk"),
            ("a registered name that is short", "m.co.uk", "m.co.uk"),
            ("a site on a shared domain", "m.blogspot.com", "m.blogspot.com"),
            ("a variant of one", "m.a.blogspot.com", "a.blogspot.com"),
            ("a name with two labels", "m.example", "m.example"),
            ("a word that begins alike", "wwwhat.a.example", "wwwhat.a.example"),
            ("no host", "m. Le Phare", "m. Le Phare"),
            ("a number", "192.0.2.1", "192.0.2.1"),
        ];
        for (name, site, expected) in cases {
            assert_eq!(outlet_of(site), expected, "{name}");
        }
    }
}
