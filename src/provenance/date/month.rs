//! Knows the names of months in many languages.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// For each month, the names that are printed in dates, with their usual abbreviations, in lower case.
const MONTHS: [&str; 12] = [
    "january jan januar jänner jän janvier janv enero ene gennaio gen janeiro januari январь января янв січня stycznia \
     sty ocak oca يناير",
    "february feb februar février févr fév febrero febbraio fevereiro fev februari февраль февраля фев лютого lutego \
     lut şubat şub فبراير",
    "march mar märz mrz mars marzo março maart mrt marts maret март марта мар березня marca mart مارس",
    "april apr avril avr abril abr aprile апрель апреля апр квітня kwietnia kwi nisan nis أبريل",
    "may mai mayo maggio mag maio mei maj май мая травня maja mayıs مايو",
    "june jun juni juin junio giugno giu junho июнь июня июн червня czerwca cze haziran haz يونيو",
    "july jul juli juillet juil julio luglio lug julho июль июля июл липня lipca lip temmuz tem يوليو",
    "august aug août aout agosto ago augustus augusti agustus август августа авг серпня sierpnia sie ağustos ağu أغسطس",
    "september sep sept septembre septiembre setiembre settembre set setembro сентябрь сентября сен сент вересня \
     września wrz eylül eyl سبتمبر",
    "october oct oktober okt octobre octubre ottobre ott outubro out октябрь октября окт жовтня października paź ekim \
     eki أكتوبر",
    "november nov novembre noviembre novembro ноябрь ноября ноя нояб листопада listopada lis kasım kas نوفمبر",
    "december dec dezember dez décembre déc diciembre dic dicembre dezembro desember des декабрь декабря дек грудня \
     grudnia gru aralık ara ديسمبر",
];

static MONTH_OF_NAME: LazyLock<BTreeMap<&str, i32>> = LazyLock::new(|| {
    (1..)
        .zip(MONTHS)
        .flat_map(|(month, names)| names.split_whitespace().map(move |name| (name, month)))
        .collect()
});

/// Returns the number of the month, from 1, that a word is a name of. Case does not matter.
pub(super) fn month_of(word: &str) -> Option<i32> {
    MONTH_OF_NAME.get(word.to_lowercase().as_str()).copied()
}
