//! Names what a caller can do about an error.

use std::fmt;

use super::field::FieldRole;
use super::file_kind::FileKind;

/// A way to avoid an error.
///
/// Its text is neutral: a command names its option instead, a function its argument.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Remedy {
    /// Name the field that holds this part of an article ([`FieldNames`](crate::read::FieldNames)).
    NameField(FieldRole),
    /// Name the field; or, if the record is not one article but holds all articles in its only array, take the
    /// articles out of it.
    NameFieldOrUnpack {
        /// The part of an article whose field is missing.
        role: FieldRole,
        /// The name of the array.
        array: String,
    },
    /// Name the field; one has a name or a value by which it may be the one.
    NameLikelyField {
        /// The part of an article whose field is missing.
        role: FieldRole,
        /// The name of the field that may hold it.
        field: String,
    },
    /// Name the column; or add a header row, if the first row is an article.
    NameColumnOrAddHeader(FieldRole),
    /// Make an object of each text.
    WrapTexts,
    /// Name the field that holds the label ([`LabelFields::label`](crate::read::LabelFields::label)).
    NameLabelField,
    /// Name the field that holds the key of a labeled article ([`LabelFields::key`](crate::read::LabelFields::key)).
    NameLabelKey,
    /// Give the fields of labels their usual names.
    RenameLabelFields,
    /// Rename or remove the field of a template.
    RenameOrRemoveField,
    /// Write the site of a template, or remove the record.
    WriteSiteOrRemoveRecord,
    /// Remove the record: it has no effect.
    RemoveRecord,
    /// Allow longer records ([`ReadOptions::max_record`](crate::ReadOptions::max_record)).
    RaiseRecordLimit,
    /// Leave out columns that are not needed.
    LeaveColumnsOut,
    /// Allow longer texts ([`Settings::max_words`](crate::Settings::max_words)), and the memory for them
    /// ([`Settings::memory`](crate::Settings::memory)).
    RaiseWordLimit,
    /// Allow the user or the container more processes.
    AllowMoreProcesses,
    /// Allow more memory ([`Settings::memory`](crate::Settings::memory)), or use several runs.
    MoreMemoryOrSeveralRuns,
    /// Convert the file to a format that is read.
    Convert {
        /// The kind of the file.
        kind: FileKind,
    },
    /// Convert the file to UTF-8.
    ConvertToUtf8 {
        /// The name of the encoding that the file has or may have, as `iconv` knows it.
        from: String,
    },
    /// Remove the bytes that are not valid.
    RemoveInvalidBytes,
    /// Use a signature of more values ([`Settings::num_hashes`](crate::Settings::num_hashes)).
    RaiseHashes,
    /// Allow more memory ([`Settings::memory`](crate::Settings::memory)), or name another folder for temporary
    /// files ([`Settings::temp_dir`](crate::Settings::temp_dir)).
    MoreMemoryOrAnotherFolder,
    /// Choose another name for the member or column that is added to each record
    /// ([`AddedMember::name`](crate::rewrite::AddedMember::name)).
    ChooseAnotherMember,
    /// Write a report on the input instead of adding to its records.
    ReportInstead,
    /// Create the folder in which the output should be.
    CreateFolder,
    /// Run again.
    RunAgain,
    /// Copy or download the file again.
    CopyAgain,
    /// Name the format that the file has ([`ReadOptions::format`](crate::ReadOptions::format)).
    NameFormat,
    /// Write the file without encryption.
    WriteUnencrypted,
    /// Write the file with another compression.
    Recompress,
    /// Name the folder of an archive, or create one.
    NameArchive,
    /// Name a folder for the archive that is empty or does not exist.
    NameNewFolder,
    /// Use a newer version of this software.
    UseNewerVersion,
    /// Build the archive again, from the articles.
    BuildArchiveAgain,
    /// Copy the archive from a backup, or build it again.
    RestoreArchive,
    /// Run again when the other process has ended.
    RunAfterOther,
    /// Use the value of the archive, or another archive.
    UseSettingOfArchive,
}

impl fmt::Display for Remedy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NameField(role) => write!(f, "name the field that holds the {role}"),
            Self::NameFieldOrUnpack { role, array } => write!(
                f,
                "name the field that holds the {role}; if \"{array}\" holds the articles, take them out first"
            ),
            Self::NameLikelyField { role, field } => {
                write!(f, "name the field that holds the {role}, which may be \"{field}\"")
            }
            Self::NameColumnOrAddHeader(role) => {
                write!(f, "name the column that holds the {role}, or add a header row if there is none")
            }
            Self::WrapTexts => f.write_str("make each text an object with a field \"text\""),
            Self::NameLabelField => f.write_str("name the field that holds the label"),
            Self::NameLabelKey => f.write_str("name the field that holds the key"),
            Self::RenameLabelFields => f.write_str(
                "rename them: a, b and label for pairs, key and cluster for articles, or members for groups",
            ),
            Self::RenameOrRemoveField => f.write_str("rename or remove it: \"site\" and \"text\" are needed"),
            Self::WriteSiteOrRemoveRecord => f.write_str("write the site, or remove the record"),
            Self::RemoveRecord => f.write_str("remove the record: shorter text is never masked"),
            Self::RaiseRecordLimit => f.write_str("allow longer records"),
            Self::LeaveColumnsOut => f.write_str("leave out columns that are not needed"),
            Self::RaiseWordLimit => f.write_str("allow longer texts, and the memory for them"),
            Self::AllowMoreProcesses => f.write_str("allow the user or the container more processes"),
            Self::MoreMemoryOrSeveralRuns => f.write_str("allow more memory, or use several runs"),
            Self::Convert { .. } => f.write_str("convert it to JSON Lines, CSV or text first"),
            Self::ConvertToUtf8 { .. } => f.write_str("convert it to UTF-8 first"),
            Self::RemoveInvalidBytes => f.write_str("remove the bytes that are not valid"),
            Self::RaiseHashes => f.write_str("raise the number of hashes"),
            Self::MoreMemoryOrAnotherFolder => {
                f.write_str("allow more memory, or name another folder for temporary files")
            }
            Self::ChooseAnotherMember => f.write_str("choose another name"),
            Self::ReportInstead => f.write_str("write a report on it instead"),
            Self::CreateFolder => f.write_str("create it first"),
            Self::RunAgain => f.write_str("run again"),
            Self::CopyAgain => f.write_str("copy or download it again"),
            Self::NameFormat => f.write_str("name the format that it has"),
            Self::WriteUnencrypted => f.write_str("write it without encryption first"),
            Self::Recompress => f.write_str("write it with another compression first, such as zstd"),
            Self::NameArchive => f.write_str("name the folder of an archive, or create one"),
            Self::NameNewFolder => f.write_str("name a folder that is empty or does not exist"),
            Self::UseNewerVersion => f.write_str("use a newer version"),
            Self::BuildArchiveAgain => f.write_str("build the archive again from the articles"),
            Self::RestoreArchive => {
                f.write_str("copy the archive from a backup, or build it again from the articles")
            }
            Self::RunAfterOther => f.write_str("run again when that has ended"),
            Self::UseSettingOfArchive => f.write_str("use the value of the archive, or name another folder"),
        }
    }
}
