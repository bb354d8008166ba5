//! The values of one record in, an article out: which field is the text, the key, and so on.

use std::borrow::Cow;

use super::FieldNames;
use super::value::Value;
use crate::article::{Article, Place, site_of};

const TEXT: [&str; 10] = [
    "text",
    "maintext",
    "body",
    "content",
    "article",
    "raw_text",
    "full_text",
    "plain_text",
    "article_text",
    "articleBody",
];
const KEY: [&str; 3] = ["id", "key", "uid"];
const SITE: [&str; 8] =
    ["source_domain", "domain", "hostname", "source", "site", "site_name", "sitename", "publisher"];
const URL: [&str; 3] = ["url", "link", "canonical_url"];
const PUBLISHED: [&str; 13] = [
    "published",
    "date",
    "date_publish",
    "pub_date",
    "pubdate",
    "pubDate",
    "publish_date",
    "published_at",
    "publishedAt",
    "published_date",
    "datePublished",
    "datetime",
    "timestamp",
];
const TITLE: [&str; 2] = ["title", "headline"];

/// How many names a message lists at most.
const LISTED: usize = 12;

/// Gives a name as tables write it, too: `Url`, `URL`.
fn as_in_tables(name: &str) -> [String; 2] {
    [format!("{}{}", name[..1].to_ascii_uppercase(), &name[1..]), name.to_ascii_uppercase()]
}

/// Which names are looked at in a record, and what for.
#[derive(Debug)]
pub(super) struct Plan {
    names: Vec<Box<str>>,
    /// How these may be written, each with where its value belongs; shorter ones first, so that a look-up compares
    /// lengths before letters.
    spellings: Vec<(Box<str>, Slot)>,
    text: Role,
    key: Role,
    site: Role,
    url: Role,
    published: Role,
    title: Role,
}

/// Where the value of a member belongs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot {
    /// The position of its name in [`Plan::names`].
    name: usize,
    /// Whether that was written as in tables.
    as_in_tables: bool,
}

/// The values of a record under the names of a [`Plan`].
#[derive(Debug)]
pub(super) struct Values<'r> {
    plain: Vec<Option<Value<'r>>>,
    /// Those under names as tables write them; empty while there is none.
    as_in_tables: Vec<Option<Value<'r>>>,
}

impl<'r> Values<'r> {
    /// Takes a value; of two in one place the last counts.
    pub(super) fn put(&mut self, slot: Slot, value: Value<'r>) {
        if slot.as_in_tables {
            self.as_in_tables.resize(self.plain.len(), None);
            self.as_in_tables[slot.name] = Some(value);
        } else {
            self.plain[slot.name] = Some(value);
        }
    }

    /// Gives what stands under some names, in their order, each with its name; then what stands under them as tables
    /// write them.
    fn under(&self, names: &[usize]) -> impl Iterator<Item = (usize, Value<'r>)> {
        let values = [&self.plain, &self.as_in_tables].into_iter();
        values.flat_map(|values| names.iter().filter_map(|&name| Some((name, (*values.get(name)?)?))))
    }
}

/// Where one part of an article is found. Numbers are positions in [`Plan::names`].
#[derive(Debug)]
enum Role {
    /// Under the name that the caller gave: as a whole, or as a path into the member its first part names.
    Named { name: Box<str>, whole: usize, nested: Option<(usize, Box<str>)> },
    /// Under one of the names scrapers use.
    Known(Vec<usize>),
}

