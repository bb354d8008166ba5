//! Writes the texts of problems that need more than a template.

use std::fmt;
use std::io;

use super::extent::Extent;
use super::field::{FieldForm, FieldHint, FieldRole, FoundNames};

/// Returns a number of bytes for a message: in MiB if it is a whole number of them.
pub(super) fn size(bytes: usize) -> String {
    const MEBIBYTE: usize = 1 << 20;
    if bytes >= MEBIBYTE && bytes.is_multiple_of(MEBIBYTE) {
        format!("{} MiB", bytes / MEBIBYTE)
    } else {
        format!("{bytes} bytes")
    }
}

/// Returns a number with a comma between its thousands.
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().filter_map(|group| std::str::from_utf8(group).ok()).collect();
    groups.join(",")
}

/// Returns the word for a field that is added to records.
pub(super) fn member_or_column(form: FieldForm) -> &'static str {
    match form {
        FieldForm::Member => "member",
        FieldForm::Column => "column",
    }
}

pub(super) fn write_unreadable(
    kind: &io::ErrorKind,
    message: &str,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    match kind {
        io::ErrorKind::NotFound => f.write_str("no such file or folder"),
        io::ErrorKind::PermissionDenied => f.write_str("permission denied"),
        io::ErrorKind::IsADirectory => f.write_str("is a folder"),
        _ => write!(f, "cannot be read: {message}"),
    }
}

pub(super) fn write_not_utf8(
    extent: &Extent,
    byte: &usize,
    likely: &Option<String>,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    match extent {
        Extent::File => write!(f, "not valid UTF-8 at byte {byte}")?,
        Extent::Header => write!(f, "the header is not valid UTF-8 at byte {byte}")?,
        Extent::Record => write!(f, "not valid UTF-8 at byte {byte} of the record")?,
    }
    match likely {
        Some(likely) => write!(f, ", looks like {likely}"),
        None => f.write_str(", looks like damaged UTF-8"),
    }
}

pub(super) fn write_invalid_json(
    message: &str,
    line: &Option<u64>,
    column: &usize,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    match line {
        Some(line) => write!(f, "not valid JSON: {message} at line {line}, column {column}"),
        None => write!(f, "not valid JSON: {message} at column {column}"),
    }
}

pub(super) fn write_missing_field(
    role: &FieldRole,
    name: &Option<String>,
    form: &FieldForm,
    found: &FoundNames,
    _hint: &Option<FieldHint>,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let form = match form {
        FieldForm::Member => "field",
        FieldForm::Column => "column",
    };
    match name {
        Some(name) => write!(f, "no {form} \"{name}\": found {found}"),
        None => write!(f, "no {role} {form}: found {found}"),
    }
}
