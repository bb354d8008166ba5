//! Lists the news agencies: the marks and names by which texts are credited to them, and their sites.

/// A news agency. All strings are compared with regard to case.
pub(super) struct Agency {
    /// The name in output.
    pub(super) name: &'static str,
    /// Its marks in parentheses, in datelines or at the end of a text, such as `(AFP)`.
    pub(super) marks: &'static [&'static str],
    /// Its names in bylines, source lines and copyright lines.
    pub(super) names: &'static [&'static str],
    /// Other strings that only its datelines contain, such as `/TASS/`.
    pub(super) datelines: &'static [&'static str],
    /// The domains of its own sites.
    pub(super) domains: &'static [&'static str],
}

/// The length of the longest name, in bytes.
pub(super) const LONGEST_NAME: usize = 27;

/// Each ASCII string in [`Agency::datelines`] contains one of these bytes, or [`DATELINE_WORD`].
pub(super) const DATELINE_BYTES: [u8; 3] = [b'/', b'[', b'X'];
/// See [`DATELINE_BYTES`].
pub(super) const DATELINE_WORD: &str = "CANADIAN";

/// Returns the name of the first agency that meets a condition.
pub(super) fn find_agency(condition: impl Fn(&Agency) -> bool) -> Option<&'static str> {
    AGENCIES.iter().find(|agency| condition(agency)).map(|agency| agency.name)
}

/// Returns the name in output of the agency that has `name` among its names.
pub(super) fn agency_named(name: &str) -> Option<&'static str> {
    // Most lines that are tested are longer than any name.
    if name.len() > LONGEST_NAME {
        return None;
    }
    find_agency(|agency| agency.names.contains(&name))
}

/// Returns the name of the agency that has `mark` among its marks.
pub(super) fn agency_with_mark(mark: &str) -> Option<&'static str> {
    find_agency(|agency| agency.marks.contains(&mark))
}

/// Returns the name in output of the agency that has this name in output.
pub(crate) fn agency_by_name(name: &str) -> Option<&'static str> {
    find_agency(|agency| agency.name == name)
}

/// Returns the number, from 1, of the agency that has this name in output. Numbers are valid in one run.
pub(crate) fn agency_number(name: &str) -> Option<u16> {
    AGENCIES.iter().position(|agency| agency.name == name).map(|index| index as u16 + 1)
}

/// Returns the name in output of the agency with a number.
pub(crate) fn agency_with_number(number: u16) -> Option<&'static str> {
    AGENCIES.get(usize::from(number).checked_sub(1)?).map(|agency| agency.name)
}

/// Returns the agency whose own site this is: whose domain it belongs to, or one of whose names it has.
///
/// ```
/// use wirecopy::provenance::agency_of_site;
/// assert_eq!(agency_of_site("in.reuters.com"), Some("Reuters"));
/// assert_eq!(agency_of_site("notreuters.com"), None);
/// ```
pub fn agency_of_site(site: &str) -> Option<&'static str> {
    let is_in_domain =
        |domain: &str| site.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    find_agency(|agency| {
        agency.domains.iter().any(|domain| is_in_domain(domain)) || agency.names.contains(&site)
    })
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

/// All agencies: name, marks, names, datelines, domains.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longest_name_is_the_length_of_the_longest_name() {
        let longest = AGENCIES.iter().flat_map(|agency| agency.names).map(|name| name.len()).max();
        assert_eq!(longest, Some(LONGEST_NAME));
    }

    #[test]
    fn ascii_datelines_contain_one_of_the_bytes_or_the_word() {
        for dateline in AGENCIES.iter().flat_map(|agency| agency.datelines).filter(|form| form.is_ascii()) {
            let has_byte = dateline.bytes().any(|byte| DATELINE_BYTES.contains(&byte));
            assert!(has_byte || dateline.contains(DATELINE_WORD), "{dateline}");
        }
    }
}
