use std::borrow::Cow;
use std::io::{self, Write};

use crate::view::{FindingRow, FindingRows, format};

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
pub fn findings_csv(rows: FindingRows<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = ::csv::Writer::from_writer(out);
    writer.write_record(COLUMNS)?;
    for row in rows.iter() {
        writer.write_record(cells(&row).iter().map(|cell| unformula(cell).into_owned()))?;
    }
    writer.flush()
}

fn cells(row: &FindingRow) -> [String; 17] {
    // A free seat has no cost, which is not a cost of nothing.
    let cost = row.annual_cost.filter(|money| !money.amount.is_zero());
    [
        row.app.clone(),
        row.account.clone(),
        row.email.clone(),
        row.display_name.clone(),
        row.person.clone(),
        row.person_name.clone(),
        row.person_status.into(),
        row.finding.as_str().into(),
        row.reason.clone(),
        row.method.into(),
        format!("{:.3}", row.confidence),
        row.review.to_string(),
        row.billed.into(),
        cost.map(|money| format::plain(money.amount)).unwrap_or_default(),
        cost.map(|money| money.currency.to_string()).unwrap_or_default(),
        format::seen_plain(row.last_active),
        row.source.clone(),
    ]
}

/// Keeps a spreadsheet from running a cell as a formula: names and addresses come from files that anybody may have
/// filled.
pub(super) fn unformula(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
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
        check("a=b", "a=b");
        check("", "");
    }
}
