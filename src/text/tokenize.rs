//! Divides a text into tokens, fast: in one pass over the bytes.
//!
//! Plain ASCII words are found by the block of 64 bytes (`blocks`). A run (a stretch of text without ASCII white
//! space) that contains a special byte is read character by character (`run_scanner`). If that fails, the run is
//! divided by the definition (`definition`).
//!
//! Invariant: tokens and spans are those of the definition, for every text (property tests check this).
//! Cost: grows linearly with the length of the text.

use super::blocks::{BLOCK, Block, classify};
use super::char_properties::is_space_byte;
use super::clean::joined_end;
use super::definition::for_each_word;
use super::run_scanner::RunScanner;
use super::tokens::{Buffers, Tokens};

/// Divides a text into tokens. Replaces what `out` contained.
///
/// A token is a word by Unicode's rules (UAX #29), compared without regard to case, accents and typography. In
/// scripts without spaces it is a piece of about a word's length. Web addresses and the targets of markdown links are
/// no tokens. A text without letters and digits has no tokens.
///
/// ```
/// let mut tokens = wirecopy::text::Tokens::new();
/// wirecopy::text::tokenize("China’s [data](#)", &mut tokens);
/// assert_eq!(tokens.spans(), [(0, 9), (11, 15)]);
/// ```
pub fn tokenize(text: &str, out: &mut Tokens) {
    out.clear();
    let bytes = text.as_bytes();
    let Buffers { mut blocks, mut edges } = std::mem::take(&mut out.buffers);
    classify(bytes, &mut blocks);
    let mut scanner = RunScanner::new();
    let mut at = 0;
    while at < bytes.len() {
        let special = next_special(&blocks, at);
        let begin = special.map_or(bytes.len(), |special| run_begin(&blocks, at, special));
        while at < begin {
            let end = chunk_end(bytes, at, begin);
            let count = find_edges(&blocks, at, end, &mut edges);
            out.push_plain(bytes, &edges[..count]);
            at = end;
        }
        if special.is_some() {
            at = push_run(text, at, &mut scanner, out);
            while let Some(next) = next_special_run(&blocks, at) {
                at = push_run(text, next, &mut scanner, out);
            }
        }
    }
    out.buffers = Buffers { blocks, edges };
    out.finish(bytes);
}

/// The number of bytes of plain text in which edges of words are found at a time. It bounds the memory for edges,
/// since every byte may be one.
const CHUNK: usize = if cfg!(test) { 100 } else { 64 << 10 };

/// Returns the white space at which the first chunk of `from..to` ends; `to` if there is none.
fn chunk_end(bytes: &[u8], from: usize, to: usize) -> usize {
    if to - from <= CHUNK {
        return to;
    }
    let within = &bytes[from + 1..from + CHUNK];
    within.iter().rposition(|&byte| is_space_byte(byte)).map_or(to, |index| from + 1 + index)
}

/// Adds the tokens of the run that begins at byte `begin`. Returns where the run ends.
fn push_run(text: &str, begin: usize, scanner: &mut RunScanner, out: &mut Tokens) -> usize {
    let count = out.spans().len();
    if let Some(end) = scanner.scan_run(text, begin, out) {
        return end;
    }
    out.truncate(count);
    let end = run_end(text, begin);
    for_each_word(&text[begin..end], |folded, from, to| out.push_word(folded, begin + from, begin + to));
    end
}

/// Returns where the run ends that begins at byte `begin`. If white space in it is removed without replacement, as in
/// a word that is divided at the end of a line, what follows it belongs to the run, too.
fn run_end(text: &str, begin: usize) -> usize {
    let mut at = begin;
    while at < text.len() {
        if let Some(end) = joined_end(text, at) {
            at = end;
            continue;
        }
        if is_space_byte(text.as_bytes()[at]) {
            break;
        }
        at += 1;
    }
    at
}

