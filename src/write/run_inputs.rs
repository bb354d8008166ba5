//! Names the data of a run, so that a report that was kept says what it is about.

/// The largest number of inputs that are named.
const MOST_NAMED: usize = 3;

/// The inputs and the date of a run, as its reports name them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunInputs {
    /// The names of the files and folders with the articles.
    pub articles: Vec<String>,
    /// The name of the file of labels, if there is one.
    pub labels: Option<String>,
    /// The day of the run, such as `2031-01-05`.
    pub date: String,
}

impl RunInputs {
    /// Returns the names of the articles' inputs without their folders: the first ones, and the number of the others.
    pub(in crate::write) fn name(&self) -> String {
        let mut names: Vec<String> =
            self.articles.iter().take(MOST_NAMED).map(|path| file_name(path).to_owned()).collect();
        if let Some(others) = self.articles.len().checked_sub(MOST_NAMED).filter(|&others| others > 0) {
            names.push(format!("{others} more"));
        }
        names.join(", ")
    }

    /// Returns the name of the file of labels without its folder.
    pub(in crate::write) fn label_name(&self) -> Option<&str> {
        self.labels.as_deref().map(file_name)
    }

    /// Returns one line with the names and the date.
    pub(in crate::write) fn line(&self) -> String {
        let labels = self.label_name().map(|name| format!("labels {name}"));
        let parts = [Some(self.name()), labels, Some(self.date.clone())];
        let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        parts.join(" · ")
    }
}

/// Returns the last part of a path.
fn file_name(path: &str) -> &str {
    path.trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_data() {
        let inputs = |articles: &[&str], labels: Option<&str>| RunInputs {
            articles: articles.iter().map(ToString::to_string).collect(),
            labels: labels.map(str::to_owned),
            date: "2031-01-05".to_owned(),
        };
        assert_eq!(
            inputs(&["/data/day.jsonl"], Some("x\\pairs.tsv")).line(),
            "day.jsonl · labels pairs.tsv · 2031-01-05"
        );
        assert_eq!(inputs(&["a/", "b", "c"], None).name(), "a, b, c");
        assert_eq!(inputs(&["a", "b", "c", "d", "e"], None).name(), "a, b, c, 2 more");
        assert_eq!(inputs(&[], None).line(), "2031-01-05");
    }
}
