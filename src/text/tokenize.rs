//! Text in, tokens out, fast: one pass over the bytes that yields the tokens of the definition.
//!
//! Invariant: same tokens, same spans as the definition, for every text (a property test holds it).
//! Cost: linear. Plain ASCII words are found by the block; a run without white space that holds anything else is read
//! character by character; what is not simple goes back to the definition, one such run at a time.

use super::Tokens;
use super::blocks::{BLOCK, Block, describe};
use super::clean::divided_word;
use super::definition::{is_space, words};
use super::run_scanner::{Word, scan_run};

/// Divides a text into tokens, replacing what `out` held.
///
/// A token is a word by Unicode's rules (UAX #29), compared without regard to case, accents and typography; in
/// scripts without spaces it is a piece of about a word's length. Web addresses and the targets of markdown links
/// are no tokens. A text without letters and digits has none.
///
/// ```
/// let mut tokens = wirecopy::text::Tokens::new();
/// wirecopy::text::tokenize("China’s [data](#)", &mut tokens);
/// assert_eq!(tokens.spans(), [(0, 9), (11, 15)]);
/// ```
pub fn tokenize(text: &str, out: &mut Tokens) {
    out.clear();
    let bytes = text.as_bytes();
    let mut blocks = std::mem::take(&mut out.scratch.blocks);
    let mut edges = std::mem::take(&mut out.scratch.edges);
    describe(bytes, &mut blocks);
    let mut word = Word::new();
    let mut at = 0;
    while at < bytes.len() {
        let odd = next_odd(&blocks, at);
        let begin = odd.map_or(bytes.len(), |odd| run_begin(&blocks, at, odd));
        while at < begin {
            let end = stretch_end(bytes, at, begin);
            let count = find_edges(&blocks, at, end, &mut edges);
            out.push_plain(bytes, &edges[..count]);
            at = end;
        }
        if odd.is_some() {
            at = take_run(text, at, &mut word, out);
            while let Some(next) = next_odd_run(&blocks, at) {
                at = take_run(text, next, &mut word, out);
            }
        }
    }
    out.scratch.blocks = blocks;
    out.scratch.edges = edges;
    out.finish(bytes);
}

/// Bytes of plain text of which the edges of words are found at a time: there may be one in each of them.
const STRETCH: usize = if cfg!(test) { 100 } else { 64 << 10 };

/// Finds the white space at which the first stretch of `from..to` may end; `to` where there is none.
fn stretch_end(bytes: &[u8], from: usize, to: usize) -> usize {
    if to - from <= STRETCH {
        return to;
    }
    let within = &bytes[from + 1..from + STRETCH];
    within.iter().rposition(|&byte| is_space(char::from(byte))).map_or(to, |place| from + 1 + place)
}

/// Takes the run without white space at `begin`; returns where it ends.
fn take_run(text: &str, begin: usize, word: &mut Word, out: &mut Tokens) -> usize {
    let mark = out.spans.len();
    if let Some(end) = scan_run(text, begin, word, out) {
        return end;
    }
    out.truncate(mark);
    let end = run_end(text, begin);
    words(&text[begin..end], |folded, from, to| out.push_word(folded, begin + from, begin + to));
    end
}

/// Finds the next run, right behind the white space at `at`, if something in it needs a closer look.
#[inline]
fn next_odd_run(blocks: &[Block], at: usize) -> Option<usize> {
    let next = at + 1;
    let block = blocks.get(next / BLOCK)?;
    let (odd, space) = (block.odd >> (next % BLOCK), block.space >> (next % BLOCK));
    (odd.trailing_zeros() < space.trailing_zeros()).then_some(next)
}

/// Finds the first byte from `at` on that needs a closer look.
fn next_odd(blocks: &[Block], at: usize) -> Option<usize> {
    let first = at / BLOCK;
    let odd = blocks[first].odd & u64::MAX << (at % BLOCK);
    if odd != 0 {
        return Some(first * BLOCK + odd.trailing_zeros() as usize);
    }
    let next = first + 1 + blocks[first + 1..].iter().position(|block| block.odd != 0)?;
    Some(next * BLOCK + blocks[next].odd.trailing_zeros() as usize)
}

/// Finds where the run without white space begins in which `odd` stands, at or behind `from`, where one begins or
/// white space stands.
fn run_begin(blocks: &[Block], from: usize, odd: usize) -> usize {
    let mut index = odd / BLOCK;
    let mut space = blocks[index].space & !(u64::MAX << (odd % BLOCK));
    while space == 0 && index > from / BLOCK {
        index -= 1;
        space = blocks[index].space;
    }
    let behind_space = if space == 0 { 0 } else { (index + 1) * BLOCK - space.leading_zeros() as usize };
    behind_space.max(from)
}

