//! Prints the main text of each page of a folder as JSON, as the evaluation of article extraction reads it
//! (<https://github.com/scrapinghub/article-extraction-benchmark>):
//!
//! ```sh
//! cargo run --release --example extract_pages -- html > output/wirecopy.json
//! ```

use std::collections::BTreeMap;
use std::error::Error;
use std::io;
use std::path::Path;

use serde_json::{Value, json};
use wirecopy::{ReadOptions, Reader, find_inputs};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: extract_pages FOLDER")?;
    let mut reader = Reader::new(find_inputs(&[folder.into()])?, ReadOptions::default());
    let mut pages: BTreeMap<String, Value> = BTreeMap::new();
    while let Some(batch) = reader.next_batch()? {
        for index in 0..batch.len() {
            let article = batch.article(index)?;
            // The name of the page is that of its file, without endings.
            let name = Path::new(&article.key).file_name().unwrap_or_default().to_string_lossy();
            let name = name.split('.').next().unwrap_or_default();
            pages.insert(name.to_owned(), json!({ "articleBody": article.text }));
        }
    }
    serde_json::to_writer(io::stdout().lock(), &pages)?;
    Ok(())
}
