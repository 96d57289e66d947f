use std::collections::BTreeMap;
use std::io::{self, Write};

use super::csv::unformula;
use crate::import::KEY_SECRET;

/// Writes what tokens stand for, and the secret they are made with: what it takes to read a pseudonymized report.
///
/// # Errors
/// Those of the writer.
pub fn key_csv(secret: &str, given: &BTreeMap<String, String>, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = ::csv::Writer::from_writer(out);
    writer.write_record(["token", "stands_for"])?;
    writer.write_record([KEY_SECRET, secret])?;
    for (token, called) in given {
        writer.write_record([token, &*unformula(called)])?;
    }
    writer.flush()
}
