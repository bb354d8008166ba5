//! Decides which fields of a record are the text, the key and the other parts of an article.

use std::borrow::Cow;

use super::placeholder::is_blank;
use super::site_names::{SeenSiteNames, SiteNames};
use super::text_repair::{faults_of, repaired};
use super::usual_names::{self, as_written};
use super::value::Value;
use crate::article::{Article, Location};
use crate::error::{ExpectedValue, FieldForm, FieldHint, FieldRole, FoundNames, Problem};
use crate::read::field_names::FieldNames;
use crate::read::suspect_texts::{SuspectTextCounter, SuspectTexts};
use crate::site::site_of;

/// The names that are looked up in each record, and the part of an article that each holds.
#[derive(Debug)]
pub(in crate::read) struct FieldPlan {
    /// The names, shorter ones first, so that a look-up compares lengths before letters.
    names: Vec<Box<str>>,
    text: Lookup,
    key: Lookup,
    site: Lookup,
    url: Lookup,
    /// The paths at which the URL is looked up if it is at none of the usual names: the index of the first part of
    /// each, and the rest.
    nested_urls: Vec<(usize, &'static str)>,
    published: Lookup,
    title: Lookup,
    site_names: SiteNames,
    /// The texts that are probably stored wrongly; `None` if they are repaired.
    suspects: Option<SuspectTextCounter>,
}

/// The values of a record under the names of a [`FieldPlan`], in the order of these names.
pub(in crate::read) type Values<'r> = Vec<Option<Value<'r>>>;

/// The lookup of one part of an article in a record.
#[derive(Debug)]
struct Lookup {
    role: FieldRole,
    names: LookupNames,
}

/// The names under which one part of an article is looked up. Numbers are indexes into [`FieldPlan::names`].
#[derive(Debug)]
enum LookupNames {
    /// The name that the caller gave.
    Given(GivenName),
    /// The names that scrapers use.
    Usual(Vec<usize>),
}

/// A name that the caller gave: the name of a field, or a path into the object that the first part of the path names.
#[derive(Debug)]
struct GivenName {
    name: Box<str>,
    whole: usize,
    /// The first part of the path, and the rest.
    path: Option<(usize, Box<str>)>,
}

impl FieldPlan {
    /// Creates the plan for the names that the caller gave, and for the usual names of all other fields.
    pub(in crate::read) fn new(fields: &FieldNames) -> Self {
        let roles: [(FieldRole, &Option<String>, &[&str]); 6] = [
            (FieldRole::Text, &fields.text, &usual_names::TEXT),
            (FieldRole::Key, &fields.key, &usual_names::KEY),
            (FieldRole::Site, &fields.site, &usual_names::SITE),
            (FieldRole::Url, &fields.url, &usual_names::URL),
            (FieldRole::Published, &fields.published, &usual_names::PUBLISHED),
            (FieldRole::Title, &fields.title, &usual_names::TITLE),
        ];
        let mut names: Vec<Box<str>> = Vec::new();
        for (_, given, usual) in roles {
            match given {
                Some(name) => names.extend([name.as_str(), first_part(name)].map(Box::from)),
                None => names.extend(as_written(usual).map(String::into_boxed_str)),
            }
        }
        let nested_urls = if fields.url.is_none() { &usual_names::NESTED_URL[..] } else { &[] };
        names.extend(nested_urls.iter().map(|(first, _)| Box::from(*first)));
        names.sort_unstable_by(|a, b| order(a.as_bytes()).cmp(&order(b.as_bytes())));
        names.dedup();
        let index = |name: &str| find(&names, name.as_bytes()).expect("the name was added above");
        let [text, key, site, url, published, title] = roles.map(|(role, given, usual)| Lookup {
            role,
            names: match given {
                Some(name) => LookupNames::Given(GivenName {
                    name: name.as_str().into(),
                    whole: index(name),
                    path: name.split_once('.').map(|(first, rest)| (index(first), rest.into())),
                }),
                None => LookupNames::Usual(as_written(usual).map(|name| index(&name)).collect()),
            },
        });
        let nested_urls = nested_urls.iter().map(|&(first, rest)| (index(first), rest)).collect();
        let site_names = SiteNames::default();
        let suspects = Some(SuspectTextCounter::default());
        Self { text, key, site, url, nested_urls, published, title, names, site_names, suspects }
    }

    /// Returns the plan with which texts and titles are repaired that are stored wrongly.
    pub(in crate::read) fn with_repair(self) -> Self {
        Self { suspects: None, ..self }
    }

    /// Returns the numbers of texts that are probably stored wrongly.
    pub(in crate::read) fn suspect_texts(&self) -> SuspectTexts {
        self.suspects.as_ref().map(SuspectTextCounter::counts).unwrap_or_default()
    }

