//! Says what a caller can do about a problem.

use super::extent::Extent;
use super::field::{FieldForm, FieldHint, LackingLabel, ValueKind};
use super::problem::Problem;
use super::remedy::Remedy;

impl Problem {
    /// Returns what the caller can do about the problem, if there is a known remedy.
    pub fn remedy(&self) -> Option<Remedy> {
        Some(match self {
            Self::TooLong { extent: Extent::Header | Extent::Record, .. } => Remedy::RaiseRecordLimit,
            Self::TooManyColumns { .. } => Remedy::LeaveColumnsOut,
            Self::TooManyWords { .. } => Remedy::RaiseWordLimit,
            Self::OtherKind { kind } => Remedy::Convert { kind: *kind },
            Self::WrongEncoding { found } => Remedy::ConvertToUtf8 { from: (*found).to_owned() },
            Self::NotUtf8 { likely: Some(likely), .. } => Remedy::ConvertToUtf8 { from: likely.clone() },
            Self::NotUtf8 { likely: None, .. } => Remedy::RemoveInvalidBytes,
            Self::NotAnObject { found: ValueKind::String } => Remedy::WrapTexts,
            Self::MissingField { role, name: None, hint: Some(FieldHint::Array(array)), .. } => {
                Remedy::NameFieldOrUnpack { role: *role, array: array.to_string() }
            }
            Self::MissingField { role, name: None, hint: Some(FieldHint::Field(field)), .. } => {
                Remedy::NameLikelyField { role: *role, field: field.to_string() }
            }
            Self::MissingField { role, name: None, form: FieldForm::Member, .. } => Remedy::NameField(*role),
            Self::MissingField { role, name: None, form: FieldForm::Column, .. } => {
                Remedy::NameColumnOrAddHeader(*role)
            }
            Self::NoLabel { found: _, lacking } => match lacking {
                LackingLabel::Key => Remedy::NameLabelKey,
                LackingLabel::Group => Remedy::NameLabelField,
                LackingLabel::Both => Remedy::RenameLabelFields,
            },
            Self::UnknownField { .. } => Remedy::RenameOrRemoveField,
            Self::TemplateWithoutSite => Remedy::WriteSiteOrRemoveRecord,
            Self::ShortTemplate { .. } => Remedy::RemoveRecord,
            Self::NameTaken { .. } => Remedy::ChooseAnotherMember,
            Self::Parquet(problem) => return problem.remedy(),
            Self::PlainText | Self::WebPages { .. } => Remedy::ReportInstead,
            Self::Changed => Remedy::RunAgain,
            _ => return None,
        })
    }
}
