use crate::analysis::Analysis;
use crate::import::{Import, Role, Wrapping};
use crate::model::Severity;
use crate::workspace::ImportId;

use super::{format, words};

/// The files of a workspace.
#[derive(Clone, Debug, Default)]
pub struct Imports {
    /// Files in the order in which they came.
    pub rows: Vec<ImportRow>,
}

/// How a file stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ImportState {
    /// Read without a problem.
    Ready,
    /// Read, with something to look at.
    Look(u32),
    /// Nobody knows what it is.
    NotRecognized,
    /// Replaced by a newer export of the same list.
    Replaced,
}

/// A file.
#[derive(Clone, Debug)]
pub struct ImportRow {
    /// Its number in the workspace.
    pub id: ImportId,
    /// Its name.
    pub file: String,
    /// What it was recognized as: `Accounts · Intercom`.
    pub recognized: String,
    /// `531 people`, `51 accounts · 1 row skipped`.
    pub rows: String,
    /// The day of export, or a dash.
    pub exported: String,
    /// How it stands.
    pub state: ImportState,
    /// The state in words.
    pub state_label: String,
    /// `UTF-8 · comma · 531 rows · Okta people`.
    pub about: String,
    /// Columns, what they were read as, or a dash.
    pub columns: Vec<(String, &'static str)>,
    /// Problems, as text.
    pub problems: Vec<(Severity, String, Vec<String>)>,
}

impl Imports {
    /// The files of an analysis.
    pub fn new(analysis: &Analysis) -> Self {
        let used = |id| analysis.roster.imports().any(|(used, _)| used == id);
        let rows = analysis.workspace.imports.iter().map(|(id, import)| row(*id, import, used(*id)));
        Self { rows: rows.collect() }
    }
}

fn row(id: ImportId, import: &Import, used: bool) -> ImportRow {
    let warnings = import.diagnostics.iter().filter(|problem| problem.severity >= Severity::Warning).count();
    let warnings = u32::try_from(warnings).unwrap_or(u32::MAX);
    let state = match import.role {
        Role::Unknown => ImportState::NotRecognized,
        _ if !used => ImportState::Replaced,
        _ if warnings > 0 => ImportState::Look(warnings),
        _ => ImportState::Ready,
    };
    let of = import
        .app
        .as_ref()
        .map(ToString::to_string)
        .or_else(|| import.system.as_deref().map(|id| words::idp(id).to_owned()));
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let read = if import.role == Role::Unknown { import.rows } else { import.records.len() };
    let mut rows = words::records(import.role, read);
    if import.skipped > 0 && import.role != Role::Unknown {
        rows += &format!(" · {} skipped", format::counted(number(import.skipped), "row", "rows"));
    }
    let wrapping = match import.wrapping {
        Some(Wrapping::Delimited(',')) => "comma".to_owned(),
        Some(Wrapping::Delimited(';')) => "semicolon".to_owned(),
        Some(Wrapping::Delimited('\t')) => "tab".to_owned(),
        Some(Wrapping::Delimited(other)) => other.to_string(),
        Some(Wrapping::Json) => "JSON".to_owned(),
        Some(Wrapping::Ldif) => "LDIF".to_owned(),
        Some(Wrapping::Workbook) => "workbook".to_owned(),
        None => String::new(),
    };
    let mut about = vec![import.encoding.to_owned(), wrapping];
    about.push(format::counted(number(import.rows), "row", "rows"));
    about.push(format::size(import.size));
    about.push(import.title.clone());
    about.push(import.because.clone());
    about.retain(|part| !part.is_empty());
    ImportRow {
        id,
        file: import.name.to_string(),
        recognized: match of {
            Some(of) => format!("{} · {of}", words::role(import.role)),
            None if import.role == Role::Unknown && !import.format.is_empty() => "Which app is this?".into(),
            None => words::role(import.role).into(),
        },
        rows,
        exported: import.exported.map_or_else(|| "—".into(), format::date),
        state,
        state_label: match state {
            ImportState::Ready => "Ready".into(),
            ImportState::Look(1) => "1 to look at".into(),
            ImportState::Look(count) => format!("{} to look at", format::count(count)),
            ImportState::NotRecognized => "Map columns".into(),
            ImportState::Replaced => "Replaced".into(),
        },
        about: about.join(" · "),
        columns: import
            .columns
            .iter()
            .map(|column| (column.header.clone(), words::column(column).unwrap_or("—")))
            .collect(),
        problems: import
            .diagnostics
            .iter()
            .map(|problem| {
                let place = problem.place.as_ref().map_or_else(String::new, |place| match (place.line, place.record) {
                    (Some(line), _) => format!("Line {line}: "),
                    (None, Some(record)) => format!("Record {record}: "),
                    (None, None) => String::new(),
                });
                (problem.severity, format!("{place}{}", problem.message), problem.hints.clone())
            })
            .collect(),
    }
}
