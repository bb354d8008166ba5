//! Fills a form of the fixtures with the numbers of one day.

use wirecopy::sketch::SplitMix64;

use super::language::Language;

const FORMS: [&str; 3] = [
    include_str!("../../../fixtures/stories/form-lottery.txt"),
    include_str!("../../../fixtures/stories/form-stocks.txt"),
    include_str!("../../../fixtures/stories/form-weather.txt"),
];
/// The number of sites that print forms. Each prints always the same form.
pub(super) const SERIES: u64 = 40;

const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
/// The placeholders for words.
const WORDS: [&str; 10] =
    ["direction", "loser", "outcome", "outlook", "sea", "second", "today", "tonight", "wind", "winner"];

/// Fills the form of a series. Returns its headline and its text, escaped for JSON.
pub(super) fn fill(language: &Language, series: u64, random: &mut SplitMix64) -> (String, String) {
    let mut filled = String::new();
    let form = FORMS[series as usize % FORMS.len()];
    let mut pieces = form.split(['{', '}']);
    while let Some(text) = pieces.next() {
        filled.push_str(text);
        let Some(blank) = pieces.next() else { break };
        if WORDS.contains(&blank) {
            let word = language.lexicon.word(language.ranks.draw(random.next()));
            filled.push_str(std::str::from_utf8(word).expect("the words of a lexicon are valid UTF-8"));
        } else if blank.ends_with("day") {
            filled.push_str(&format!("{}, {} March", DAYS[random.below(7)], 1 + random.below(31)));
        } else if blank == "balls" {
            let balls: Vec<String> = (0..6).map(|_| (1 + random.below(49)).to_string()).collect();
            filled.push_str(&balls.join(", "));
        } else {
            filled.push_str(&(1 + random.below(999)).to_string());
        }
    }
    let (title, text) = filled.split_once("\n\n").expect("a form has a headline");
    (title.replace('"', "\\\""), text.trim_end().replace('"', "\\\"").replace('\n', "\\n"))
}
