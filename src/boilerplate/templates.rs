//! Stores templates that are known beforehand, and masks pages by them.
//!
//! Input: texts that sites repeat, as an earlier run over more pages found them, or as people wrote them. Output: the ranges
//! of each page that are runs of a text of its site, of at least [`MaskingRule::SHORTEST`] tokens.
//!
//! These texts are not judged again: the larger collection showed it, or the user says so. So a page
//! that consists of a template has nothing left, as in the larger collection.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::mask::add;
use super::masking_rule::MaskingRule;
use super::masks::{Mask, Masks};
use super::page::Pages;
use super::template_index::TemplateIndex;
use crate::error::{Error, Problem};
use crate::read::{Input, TemplateRow, read_templates};
use crate::site::{outlet_of, site_of};
use crate::text::{Token, Tokens, tokenize};

/// Texts that sites repeat around different stories.
///
/// They are masked on the pages of their sites even if a collection is too small to show that the sites repeat them
/// ([`Settings::templates`](crate::Settings::templates)). A copy costs nothing.
///
/// ```
/// use wirecopy::boilerplate::Templates;
/// use wirecopy::{Input, Settings};
///
/// let line = r#"{"site": "lund.example", "text": "The Lund Courier is printed by the harbor since 1887 and read by twelve thousand people"}"#;
/// let templates = Templates::read(Input::reader("templates.jsonl", line.as_bytes()))?;
/// assert_eq!(templates.len(), 1);
/// let settings = Settings::with(|settings| settings.templates = templates);
/// # Ok::<(), wirecopy::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Templates {
    /// Different templates, in the order in which they were given.
    given: Arc<[Template]>,
    /// For each of them hashes of its outlet and of its words, by which it is known again.
    ids: Arc<[(u64, u128)]>,
    /// The texts by outlet.
    by_outlet: Arc<BTreeMap<String, TemplateIndex>>,
}

/// Templates are equal if they have the same outlets and words.
impl PartialEq for Templates {
    fn eq(&self, other: &Self) -> bool {
        self.ids == other.ids
    }
}

/// A text that a site repeats, as it was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// The site, as it is named there.
    pub site: String,
    /// The text.
    pub text: String,
    /// The name of the file that gave it.
    pub file: String,
}

impl Template {
    /// Returns the outlet of its site.
    pub fn outlet(&self) -> String {
        let site = site_of(None, Some(&self.site));
        outlet_of(site.as_ref().unwrap_or(&self.site)).to_owned()
    }
}

impl Templates {
    /// Reads templates from a file: JSON objects with `site` and `text`, as
    /// [`TemplateRecord`](crate::report::TemplateRecord) is written, one after another or in an array. Of several with the same
    /// outlet and the same words, the first one is kept.
    ///
    /// # Errors
    /// [`Error::Input`] if the file cannot be read or has no templates, and [`Error::Record`] for the first object that is no
    /// template.
    pub fn read(input: Input) -> Result<Self, Error> {
        let mut tokens = Tokens::new();
        let mut given = Vec::new();
        for (location, TemplateRow { site, text }) in read_templates(input)? {
            tokenize(&text, &mut tokens);
            let words = tokens.tokens().len();
            if words < MaskingRule::SHORTEST as usize {
                let problem = Problem::ShortTemplate { words, least: MaskingRule::SHORTEST as usize };
                return Err(Error::record(&location, problem));
            }
            given.push(Template { site, text, file: location.file.to_string() });
        }
        Ok(Self::new(given))
    }

    /// Creates templates from texts. Of several with the same outlet and the same words, the first one is kept.
    pub fn new(texts: impl IntoIterator<Item = Template>) -> Self {
        let (mut given, mut ids, mut known) = (Vec::new(), Vec::new(), BTreeSet::new());
        let mut by_outlet: BTreeMap<String, Vec<Vec<Token>>> = BTreeMap::new();
        let mut tokens = Tokens::new();
        for template in texts {
            tokenize(&template.text, &mut tokens);
            let outlet = template.outlet();
            let id = (xxh3_64(outlet.as_bytes()), tokens.content());
            if known.insert(id) {
                by_outlet.entry(outlet).or_default().push(tokens.tokens().to_vec());
                given.push(template);
                ids.push(id);
            }
        }
        let by_outlet = by_outlet.into_iter().map(|(outlet, texts)| (outlet, index_of(&texts)));
        Self { given: given.into(), ids: ids.into(), by_outlet: Arc::new(by_outlet.collect()) }
    }