/// Returns where the run begins that follows the white space at byte `at`, if it contains a special byte.
#[inline]
fn next_special_run(blocks: &[Block], at: usize) -> Option<usize> {
    let next = at + 1;
    let block = blocks.get(next / BLOCK)?;
    let (special, space) = (block.special >> (next % BLOCK), block.space >> (next % BLOCK));
    (special.trailing_zeros() < space.trailing_zeros()).then_some(next)
}

/// Returns the first special byte from byte `at` on.
fn next_special(blocks: &[Block], at: usize) -> Option<usize> {
    let first = at / BLOCK;
    let special = blocks[first].special & u64::MAX << (at % BLOCK);
    if special != 0 {
        return Some(first * BLOCK + special.trailing_zeros() as usize);
    }
    let next = first + 1 + blocks[first + 1..].iter().position(|block| block.special != 0)?;
    Some(next * BLOCK + blocks[next].special.trailing_zeros() as usize)
}

/// Returns where the run begins that contains the byte `special`. It is at `from` or after it; at `from` itself a run
/// begins, or there is white space.
fn run_begin(blocks: &[Block], from: usize, special: usize) -> usize {
    let mut index = special / BLOCK;
    let mut space = blocks[index].space & !(u64::MAX << (special % BLOCK));
    while space == 0 && index > from / BLOCK {
        index -= 1;
        space = blocks[index].space;
    }
    let after_space = if space == 0 { 0 } else { (index + 1) * BLOCK - space.leading_zeros() as usize };
    after_space.max(from)
}

/// Writes to the beginning of `out` where each word in `from..to` begins and ends, alternately. Returns the number of
/// these edges. No word may continue across `from` or `to`.
fn find_edges(blocks: &[Block], from: usize, to: usize, out: &mut Vec<u32>) -> usize {
    // A block always writes FEW edges, and then up to USUAL if it has more, even if it has fewer than that. The
    // number of iterations is constant, so the processor has few branches to predict.
    const FEW: usize = 8;
    const USUAL: usize = 24;
    let mut count = 0;
    let mut continues = 0;
    let (first, last) = (from / BLOCK, to.div_ceil(BLOCK));
    let capacity = (last - first + 1) * BLOCK;
    if out.len() < capacity {
        out.resize(capacity, 0);
    }
    for (index, block) in (first..).zip(&blocks[first..last]) {
        let mut word = block.word;
        if index == first {
            word &= u64::MAX << (from % BLOCK);
        }
        if index == to / BLOCK {
            word &= !(u64::MAX << (to % BLOCK));
        }
        let mut edges = word ^ (word << 1 | continues);
        continues = word >> (BLOCK - 1);
        let base = (index * BLOCK) as u32;
        let slots = &mut out[count..count + BLOCK];
        let found = edges.count_ones() as usize;
        count += found;
        write_edges(&mut edges, base, &mut slots[..FEW]);
        if found > FEW {
            write_edges(&mut edges, base, &mut slots[FEW..USUAL]);
        }
        if found > USUAL {
            write_edges(&mut edges, base, &mut slots[USUAL..found]);
        }
    }
    if continues == 1 {
        out[count] = to as u32;
        count += 1;
    }
    count
}

