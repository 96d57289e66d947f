use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::columns::Columns;
use super::profile::{Field, Profile};
use super::row_reader::RowReader;
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
    /// The negotiated price, before the discount; the least one where a range is told.
    pub price: Option<Decimal>,
    /// The greatest price, where a range is told.
    #[serde(default)]
    pub price_high: Option<Decimal>,
    /// The price is the least one can pay: "from 29".
    #[serde(default)]
    pub from: bool,
    /// Seats that are sold together at the price; one if they are sold singly.
    #[serde(default = "one")]
    pub pack: u32,
    /// What is paid for each seat beside the price, in its unit.
    #[serde(default)]
    pub add_on: Option<Decimal>,
    /// What is paid a year whatever the number of seats, beside the price.
    #[serde(default)]
    pub base_fee: Option<Decimal>,
    /// What was paid once.
    #[serde(default)]
    pub one_off: Option<Decimal>,
    /// Least bill of a year.
    #[serde(default)]
    pub commitment: Option<Decimal>,
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

fn one() -> u32 {
    1
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
        let price = line.price();
        let header = columns.header_in_use(Field::Price, row, table);
        let (unit, pack) = line.unit(price.unit.as_deref(), header.and_then(unit_of));
        // One column serves for either, in files that have the other one too.
        let base = columns.header_in_use(Field::BaseFee, row, table).filter(|base| Some(*base) != header);
        let months = if base.is_some_and(|base| fold_text(base).contains("month")) { 12 } else { 1 };
        let base_fee = base.and_then(|_| line.amount(Field::BaseFee, "base fee"));
        let contract = Contract {
            app: AppName::new(app),
            plan: columns.owned(Field::Plan, row),
            seats: line.count(Field::Seats, "seats", MOST_SEATS),
            price: price.low.filter(|_| !unreadable),
            price_high: price.high.filter(|_| !unreadable),
            from: price.from,
            pack,
            unit,
            add_on: line.amount(Field::AddOn, "add-on"),
            base_fee: base_fee.map(|fee| fee * Decimal::from(months)),
            one_off: line.amount(Field::OneOff, "one-off fee"),
            commitment: line.amount(Field::Commitment, "commitment"),
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

/// What the cell of a price says.
#[derive(Debug, Default, PartialEq)]
struct PriceCell {
    low: Option<Decimal>,
    high: Option<Decimal>,
    from: bool,
    on_request: bool,
    unit: Option<String>,
}

impl PriceCell {
    fn parse(text: &str) -> Self {
        // Words for a price nobody publishes: it is asked for, and no mistake.
        const ON_REQUEST: [&str; 10] = [
            "request",
            "custom",
            "contact",
            "quote",
            "not published",
            "unpublished",
            "n/a",
            "tbd",
            "unknown",
            "negotiated",
        ];
        const FROM: [&str; 5] = ["from ", "starting at ", "starts at ", "ab ", "at least "];
        let folded = fold_text(text);
        if ON_REQUEST.iter().any(|word| folded.contains(word)) {
            return Self { on_request: true, ..Self::default() };
        }
        let (amount, unit) = match folded.find(['/']).or_else(|| folded.find(" per ")) {
            Some(at) => (folded.get(..at), folded.get(at..).map(|unit| unit.trim_matches(['/', ' ']).to_owned())),
            None => (Some(folded.as_str()), None),
        };
        let amount = amount.unwrap_or_default().trim();
        let bare = FROM.iter().find_map(|word| amount.strip_prefix(word)).or_else(|| amount.strip_suffix('+'));
        let parts = bare.unwrap_or(amount).replace(" to ", "–").replace('—', "–");
        let parts = if parts.contains('–') { parts } else { hyphenated(&parts) };
        let number = |part: &str| {
            let digits = part.trim().trim_matches(|c: char| c.is_alphabetic() || c.is_whitespace());
            parse_decimal(digits).ok().filter(|amount| !amount.is_sign_negative() && *amount <= MOST)
        };
        let mut numbers = parts.split('–').map(number);
        let (low, high) = (numbers.next().flatten(), numbers.next());
        // A range with an end that is no number is none, and a range is told upwards.
        match (low, high) {
            (Some(low), Some(Some(high))) if low <= high => {
                Self { low: Some(low), high: Some(high), unit, ..Self::default() }
            }
            (low, None) => Self { low, from: bare.is_some() && low.is_some(), unit, ..Self::default() },
            _ => Self::default(),
        }
    }
}

/// A hyphen between two numbers stands for "to".
fn hyphenated(text: &str) -> String {
    match text.split_once('-') {
        Some((low, high)) if low.ends_with(|c: char| c.is_ascii_digit() || c == ' ') && !low.trim().is_empty() => {
            format!("{low}–{high}")
        }
        _ => text.to_owned(),
    }
}

/// The number of seats that come together, and the unit without it: `per pack of 10 users per year`.
fn pack_of(unit: &str) -> (u32, String) {
    let words: Vec<&str> = unit.split(|c: char| c.is_whitespace() || c == '-' || c == '/').collect();
    let number = words.iter().enumerate().find_map(|(at, word)| {
        let number = word.parse::<u32>().ok().filter(|number| (2..=10_000).contains(number))?;
        let next = words.get(at + 1).map(|word| fold_text(word)).unwrap_or_default();
        let of_seats =
            ["seat", "user", "license", "licence", "member", "pack"].iter().any(|word| next.starts_with(word));
        of_seats.then_some((number, *word))
    });
    let Some((number, word)) = number else { return (1, unit.to_owned()) };
    (number, unit.replacen(word, "", 1).replace("pack of", "").replace("pack", ""))
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

    /// The price with what its cell says beside the number: `$29/user/month`, `29–39`, `from 29`, `on request`.
    fn price(&mut self) -> PriceCell {
        let Some(text) = self.text(Field::Price) else { return PriceCell::default() };
        let cell = PriceCell::parse(text);
        if cell.low.is_none() && !cell.on_request {
            self.bad(format!("\"{text}\" is no price; expected a number from 0 to {MOST}"), NOT_GIVEN);
        }
        cell
    }

    /// What the price is for, by the column for it, the price's own cell or its header; and how many seats come together.
    fn unit(&mut self, beside: Option<&str>, header: Option<PriceUnit>) -> (PriceUnit, u32) {
        let Some(text) = self.text(Field::Unit).or(beside) else {
            return (header.unwrap_or(PriceUnit::PerSeatMonth), 1);
        };
        let (pack, rest) = pack_of(text);
        let unit = PriceUnit::parse(&rest).unwrap_or_else(|| {
            let message = format!("\"{text}\" is not a unit of price; taken as per seat per month");
            self.bad(message, "use per seat per month, per seat per year, flat per month or flat per year");
            PriceUnit::PerSeatMonth
        });
        (unit, pack)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn price_cells() {
        let check = |text: &str, expect: &str| {
            let cell = PriceCell::parse(text);
            let number = |number: Option<Decimal>| number.map_or("-".to_owned(), |number| number.to_string());
            let mut read = format!("{} {}", number(cell.low), number(cell.high));
            read += if cell.from { " from" } else { "" };
            read += if cell.on_request { " on request" } else { "" };
            read += &cell.unit.map(|unit| format!(" {unit}")).unwrap_or_default();
            assert_eq!(read, expect, "{text}");
        };
        check("29", "29 -");
        check("$1,234.50", "1234.50 -");
        check("29 EUR", "29 -");
        check("$29/user/month", "29 - user/month");
        check("€350 per year", "350 - per year");
        check("29–39", "29 39");
        check("$29 - $39 / seat / month", "29 39 seat / month");
        check("29 to 39", "29 39");
        check("from $29", "29 - from");
        check("29+", "29 - from");
        check("Contact sales", "- - on request");
        check("on request", "- - on request");
        check("39–29", "- -");
        check("-5", "- -");
        check("cheap", "- -");
    }

    #[test]
    fn packs() {
        let check = |text: &str, expect: &str| {
            let (pack, rest) = pack_of(text);
            let unit = PriceUnit::parse(&rest).map_or("?", PriceUnit::as_str);
            assert_eq!(format!("{pack} {unit}"), expect, "{text}");
        };
        check("per seat per month", "1 per seat per month");
        check("per 10 seats per month", "10 per seat per month");
        check("per pack of 25 users per year", "25 per seat per year");
        check("5-user pack per month", "5 per seat per month");
        check("per seat per 3 years", "1 ?");
    }
}
