//! Defines the properties of a single character that decide where words are divided.
//!
//! Source: the Unicode character database; UAX #29, table 3.

/// A hyphen that is shown only where a line ends.
pub(super) const SOFT_HYPHEN: char = '\u{AD}';

/// The hyphen of Unicode; `-` is used for a minus sign and for dashes, too.
pub(super) const HYPHEN: char = '\u{2010}';

/// Divides words where a line may end, in scripts that do not show it.
pub(super) const ZERO_WIDTH_SPACE: char = '\u{200B}';

/// Keeps two letters of one word apart. In Persian, where it is between a word and its prefix or suffix.
pub(super) const ZERO_WIDTH_NON_JOINER: char = '\u{200C}';

/// Returns whether a character is ASCII white space.
#[inline]
pub(super) fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t'..='\r')
}

/// Returns whether a byte is ASCII white space.
#[inline]
pub(super) fn is_space_byte(byte: u8) -> bool {
    is_space(char::from(byte))
}

/// Returns whether a character belongs to a script that is written without spaces between words.
pub(super) fn is_unspaced(character: char) -> bool {
    is_han_or_kana(character) || is_syllabic(character)
}

/// Returns whether a character is Han or kana.
pub(super) fn is_han_or_kana(character: char) -> bool {
    matches!(character,
        '\u{3005}' | '\u{3007}' | '\u{3041}'..='\u{3096}' | '\u{309D}'..='\u{309F}' | '\u{30A1}'..='\u{30FA}'
        | '\u{30FC}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FF66}'..='\u{FF9D}' | '\u{20000}'..='\u{3FFFD}')
}

/// Returns whether a character is a Thai, Lao, Burmese or Khmer letter or vowel sign. Digits and punctuation of these
/// scripts are not.
fn is_syllabic(character: char) -> bool {
    matches!(character,
        '\u{E01}'..='\u{E3A}' | '\u{E40}'..='\u{E4E}' | '\u{E81}'..='\u{ECE}' | '\u{EDC}'..='\u{EDF}'
        | '\u{1000}'..='\u{103F}' | '\u{1050}'..='\u{108F}' | '\u{109A}'..='\u{109F}' | '\u{1780}'..='\u{17B3}' | '\u{17B6}'..='\u{17D3}'
        | '\u{17D7}' | '\u{17DC}' | '\u{17DD}')
}

/// Returns whether a character is a sound mark that is written after its kana as a character of its own.
pub(super) fn is_kana_mark(character: char) -> bool {
    matches!(character, '\u{3099}' | '\u{309A}')
}

/// The vowels of Khmer that are not written.
const KHMER_FIRST: char = '\u{17B4}';
const KHMER_LAST: char = '\u{17B5}';

/// Returns whether a character has no form of its own: it only says how its neighbors are shown, joined or divided, or
/// fills a place. These are the characters with the property Default_Ignorable_Code_Point of Unicode, and the marks of
/// interlinear annotations.
pub(super) fn is_invisible(character: char) -> bool {
    matches!(character,
        SOFT_HYPHEN | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | KHMER_FIRST..=KHMER_LAST
        | '\u{180B}'..='\u{180F}' | ZERO_WIDTH_SPACE..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}'
        | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Returns whether a character is nothing between two letters or digits, though UAX #29 divides there: a reader sees
/// one word.
///
/// - The zero width space, with which a program says that a line may end there.
/// - Control characters, unless they are white space. Web pages that contain U+0080 to U+009F are in Windows-1252
///   (HTML, 13.2.5.80): U+0096 and U+0097 are dashes, which divide a word; any other between two letters is an
///   apostrophe, or a letter without which the word stays one word.
/// - U+FFFD. The character that was lost between two letters was most often an apostrophe, too.
pub(super) fn is_void(character: char) -> bool {
    let is_dash = matches!(character, '\u{96}' | '\u{97}');
    matches!(character, ZERO_WIDTH_SPACE | char::REPLACEMENT_CHARACTER)
        || character.is_control() && !character.is_whitespace() && !is_dash
}

/// Returns whether a character belongs to the Arabic script: a letter, a mark, a digit or a sign.
pub(super) fn is_arabic(character: char) -> bool {
    matches!(character,
        '\u{600}'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{870}'..='\u{8FF}' | '\u{FB50}'..='\u{FDFF}'
        | '\u{FE70}'..='\u{FEFC}')
}

/// Returns whether a character is an apostrophe. A single quotation mark has the same form, and is one, too.
pub(super) fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '\u{2018}' | '\u{2019}' | '\u{FF07}')
}

/// Returns whether a character joins the letters or digits on both sides into one word of UAX #29 without being a
/// letter or digit itself: MidLetter, MidNum, MidNumLet, Single_Quote and ExtendNumLet of its table 3.
pub(super) fn is_joint(character: char) -> bool {
    is_apostrophe(character)
        || is_connector(character)
        || matches!(
            character,
            '.' | ','
                | ':'
                | ';'
                | '\u{B7}'
                | '\u{37E}'
                | '\u{387}'
                | '\u{55F}'
                | '\u{589}'
                | '\u{5F4}'
                | '\u{60C}'
                | '\u{60D}'
                | '\u{66C}'
                | '\u{7F8}'
                | '\u{2024}'
                | '\u{2027}'
                | '\u{2044}'
                | '\u{FE10}'
                | '\u{FE13}'
                | '\u{FE14}'
                | '\u{FE50}'
                | '\u{FE52}'
                | '\u{FE54}'
                | '\u{FE55}'
                | '\u{FF0C}'
                | '\u{FF0E}'
                | '\u{FF1A}'
                | '\u{FF1B}'
        )
}

/// Returns whether a character is ExtendNumLet of UAX #29: underscores, and the narrow no-break space.
fn is_connector(character: char) -> bool {
    matches!(
        character,
        '_' | '\u{202F}' | '\u{203F}' | '\u{2040}' | '\u{2054}' | '\u{FE33}' | '\u{FE34}' | '\u{FE4D}'
            ..='\u{FE4F}' | '\u{FF3F}'
    )
}
