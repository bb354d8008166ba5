//! Turns the errors and panics of the crate `parquet` into messages.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use parquet::errors::ParquetError;

thread_local! {
    /// True while a panic of this thread becomes an error.
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Returns what `read` returns, or the message of its error or panic. After an error, nothing that `read` has changed
/// may be used.
pub(crate) fn guarded<T, E: Into<ParquetError>>(read: impl FnOnce() -> Result<T, E>) -> Result<T, String> {
    silence_guarded_panics();
    let was_guarded = IS_GUARDED.replace(true);
    // A damaged file may hold any number where the crate expects a length or an index.
    let outcome = panic::catch_unwind(AssertUnwindSafe(read));
    IS_GUARDED.set(was_guarded);
    match outcome {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(message(&error.into())),
        Err(_) => Err("its pages contradict each other".to_owned()),
    }
}

/// Lets the hook that prints panics do nothing about those that become errors, from the first call on.
fn silence_guarded_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let hook = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !IS_GUARDED.get() {
                hook(panic);
            }
        }));
    });
}

/// The words with which the crates say where an error was made.
const PREFIXES: [&str; 4] = ["Parquet error: ", "Parquet argument error: ", "External: ", "Arrow: "];

/// Returns the message of an error, without the words that say where it was made.
fn message(error: &ParquetError) -> String {
    let whole = error.to_string();
    let mut message = whole.as_str();
    while let Some(rest) = PREFIXES.iter().find_map(|prefix| message.strip_prefix(prefix)) {
        message = rest;
    }
    message.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn returns_messages() {
        let fail = |error| guarded::<(), _>(|| Err::<(), ParquetError>(error)).unwrap_err();
        assert_eq!(guarded(|| Ok::<_, ParquetError>(1)), Ok(1));
        assert_eq!(fail(ParquetError::General("no such page".into())), "no such page");
        assert_eq!(
            fail(ParquetError::ArrowError("Parquet argument error: Parquet error: deep".into())),
            "deep"
        );
        let panic =
            guarded(|| -> Result<(), ParquetError> { Err(ParquetError::General([""][index()].into())) });
        assert_eq!(panic, Err("its pages contradict each other".to_owned()));
    }

    fn index() -> usize {
        std::hint::black_box(1)
    }
}
