//! Writes a list of templates, and the closing line of the run.

use std::collections::BTreeSet;
use std::io::{self, Write as _};
use std::time::Instant;

use wirecopy::archive::GivenTemplate;
use wirecopy::detect::SiteTemplates;
use wirecopy::report::GivenTemplateRecord;
use wirecopy::write::{visible, write_given_templates_text, write_templates_text};

use crate::args::{TemplatesFormat, TemplatesOutputArgs, endings, format_of};
use crate::error_message::note;
use crate::number::{counted, plural};
use crate::output::{Output, is_shown_on_terminal};
use crate::output_mode::OutputMode;
use crate::publication::publish;
use crate::skipped_files::{FolderCounts, SkippedFiles};

/// The destination of a list of templates.
pub(crate) struct TemplateList {
    output: Output,
    format: TemplatesFormat,
    is_quiet: bool,
}

impl TemplateList {
    /// Checks the arguments, and creates the output. A new file has the permissions `mode`.
    pub(crate) fn open(arguments: &TemplatesOutputArgs, mode: OutputMode) -> anyhow::Result<Self> {
        let path = arguments.output.as_deref();
        let default = if is_shown_on_terminal(path) { TemplatesFormat::Text } else { TemplatesFormat::Jsonl };
        let format = match arguments.format {
            Some(format) => format,
            None => format_of(path)?.unwrap_or(default),
        };
        let output = Output::open(path, endings(&format), mode)?;
        Ok(Self { output, format, is_quiet: arguments.quiet })
    }

    /// Writes the templates that were given to an archive.
    pub(crate) fn write_given(&mut self, templates: &[GivenTemplate]) -> anyhow::Result<()> {
        let mut records = templates.iter().map(GivenTemplateRecord::new);
        match self.format {
            TemplatesFormat::Jsonl => records.try_for_each(|record| self.output.line(&record))?,
            TemplatesFormat::Text => {
                let screen = self.output.screen();
                write_given_templates_text(records, screen, &mut self.output)?;
                if !templates.is_empty() {
                    writeln!(self.output)?;
                }
            }
        }
        Ok(())
    }

    /// Ends the list without other templates.
    pub(crate) fn finish(self) -> anyhow::Result<()> {
        Ok(publish(self.output.finish()?)?)
    }

    /// Writes the templates that were found, and the closing lines of a run that began at `started`. `folders` are the numbers
    /// of files of folders that are no inputs.
    pub(crate) fn write(
        mut self,
        templates: &SiteTemplates,
        folders: FolderCounts,
        started: Instant,
    ) -> anyhow::Result<()> {
        match self.format {
            TemplatesFormat::Jsonl => {
                templates.records().try_for_each(|record| self.output.line(&record))?;
            }
            TemplatesFormat::Text => {
                let screen = self.output.screen();
                write_templates_text(templates.records(), screen, &mut self.output)?;
            }
        }
        publish(self.output.finish()?)?;
        note_unknown_sites(templates);
        if !self.is_quiet {
            let skipped = SkippedFiles::new(templates.sources().iter(), folders).sentence();
            for line in skipped.into_iter().chain([closing_line(templates, started)]) {
                // If the line cannot be written, nobody can be informed of that.
                let _ = writeln!(io::stderr(), "{}", visible(&line));
            }
        }
        Ok(())
    }
}

/// Notes how many templates are of articles whose sites are unknown: they cannot be used.
fn note_unknown_sites(templates: &SiteTemplates) {
    let unknown = templates.records().filter(|record| record.site.is_none()).count();
    if unknown > 0 {
        note(&format!(
            "{} of articles without a site, so that --templates cannot use them; if the records have sites, name the field \
             with --site-field or --url-field",
            plural(unknown, "template is", "templates are")
        ));
    }
}

fn closing_line(templates: &SiteTemplates, started: Instant) -> String {
    let corpus = templates.corpus();
    let sites: BTreeSet<Option<&str>> =
        templates.templates().iter().map(|template| corpus.outlet(template.example)).collect();
    format!(
        "{}, {} of {} in {:.2} s",
        counted(corpus.len(), "article"),
        counted(templates.templates().len(), "template"),
        counted(sites.len(), "site"),
        started.elapsed().as_secs_f64()
    )
}
