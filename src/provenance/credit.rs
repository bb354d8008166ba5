//! A text or a site in, the agency that it is credited to, or belongs to, out.
//!
//! Newsrooms credit an agency in few places: in the dateline (`PARIS (AFP) -`), as a byline, in a line at the end
//! (`© 2031 AFP`, `Copyright 2031 The Associated Press`), behind the last sentence (`… on Monday. — AFP`). Only these
//! places count: a text that quotes an agency is not thereby the agency's. A credit is evidence, not proof; most copies
//! have none.

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

const AGENCIES: [Agency; 34] = [
    agency("AFP", &["AFP"], &["AFP", "Agence France-Presse", "Agence France Presse"], &[], &["afp.com"]),
    agency(
        "AP",
        &["AP"],
        &["AP", "Associated Press", "The Associated Press"],
        &[],
        &["apnews.com", "ap.org"],
    ),
    agency(
        "Reuters",
        &["Reuters", "REUTERS"],
        &["Reuters", "Thomson Reuters", "رويترز", "Рейтер"],
        &[],
        &["reuters.com"],
    ),
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
    agency("Jiji", &["時事"], &["時事通信"], &["【時事】"], &["jiji.com"]),
    agency("Bloomberg", &["Bloomberg"], &["Bloomberg", "Bloomberg News"], &[], &["bloomberg.com"]),
    agency("Anadolu", &["AA"], &["Anadolu Agency", "Anadolu Ajansı"], &[], &["aa.com.tr"]),
    agency("Antara", &["ANTARA"], &["ANTARA"], &[], &["antaranews.com"]),
    agency("PAP", &["PAP"], &["PAP"], &[], &["pap.pl"]),
    agency("ČTK", &["ČTK", "CTK"], &["ČTK"], &[], &["ctk.cz", "ceskenoviny.cz"]),
    agency("MTI", &["MTI"], &["MTI"], &[], &["mti.hu"]),
    agency("NTB", &["NTB", "©NTB"], &["NTB"], &[], &["ntb.no"]),
    agency("Ritzau", &["Ritzau"], &["Ritzau", "/ritzau/"], &[], &["ritzau.dk", "ritzau.com"]),
    agency("SPA", &["واس"], &["واس"], &[], &["spa.gov.sa"]),
    agency("Yonhap", &["Yonhap", "연합뉴스"], &["Yonhap", "연합뉴스"], &["=연합뉴스)"], &["yna.co.kr"]),
];

const BYTES_OF_FORMS: [u8; 3] = [b'/', b'[', b'X'];
const WORD_OF_FORM: &str = "CANADIAN";

/// The bytes of the longest name.
const LONGEST_NAME: usize = 27;

/// What a copyright line holds.
const SIGNS: [&str; 4] = ["©", "(c)", "(C)", "Copyright"];
static SIGN_FINDERS: LazyLock<[Finder<'static>; 4]> = LazyLock::new(|| SIGNS.map(Finder::new));

/// What stands before the name where a line says who wrote the text.
const BYLINES: [&str; 5] = ["By ", "Von ", "Par ", "Por ", "Av "];
/// What stands before the name where a line says where the text comes from.
const SOURCES: [&str; 15] = [
    "Source:",
    "Sources:",
    "Quelle:",
    "Fuente:",
    "Fonte:",
    "Bron:",
    "Kilde:",
    "Källa:",
    "Lähde:",
    "Kaynak:",
    "Źródło:",
    "Источник:",
    "المصدر:",
    "来源：",
    "来源:",
];
/// The longest name of an author with that of an agency, in bytes.
const LONGEST_BYLINE: usize = 60;

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
    let at_end = |line| credit_line(line).or_else(|| byline(line)).or_else(|| signature(line));
    let mut found = head.chain(last_lines(text).take(TAIL).filter_map(at_end));
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

/// `PARIS, Nov 5 (AFP) —`: a mark in parentheses near the beginning of a paragraph, and a dash or colon behind it, or a
/// place and a day before it; or a form of its own there.
fn dateline(paragraph: &str) -> Option<&'static str> {
    let opening = opening(paragraph);
    let leads = |behind: &str| {
        behind.strip_prefix('.').unwrap_or(behind).trim_start().starts_with(['-', '–', '—', ':', '―'])
    };
    parenthesized(opening)
        .filter(|(before, _, behind)| leads(behind) || is_place_and_day(before))
        .find_map(|(_, inside, _)| find(|agency| agency.marks.contains(&inside)))
        .or_else(|| {
            let form = |form: &&str| opening.contains(form);
            may_hold_form(opening).then(|| find(|agency| agency.datelines.iter().any(form))).flatten()
        })
}

