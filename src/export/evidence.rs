use std::io::{self, Write};

use super::csv::unformula;
use crate::view::FindingRows;

/// Columns of `evidence.csv`, in order.
const COLUMNS: [&str; 10] =
    ["app", "account", "person", "person_name", "method", "confidence", "review", "evidence", "weight", "source"];

/// Writes one line for each thing that spoke for or against an account's person, in input order: what an auditor needs to go over
/// a link again. The weight is in bits (how many times, as a power of two, it makes the person likelier), and empty where the
/// thing decides alone, or only explains.
///
/// # Errors
/// Those of the writer.
pub fn evidence_csv(rows: &FindingRows<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = ::csv::Writer::from_writer(out);
    writer.write_record(COLUMNS)?;
    for row in rows.iter() {
        let (confidence, source) = (format!("{:.3}", row.confidence), row.source.to_string());
        for (said, weight) in row.evidence() {
            let review = if row.review { "true" } else { "false" };
            for cell in [row.app, row.account, &row.person, row.person_name, row.method, &confidence, review, &said] {
                writer.write_field(&*unformula(cell))?;
            }
            // A weight below zero is a number and no formula.
            writer.write_field(weight.map(|weight| format!("{weight:.1}")).unwrap_or_default())?;
            writer.write_field(&*unformula(&source))?;
            writer.write_record(None::<&[u8]>)?;
        }
    }
    writer.flush()
}
