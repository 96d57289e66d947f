use std::io::{self, Write};

use super::csv::unformula;
use crate::view::FindingRows;

/// Columns of `evidence.csv`, in order.
const COLUMNS: [&str; 10] =
    ["app", "account", "person", "person_name", "method", "confidence", "review", "evidence", "weight", "source"];

/// Writes one line for each thing that spoke for or against an account's person, in input order: what an auditor needs to go over
/// a link again. The weight is in bits (how many times, as a power of two, it makes the person likelier), and empty where the
/// thing decides alone.
///
/// # Errors
/// Those of the writer.
pub fn evidence_csv(rows: FindingRows<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = ::csv::Writer::from_writer(out);
    writer.write_record(COLUMNS)?;
    for row in rows.iter() {
        for (said, weight) in &row.evidence {
            let cells = [
                row.app.as_str(),
                &row.account,
                &row.person,
                &row.person_name,
                row.method,
                &format!("{:.3}", row.confidence),
                &row.review.to_string(),
                said,
                &weight.map(|weight| format!("{weight:.1}")).unwrap_or_default(),
                &row.source,
            ];
            // A weight below zero is a number and no formula.
            let cell = |(column, cell): (usize, &&str)| {
                if column == 8 { (*cell).to_owned() } else { unformula(cell).into_owned() }
            };
            writer.write_record(cells.iter().enumerate().map(cell))?;
        }
    }
    writer.flush()
}
