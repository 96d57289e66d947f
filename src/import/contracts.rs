use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::columns::Columns;
use super::profile::{Field, Profile};
use super::records::RowReader;
use super::table::{Row, Table};
use super::{Import, Records};
use crate::model::{
    AppName, BillingCycle, Code, Currency, Diagnostic, Moment, Place, PriceUnit, Severity, fold_text, parse_decimal,
};

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
    let unit_of = |header: &str| {
        let folded = fold_text(header);
        let says = |words: &[&str]| words.iter().any(|word| folded.contains(word));
        let told = says(&["month", "year", "annual", "flat", "fee"]);
        // A flat fee without a period is a year's: nobody lists a year's fee as twelve.
        let flat_year = says(&["flat", "fee"]) && !says(&["month", "seat", "user"]);
        if flat_year { Some(PriceUnit::FlatYear) } else { PriceUnit::parse(header).filter(|_| told) }
    };
    if columns.has(Field::Price) && !columns.has(Field::Unit) {
        let header = columns.headers_of(Field::Price, table).next();
        let unit = header.and_then(unit_of).unwrap_or(PriceUnit::PerSeatMonth);
        let place = Some(Place::file(&import.name));
        let message = format!("no column says what prices are charged for; they are taken as {}", unit.as_str());
        let hint = "add a column Unit: per seat per month, per seat per year, flat per month or flat per year";
        import.diagnostics.push(Diagnostic::new(Code::Guessed, Severity::Info, place, message).hint(hint));
    }
    let mut records = Vec::new();
    let mut reader = RowReader::new(import, profile, columns, table);
    reader.each(table, &mut |reader, row, place| {
        let Some(app) = columns.text(Field::App, row) else { return Err("it names no app".into()) };
        let renewal = reader.moment(Field::Renewal, row).map(Moment::date);
        let mut line = Line { reader, columns, row, place: &place };
        let currency = line.currency();
        let unreadable = currency == Some(None);
        let contract = Contract {
            app: AppName::new(app),
            plan: columns.owned(Field::Plan, row),
            seats: line.count(Field::Seats, "seats", MOST_SEATS),
            price: line.amount(Field::Price, "price").filter(|_| !unreadable),
            unit: line.unit(columns.header_in_use(Field::Price, row, table).and_then(unit_of)),
            currency: currency.flatten(),
            billing: line.billing(),
            renewal,
            notice_days: line.count(Field::Notice, "notice days", MOST_NOTICE),
            discount: line.discount(),
            minimum: line.count(Field::Minimum, "minimum seats", MOST_SEATS),
        };
        records.push(ContractRecord { place, contract });
        Ok(())
    });
    reader.finish();
    import.records = Records::Contracts(records);
}

const NOT_GIVEN: &str = "the value is taken as not given; correct it and import the file again";

/// One line of the list, whose values are told of where they make no sense.
struct Line<'a, 'r> {
    reader: &'a mut RowReader<'r>,
    columns: &'a Columns,
    row: &'a Row<'a>,
    place: &'a Place,
}

impl<'a> Line<'a, '_> {
    fn text(&self, field: Field) -> Option<&'a str> {
        self.columns.text(field, self.row)
    }

    fn bad(&mut self, message: String, hint: &str) {
        self.reader.bad_value(self.place, message, hint);
    }

    fn count(&mut self, field: Field, what: &str, most: u32) -> Option<u32> {
        let text = self.text(field)?;
        // Seats are whole: three digits behind a mark are a group, whatever the mark.
        let groups: Vec<&str> = text.split(['.', ',', ' ', '\'']).collect();
        let grouped = groups.len() > 1 && groups.iter().skip(1).all(|group| group.len() == 3);
        let number = parse_decimal(&if grouped { groups.concat() } else { text.to_owned() }).ok();
        let number = number.filter(|number| number.fract().is_zero());
        let number = number.and_then(|number| u32::try_from(number).ok()).filter(|number| *number <= most);
        if number.is_none() {
            self.bad(format!("\"{text}\" is no number of {what}; expected a whole number from 0 to {most}"), NOT_GIVEN);
        }
        number
    }

    fn amount(&mut self, field: Field, what: &str) -> Option<Decimal> {
        let text = self.text(field)?;
        let amount = parse_decimal(text.trim_end_matches('%')).ok();
        let amount = amount.filter(|amount| !amount.is_sign_negative() && *amount <= MOST);
        if amount.is_none() {
            self.bad(format!("\"{text}\" is no {what}; expected a number from 0 to {MOST}"), NOT_GIVEN);
        }
        amount
    }

    fn unit(&mut self, header: Option<PriceUnit>) -> PriceUnit {
        let Some(text) = self.text(Field::Unit) else { return header.unwrap_or(PriceUnit::PerSeatMonth) };
        PriceUnit::parse(text).unwrap_or_else(|| {
            self.bad(
                format!("\"{text}\" is not a unit of price; taken as per seat per month"),
                "use per seat per month, per seat per year, flat per month or flat per year",
            );
            PriceUnit::PerSeatMonth
        })
    }

    /// Written in percent: `15`, `15%`; a number below 1 is a share already.
    fn discount(&mut self) -> Decimal {
        if self.text(Field::Discount).is_some_and(|text| text.contains(['$', '€', '£', '¥'])) {
            self.bad(
                "a discount in money is not read; expected percent".into(),
                "lower the price by it, or give percent",
            );
            return Decimal::ZERO;
        }
        let percent = self.text(Field::Discount).is_some_and(|text| text.contains('%'));
        let discount = self.amount(Field::Discount, "discount").unwrap_or_default();
        if discount < Decimal::ONE && !percent {
            return discount;
        }
        let share = discount / Decimal::ONE_HUNDRED;
        if share < Decimal::ONE {
            return share;
        }
        self.bad(format!("a discount of {discount} % leaves no price"), "give the discount in percent, below 100");
        Decimal::ZERO
    }

    /// The currency told; the inner `None` is one that cannot be read.
    fn currency(&mut self) -> Option<Option<Currency>> {
        // A sign in the price cell tells too.
        let price = self.text(Field::Price).unwrap_or_default();
        let sign = ["$", "€", "£", "¥"].into_iter().find(|sign| price.contains(sign));
        let text = self.text(Field::Currency).or(sign)?;
        let read = Currency::parse(text);
        if let (Ok(told), Some(Ok(shown))) = (&read, sign.map(Currency::parse))
            && *told != shown
        {
            let message = format!("the price is in {shown} and the currency says {told}");
            self.bad(message, "the price is taken as not given; correct it and import the file again");
            return Some(None);
        }
        if let Err(fault) = &read {
            self.bad(fault.to_string(), "the price is taken as not given; correct it and import the file again");
        }
        Some(read.ok())
    }

    fn billing(&mut self) -> Option<BillingCycle> {
        let text = self.text(Field::Billing)?;
        let folded = fold_text(text);
        if folded.contains("month") {
            return Some(BillingCycle::Monthly);
        }
        if !["annual", "year", "yr"].iter().any(|word| folded.contains(word)) {
            self.bad(
                format!("\"{text}\" is no billing cycle; expected monthly or annual"),
                "taken as annual, which promises no saving before the renewal",
            );
        }
        Some(BillingCycle::Annual)
    }
}

/// More seats of one app than anybody buys; a greater number is something else.
const MOST_SEATS: u32 = 10_000_000;
/// Ten years.
const MOST_NOTICE: u32 = 3_650;
/// No price is higher: beyond it a cell holds something else, and sums could leave the range of exact decimals.
const MOST: Decimal = Decimal::from_parts(1_000_000_000, 0, 0, false, 0);
