//! Formats numbers for people: the same way in every listing, page and message.

/// Returns a number with its noun, such as `1 article` or `2,000 articles`.
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

/// Returns a number with commas between groups of three digits.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_digits() {
        for (number, expected) in
            [(0, "0"), (999, "999"), (1000, "1,000"), (72_772, "72,772"), (1_234_567, "1,234,567")]
        {
            assert_eq!(grouped(number), expected);
        }
        assert_eq!(counted(1, "match", "matches"), "1 match");
        assert_eq!(counted(2000, "match", "matches"), "2,000 matches");
    }
}