    /// Returns these templates and then those of `others` that are not among them.
    pub fn with(&self, others: &Self) -> Self {
        if others.is_empty() || Arc::ptr_eq(&self.given, &others.given) {
            return self.clone();
        }
        if self.is_empty() {
            return others.clone();
        }
        Self::new(self.given.iter().chain(&*others.given).cloned())
    }

    /// Returns for each template whether it is among `others`, with the same outlet and the same words.
    pub fn are_among(&self, others: &Self) -> Vec<bool> {
        let others: BTreeSet<(u64, u128)> = others.ids.iter().copied().collect();
        self.ids.iter().map(|id| others.contains(id)).collect()
    }

    /// Returns the templates, in the order in which they were given.
    pub fn given(&self) -> &[Template] {
        &self.given
    }

    /// Returns the number of different templates.
    pub fn len(&self) -> usize {
        self.given.len()
    }

    /// Returns whether there are no templates.
    pub fn is_empty(&self) -> bool {
        self.given.is_empty()
    }

    /// Returns whether there are templates of an outlet.
    pub fn are_of(&self, outlet: &str) -> bool {
        self.by_outlet.contains_key(outlet)
    }

    /// Masks pages by the templates of their outlets. Returns the masks, each with the number of its page, ascending.
    pub fn mask_pages<'a>(
        &self,
        pages: &dyn Pages,
        outlet_of_page: impl Fn(usize) -> Option<&'a str> + Sync,
    ) -> Masks<u32> {
        if self.is_empty() {
            return Masks::default();
        }
        let start = <(Vec<Token>, Vec<u64>, Masks<u32>)>::default;
        let mask = |(mut tokens, mut hashes, mut masks): (Vec<Token>, Vec<u64>, Masks<u32>), page: usize| {
            if let Some(index) = outlet_of_page(page).and_then(|outlet| self.by_outlet.get(outlet)) {
                let tokens = pages.tokens(page as u32, 0..pages.words(page as u32), &mut tokens);
                let mut mask = Mask::new();
                index.for_each_run(tokens, &mut hashes, |run, _| add(&mut mask, run));
                masks.push(page as u32, &mask);
            }
            (tokens, hashes, masks)
        };
        let stretches = (0..pages.count()).into_par_iter().fold(start, mask);
        Masks::joined(stretches.map(|(_, _, masks)| masks).collect())
    }
}

