use std::cell::LazyCell;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::analysis::Analysis;
use crate::export;
use crate::view::{FindingRows, Report, Workbook, Worklist};

/// A format of reports.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Ord, PartialOrd)]
pub enum Format {
    /// `findings.csv`, `evidence.csv` behind it, and a worklist for each app.
    Csv,
    /// `report.json`.
    Json,
    /// `report.html`.
    Html,
    /// `report.xlsx`.
    Xlsx,
    /// `report.pdf`.
    Pdf,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Csv, Self::Json, Self::Html, Self::Xlsx, Self::Pdf];

    /// The name of the file.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Csv => "findings.csv",
            Self::Json => "report.json",
            Self::Html => "report.html",
            Self::Xlsx => "report.xlsx",
            Self::Pdf => "report.pdf",
        }
    }

    /// What it is, for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Json => "JSON",
            Self::Html => "HTML",
            Self::Xlsx => "Excel workbook",
            Self::Pdf => "PDF",
        }
    }

    /// What it is good for, in a sentence.
    pub fn about(self) -> &'static str {
        match self {
            Self::Csv => {
                "findings.csv with every account, evidence.csv with what spoke for each link, a worklist for each app"
            }
            Self::Json => "report.json for other programs",
            Self::Html => "report.html, one page to read, print and send; needs nothing else",
            Self::Xlsx => "report.xlsx, whose figures follow when an assumption in it is changed",
            Self::Pdf => "report.pdf, a few pages to put before a board",
        }
    }

    /// Reads the word used on the command line.
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim().to_lowercase().as_str() {
            "csv" => Some(Self::Csv),
            "json" => Some(Self::Json),
            "html" => Some(Self::Html),
            "xlsx" => Some(Self::Xlsx),
            "pdf" => Some(Self::Pdf),
            _ => None,
        }
    }
}

/// A report that could not be written. What stood there before is untouched.
#[derive(Debug, Error)]
#[error("{path} could not be written: {fault}")]
pub struct OutputError {
    path: String,
    fault: std::io::Error,
}

/// Writes reports into a folder, which is made if there is none. Each file appears whole or not at all.
///
/// # Errors
/// The first file that cannot be written; those before it are there.
pub fn write_reports(analysis: &Analysis, folder: &Path, formats: &[Format]) -> Result<Vec<PathBuf>, OutputError> {
    std::fs::create_dir_all(folder).map_err(|fault| OutputError { path: folder.display().to_string(), fault })?;
    let report = Report::new(analysis);
    let rows = FindingRows::new(analysis);
    let worklist = Worklist::new(analysis);
    // Two formats are made of it, and the others can do without.
    let workbook = LazyCell::new(|| Workbook::new(analysis));
    let mut written = Vec::new();
    let mut write = |name: &str, write: &dyn Fn(&mut dyn Write) -> std::io::Result<()>| {
        let path = folder.join(name);
        write_whole(&path, write)?;
        written.push(path);
        Ok(())
    };
    for format in formats {
        match format {
            Format::Csv => {
                write(format.file_name(), &|out| export::findings_csv(rows, out))?;
                write("evidence.csv", &|out| export::evidence_csv(rows, out))?;
                for (app, rows) in &worklist.apps {
                    write(&worklist_name(app), &|out| export::worklist_csv(app, rows, out))?;
                }
            }
            Format::Json => write(format.file_name(), &|out| export::report_json(&report, out))?,
            Format::Html => write(format.file_name(), &|out| export::report_html(&report, rows, out))?,
            Format::Pdf => write(format.file_name(), &|out| export::report_pdf(&report, &workbook, out))?,
            Format::Xlsx => write(format.file_name(), &|out| export::report_xlsx(&workbook, rows, &worklist, out))?,
        }
    }
    Ok(written)
}

/// The name of an app's worklist: letters and digits of any script, and nothing a file system could take for something else.
fn worklist_name(app: &str) -> String {
    let plain = |letter: char| if letter.is_alphanumeric() || letter == '.' { letter } else { '-' };
    let name: String = app.chars().take(80).map(plain).collect();
    format!("worklist-{}.csv", name.trim_matches(['-', '.']))
}

/// Writes a file that appears whole or not at all.
pub(super) fn write_whole(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
) -> Result<(), OutputError> {
    // Written aside in the same folder, so that the rename cannot cross a disk; with the rights any new file has.
    let aside = || -> std::io::Result<()> {
        let mut builder = tempfile::Builder::new();
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut file = builder.tempfile_in(folder)?;
        let mut out = BufWriter::new(file.as_file_mut());
        write(&mut out)?;
        out.flush()?;
        drop(out);
        file.as_file().sync_all()?;
        file.persist(path).map_err(|fault| fault.error)?;
        Ok(())
    };
    aside().map_err(|fault| OutputError { path: path.display().to_string(), fault })
}
