//! The first step: makes articles of records.

use std::sync::Arc;

use arrow_array::RecordBatch;
use pyo3::prelude::*;
use wirecopy::Location;
use wirecopy::distributed::{ArticleSketcher, SketchedArticle};
use wirecopy::provenance::DayOrder;
use wirecopy::read::{Records as _, RowParser};

use super::StepSettings;
use super::boilerplate::encode_fingerprints;
use super::rows::{Columns, Rows};
use crate::errors::{arrow_error, data_error, exception};
use crate::table_rows::TableRows;

/// The name of the rows of a part, in locations and messages.
const PART_ROW: &str = "row of a partition";

/// Makes articles of records. The first column identifies each record; the others are those of the data.
pub(super) fn sketch(rows: &Rows, given: &StepSettings) -> PyResult<RecordBatch> {
    let row_numbers = rows.numbers_at(0)?;
    let data: Vec<usize> = (1..rows.batch().num_columns()).collect();
    let rows = Rows::new(rows.batch().project(&data).map_err(|error| arrow_error(&error))?);
    let parser = Arc::new(RowParser::new(PART_ROW, &given.fields.names()));
    let schema = rows.batch().schema();
    let names: Arc<Vec<String>> =
        Arc::new(schema.fields().iter().map(|field| field.name().clone()).collect());
    parser.check_columns(&names).map_err(|error| exception(&error))?;
    let records = TableRows::new(&parser, 0, rows.batch(), &names);
    let records = records.map_err(|error| arrow_error(&error))?;
    let mut sketcher = ArticleSketcher::new(&given.settings);
    let mut found: Vec<(Header, SketchedArticle)> = Vec::with_capacity(records.count());
    let mut faults = [0; 3];
    for index in 0..records.count() {
        let sketched = records.article(index).and_then(|article| {
            let is_nameless = article.key == article.location.to_string();
            let header = Header {
                row: row_numbers.at(index),
                key: (!is_nameless).then(|| article.key.clone()),
                published: article.published.clone(),
                text: article.text.clone().into_owned(),
                faults: new_faults(&parser, &mut faults),
            };
            // The place of a row in its partition is another one in the next run.
            let article = wirecopy::Article { location: Location::default(), row: None, ..article };
            Ok((header, sketcher.sketch(article)?))
        });
        match sketched {
            Ok((Header { key: None, .. }, _)) => {
                return Err(data_error(format!(
                    "an article has neither a key nor an address: found {}; name the column that identifies the \
                     articles with key= or url=",
                    names.iter().map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ")
                )));
            }
            Ok(sketched) => found.push(sketched),
            Err(_) if given.skip_invalid => {}
            Err(error) => return Err(exception(&error)),
        }
    }
    let seen = parser.seen_site_names();
    let all = || found.iter().map(|(_, article)| article);
    let order = |wanted: DayOrder| all().map(move |article| article.day_order == Some(wanted));
    let hash = |hash: Option<u64>| hash.map(|hash| hash as i64);
    Columns::default()
        .numbers("row", found.iter().map(|(header, _)| header.row))
        .texts("key", found.iter().map(|(header, _)| header.key.clone()))
        .bytes("content", all().map(|article| article.content.to_vec()))
        .texts("published", found.iter().map(|(header, _)| header.published.clone()))
        .texts("site", all().map(|article| article.site.clone()))
        .texts("outlet", all().map(|article| article.outlet.clone()))
        .numbers("record", all().map(|article| article.record as i64))
        .numbers("words", all().map(|article| i64::from(article.words)))
        .numbers("time", all().map(|article| article.time))
        .flags("day_first", order(DayOrder::DayFirst))
        .flags("month_first", order(DayOrder::MonthFirst))
        .numbers("time_if_day_first", all().map(|article| article.times_by_order[0]))
        .numbers("time_if_month_first", all().map(|article| article.times_by_order[1]))
        .numbers("title", all().map(|article| hash(article.title)))
        .numbers("address", all().map(|article| hash(article.address)))
        .flags("error_page", all().map(|article| article.is_error_page))
        .bytes("fingerprints", all().map(|article| encode_fingerprints(&article.fingerprints)))
        .bytes("article", all().map(|article| article.article.clone()))
        .texts("text", found.iter().map(|(header, _)| Some(header.text.clone())))
        .numbers("bytes", found.iter().map(|(header, _)| header.text.len() as i64))
        .flags("unknown_date", all().map(|article| article.is_date_unknown))
        .flags("decoded_wrongly", found.iter().map(|(header, _)| header.faults[0]))
        .flags("with_references", found.iter().map(|(header, _)| header.faults[1]))
        .flags("with_markup", found.iter().map(|(header, _)| header.faults[2]))
        .texts("site_name", found.iter().map(|_| seen.name.clone()))
        .texts("site_domain", found.iter().map(|_| seen.domain.clone()))
        .flags("several_names", found.iter().map(|_| seen.has_several_names))
        .flags("several_domains", found.iter().map(|_| seen.has_several_domains))
        .finish()
}

/// The fields of an article that are columns of their own.
struct Header {
    /// The number that identifies the record.
    row: i64,
    key: Option<String>,
    published: Option<String>,
    text: String,
    /// The probable faults of the text, as `SuspectTexts` names them.
    faults: [bool; 3],
}

/// Returns which faults the text has that was parsed last. `before` are the numbers of texts with each fault until then.
fn new_faults(parser: &RowParser, before: &mut [u64; 3]) -> [bool; 3] {
    let found = parser.suspect_texts();
    let now = [found.decoded_wrongly, found.with_references, found.with_markup];
    let new = [0, 1, 2].map(|fault| now[fault] > before[fault]);
    *before = now;
    new
}
