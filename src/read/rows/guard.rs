//! Turns the errors and panics of the crate `parquet` into messages.

use parquet::errors::ParquetError;

use crate::read::silent_panic::catch_panic;

/// Returns what `read` returns, or the message of its error or panic. After an error, nothing that `read` has changed
/// may be used.
pub(crate) fn guarded<T, E: Into<ParquetError>>(read: impl FnOnce() -> Result<T, E>) -> Result<T, String> {
    // A damaged file may hold any number where the crate expects a length or an index.
    match catch_panic(read) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(message(&error.into())),
        Err(()) => Err("its pages contradict each other".to_owned()),
    }
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