    /// Returns an empty list for the values of one record.
    pub(in crate::read) fn empty_values<'r>(&self) -> Values<'r> {
        vec![None; self.names.len()]
    }

    /// Returns the index of a name, if it is one that is looked up.
    pub(in crate::read) fn index(&self, name: &[u8]) -> Option<usize> {
        find(&self.names, name)
    }

    /// Returns the paths into other objects that are looked up.
    #[cfg(feature = "parquet")]
    pub(in crate::read) fn paths(&self) -> impl Iterator<Item = Cow<'_, str>> {
        let lookups = [&self.text, &self.key, &self.site, &self.url, &self.published, &self.title];
        let given = lookups.into_iter().filter_map(|lookup| match &lookup.names {
            LookupNames::Given(GivenName { name, path: Some(_), .. }) => Some(Cow::Borrowed(&**name)),
            _ => None,
        });
        let nested = self.nested_urls.iter();
        given.chain(nested.map(|&(first, rest)| Cow::Owned(format!("{}.{rest}", self.names[first]))))
    }

    /// Returns whether the text may have the name `name`.
    pub(in crate::read) fn may_be_text(&self, name: &str) -> bool {
        match &self.text.names {
            LookupNames::Given(given) => *given.name == *name,
            LookupNames::Usual(_) => as_written(&usual_names::TEXT).any(|text| text == name),
        }
    }

    /// Checks that a table with `columns` has all columns that are needed.
    ///
    /// # Errors
    /// A [`Problem::MissingField`] for the first column that is missing.
    pub(in crate::read) fn check_columns(&self, columns: &[String]) -> Result<(), Problem> {
        let missing = |role: FieldRole, name: Option<&str>| Problem::MissingField {
            role,
            name: name.map(str::to_owned),
            form: FieldForm::Column,
            found: FoundNames::new(columns.to_vec()),
            hint: match name {
                None => usual_names::likely_text(columns).map(|column| FieldHint::Field(column.into())),
                Some(_) => None,
            },
        };
        if matches!(self.text.names, LookupNames::Usual(_))
            && !columns.iter().any(|column| self.may_be_text(column))
        {
            return Err(missing(FieldRole::Text, None));
        }
        for lookup in [&self.text, &self.key, &self.site, &self.url, &self.published, &self.title] {
            if let LookupNames::Given(GivenName { name, .. }) = &lookup.names
                && !columns.iter().any(|column| **column == **name)
            {
                return Err(missing(lookup.role, Some(name)));
            }
        }
        Ok(())
    }

    /// Creates the article of a record. `found` returns the names of the record, for a message.
    ///
    /// # Errors
    /// The field that is missing, or that holds a value of the wrong kind.
    pub(in crate::read) fn article<'r>(
        &self,
        values: &Values<'r>,
        location: &Location,
        found: &dyn Fn() -> Vec<String>,
    ) -> Result<Article<'r>, Problem> {
        let mut text = self.text(values, found)?;
        let site = optional(&self.site, values, found)?;
        let url = optional(&self.url, values, found)?.or_else(|| self.nested_url(values));
        // Some scrapers store the address of the page where others store the publication.
        let url = url.or_else(|| site.clone().filter(|site| site.contains("://")));
        let key = optional(&self.key, values, found)?;
        let published = optional(&self.published, values, found)?;
        let mut title = optional(&self.title, values, found)?;
        match &self.suspects {
            None => {
                text = repaired(text);
                title = title.map(repaired);
            }
            Some(suspects) => {
                let (faults, example) = faults_of(&text);
                if example.is_some() {
                    suspects.add(faults, example, location);
                }
            }
        }
        Ok(Article {
            key: key.or_else(|| url.clone()).map_or_else(|| location.to_string(), Cow::into_owned),
            text,
            site: self.site_of(url.as_deref(), site.as_deref()),
            url: url.map(Cow::into_owned),
            published: published.map(Cow::into_owned),
            title: title.map(Cow::into_owned),
            other_text: String::new(),
            location: location.clone(),
            row: None,
        })
    }

    /// Returns the site of an article with this URL and this content of the site field.
    fn site_of(&self, url: Option<&str>, field: Option<&str>) -> Option<String> {
        let by_url = site_of(url, None);
        if let (Some(host), Some(name)) = (&by_url, field) {
            self.site_names.add(name, host);
        }
        by_url.or_else(|| site_of(None, field))
    }

    /// Returns the content of the site field, if it is that of all records that were parsed, though their addresses are
    /// on several domains.
    pub(in crate::read) fn collection(&self) -> Option<&str> {
        self.site_names.collection()
    }

    /// Returns what the records that were parsed show of the site field.
    pub(in crate::read) fn seen_site_names(&self) -> SeenSiteNames {
        self.site_names.seen()
    }

    /// Returns the URL that is in another object of the record.
    fn nested_url<'r>(&self, values: &Values<'r>) -> Option<Cow<'r, str>> {
        self.nested_urls.iter().find_map(|&(first, rest)| filled(values[first]?.at(rest)?))
    }

    /// Returns the text of an article: that of the given field, or the first that is filled under a usual name.
    fn text<'r>(
        &self,
        values: &Values<'r>,
        found: &dyn Fn() -> Vec<String>,
    ) -> Result<Cow<'r, str>, Problem> {
        let mut wrong = None;
        match &self.text.names {
            LookupNames::Given(given) => match given.value(self.text.role, values, found)? {
                Value::Null => return Ok(Cow::default()),
                value => match value.text() {
                    Some(text) => return Ok(without_placeholder(text)),
                    None => wrong = Some((&given.name, value)),
                },
            },
            LookupNames::Usual(usual) => {
                // In a file that was merged from several sources, one name may be empty and another one filled.
                let mut blank = None;
                for &index in usual {
                    match values[index] {
                        None => {}
                        Some(Value::Null) => _ = blank.get_or_insert_default(),
                        Some(value) => match value.text() {
                            Some(text) if is_blank(&text) => _ = blank.get_or_insert(text),
                            Some(text) => return Ok(text),
                            None => wrong = wrong.or(Some((&self.names[index], value))),
                        },
                    }
                }
                if let Some(blank) = blank {
                    return Ok(without_placeholder(blank));
                }
            }
        }
        Err(match wrong {
            Some((name, value)) => wrong_value(name, value, ExpectedValue::String),
            None => missing_member(self.text.role, None, found),
        })
    }
}