/// Finds where words begin and end in `from..to`, at the borders of which none goes on; returns how many such edges
/// stand at the beginning of `out`.
fn find_edges(blocks: &[Block], from: usize, to: usize, out: &mut Vec<u32>) -> usize {
    /// Edges that are written whether there are as many or not, so that the processor has little to guess.
    const FEW: usize = 8;
    const USUAL: usize = 24;
    let mut count = 0;
    let mut goes_on = 0;
    let (first, last) = (from / BLOCK, to.div_ceil(BLOCK));
    let room = (last - first + 1) * BLOCK;
    if out.len() < room {
        out.resize(room, 0);
    }
    for (index, block) in (first..).zip(&blocks[first..last]) {
        let mut word = block.word;
        if index == first {
            word &= u64::MAX << (from % BLOCK);
        }
        if index == to / BLOCK {
            word &= !(u64::MAX << (to % BLOCK));
        }
        let mut edges = word ^ (word << 1 | goes_on);
        goes_on = word >> (BLOCK - 1);
        let base = (index * BLOCK) as u32;
        let room = &mut out[count..count + BLOCK];
        let found = edges.count_ones() as usize;
        count += found;
        let mut write = |slots: &mut [u32]| {
            for slot in slots {
                *slot = base + edges.trailing_zeros();
                edges &= edges.wrapping_sub(1);
            }
        };
        write(&mut room[..FEW]);
        if found > FEW {
            write(&mut room[FEW..USUAL]);
        }
        if found > USUAL {
            write(&mut room[USUAL..found]);
        }
    }
    if goes_on == 1 {
        out[count] = to as u32;
        count += 1;
    }
    count
}

/// Divides a text into tokens by the definition alone: slow, and what [`tokenize`] is held to.
#[cfg(any(test, fuzzing))]
#[doc(hidden)]
#[allow(unreachable_pub, reason = "it is reached where it is fuzzed")]
pub fn tokenize_by_definition(text: &str, out: &mut Tokens) {
    out.clear();
    words(text, |folded, begin, end| out.push_word(folded, begin, end));
    out.finish(text.as_bytes());
}