/// `New Delhi, Jan 5`, `Madrid, 15 nov`: not more than that, and a day of a month among the last two words.
fn is_place_and_day(text: &str) -> bool {
    let is_day = |word: &str| word.parse().is_ok_and(|day: u8| (1..=31).contains(&day));
    let Some((place, day)) = text.rsplit_once(',') else { return false };
    let mut words = day.split_whitespace();
    let is_short = place.split_whitespace().count() <= 4 && day.split_whitespace().count() == 2;
    is_short && words.any(|word| is_day(word.trim_end_matches('.')))
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

/// `By The Associated Press`, `By Anna Holm, Associated Press`, `Source: Reuters/ah`, `Reuters`: a line with nothing
/// but the name, who wrote it for the agency, or who put it on the page.
fn byline(line: &str) -> Option<&'static str> {
    let name = line.trim_end_matches(['.', ':']);
    let name = match SOURCES.iter().find_map(|word| name.strip_prefix(word)) {
        Some(name) => name.trim_start().split('/').next().unwrap_or_default(),
        None => {
            let by = BYLINES.iter().find_map(|word| name.strip_prefix(word));
            let is_short = by.is_some_and(|by| by.len() <= LONGEST_BYLINE);
            let behind_author = by.filter(|_| is_short).and_then(|by| by.rsplit_once(", "));
            behind_author.map_or(by.unwrap_or(name), |(_, name)| name)
        }
    };
    named(name)
}

/// Finds the agency of a name.
fn named(name: &str) -> Option<&'static str> {
    if name.len() > LONGEST_NAME {
        return None;
    }
    find(|agency| agency.names.contains(&name))
}

/// `… on Monday. — AFP`, `… on Monday. (AFP)`: what newsrooms put behind the last sentence; and `This report by The
/// Canadian Press was first published …`.
fn signature(line: &str) -> Option<&'static str> {
    /// More than the longest name and a dash, in bytes.
    const REACH: usize = LONGEST_NAME + 8;
    const PUBLISHED: &str = " was first published";
    if let Some(report) = line.strip_prefix("This report by ") {
        return report.split_once(PUBLISHED).and_then(|(name, _)| named(name));
    }
    let mut begin = line.len().saturating_sub(REACH);
    while !line.is_char_boundary(begin) {
        begin += 1;
    }
    let end = &line[begin..];
    if let Some(end) = end.strip_suffix([')', '）']) {
        let (before, inside) = end.rsplit_once(['(', '（'])?;
        let is_over = before.trim_end().ends_with(['.', '!', '?', '"', '”', '»', '。', '’']);
        return is_over.then(|| find(|agency| agency.marks.contains(&inside))).flatten();
    }
    let (before, name) = end.trim_end_matches('.').rsplit_once(['-', '–', '—', '―'])?;
    let is_apart = before.is_empty() || before.ends_with([' ', '\u{a0}', '-', '.']);
    is_apart.then(|| named(name.trim())).flatten()
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
            .filter(|(_, _, behind)| behind.is_empty())
            .find_map(|(_, inside, _)| find(|agency| agency.marks.contains(&inside)))
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

/// Finds what stands in round parentheses, those of Chinese and Japanese too, with what stands before and behind each.
fn parenthesized(text: &str) -> impl Iterator<Item = (&str, &str, &str)> {
    // The first bytes of the two opening ones.
    let may_hold = memchr2(b'(', 0xEF, text.as_bytes()).is_some();
    let text = if may_hold { text } else { "" };
    text.match_indices(['(', '（']).filter_map(|(at, opening)| {
        let rest = &text[at + opening.len()..];
        let end = rest.find([')', '）'])?;
        let behind = rest[end..].trim_start_matches([')', '）']);
        Some((&text[..at], &rest[..end], behind))
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
            ("a place and a day", "New Delhi, Jan 5 (PTI) The river rose.", Some("PTI")),
            ("Spanish dateline", "Madrid, 15 nov (EFE).- El río creció.", Some("EFE")),
            ("author and agency", "River rises\nBy ANNA HOLM, Associated Press\nThe river rose.", Some("AP")),
            ("source and initials", "The river rose.\nSource: Reuters/ah", Some("Reuters")),
            ("source in Arabic", "ارتفع النهر.\nالمصدر: رويترز", Some("Reuters")),
            ("source in Russian", "Река поднялась.\nИсточник: ТАСС", Some("TASS")),
            ("behind a dash", "The river rose on Monday. — AFP", Some("AFP")),
            (
                "behind hyphens, and a line behind it",
                "The river rose. -- Reuters\nRelated Articles",
                Some("Reuters"),
            ),
            ("behind the last sentence", &long_with("(AFP)"), Some("AFP")),
            (
                "first published",
                "The river rose.\nThis report by The Canadian Press was first published Jan. 5.",
                Some("CP"),
            ),
            ("an acronym at the end", &long_with("of the Afghan Peace Force (AFP)"), None),
            ("a word with a hyphen", "The river rose, says the spokesman of non-AP", None),
            ("a score", "Final score: Reds 3 - Blues", None),
            ("a place, and a year", "In Lund, since 1990 (AP) the river rises.", None),
            ("a sentence before", "The mayor of Lund met them, on May 5 (AP) and 6.", None),
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

    /// A line of several sentences.
    fn long_with(end: &str) -> String {
        format!("{}{end}", "The river rose over its banks on Monday. ".repeat(5))
    }
}
