use std::io::{self, Write};

use super::csv::unformula;
use crate::view::{ReviewSheet, ReviewSheetRow};

/// Columns of a file of decisions, in order; behind them stand those of the candidates.
const COLUMNS: [&str; 12] = [
    "app",
    "account",
    "email",
    "display_name",
    "last_active",
    "annual_cost",
    "currency",
    "decision",
    "person",
    "reason",
    "until",
    "otherwise",
];

/// Writes the accounts that wait for a decision, and those decided on, one line each: to be filled in with a spreadsheet and
/// read again. `decision` is the number of a candidate, `owner` (with `person`), `nobody`, `service` (with whoever answers for
/// it as `person`), `external`, `keep` (with `reason` and `until`), or `none` to take a decision back.
///
/// # Errors
/// Those of the writer.
pub fn review_csv(sheet: &ReviewSheet, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = ::csv::Writer::from_writer(out);
    let most = sheet.rows.iter().map(|row| row.candidates.len()).max().unwrap_or(0).max(1);
    let mut header: Vec<String> = COLUMNS.iter().map(|column| (*column).to_owned()).collect();
    for number in 1..=most {
        let candidate = format!("candidate_{number}");
        header.extend(["", "_name", "_confidence", "_evidence"].map(|end| format!("{candidate}{end}")));
    }
    writer.write_record(header)?;
    for row in &sheet.rows {
        writer.write_record(cells(row, most).iter().map(|cell| unformula(cell).into_owned()))?;
    }
    writer.flush()
}

fn cells(row: &ReviewSheetRow, most: usize) -> Vec<String> {
    let mut cells = vec![
        row.app.clone(),
        row.account.clone(),
        row.email.clone(),
        row.display_name.clone(),
        row.last_active.clone(),
        row.annual_cost.clone(),
        row.currency.clone(),
        row.decision.into(),
        row.person.clone(),
        row.reason.clone(),
        row.until.clone(),
        row.otherwise.into(),
    ];
    for number in 0..most {
        match row.candidates.get(number) {
            Some(candidate) => {
                let evidence: Vec<&str> = candidate.evidence.iter().map(|(said, _)| said.as_str()).collect();
                let (person, name) = (candidate.person.clone(), candidate.name.clone());
                cells.extend([person, name, candidate.confidence.clone(), evidence.join("; ")]);
            }
            None => cells.extend([const { String::new() }; 4]),
        }
    }
    cells
}
