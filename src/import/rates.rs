use jiff::civil::Date;
use rust_decimal::Decimal;

use super::columns::Columns;
use super::profile::{Field, Profile};
use super::row_reader::RowReader;
use super::table::Table;
use super::{Import, Records};
use crate::model::{Currency, DecimalMark, Moment, Place, parse_decimal_in};

/// A line of a list of exchange rates: what one unit of a currency is worth in another on a day.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RateRecord {
    /// Where it stands.
    pub place: Place,
    /// The currency.
    pub from: Currency,
    /// What it is worth something in; `None` for the reporting currency.
    pub to: Option<Currency>,
    /// Units of the one for one unit of the other.
    pub worth: Decimal,
    /// The day it is of.
    pub on: Option<Date>,
}

/// No currency is worth less of another, or more: sums could leave the range of exact decimals.
const LEAST: Decimal = Decimal::from_parts(1, 0, 0, false, 9);
const MOST: Decimal = Decimal::from_parts(1_000_000_000, 0, 0, false, 0);

/// Turns rows into rates. A row that is no rate is skipped: a wrong one would change every figure.
pub(super) fn rates(import: &mut Import, profile: &Profile, columns: &Columns, table: &Table<'_>) {
    let mut records = Vec::new();
    let mut reader = RowReader::new(import, profile, columns, table);
    reader.each(table, &mut |reader, row, place| {
        let currency =
            |field| columns.text(field, row).map(Currency::parse).transpose().map_err(|fault| fault.to_string());
        let from = currency(Field::Currency)?.ok_or("it names no currency")?;
        let to = currency(Field::To)?;
        let text = columns.text(Field::Rate, row).ok_or("it has no rate")?;
        // A rate has three decimals more often than a thousand units.
        let only = |mark: char| text.matches(mark).count() == 1 && !text.contains(if mark == ',' { '.' } else { ',' });
        let mark = if only(',') { Some(DecimalMark::Comma) } else { only('.').then_some(DecimalMark::Point) };
        let worth = parse_decimal_in(text, mark).map_err(|fault| fault.to_string())?;
        if !(LEAST..=MOST).contains(&worth) {
            return Err(format!("\"{text}\" is no rate; expected a number above 0, and no more than {MOST}"));
        }
        let on = reader.moment(Field::Date, row).map(Moment::date);
        if on.is_none() && columns.text(Field::Date, row).is_some() {
            return Err("the day it is of cannot be read".into());
        }
        records.push(RateRecord { on, place, from, to, worth });
        Ok(())
    });
    reader.finish();
    import.records = Records::Rates(records);
}