/// Returns the index of the texts of one outlet.
fn index_of(texts: &[Vec<Token>]) -> TemplateIndex {
    let mut index = TemplateIndex::for_tokens(texts.iter().map(Vec::len).sum());
    let mut hashes = Vec::new();
    texts.iter().for_each(|text| index.add(text, &mut hashes));
    index
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boilerplate::Page;

    const NOTICE: &str = "The Courier is printed by the harbor of Lund, and read by twelve thousand people";

    fn read(lines: &'static str) -> Result<Templates, Error> {
        Templates::read(Input::reader("t.jsonl", lines.as_bytes()))
    }

    /// Returns the masked words of a page of a site.
    fn masked(templates: &Templates, site: Option<&str>, text: &str) -> Vec<String> {
        let mut tokens = Tokens::new();
        tokenize(text, &mut tokens);
        let page = Page { tokens: tokens.tokens(), fingerprints: &[], address: None };
        let masks = templates.mask_pages(&vec![page], |_| site);
        let words = |range: &std::ops::Range<u32>| {
            let [first, last] = [range.start, range.end - 1].map(|at| tokens.spans()[at as usize]);
            text[first.0 as usize..last.1 as usize].to_owned()
        };
        masks.iter().flat_map(|(_, mask)| mask.iter().map(words)).collect()
    }

    #[test]
    fn runs_of_templates_are_masked_on_pages_of_their_site() {
        let templates = read(
            r#"{"site": "lund.example", "text": "The Courier is printed by the harbor of Lund, and read by twelve thousand people"}"#,
        )
        .unwrap();
        let (head, tail) = NOTICE.split_at(NOTICE.find(", and").unwrap());
        let cases: [(&str, Option<&str>, String, &[&str]); 10] = [
            ("all of the page", Some("lund.example"), NOTICE.to_owned(), &[NOTICE]),
            ("inside", Some("lund.example"), format!("Rain fell. {NOTICE}. It stopped."), &[NOTICE]),
            ("twice", Some("lund.example"), format!("{NOTICE}. Rain fell. {NOTICE}."), &[NOTICE, NOTICE]),
            (
                "in another case",
                Some("lund.example"),
                format!("Rain: {}", NOTICE.to_uppercase()),
                &["THE COURIER IS PRINTED BY THE HARBOR OF LUND, AND READ BY TWELVE THOUSAND PEOPLE"],
            ),
            (
                "cut off",
                Some("lund.example"),
                NOTICE.replace("twelve thousand people", "many"),
                &["The Courier is printed by the harbor of Lund, and read by"],
            ),
            ("cut off early", Some("lund.example"), head.to_owned(), &[]),
            ("with a word inside", Some("lund.example"), format!("{head} town {tail}"), &[]),
            ("another site", Some("olle.example"), NOTICE.to_owned(), &[]),
            ("an unknown site", None, NOTICE.to_owned(), &[]),
            ("nothing", Some("lund.example"), String::new(), &[]),
        ];
        for (name, site, page, expected) in cases {
            assert_eq!(masked(&templates, site, &page), expected, "{name}");
        }
        assert!(masked(&Templates::default(), Some("lund.example"), NOTICE).is_empty());
    }

    #[test]
    fn sites_are_named_as_people_name_them() {
        let outlets = |line| read(line).unwrap().by_outlet.keys().cloned().collect::<Vec<_>>();
        let text = r#""text": "a b c d e f g h i j k l"}"#;
        for (site, outlet) in [
            ("lund.example", "lund.example"),
            ("WWW.Lund.example", "lund.example"),
            ("https://m.lund.example.org/a", "lund.example.org"),
            ("amp.lund.co.uk", "lund.co.uk"),
            (" The Lund Courier ", "The Lund Courier"),
        ] {
            let line = format!(r#"{{"site": "{site}", {text}"#);
            assert_eq!(outlets(Box::leak(line.into_boxed_str())), [outlet], "{site}");
        }
    }

    #[test]
    fn the_same_words_of_an_outlet_are_one_template() {
        let line = |site: &str, text: &str| format!("{{\"site\": \"{site}\", \"text\": \"{text}\"}}\n");
        let read = |lines: &[String]| read(Box::leak(lines.concat().into_boxed_str())).unwrap();
        let other = NOTICE.replace("twelve", "thirteen");
        let one = read(&[line("lund.example", NOTICE), line("www.lund.example", &NOTICE.to_uppercase())]);
        assert_eq!(
            (one.len(), one.given()[0].site.as_str(), one.given()[0].file.as_str()),
            (1, "lund.example", "t.jsonl")
        );
        let two = read(&[
            line("lund.example", &other),
            line("olle.example", NOTICE),
            line("m.lund.example", NOTICE),
        ]);
        assert_eq!(two.are_among(&one), [false, false, true]);
        let both = one.with(&two);
        let sites: Vec<&str> = both.given().iter().map(|template| template.site.as_str()).collect();
        assert_eq!(sites, ["lund.example", "lund.example", "olle.example"]);
        assert_eq!(both.with(&one), both);
        assert_eq!(Templates::default().with(&one), one);
        assert_eq!(one.with(&Templates::default()), one);
        // Which template is first does not matter for what is masked.
        for (site, text) in [("lund.example", NOTICE), ("lund.example", &other), ("olle.example", NOTICE)] {
            let text = format!("Rain fell. {text}. It stopped.");
            let found = masked(&both, Some(site), &text);
            assert_eq!((found.len(), &found), (1, &masked(&two.with(&one), Some(site), &text)));
        }
    }

    #[test]
    fn short_templates_are_refused() {
        let error = read("{\"site\": \"a\", \"text\": \"Follow us!\"}").unwrap_err().to_string();
        let expected = "t.jsonl:1: the text has 2 words, expected at least 12; remove the record: shorter text is never masked";
        assert_eq!(error, expected);
    }
}
