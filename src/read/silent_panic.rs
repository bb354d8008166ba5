//! Catches panics of libraries that decode data from outside, without printing them.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    /// True while a panic of this thread becomes an error.
    static IS_CAUGHT: Cell<bool> = const { Cell::new(false) };
}

/// Returns what `decode` returns, or an error if it panics. After that, nothing that `decode` has changed may be used.
pub(super) fn catch_panic<T>(decode: impl FnOnce() -> T) -> Result<T, ()> {
    silence_caught_panics();
    let was_caught = IS_CAUGHT.replace(true);
    let outcome = panic::catch_unwind(AssertUnwindSafe(decode));
    IS_CAUGHT.set(was_caught);
    outcome.map_err(drop)
}

/// Lets the hook that prints panics do nothing about those that become errors, from the first call on.
fn silence_caught_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let hook = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !IS_CAUGHT.get() {
                hook(panic);
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn returns_panics_as_errors() {
        assert_eq!(catch_panic(|| 1), Ok(1));
        let index = std::hint::black_box(1);
        assert_eq!(catch_panic(|| [0][index]), Err(()));
    }
}
