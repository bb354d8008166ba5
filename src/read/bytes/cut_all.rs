//! Cuts whole inputs, for the tests of the cutters.

use super::cutter::{Cut, Cutter, Ending};

/// Cuts all of `input`, which arrives in blocks. Returns a record as `line bytes` and an error as `! line problem`.
pub(in crate::read) fn cut_all(cutter: &mut dyn Cutter, input: &[u8], block: usize) -> Vec<String> {
    let line_of = |offset: usize| 1 + input[..offset].iter().filter(|&&byte| byte == b'\n').count();
    let record =
        |from: usize, end: usize| format!("{} {}", line_of(from), String::from_utf8_lossy(&input[from..end]));
    let (mut shown, mut begin, mut arrived, mut seen) = (Vec::new(), 0, 0, 0);
    loop {
        let next = match cutter.cut(&input[begin..arrived], seen) {
            Cut::More if arrived == input.len() => break,
            Cut::More => {
                seen = arrived - begin;
                arrived = input.len().min(arrived + block);
                continue;
            }
            Cut::Record { end, next } => {
                shown.push(record(begin, begin + end));
                next
            }
            Cut::Gap { next } => next,
            Cut::Fault { next, problem } => {
                shown.push(format!("! {} {problem}", line_of(begin + next)));
                next
            }
        };
        (begin, seen) = (begin + next, 0);
    }
    match cutter.finish(&input[begin..]) {
        Ending::Record { end } => shown.push(record(begin, begin + end)),
        Ending::Nothing => {}
        Ending::Fault { problem } => shown.push(format!("! {} {problem}", line_of(begin))),
    }
    shown
}
