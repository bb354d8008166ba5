//! Recognizes a site field that names the collection of the records and not the site of each.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

/// The values of the site fields of records whose addresses contain a host. Records are added from any thread, in any order.
#[derive(Debug, Default)]
pub(super) struct SiteNames {
    /// The name and the host of one of the records.
    first: OnceLock<(Box<str>, Box<str>)>,
    has_several_names: AtomicBool,
    has_several_domains: AtomicBool,
}

impl SiteNames {
    /// Adds the name in the site field of a record, and the host of its address.
    pub(super) fn add(&self, name: &str, host: &str) {
        if self.has_several_names.load(Ordering::Relaxed) {
            return;
        }
        let (first_name, first_host) = self.first.get_or_init(|| (name.into(), host.into()));
        if **first_name != *name {
            self.has_several_names.store(true, Ordering::Relaxed);
        } else if **first_host != *host
            && !self.has_several_domains.load(Ordering::Relaxed)
            // A publication may have several hosts, but they are mostly on one domain.
            && psl::domain_str(first_host) != psl::domain_str(host)
        {
            self.has_several_domains.store(true, Ordering::Relaxed);
        }
    }

    /// Returns what the records that were added show.
    pub(super) fn seen(&self) -> SeenSiteNames {
        let Some((name, host)) = self.first.get() else { return SeenSiteNames::default() };
        SeenSiteNames {
            name: Some(name.to_string()),
            domain: psl::domain_str(host).map(str::to_owned),
            has_several_names: self.has_several_names.load(Ordering::Relaxed),
            has_several_domains: self.has_several_domains.load(Ordering::Relaxed),
        }
    }

    /// Returns the name, if all records have the same, though they are on several domains.
    pub(super) fn collection(&self) -> Option<&str> {
        let (name, _) = self.first.get()?;
        let is_collection = !self.has_several_names.load(Ordering::Relaxed)
            && self.has_several_domains.load(Ordering::Relaxed);
        is_collection.then_some(name)
    }
}

/// The signs in some records that a site field names their collection. Those in several parts of a collection can be
/// combined.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SeenSiteNames {
    /// The name of the first record that has one, and an address.
    pub name: Option<String>,
    /// The domain of its address.
    pub domain: Option<String>,
    /// True if there is another name.
    pub has_several_names: bool,
    /// True if the name is that of records on another domain, too.
    pub has_several_domains: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_on_several_domains_is_that_of_a_collection() {
        let cases = [
            ("nothing", vec![], None),
            ("a collection", vec![("crawl", "a.example"), ("crawl", "b.example")], Some("crawl")),
            ("one site", vec![("A", "a.example"), ("A", "a.example")], None),
            ("one domain", vec![("A", "a.example"), ("A", "news.a.example")], None),
            ("several names", vec![("A", "a.example"), ("A", "b.example"), ("B", "b.example")], None),
        ];
        for (name, records, expected) in cases {
            for order in [records.clone(), records.into_iter().rev().collect()] {
                let names = SiteNames::default();
                order.iter().for_each(|(name, host)| names.add(name, host));
                assert_eq!(names.collection(), expected, "{name}");
            }
        }
    }
}
