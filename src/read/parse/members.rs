//! Visits the members of a JSON object.

use std::fmt;

use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, Visitor};
use serde::{Deserializer as _, de};
use serde_json::value::RawValue;

/// Visits the members of the JSON object `object`. `want` returns, for the name of a member, what `take` gets
/// together with the JSON of its value, or `None` if the member is to be skipped. Skipping does not recurse, so no
/// nesting is too deep.
///
/// # Errors
/// The error of the parser, if `object` is not a valid JSON object.
pub(super) fn visit_members<'r, K>(
    object: &'r str,
    want: impl Fn(&[u8]) -> Option<K>,
    take: impl FnMut(K, &'r str),
) -> Result<(), serde_json::Error> {
    let mut json = serde_json::Deserializer::from_str(object);
    json.deserialize_map(Members { want, take })?;
    json.end()
}

/// The visitor of an object.
struct Members<W, T> {
    want: W,
    take: T,
}

impl<'r, K, W: Fn(&[u8]) -> Option<K>, T: FnMut(K, &'r str)> Visitor<'r> for Members<W, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'r>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(wanted) = map.next_key_seed(Name(&self.want))? {
            match wanted {
                Some(wanted) => {
                    let json: &RawValue = map.next_value()?;
                    (self.take)(wanted, json.get());
                }
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// Reads the name of a member as bytes, so that an unpaired surrogate in it is no error.
struct Name<'w, W>(&'w W);

impl<'r, K, W: Fn(&[u8]) -> Option<K>> DeserializeSeed<'r> for Name<'_, W> {
    type Value = Option<K>;

    fn deserialize<D: de::Deserializer<'r>>(self, name: D) -> Result<Option<K>, D::Error> {
        name.deserialize_bytes(self)
    }
}

impl<'r, K, W: Fn(&[u8]) -> Option<K>> Visitor<'r> for Name<'_, W> {
    type Value = Option<K>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_bytes<E: de::Error>(self, name: &[u8]) -> Result<Option<K>, E> {
        Ok((self.0)(name))
    }
}
