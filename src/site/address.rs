//! Divides a web address into its host and the rest.

/// A web address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address<'a> {
    /// The host in lower case, without port.
    pub(super) host: String,
    /// The part after the host: path, query and fragment. It begins with `/`, `?` or `#`, or is empty.
    pub(super) rest: &'a str,
}

impl<'a> Address<'a> {
    /// Divides an address with or without a scheme. `None` if it has no host.
    pub(super) fn new(url: &'a str) -> Option<Self> {
        let url = url.trim();
        match url.split_once("//") {
            Some((scheme, after)) if scheme.is_empty() || scheme.ends_with(':') => Self::after_scheme(after),
            // Without a scheme, the text is an address only if it is a host and a path.
            _ => url.split_once('/').and_then(|(name, _)| host(name)).and_then(|_| Self::after_scheme(url)),
        }
    }

    /// Divides an address from its host on. `None` if the host is empty.
    pub(super) fn after_scheme(url: &'a str) -> Option<Self> {
        let (authority, rest) = url.split_at(url.find(['/', '?', '#']).unwrap_or(url.len()));
        let name = authority.rsplit_once('@').map_or(authority, |(_, name)| name);
        // An IPv6 address is in brackets, since it contains colons.
        let end = if name.starts_with('[') { name.find(']').map(|end| end + 1) } else { name.find(':') };
        let host = name[..end.unwrap_or(name.len())].to_lowercase();
        (!host.is_empty()).then_some(Self { host, rest })
    }
}

/// Returns `name` in lower case if it has the form of a host: labels of letters, digits and hyphens, joined by dots, of
/// which the last has only letters and more than one byte.
pub(super) fn host(name: &str) -> Option<String> {
    let is_label = |label: &str| {
        !label.is_empty() && label.chars().all(|letter| letter.is_alphanumeric() || letter == '-')
    };
    let (before, last) = name.rsplit_once('.')?;
    let is_host = before.split('.').all(is_label) && last.len() > 1 && last.chars().all(char::is_alphabetic);
    is_host.then(|| name.to_lowercase())
}