impl Plan {
    /// Lays down which names to look at.
    pub(super) fn new(fields: &FieldNames) -> Self {
        let roles: [(&Option<String>, &[&str]); 6] = [
            (&fields.text, &TEXT),
            (&fields.key, &KEY),
            (&fields.site, &SITE),
            (&fields.url, &URL),
            (&fields.published, &PUBLISHED),
            (&fields.title, &TITLE),
        ];
        let mut names: Vec<Box<str>> = Vec::new();
        for (named, known) in roles {
            match named {
                Some(name) => names.extend([name.as_str(), first_part(name)].map(Box::from)),
                None => names.extend(known.iter().copied().map(Box::from)),
            }
        }
        names.sort_unstable();
        names.dedup();
        let find = |name: &str| names.binary_search_by(|probe| (**probe).cmp(name)).ok();
        let position = |name: &str| find(name).expect("the name was put in above");
        let [text, key, site, url, published, title] = roles.map(|(named, known)| match named {
            Some(name) => Role::Named {
                name: name.as_str().into(),
                whole: position(name),
                nested: name.split_once('.').map(|(first, rest)| (position(first), rest.into())),
            },
            // What tables write may have been named by the caller for something else.
            None => {
                let named = known.iter().copied().flat_map(as_in_tables).filter_map(|name| find(&name));
                Role::Known(known.iter().map(|name| position(name)).chain(named).collect())
            }
        });
        let mut spellings: Vec<(Box<str>, Slot)> = Vec::new();
        for (name, spelling) in names.iter().enumerate() {
            spellings.push((spelling.clone(), Slot { name, as_in_tables: false }));
        }
        for (_, known) in roles.iter().filter(|(named, _)| named.is_none()) {
            for name in *known {
                let slot = Slot { name: position(name), as_in_tables: true };
                let others = as_in_tables(name).into_iter().filter(|spelling| find(spelling).is_none());
                spellings.extend(others.map(|spelling| (spelling.into(), slot)));
            }
        }
        spellings.sort_by(|(a, _), (b, _)| order(a.as_bytes()).cmp(&order(b.as_bytes())));
        spellings.dedup_by(|(next, _), (kept, _)| next == kept);
        Self { text, key, site, url, published, title, names, spellings }
    }

    /// Gives room for the values of one record.
    pub(super) fn room<'r>(&self) -> Values<'r> {
        Values { plain: vec![None; self.names.len()], as_in_tables: Vec::new() }
    }

    /// Tells where the value of a member belongs, if it is looked at.
    pub(super) fn slot(&self, name: &[u8]) -> Option<Slot> {
        let at =
            self.spellings.binary_search_by(|(probe, _)| order(probe.as_bytes()).cmp(&order(name))).ok()?;
        Some(self.spellings[at].1)
    }

    /// Tells whether `name` may be the name of the text.
    pub(super) fn is_text(&self, name: &str) -> bool {
        match &self.text {
            Role::Named { name: text, .. } => **text == *name,
            Role::Known(_) => {
                TEXT.iter().any(|text| *text == name || as_in_tables(text).contains(&name.to_owned()))
            }
        }
    }

    /// Tells whether nothing stands under any name of the text.
    pub(super) fn lacks_text(&self, values: &Values<'_>) -> bool {
        matches!(&self.text, Role::Known(known) if values.under(known).next().is_none())
    }

    /// Tells what is missing in a file whose records have `columns`.
    pub(super) fn check_columns(&self, columns: &[String]) -> Result<(), String> {
        if let Role::Known(_) = self.text
            && !columns.iter().any(|column| self.is_text(column))
        {
            return Err(format!("no text column: {}; name it with --text-field", found(columns)));
        }
        for role in [&self.text, &self.key, &self.site, &self.url, &self.published, &self.title] {
            if let Role::Named { name, .. } = role
                && !columns.iter().any(|column| **column == **name)
            {
                return Err(format!("no column \"{name}\": {}", found(columns)));
            }
        }
        Ok(())
    }

