use std::io::{self, Write};

use super::csv::write_cells;
use crate::view::{WorkRow, format};

/// Columns of a worklist, in order.
const COLUMNS: [&str; 15] = [
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
    "currency",
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
        let amount = row.annual_cost.map(|money| format::plain(money.amount)).unwrap_or_default();
        let cells: [&str; COLUMNS.len()] = [
            &row.number.to_string(),
            row.action,
            app,
            &row.account,
            &row.email,
            &row.display_name,
            row.finding.as_str(),
            if row.admin { "true" } else { "false" },
            &row.reason,
            &row.person,
            &row.last_active,
            &amount,
            row.annual_cost.as_ref().map_or("", |money| money.currency.as_str()),
            &row.caution,
            &row.source,
        ];
        write_cells(&mut writer, &cells)?;
    }
    writer.flush()
}
