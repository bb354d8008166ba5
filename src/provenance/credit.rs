//! A text or a site in, the agency that it is credited to, or belongs to, out.
//!
//! Newsrooms credit an agency in few places: in the dateline (`PARIS (AFP) -`), as a byline, in a line at the end
//! (`© 2031 AFP`, `Copyright 2031 The Associated Press`). Only these places count: a text that quotes an agency is not
//! thereby the agency's. A credit is evidence, not proof; most copies have none.

use std::sync::LazyLock;

use memchr::memmem::Finder;
use memchr::{memchr2, memchr3};

use super::lines::{first_lines, last_lines};

/// An agency: the name in records, and the marks by which it is credited.
struct Agency {
    name: &'static str,
    /// As they stand in parentheses in a dateline or at the end, case included.
    marks: &'static [&'static str],
    /// As they stand alone in a line, or behind a copyright sign.
    names: &'static [&'static str],
    /// As they stand in its datelines otherwise.
    datelines: &'static [&'static str],
    /// The domains of its own site.
    domains: &'static [&'static str],
}

const fn agency(
    name: &'static str,
    marks: &'static [&'static str],
    names: &'static [&'static str],
    datelines: &'static [&'static str],
    domains: &'static [&'static str],
) -> Agency {
    Agency { name, marks, names, datelines, domains }
}

const AGENCIES: [Agency; 24] = [
    agency("AFP", &["AFP"], &["AFP", "Agence France-Presse", "Agence France Presse"], &[], &["afp.com"]),
    agency(
        "AP",
        &["AP"],
        &["AP", "Associated Press", "The Associated Press"],
        &[],
        &["apnews.com", "ap.org"],
    ),
    agency("Reuters", &["Reuters", "REUTERS"], &["Reuters", "Thomson Reuters"], &[], &["reuters.com"]),
    agency("UPI", &["UPI"], &["UPI", "United Press International"], &[], &["upi.com"]),
    agency(
        "dpa",
        &["dpa", "DPA"],
        &["dpa", "Deutsche Presse-Agentur"],
        &[],
        &["dpa.com", "dpa-international.com"],
    ),
    agency("APA", &["APA"], &["Austria Presse Agentur"], &[], &["apa.at"]),
    agency("EFE", &["EFE"], &["EFE", "Agencia EFE"], &[], &["efe.com"]),
    agency("Europa Press", &["EUROPA PRESS", "Europa Press"], &["Europa Press"], &[], &["europapress.es"]),
    agency("ANSA", &["ANSA"], &["ANSA"], &[], &["ansa.it"]),
    agency("Lusa", &["Lusa", "LUSA"], &["Lusa", "Agência Lusa"], &[], &["lusa.pt"]),
    agency("Belga", &["Belga", "BELGA"], &["Belga"], &[], &["belga.be", "belganewsagency.eu"]),
    agency("ANP", &["ANP"], &["ANP"], &[], &["anp.nl"]),
    agency("PA", &["PA"], &["Press Association", "PA Media"], &[], &["pa.media"]),
    agency(
        "CP",
        &["CP"],
        &["The Canadian Press", "Canadian Press"],
        &["THE CANADIAN PRESS"],
        &["thecanadianpress.com"],
    ),
    agency("AAP", &["AAP"], &["Australian Associated Press"], &[], &["aap.com.au"]),
    agency(
        "Xinhua",
        &["Xinhua"],
        &["Xinhua", "新华社", "新華社"],
        &["新华社", "新華社"],
        &["xinhuanet.com", "news.cn"],
    ),
    agency(
        "TASS",
        &["TASS", "ТАСС"],
        &["TASS", "ТАСС"],
        &["/TASS/", "/ТАСС/", "ТАСС."],
        &["tass.ru", "tass.com"],
    ),
    agency("RIA Novosti", &["РИА Новости"], &["РИА Новости"], &["РИА Новости."], &["ria.ru"]),
    agency(
        "Interfax",
        &["Interfax", "Интерфакс"],
        &["Interfax", "Интерфакс"],
        &["ИНТЕРФАКС", "INTERFAX"],
        &["interfax.ru", "interfax.com"],
    ),
    agency("PTI", &["PTI"], &["PTI", "Press Trust of India"], &[], &["ptinews.com"]),
    agency("IANS", &["IANS"], &["IANS"], &[], &["ians.in"]),
    agency("ANI", &["ANI"], &["ANI"], &["[ANI]"], &["aninews.in"]),
    agency(
        "Kyodo",
        &["Kyodo", "共同"],
        &["Kyodo", "Kyodo News", "共同通信"],
        &["【共同】"],
        &["kyodonews.net", "kyodonews.jp"],
    ),
    agency("Yonhap", &["Yonhap", "연합뉴스"], &["Yonhap", "연합뉴스"], &["=연합뉴스)"], &["yna.co.kr"]),
];

