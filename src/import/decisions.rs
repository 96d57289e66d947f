//! Decisions that were made in a spreadsheet.

use crate::model::{Code, Diagnostic, Place, Severity, header_key};

use super::table::Table;
use super::{Import, Source, with_tables};

/// A row of a file of decisions in which something was decided.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DecisionRow {
    /// Where it stands.
    pub place: Place,
    /// The app.
    pub app: String,
    /// The account's own id.
    pub account: String,
    /// What was decided: `owner`, the number of a candidate, `nobody`, `service`, `external`, `keep`, `none`.
    pub decision: String,
    /// The person it belongs to, or whoever answers for a service account.
    pub person: String,
    /// Why it is kept.
    pub reason: String,
    /// How long it is kept.
    pub until: String,
    /// The candidates that were offered.
    pub candidates: Vec<String>,
}

/// Reads the rows in which something was decided, from CSV or a workbook. What cannot be read is told of.
pub fn read_decisions(source: &Source<'_>) -> (Vec<DecisionRow>, Vec<Diagnostic>) {
    let mut import = Import::new(source);
    let read = with_tables(source, &mut import, &mut |tables, _| tables.iter().find_map(|table| rows(source, table)));
    match read {
        Ok(Some(rows)) => (rows, import.diagnostics),
        Ok(None) => {
            let message = "it has no columns app, account and decision";
            let problem = Diagnostic::new(Code::Malformed, Severity::Error, Some(Place::file(&source.name)), message);
            (Vec::new(), vec![problem.hint("expected a file as `truedown review --export` writes it")])
        }
        Err(fault) => (Vec::new(), vec![fault]),
    }
}

/// The rows of a table of decisions; `None` if it is none.
fn rows(source: &Source<'_>, table: &Table<'_>) -> Option<Vec<DecisionRow>> {
    let column = |name: &str| table.keys().iter().position(|key| *key == header_key(name));
    let (app, account, decision) = (column("app")?, column("account")?, column("decision")?);
    let (person, reason, until) = (column("person"), column("reason"), column("until"));
    let candidates: Vec<usize> = (1..).map_while(|number| column(&format!("candidate_{number}"))).collect();
    let mut rows = Vec::new();
    table.each_row(&mut |row| {
        // What an export wrote so that no formula runs is taken back.
        let cell = |column: Option<usize>| {
            let text = column.and_then(|column| row.cells.get(column)?.as_deref()).unwrap_or_default().trim();
            let formula = |rest: &&str| rest.starts_with(['=', '+', '-', '@', '\t', '\r']);
            text.strip_prefix('\'').filter(formula).unwrap_or(text).to_owned()
        };
        let decided = cell(Some(decision)).to_lowercase();
        if !decided.is_empty() {
            rows.push(DecisionRow {
                place: table.place(&source.name, row.number),
                app: cell(Some(app)),
                account: cell(Some(account)),
                decision: decided,
                person: cell(person),
                reason: cell(reason),
                until: cell(until),
                candidates: candidates.iter().map(|column| cell(Some(*column))).collect(),
            });
        }
        true
    });
    Some(rows)
}
