//! Chooses the columns, and the members of columns, that an article may need.

use arrow_schema::{DataType, Fields};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ArrowReaderMetadata;

use crate::error::{FieldForm, Problem};
use crate::read::parse::plan::FieldPlan;

/// The columns of a file that are decoded.
#[derive(Debug)]
pub(super) struct Projection {
    /// The indexes of the leaves of the schema: columns that are not nested, and members of those that are.
    leaves: Vec<usize>,
    /// The names of all columns, and the paths of the members of objects, for messages.
    pub(super) names: Vec<String>,
}

impl Projection {
    /// Chooses the columns that `plan` looks up.
    ///
    /// # Errors
    /// A [`Problem::MissingField`] for the first column that is missing.
    pub(super) fn new(metadata: &ArrowReaderMetadata, plan: &FieldPlan) -> Result<Self, Problem> {
        let fields = metadata.schema().fields();
        let paths: Vec<String> = plan.paths().map(std::borrow::Cow::into_owned).collect();
        let names = names(fields);
        check_names(&names, fields, &paths, plan)?;
        let descriptor = metadata.parquet_schema();
        let mut leaves = Vec::new();
        for (root, field) in fields.iter().enumerate() {
            let of_root = |&leaf: &usize| descriptor.get_column_root_idx(leaf) == root;
            let all = (0..descriptor.num_columns()).filter(of_root);
            if !matches!(field.data_type(), DataType::Struct(_)) {
                if plan.index(field.name().as_bytes()).is_some() {
                    leaves.extend(all);
                }
                continue;
            }
            let is_on_path = |&leaf: &usize| {
                let path = descriptor.column(leaf).path().string();
                let is_within = |outer: &String| {
                    path.strip_prefix(outer.as_str()).is_some_and(|rest| rest.starts_with('.'))
                };
                paths.iter().any(|wanted| *wanted == path || is_within(wanted))
            };
            let members: Vec<usize> = all.clone().filter(is_on_path).collect();
            if members.is_empty() && plan.may_be_text(field.name()) {
                // One member is enough to say that the column holds no string.
                leaves.extend(all.take(1));
            }
            leaves.extend(members);
        }
        Ok(Self { leaves, names })
    }

    /// Returns the indexes of the leaves that are decoded.
    pub(super) fn leaves(&self) -> &[usize] {
        &self.leaves
    }

    /// Returns the mask by which the decoder chooses them.
    pub(super) fn mask(&self, metadata: &ArrowReaderMetadata) -> ProjectionMask {
        ProjectionMask::leaves(metadata.parquet_schema(), self.leaves.iter().copied())
    }
}

/// Checks that a file with these columns has those that are needed.
fn check_names(names: &[String], fields: &Fields, paths: &[String], plan: &FieldPlan) -> Result<(), Problem> {
    let is_map = |path: &&String| {
        let first = path.split('.').next();
        let is_first = |field: &&arrow_schema::FieldRef| Some(field.name().as_str()) == first;
        // The members of a map are data, not schema.
        fields.iter().filter(is_first).any(|field| matches!(field.data_type(), DataType::Map(_, _)))
    };
    let names: Vec<String> = names.iter().chain(paths.iter().filter(is_map)).cloned().collect();
    plan.check_columns(&names).map_err(|problem| match problem {
        // A Parquet file always names its columns, so that no header row can be missing.
        Problem::MissingField { role, name, found, hint, .. } => {
            Problem::MissingField { role, name, form: FieldForm::Member, found, hint }
        }
        other => other,
    })
}

/// Returns the names of columns, each before the paths of its members.
fn names(fields: &Fields) -> Vec<String> {
    let mut names = Vec::new();
    for field in fields {
        names.push(field.name().clone());
        if let DataType::Struct(members) = field.data_type() {
            names.extend(self::names(members).into_iter().map(|member| format!("{}.{member}", field.name())));
        }
    }
    names
}
