use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::columns::Columns;
use super::profile::{Field, Profile};
use super::records::RowReader;
use super::table::{Row, Table};
use super::{Import, Records};
use crate::model::{AppName, BillingCycle, Currency, Moment, Place, PriceUnit, fold_text, parse_decimal};

/// A line of a contract list.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ContractRecord {
    /// Where it stands.
    pub place: Place,
    /// What it says.
    pub contract: Contract,
}

/// What is really paid for an app.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
pub struct Contract {
    /// The app, as written.
    pub app: AppName,
    /// The plan, as written; empty if not told.
    pub plan: String,
    /// Seats bought.
    pub seats: Option<u32>,
    /// The negotiated price, before the discount.
    pub price: Option<Decimal>,
    /// What the price is charged for.
    pub unit: PriceUnit,
    /// Its currency; absent if the file does not tell.
    pub currency: Option<Currency>,
    /// How long one is bound.
    pub billing: Option<BillingCycle>,
    /// End of the current term.
    pub renewal: Option<Date>,
    /// Days of notice before it.
    pub notice_days: Option<u32>,
    /// Discount on the price, as a share of one.
    pub discount: Decimal,
    /// Least number of seats billed.
    pub minimum: Option<u32>,
}

/// Turns rows into contracts.
pub(super) fn contracts(import: &mut Import, profile: &Profile, columns: &Columns, table: &Table<'_>) {
    // A header that names the unit ("Price per seat per year") sets it for rows that do not.
    let price_header = columns.headers_of(Field::Price, table).next().and_then(|header| {
        let names_period = ["month", "year", "annual"].iter().any(|word| fold_text(header).contains(word));
        PriceUnit::parse(header).filter(|_| names_period)
    });
    let mut records = Vec::new();
    let mut reader = RowReader::new(import, profile, columns, table);
    reader.each(table, &mut |reader, row, place| {
        let Some(app) = columns.text(Field::App, row) else { return Err("it names no app".into()) };
        let mut number = |field, what: &str| count(reader, columns, row, &place, field, what);
        let (seats, minimum) = (number(Field::Seats, "seats"), number(Field::Minimum, "minimum seats"));
        let notice_days = number(Field::Notice, "notice days");
        let unit_text = columns.text(Field::Unit, row);
        let unit = match unit_text {
            None => price_header.unwrap_or(PriceUnit::PerSeatMonth),
            Some(text) => PriceUnit::parse(text).unwrap_or_else(|| {
                let message = format!("\"{text}\" is not a unit of price; taken as per seat per month");
                reader.bad_value(
                    &place,
                    message,
                    "use per seat per month, per seat per year, flat per month or flat per year",
                );
                PriceUnit::PerSeatMonth
            }),
        };
        let mut amount = |field, what: &str| amount(reader, columns, row, &place, field, what);
        let price = amount(Field::Price, "price");
        let discount = amount(Field::Discount, "discount").unwrap_or_default();
        let contract = Contract {
            app: AppName::new(app),
            plan: columns.owned(Field::Plan, row),
            seats,
            price,
            unit,
            currency: currency(reader, columns, row, &place),
            billing: billing(reader, columns, row, &place),
            renewal: reader.moment(Field::Renewal, row).map(Moment::date),
            notice_days,
            discount: share(reader, &place, discount),
            minimum,
        };
        records.push(ContractRecord { place, contract });
        Ok(())
    });
    reader.finish();
    import.records = Records::Contracts(records);
}

fn count(
    reader: &mut RowReader<'_>,
    columns: &Columns,
    row: &Row<'_>,
    place: &Place,
    field: Field,
    what: &str,
) -> Option<u32> {
    let text = columns.text(field, row)?;
    let number = parse_decimal(text).ok().filter(|number| number.fract().is_zero());
    let number = number.and_then(|number| u32::try_from(number).ok());
    if number.is_none() {
        let message = format!("\"{text}\" is no number of {what}; expected a whole number, 0 or more");
        reader.bad_value(place, message, "the value is taken as not given; correct it and import the file again");
    }
    number
}

fn amount(
    reader: &mut RowReader<'_>,
    columns: &Columns,
    row: &Row<'_>,
    place: &Place,
    field: Field,
    what: &str,
) -> Option<Decimal> {
    let text = columns.text(field, row)?;
    match parse_decimal(text.trim_end_matches('%')) {
        Ok(amount) if !amount.is_sign_negative() => Some(amount),
        Ok(_) | Err(_) => {
            let message = format!("\"{text}\" is no {what}; expected a number, 0 or more");
            reader.bad_value(place, message, "the value is taken as not given; correct it and import the file again");
            None
        }
    }
}

/// A discount is written in percent: `15`, `15%`; a number below 1 is a share already.
fn share(reader: &mut RowReader<'_>, place: &Place, discount: Decimal) -> Decimal {
    if discount < Decimal::ONE {
        return discount;
    }
    let share = discount / Decimal::ONE_HUNDRED;
    if share < Decimal::ONE {
        return share;
    }
    reader.bad_value(
        place,
        format!("a discount of {discount} % leaves no price"),
        "give the discount in percent, below 100",
    );
    Decimal::ZERO
}

fn currency(reader: &mut RowReader<'_>, columns: &Columns, row: &Row<'_>, place: &Place) -> Option<Currency> {
    // A sign in the price cell tells too.
    let text = columns.text(Field::Currency, row).or_else(|| {
        let price = columns.text(Field::Price, row)?;
        ["$", "€", "£", "¥"].into_iter().find(|sign| price.contains(sign))
    })?;
    Currency::parse(text)
        .map_err(|fault| reader.bad_value(place, fault.to_string(), "the reporting currency is taken instead"))
        .ok()
}

fn billing(reader: &mut RowReader<'_>, columns: &Columns, row: &Row<'_>, place: &Place) -> Option<BillingCycle> {
    let text = columns.text(Field::Billing, row)?;
    let folded = fold_text(text);
    if folded.contains("month") {
        Some(BillingCycle::Monthly)
    } else if ["annual", "year", "yr"].iter().any(|word| folded.contains(word)) {
        Some(BillingCycle::Annual)
    } else {
        let message = format!("\"{text}\" is no billing cycle; expected monthly or annual");
        reader.bad_value(place, message, "taken as annual, which promises no saving before the renewal");
        Some(BillingCycle::Annual)
    }
}
