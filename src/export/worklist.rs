use std::io::{self, Write};

use super::csv::unformula;
use crate::view::{WorkRow, format};

/// Columns of a worklist, in order.
const COLUMNS: [&str; 14] = [
    "number",
    "action",
    "app",
    "account",
    "email",
    "display_name",
    "finding",
    "admin",
    "reason",
    "person_name",
    "last_active",
    "annual_cost",
    "caution",
    "source",
];

/// Writes what is to be done in one app, in the order in which it is best done: a line for each account, ready to become a
/// ticket.
///
/// # Errors
/// Those of the writer.
pub fn worklist_csv(app: &str, rows: &[WorkRow], out: &mut dyn Write) -> io::Result<()> {
    let mut writer = ::csv::Writer::from_writer(out);
    writer.write_record(COLUMNS)?;
    for row in rows {
        let cells = [
            row.number.to_string(),
            row.action.into(),
            app.into(),
            row.account.clone(),
            row.email.clone(),
            row.display_name.clone(),
            row.finding.as_str().into(),
            row.admin.to_string(),
            row.reason.clone(),
            row.person.clone(),
            row.last_active.clone(),
            row.annual_cost.map(|money| format::plain(money.amount)).unwrap_or_default(),
            row.caution.clone(),
            row.source.clone(),
        ];
        writer.write_record(cells.iter().map(|cell| unformula(cell).into_owned()))?;
    }
    writer.flush()
}
