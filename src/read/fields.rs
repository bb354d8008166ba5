//! The values of one record in, an article out: which field is the text, the key, and so on.

use std::borrow::Cow;

use super::FieldNames;
use super::value::Value;
use crate::article::{Article, Location, site_of};

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

/// Gives names as they are, and after these as tables write them: `Url`, `URL`.
fn as_written<'a>(names: &'a [&str]) -> impl Iterator<Item = String> + 'a {
    let as_they_are = names.iter().map(|&name| name.to_owned());
    let capital = |name: &&str| format!("{}{}", name[..1].to_ascii_uppercase(), &name[1..]);
    let upper = |name: &&str| name.to_ascii_uppercase();
    as_they_are.chain(names.iter().map(capital)).chain(names.iter().map(upper))
}

/// Which names are looked at in a record, and what for.
#[derive(Debug)]
pub(super) struct Plan {
    /// The names, shorter ones first, so that a look-up compares lengths before letters.
    names: Vec<Box<str>>,
    text: Role,
    key: Role,
    site: Role,
    url: Role,
    published: Role,
    title: Role,
}

/// The values of a record under the names of a [`Plan`], in its order.
pub(super) type Values<'r> = Vec<Option<Value<'r>>>;

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
                None => names.extend(as_written(known).map(String::into_boxed_str)),
            }
        }
        names.sort_unstable_by(|a, b| order(a.as_bytes()).cmp(&order(b.as_bytes())));
        names.dedup();
        let position = |name: &str| find(&names, name.as_bytes()).expect("the name was put in above");
        let [text, key, site, url, published, title] = roles.map(|(named, known)| match named {
            Some(name) => Role::Named {
                name: name.as_str().into(),
                whole: position(name),
                nested: name.split_once('.').map(|(first, rest)| (position(first), rest.into())),
            },
            None => Role::Known(as_written(known).map(|name| position(&name)).collect()),
        });
        Self { text, key, site, url, published, title, names }
    }

    /// Gives room for the values of one record.
    pub(super) fn room<'r>(&self) -> Values<'r> {
        vec![None; self.names.len()]
    }

    /// Gives the position of a name that is looked at.
    pub(super) fn position(&self, name: &[u8]) -> Option<usize> {
        find(&self.names, name)
    }

    /// Tells whether `name` may be the name of the text.
    pub(super) fn is_text(&self, name: &str) -> bool {
        match &self.text {
            Role::Named { name: text, .. } => **text == *name,
            Role::Known(_) => as_written(&TEXT).any(|text| text == name),
        }
    }

    /// Tells whether nothing stands under any name of the text.
    pub(super) fn lacks_text(&self, values: &Values<'_>) -> bool {
        matches!(&self.text, Role::Known(known) if known.iter().all(|&at| values[at].is_none()))
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
        location: &Location,
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
            key: key.or_else(|| url.clone()).map_or_else(|| location.to_string(), Cow::into_owned),
            text,
            site: site_of(url.as_deref(), site.as_deref()),
            published: published.map(Cow::into_owned),
            title: title.map(Cow::into_owned),
            location: location.clone(),
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
                for &at in known {
                    match values[at] {
                        None => {}
                        Some(Value::Null) => _ = blank.get_or_insert_default(),
                        Some(value) => match value.string() {
                            Some(text) if text.trim().is_empty() => _ = blank.get_or_insert(text),
                            Some(text) => return Ok(text.into_owned()),
                            None => wrong = wrong.or(Some((&self.names[at], value))),
                        },
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
            Role::Known(known) => Ok(known.iter().filter_map(|&at| values[at]).find_map(spoken)),
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
        let nested = || nested.as_ref().and_then(|(first, rest)| values[*first]?.at(rest));
        values[*whole].or_else(nested).ok_or_else(|| format!("no field \"{name}\": {}", found(&names())))
    }
}

fn first_part(name: &str) -> &str {
    name.split_once('.').map_or(name, |(first, _)| first)
}

fn order(name: &[u8]) -> (usize, &[u8]) {
    (name.len(), name)
}

fn find(names: &[Box<str>], name: &[u8]) -> Option<usize> {
    names.binary_search_by(|probe| order(probe.as_bytes()).cmp(&order(name))).ok()
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
