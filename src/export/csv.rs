use std::borrow::Cow;
use std::io::{self, Write};

use crate::view::{FindingRows, format};

/// Columns of `findings.csv`, in order.
const COLUMNS: [&str; 17] = [
    "app",
    "account",
    "email",
    "display_name",
    "person",
    "person_name",
    "person_status",
    "finding",
    "reason",
    "method",
    "confidence",
    "review",
    "billed",
    "annual_cost",
    "currency",
    "last_active",
    "source",
];

/// Writes one line for each account, in input order.
///
/// # Errors
/// Those of the writer.
pub fn findings_csv(rows: &FindingRows<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = ::csv::Writer::from_writer(out);
    writer.write_record(COLUMNS)?;
    for row in rows.iter() {
        // A free seat has no cost, which is not a cost of nothing.
        let cost = row.annual_cost.filter(|money| !money.amount.is_zero());
        let amount = cost.map(|money| format::plain(money.amount)).unwrap_or_default();
        let cells: [&str; COLUMNS.len()] = [
            row.app,
            row.account,
            row.email,
            row.display_name,
            &row.person,
            row.person_name,
            row.person_status,
            row.finding.as_str(),
            &row.reason,
            row.method,
            &format!("{:.3}", row.confidence),
            if row.review { "true" } else { "false" },
            row.billed,
            &amount,
            cost.as_ref().map_or("", |money| money.currency.as_str()),
            &format::seen_plain(row.last_active),
            &row.source.to_string(),
        ];
        write_cells(&mut writer, &cells)?;
    }
    writer.flush()
}

/// Writes a row of which nothing can run.
pub(super) fn write_cells<W: Write>(writer: &mut ::csv::Writer<W>, cells: &[&str]) -> io::Result<()> {
    for cell in cells {
        writer.write_field(&*unformula(cell))?;
    }
    writer.write_record(None::<&[u8]>)?;
    Ok(())
}

/// Keeps a spreadsheet from running a cell as a formula: names and addresses come from files that anybody may have
/// filled.
pub(super) fn unformula(cell: &str) -> Cow<'_, str> {
    // Spreadsheets of East Asia take the wide signs for the narrow ones; spaces and signs that are not seen are passed over.
    let unseen = |c: char| c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    let begins = cell.trim_start_matches(unseen).starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if begins || cell.starts_with(['\t', '\r', '\n']) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_text() {
        let check = |cell: &str, expect: &str| assert_eq!(unformula(cell), expect);
        check("=1+1", "'=1+1");
        check("+49 30", "'+49 30");
        check("-", "'-");
        check("@sum", "'@sum");
        check("\tx", "'\tx");
        check("\rx", "'\rx");
        check("\n=x", "'\n=x");
        check(" =x", "' =x");
        check("＝x", "'＝x");
        check("\u{200b}=x", "'\u{200b}=x");
        check("a=b", "a=b");
        check("", "");
    }
}
