//! Defines the version of the command.

/// The version of the package, and the commit that the command was built from, if `build.rs` knows it.
pub(crate) const VERSION: &str = match option_env!("WIRECOPY_VERSION") {
    Some(with_commit) => with_commit,
    None => env!("CARGO_PKG_VERSION"),
};
