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

    /// Returns the name, if all records have the same, though they are on several domains.
    pub(super) fn collection(&self) -> Option<&str> {
        let (name, _) = self.first.get()?;
        let is_collection = !self.has_several_names.load(Ordering::Relaxed)
            && self.has_several_domains.load(Ordering::Relaxed);
        is_collection.then_some(name)
    }
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