/// Writes the offset of the lowest bit that is set, plus `base`, to each slot, and clears this bit. A slot for which
/// no bit is left gets a meaningless value.
#[inline(always)]
fn write_edges(edges: &mut u64, base: u32, slots: &mut [u32]) {
    for slot in slots {
        *slot = base + edges.trailing_zeros();
        *edges &= edges.wrapping_sub(1);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::definition::tokenize_by_definition;
    use super::*;

    fn fast(text: &str) -> Tokens {
        let mut out = Tokens::new();
        tokenize(text, &mut out);
        out
    }

    fn by_definition(text: &str) -> Tokens {
        let mut out = Tokens::new();
        tokenize_by_definition(text, &mut out);
        out
    }

    fn same(text: &str) {
        assert_eq!(fast(text), by_definition(text), "{text:?}");
    }

    #[test]
    fn same_tokens_of_hard_cases() {
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
            "河 东\n县\r\n\n议 会\u{3000}か\u{3099} 晚 a 间 1 网\n \u{2060}络 。 字\u{FE00}字 字\u{200D} 字",
            "ก\u{200B}ข \u{200B}ค\nม\u{200B}ื่อ ก \nข ខ\u{200B}ម\u{200B}។\u{200B} ក\u{200B}a",
            "cus\u{1F}tomer don\u{92}t a\0 b \0c\0. 1,000\0 1,000\u{0}2 a.b\0c U.S\0. x\u{FFFD}\u{FFFD}y e\u{301}\0f a\0www.b",
            "p\u{430}rl é\u{430}b Coвет MОСКВА SMSки \u{3BC}m 5\u{3BC}m c\u{3BF}’s \u{430}.c U.\u{421}. 1,000\u{430} x\u{3164}y \u{3164} a\u{115F}\u{1160} \u{17B4}a\u{17B5}ខ\u{17B4}ម a\u{FFF9}b a\u{1D173}b",
            "می\u{200C}خواهم ۳۰\u{200C}ساله «\u{200C}می a:\u{200C}ب a\u{200C}؟ ب\u{200B}ج ی\u{200C}\u{200C}ک",
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

    /// A scanner that looks ahead to the end of the run from each of its characters would not finish here.
    #[test]
    fn long_runs_cost_no_more_than_their_length() {
        let parts = [
            "a.", "é.a.", "1,000,", "a'", "](", "](a", "[1](", "](()", "][1", "][1]", "http://", "www.", "กa",
        ];
        for part in parts {
            let run = part.repeat(200_000);
            for text in [format!("{run}bb"), format!("{run}é bb")] {
                assert!(fast(&text) == by_definition(&text), "{part}");
            }
        }
    }

    /// Of Han and Hangul, whose characters are many and alike, only the first are tried.
    #[test]
    fn same_tokens_around_every_character() {
        let ranges = [
            0..0x3500,
            0xA000..0xAC80,
            0xF900..0x12000,
            0x1BCA0..0x1BCA4,
            0x1D170..0x1D180,
            0x1F000..0x1FB00,
        ];
        for letter in ranges.into_iter().flatten().filter_map(char::from_u32) {
            let between = |one: &str| format!("{one}{letter}{one} ");
            same(&["a", "1", "\u{5D0}", "中", "ก", "\u{301}", "."].map(between).concat());
            same(&format!("a{letter}1 1{letter}a {letter}{letter} a.{letter}.a {letter}"));
        }
    }

    #[test]
    fn same_tokens_at_every_distance() {
        for count in 0..120 {
            let words_before = "word ".repeat(count);
            same(&format!("{words_before}é"));
            same(&format!("é{words_before}é {words_before}1,000{words_before}"));
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
        fn same_tokens_across_the_borders_of_blocks(
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
        fn same_tokens_around_gaps(
            text in "([河か\u{3099}กื1aBبي\u{64B}é.،:'-]|[ \n\r\u{85}\u{2028}\u{3000}]|[\0\u{1F}\u{92}\u{FFFD}\u{200B}\u{200C}\u{200D}\u{AD}\u{2060}\u{FE0F}]|\\]\\(|\\)|www\\.|U\\.S|1,000|\\[1\\]:?){0,24}"
        ) {
            same(&text);
        }

        #[test]
        fn same_tokens_between_joints(text in "[a1é中ー＿·，．：；،٬‧⁄‿\u{2024}\u{202F}.,:;'’_\u{301}\u{FE0F}\u{200D}🙂❤ ]{0,16}") {
            same(&text);
        }

        #[test]
        fn same_tokens_for_mixed_scripts(
            text in "[a-cA-C\u{410}-\u{415}\u{430}-\u{435}\u{3B1}\u{3BF}\u{39F}é1 .'’,\u{301}\u{3164}\u{115F}\u{FFA0}\u{17B4}\u{FFF9}\u{1D173}ខ한중]{0,24}"
        ) {
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