const BYTES_OF_FORMS: [u8; 3] = [b'/', b'[', b'X'];
const WORD_OF_FORM: &str = "CANADIAN";

/// The bytes of the longest name.
const LONGEST_NAME: usize = 27;

/// What a copyright line holds.
const SIGNS: [&str; 4] = ["©", "(c)", "(C)", "Copyright"];
static SIGN_FINDERS: LazyLock<[Finder<'static>; 4]> = LazyLock::new(|| SIGNS.map(Finder::new));

/// Lines at the beginning in which a dateline or a byline may stand: headline, standfirst, byline, lead.
const HEAD: usize = 5;
/// Lines at the end in which a credit may stand.
const TAIL: usize = 4;
/// Characters at the beginning of a line in which a dateline may stand.
const DATELINE: usize = 80;
/// The longest line that is a credit and nothing else.
const CREDIT_LINE: usize = 120;

/// Finds the agency that a text is credited to; nothing where none is, or more than one.
///
/// ```
/// use wirecopy::provenance::credit;
/// assert_eq!(credit("PARIS (AFP) - The river rose again on Monday."), Some("AFP"));
/// assert_eq!(credit("The river rose again on Monday, the mayor told AFP."), None);
/// ```
pub fn credit(text: &str) -> Option<&'static str> {
    let head = first_lines(text).take(HEAD).filter_map(|line| dateline(line).or_else(|| byline(line)));
    let tail = last_lines(text).take(TAIL);
    let mut found = head.chain(tail.filter_map(|line| credit_line(line).or_else(|| byline(line))));
    let first = found.next()?;
    found.all(|other| other == first).then_some(first)
}

/// Names the agency whose own site this is: by its domain, or by a name of the agency.
///
/// ```
/// use wirecopy::provenance::agency_of_site;
/// assert_eq!(agency_of_site("in.reuters.com"), Some("Reuters"));
/// assert_eq!(agency_of_site("notreuters.com"), None);
/// ```
pub fn agency_of_site(site: &str) -> Option<&'static str> {
    let is_domain =
        |domain: &str| site.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    find(|agency| agency.domains.iter().any(|domain| is_domain(domain)) || agency.names.contains(&site))
}

fn find(is_it: impl Fn(&Agency) -> bool) -> Option<&'static str> {
    AGENCIES.iter().find(|agency| is_it(agency)).map(|agency| agency.name)
}

/// `PARIS, Nov 5 (AFP) —`: a mark in parentheses near the beginning of a paragraph, and a dash or colon behind it; or
/// a form of its own there.
fn dateline(paragraph: &str) -> Option<&'static str> {
    let opening = opening(paragraph);
    let leads = |behind: &str| behind.trim_start().starts_with(['-', '–', '—', ':', '―']);
    parenthesized(opening)
        .filter(|(_, behind)| leads(behind))
        .find_map(|(inside, _)| find(|agency| agency.marks.contains(&inside)))
        .or_else(|| {
            let form = |form: &&str| opening.contains(form);
            may_hold_form(opening).then(|| find(|agency| agency.datelines.iter().any(form))).flatten()
        })
}

/// Gives the characters of a line in which a dateline may stand.
fn opening(line: &str) -> &str {
    if line.as_bytes().get(..DATELINE).is_some_and(<[u8]>::is_ascii) {
        return &line[..DATELINE];
    }
    line.char_indices().nth(DATELINE).map_or(line, |(end, _)| &line[..end])
}

/// Tells whether one of the forms of datelines may stand in a text: each holds one of these bytes or words, or none of
/// ASCII.
fn may_hold_form(opening: &str) -> bool {
    static WORD: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(WORD_OF_FORM));
    let bytes = opening.as_bytes();
    !bytes.is_ascii()
        || memchr3(BYTES_OF_FORMS[0], BYTES_OF_FORMS[1], BYTES_OF_FORMS[2], bytes).is_some()
        || WORD.find(bytes).is_some()
}

