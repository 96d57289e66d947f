use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// Where a record or a problem stands.
#[derive(Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub struct Place {
    /// The file's name as the user knows it.
    pub file: Arc<str>,
    /// Line in a text file, counted from 1.
    pub line: Option<u64>,
    /// Record number where lines mean nothing (JSON, workbooks), counted from 1.
    pub record: Option<u64>,
}

impl Place {
    /// A file as a whole.
    pub fn file(file: &Arc<str>) -> Self {
        Self { file: file.clone(), line: None, record: None }
    }

    /// A line of a text file.
    pub fn line(file: &Arc<str>, line: u64) -> Self {
        Self { file: file.clone(), line: Some(line), record: None }
    }

    /// A record of a file without meaningful lines.
    pub fn record(file: &Arc<str>, record: u64) -> Self {
        Self { file: file.clone(), line: None, record: Some(record) }
    }
}

impl fmt::Display for Place {
    /// `file:line`, `file#record`, or the file alone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        match (self.line, self.record) {
            (Some(line), _) => write!(f, ":{line}"),
            (None, Some(record)) => write!(f, "#{record}"),
            (None, None) => Ok(()),
        }
    }
}

/// How much a problem matters.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Ord, PartialOrd, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing; nothing is missing.
    Info,
    /// Something may be wrong or incomplete in the result.
    Warning,
    /// Something of the input is not in the result.
    Error,
}

/// What kind of problem it is: a stable word for programs.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Ord, PartialOrd, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// What somebody decided no longer fits the data, or has ended; or two lists say different things of a person.
    Contradiction,
    /// A file or folder could not be read.
    Unreadable,
    /// A file holds no byte, or a header and no row.
    Empty,
    /// A file is not text of a kind the program reads.
    NotText,
    /// Text that breaks its own format (JSON that ends early, say).
    Malformed,
    /// A file nobody can place.
    Unrecognized,
    /// A file was placed by likeness, not by a known layout.
    Guessed,
    /// Names in the file point to several apps, or to none.
    WhichApp,
    /// A row has more or fewer cells than the header.
    RaggedRow,
    /// A row was left out.
    SkippedRow,
    /// A value could not be read as what its column means.
    BadValue,
    /// The file says that it is a part of something longer.
    Partial,
    /// The same thing stands in two places.
    Repeated,
    /// Something needed for a figure is missing.
    Missing,
    /// More accounts than seats bought.
    OverProvisioned,
}

impl Code {
    /// The word used in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::Empty => "empty",
            Self::NotText => "not_text",
            Self::Malformed => "malformed",
            Self::Unrecognized => "unrecognized",
            Self::Guessed => "guessed",
            Self::WhichApp => "which_app",
            Self::RaggedRow => "ragged_row",
            Self::SkippedRow => "skipped_row",
            Self::BadValue => "bad_value",
            Self::Partial => "partial",
            Self::Repeated => "repeated",
            Self::Contradiction => "contradiction",
            Self::Missing => "missing",
            Self::OverProvisioned => "over_provisioned",
        }
    }
}

/// Letters of a message that are shown.
const MOST_LETTERS: usize = 400;

/// A problem with data: what, where, what was expected, and what the user can do.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Diagnostic {
    /// Its kind.
    pub code: Code,
    /// Its weight.
    pub severity: Severity,
    /// Where it stands, if it stands somewhere.
    pub place: Option<Place>,
    /// What is wrong and what was expected, as one sentence without a final period.
    pub message: String,
    /// What to do about it.
    pub hints: Vec<String>,
}

impl Diagnostic {
    /// A problem at a place.
    pub fn new(code: Code, severity: Severity, place: Option<Place>, message: impl Into<String>) -> Self {
        let mut message: String = message.into();
        // A cell can hold a book; a message quotes its beginning. Control characters would reach a terminal.
        if let Some((end, _)) = message.char_indices().nth(MOST_LETTERS) {
            message.truncate(end);
            message.push('…');
        }
        let message = message.replace(|c: char| c.is_control(), "\u{fffd}");
        Self { code, severity, place, message, hints: Vec::new() }
    }

    /// Adds what the user can do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }
}

impl fmt::Display for Diagnostic {
    /// `severity: message (place)` and a line for each hint.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Info => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        write!(f, "{severity}: ")?;
        if let Some(place) = &self.place {
            write!(f, "{place}: ")?;
        }
        f.write_str(&self.message)?;
        for hint in &self.hints {
            write!(f, "\n  hint: {hint}")?;
        }
        Ok(())
    }
}