/// Returns a text, or an empty one in place of a placeholder.
fn without_placeholder(text: Cow<'_, str>) -> Cow<'_, str> {
    // What is blank stays as it is.
    if is_blank(&text) && !text.trim().is_empty() { Cow::default() } else { text }
}

/// Returns a string or a number as text. `None` for any other value, and for one without content.
fn filled(value: Value<'_>) -> Option<Cow<'_, str>> {
    value.string_or_number().filter(|text| !is_blank(text))
}

/// Returns a string or a number as text. A blank one counts as none, and so does any other value under a usual
/// name.
fn optional<'r>(
    lookup: &Lookup,
    values: &Values<'r>,
    found: &dyn Fn() -> Vec<String>,
) -> Result<Option<Cow<'r, str>>, Problem> {
    match &lookup.names {
        LookupNames::Usual(usual) => Ok(usual.iter().filter_map(|&index| values[index]).find_map(filled)),
        LookupNames::Given(given) => match given.value(lookup.role, values, found)? {
            value @ (Value::Bool | Value::Bytes | Value::Array(_) | Value::Object(_)) => {
                Err(wrong_value(&given.name, value, ExpectedValue::StringOrNumber))
            }
            value => Ok(filled(value)),
        },
    }
}

impl GivenName {
    /// Returns the value under this name.
    ///
    /// # Errors
    /// A [`Problem::MissingField`] if there is none.
    fn value<'r>(
        &self,
        role: FieldRole,
        values: &Values<'r>,
        found: &dyn Fn() -> Vec<String>,
    ) -> Result<Value<'r>, Problem> {
        let nested = || self.path.as_ref().and_then(|(first, rest)| values[*first]?.at(rest));
        values[self.whole].or_else(nested).ok_or_else(|| missing_member(role, Some(&self.name), found))
    }
}

fn missing_member(role: FieldRole, name: Option<&str>, found: &dyn Fn() -> Vec<String>) -> Problem {
    Problem::MissingField {
        role,
        name: name.map(str::to_owned),
        form: FieldForm::Member,
        found: FoundNames::new(found()),
        hint: None,
    }
}

fn wrong_value(field: &str, value: Value<'_>, expected: ExpectedValue) -> Problem {
    Problem::WrongValue { field: field.to_owned(), found: value.kind(), expected }
}

/// Returns the part of a path before its first dot.
fn first_part(path: &str) -> &str {
    path.split_once('.').map_or(path, |(first, _)| first)
}

/// Returns the sort key of a name.
fn order(name: &[u8]) -> (usize, &[u8]) {
    (name.len(), name)
}

fn find(names: &[Box<str>], name: &[u8]) -> Option<usize> {
    names.binary_search_by(|probe| order(probe.as_bytes()).cmp(&order(name))).ok()
}