/// Finds the end of the run without white space at `begin`; a word that is divided at the end of a line, and what
/// stands behind it, belongs to the run.
fn run_end(text: &str, begin: usize) -> usize {
    let mut at = begin;
    while at < text.len() && !is_space(char::from(text.as_bytes()[at])) {
        at = divided_word(text, at).unwrap_or(at + 1);
    }
    at
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::tokens as fast;
    use super::*;

    fn plain(text: &str) -> Tokens {
        let mut out = Tokens::new();
        tokenize_by_definition(text, &mut out);
        out
    }

    fn same(text: &str) {
        assert_eq!(fast(text), plain(text), "{text:?}");
    }

    #[test]
    fn same_tokens_in_hard_places() {
        for text in [
            "",
            "The U.S. said 1,000.5 of e.g. v2.0 at 3:45, didn’t it?",
            "end.Next a.B.c _so angry_ 1_000 rock'n'roll 1'000 '90s",
            "1,000,000",
            "1,000é 1,000\u{301} a.é x https://example.org/ab y [a](bc)d [a][12]b",
            "cus-\ntomer cus-\r\ntomer cus\u{AD}\ntomer well-\nKnown x\u{2010}\ny",
            "see https://example.org/a-\nb www.example.org wWw.x [a](#)b ](c d)",
            "e\u{301}t\u{E9} m² ½ ①② Ⅷ.Ⅷ \u{301}a a\u{200D}b",
            "阿里巴巴said5G网络。ｶﾞ が か\u{3099} アリババは_ア",
            "กระทรวงสาธารณสุข ๑๒๓ ខ្មែរ",
            "שלום צה\"ל ג'ירפה",
            "مُحَمَّد ٣٫٥ ،٣ أحمد",
            "नमस्ते दुनिया क़्ष",
            "한국어 문장입니다",
            "a\u{202F}b 10\u{202F}000 \u{FEFF}x",
            "🙂🙂 1\u{FE0F}\u{20E3} 👨\u{200D}👩",
            "a_\u{301}b a:\u{301}b ❤\u{FE0F}a 🙂\u{301} \u{301}b ❤\u{93E} ❤\u{FE0F}\u{200D}a 🇷🇺\u{1F3FB}",
            "U.S. U.S U.S.-China p.m., J.K.Rowling a.b.c.dd U.S'x U.S.'s U.S5 U.S.5 u.s.é u.sé u.é.s é.u.s x'a.b. 1.a ab.c a1.b v1,000 é1,000 250,000 1234,567",
            "α\u{345}\u{93C} ᾳ\u{E38} ι\u{E38} ผู้ น้ำ ก\u{E49}\u{E39} 中\u{E31}ก \u{E31}ก aั ກ\u{EB3} မြန်မာ ខ្មែរ",
            "阿里，巴巴：5G、网络〇二 a·b 1，2 a＿b ＿\u{301}a ，\u{301}中 ١٬٢ م،ن \u{202F}ا",
            "क़\u{93C}\u{94D}ष क\u{94D}\u{93C}ष क\u{94D}\u{301}\u{93C}ष \u{93E}क क.का.क क'का 1\u{93E}'2",
            "a_\u{309C}b 1_\u{309B}_c _\u{30A0}d x_\u{309C}",
        ] {
            same(text);
        }
    }

    #[test]
    fn same_tokens_of_long_words() {
        for letter in ["a", "\u{436}", "\u{E9}", "\u{D55C}", "\u{928}\u{93E}"] {
            for count in [5, 7, 8, 21, 22, 31, 32, 33, 63, 64, 65, 100] {
                same(&letter.repeat(count));
                same(&format!("x{}-y", letter.repeat(count)));
                same(&format!("to {}", letter.repeat(count)));
            }
        }
    }

    /// Whoever looks ahead from each of them to the end would not come to an end here.
    #[test]
    fn long_runs_cost_no_more_than_their_length() {
        let parts = [
            "a.", "é.a.", "1,000,", "a'", "](", "](a", "[1](", "](()", "][1", "][1]", "http://", "www.", "กa",
        ];
        for part in parts {
            let run = part.repeat(200_000);
            for text in [format!("{run}bb"), format!("{run}é bb")] {
                assert!(fast(&text) == plain(&text), "{part}");
            }
        }
    }

    /// Of Han and Hangul, which are many and much alike, the first.
    #[test]
    fn same_tokens_around_every_character() {
        let ranges = [0..0x3500, 0xA000..0xAC80, 0xF900..0x12000, 0x1F000..0x1FB00];
        for letter in ranges.into_iter().flatten().filter_map(char::from_u32) {
            let between = |one: &str| format!("{one}{letter}{one} ");
            same(&["a", "1", "\u{5D0}", "中", "ก", "\u{301}", "."].map(between).concat());
            same(&format!("a{letter}1 1{letter}a {letter}{letter} a.{letter}.a {letter}"));
        }
    }

    #[test]
    fn same_tokens_far_from_each_other() {
        for words in 0..120 {
            let plain = "word ".repeat(words);
            same(&format!("{plain}é"));
            same(&format!("é{plain}é {plain}1,000{plain}"));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn same_tokens_for_any_text(text in any::<String>()) {
            same(&text);
        }

        #[test]
        fn same_tokens_for_likely_text(
            text in "([a-zA-Z0-9 .,:;'’_\n\r\\-\u{AD}\u{2010}\u{301}éßжبक्กะ中アא½²·/()<>=\\[\\]٣\u{202F}\u{200D}\"]|www\\.|https?://|\\]\\(|\\]\\[1\\]|\\[12\\]:){0,40}"
        ) {
            same(&text);
        }

        #[test]
        fn same_tokens_over_the_borders_of_blocks(
            parts in prop::collection::vec("[a-zA-Z0-9]{1,20}|[ \n]{1,3}|U\\.S\\.|[.,;:'_-]|’|é|Мир|“|中|ก|3,000|www\\.", 0..120)
        ) {
            same(&parts.concat());
            same(&parts.join(" "));
        }

        #[test]
        fn same_tokens_for_scripts_with_marks(
            text in "([\u{E01}-\u{E4E}\u{E81}-\u{ECE}\u{1000}-\u{103F}\u{1780}-\u{17D3}\u{900}-\u{97F}中ア〇a1 .'\u{200B}\u{301}]|[\u{600}-\u{66F}]|[\u{590}-\u{5F4}]|[\u{300}-\u{36F}]){0,30}"
        ) {
            same(&text);
        }

        #[test]
        fn same_tokens_between_joints(text in "[a1é中ー＿·，．：；،٬‧⁄‿\u{2024}\u{202F}.,:;'’_\u{301}\u{FE0F}\u{200D}🙂❤ ]{0,16}") {
            same(&text);
        }

        #[test]
        fn same_tokens_for_numbers(text in "([0-9.,'’:;_ aé\u{301}٣中-]|000|250|,|\\.){0,24}") {
            same(&text);
        }

        #[test]
        fn spans_cut_no_character(text in any::<String>()) {
            let tokens = fast(&text);
            let mut last = 0;
            for &(begin, end) in tokens.spans() {
                prop_assert!(begin >= last && begin < end);
                prop_assert!(text.get(begin as usize..end as usize).is_some());
                last = end;
            }
        }
    }
}