/// `By The Associated Press`, `Reuters`: a line with nothing but the name.
fn byline(line: &str) -> Option<&'static str> {
    let name = line.trim_end_matches(['.', ':']);
    let name = ["By ", "Von ", "Par ", "Por ", "Source: ", "Quelle: ", "来源：", "来源:"]
        .iter()
        .find_map(|word| name.strip_prefix(word))
        .unwrap_or(name);
    if name.len() > LONGEST_NAME {
        return None;
    }
    find(|agency| agency.names.contains(&name))
}

/// `© 2031 AFP`, `Copyright 2031 The Associated Press. All rights reserved.`, or `(dpa)` at the end of a short line.
fn credit_line(line: &str) -> Option<&'static str> {
    let behind = |sign: &Finder<'_>| Some(&line[sign.find(line.as_bytes())? + sign.needle().len()..]);
    let owners = SIGN_FINDERS.iter().filter_map(behind);
    let is_short = || line.char_indices().nth(CREDIT_LINE).is_none();
    let alone = || {
        if !line.ends_with([')', '）']) || !is_short() {
            return None;
        }
        parenthesized(line)
            .filter(|(_, behind)| behind.is_empty())
            .find_map(|(inside, _)| find(|agency| agency.marks.contains(&inside)))
    };
    owners.filter_map(|owner| find(|agency| agency.owns(owner))).next().or_else(alone)
}

impl Agency {
    /// Tells whether what stands behind a copyright sign names the agency, and no one whose name begins alike.
    fn owns(&self, owner: &str) -> bool {
        let owner = owner.trim_start_matches(|letter: char| !letter.is_alphabetic());
        self.names.iter().any(|name| {
            owner.strip_prefix(name).is_some_and(|rest| {
                let rest = rest.trim_start();
                !rest.starts_with(char::is_alphanumeric) || rest.starts_with("All rights")
            })
        })
    }
}

/// Finds what stands in round parentheses, those of Chinese and Japanese too, with what stands behind each.
fn parenthesized(text: &str) -> impl Iterator<Item = (&str, &str)> {
    // The first bytes of the two opening ones.
    let may_hold = memchr2(b'(', 0xEF, text.as_bytes()).is_some();
    let text = if may_hold { text } else { "" };
    text.match_indices(['(', '（']).filter_map(|(at, opening)| {
        let rest = &text[at + opening.len()..];
        let end = rest.find([')', '）'])?;
        let behind = rest[end..].trim_start_matches([')', '）']);
        Some((&rest[..end], behind))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_passed_over() {
        for form in AGENCIES.iter().flat_map(|agency| agency.datelines) {
            assert!(may_hold_form(form), "{form}");
        }
        let longest = AGENCIES.iter().flat_map(|agency| agency.names).map(|name| name.len()).max();
        assert_eq!(longest, Some(LONGEST_NAME));
        assert_eq!('（'.encode_utf8(&mut [0; 4]).as_bytes()[0], 0xEF);
    }

    #[test]
    fn finds_credits() {
        let cases = [
            ("dateline", "River rises\n\nPARIS (AFP) - The river rose.", Some("AFP")),
            ("dateline with a date", "BEIJING, Jan 5 (Xinhua) -- The river rose.", Some("Xinhua")),
            ("German dateline", "Berlin (dpa) - Der Fluss stieg.", Some("dpa")),
            ("Chinese dateline", "新华社北京1月5日电 河水上涨。", Some("Xinhua")),
            ("Russian dateline", "МОСКВА, 5 января. /ТАСС/. Река поднялась.", Some("TASS")),
            ("Korean dateline", "(서울=연합뉴스) 강물이 불어났다.", Some("Yonhap")),
            ("byline", "River rises\nBy The Associated Press\nThe river rose.", Some("AP")),
            ("copyright line", "The river rose.\n\n© 2031 AFP", Some("AFP")),
            (
                "copyright in words",
                "The river rose.\nCopyright 2031 The Associated Press. All rights reserved.",
                Some("AP"),
            ),
            ("credit alone", "El río creció.\n(EFE)", Some("EFE")),
            ("quoted", "The river rose, the mayor told Reuters.", None),
            ("quoted in parentheses", "The Party of Action (AP) rose in the polls.", None),
            ("an acronym of something else", "The river rose.\n© 2031 AP Motors", None),
            ("two agencies", "PARIS (AFP) - The river rose.\n© 2031 Reuters", None),
            ("none", "The river rose.", None),
            ("empty", "", None),
        ];
        for (name, text, expected) in cases {
            assert_eq!(credit(text), expected, "{name}");
        }
    }
}