    /// Puts an article together. `names` lists the record's names, for a message.
    ///
    /// # Errors
    /// What is missing or of a wrong kind.
    pub(super) fn article(
        &self,
        values: &Values<'_>,
        place: &Place,
        names: &dyn Fn() -> Vec<String>,
    ) -> Result<Article, String> {
        let text = self.text(values, names)?;
        let site = self.optional(&self.site, values, names)?;
        let url = self.optional(&self.url, values, names)?;
        // Some scrapers name the page where others name the publication.
        let url = url.or_else(|| site.clone().filter(|site| site.contains("://")));
        let key = self.optional(&self.key, values, names)?;
        let published = self.optional(&self.published, values, names)?;
        let title = self.optional(&self.title, values, names)?;
        Ok(Article {
            key: key.or_else(|| url.clone()).map_or_else(|| place.to_string(), Cow::into_owned),
            text,
            site: site_of(url.as_deref(), site.as_deref()),
            published: published.map(Cow::into_owned),
            title: title.map(Cow::into_owned),
            place: place.clone(),
        })
    }

    fn text(&self, values: &Values<'_>, names: &dyn Fn() -> Vec<String>) -> Result<String, String> {
        let mut wrong = None;
        match &self.text {
            Role::Named { name, .. } => match self.text.named(values, names)? {
                Value::Null => return Ok(String::new()),
                value => match value.string() {
                    Some(text) => return Ok(text.into_owned()),
                    None => wrong = Some((&**name, value)),
                },
            },
            Role::Known(known) => {
                // Where records of several origins were brought together, one name is empty and the other is not.
                let mut blank = None;
                for (name, value) in values.under(known) {
                    match value.string() {
                        _ if value == Value::Null => _ = blank.get_or_insert_default(),
                        Some(text) if text.trim().is_empty() => _ = blank.get_or_insert(text),
                        Some(text) => return Ok(text.into_owned()),
                        None => wrong = wrong.or(Some((&self.names[name], value))),
                    }
                }
                if let Some(blank) = blank {
                    return Ok(blank.into_owned());
                }
            }
        }
        Err(match wrong {
            Some((name, value)) => format!("field \"{name}\" is {}, expected a string", value.kind()),
            None => format!("no text field: {}; name it with --text-field", found(&names())),
        })
    }

    /// Finds a string or a number; one that is blank counts as none, and so does any other value found under a
    /// name that the caller did not give.
    fn optional<'r>(
        &self,
        role: &Role,
        values: &Values<'r>,
        names: &dyn Fn() -> Vec<String>,
    ) -> Result<Option<Cow<'r, str>>, String> {
        let spoken = |value: Value<'r>| value.string_or_number().filter(|text| !text.trim().is_empty());
        match role {
            Role::Known(known) => Ok(values.under(known).find_map(|(_, value)| spoken(value))),
            Role::Named { name, .. } => match role.named(values, names)? {
                value @ (Value::Bool | Value::Array | Value::Object(_)) => {
                    Err(format!("field \"{name}\" is {}, expected a string or a number", value.kind()))
                }
                value => Ok(spoken(value)),
            },
        }
    }
}

impl Role {
    /// Finds the value under the name that the caller gave; null where the caller gave none.
    fn named<'r>(&self, values: &Values<'r>, names: &dyn Fn() -> Vec<String>) -> Result<Value<'r>, String> {
        let Self::Named { name, whole, nested } = self else { return Ok(Value::Null) };
        let nested = || nested.as_ref().and_then(|(first, rest)| values.plain[*first]?.at(rest));
        values.plain[*whole]
            .or_else(nested)
            .ok_or_else(|| format!("no field \"{name}\": {}", found(&names())))
    }
}

fn first_part(name: &str) -> &str {
    name.split_once('.').map_or(name, |(first, _)| first)
}

fn order(name: &[u8]) -> (usize, &[u8]) {
    (name.len(), name)
}

fn found(names: &[String]) -> String {
    if names.is_empty() {
        return "found none".into();
    }
    let listed: Vec<String> = names.iter().take(LISTED).map(|name| format!("\"{name}\"")).collect();
    let more = names.len().saturating_sub(LISTED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("found {}{more}", listed.join(", "))
}
