use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::columns::Columns;
use super::price_cell::{HeaderUnit, MOST, PriceCell, Sign, amount, header_currency, header_unit, unit};
use super::profile::{Field, Profile};
use super::row_reader::RowReader;
use super::table::{Row, Table};
use super::{Import, Records};
use crate::model::{
    AppName, BillingCycle, Code, Currency, DecimalMark, Moment, Place, PriceUnit, Severity, decimal_mark_of, fold_text,
    parse_decimal,
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
    /// Seats that the base fee pays for.
    #[serde(default)]
    pub included: Option<u32>,
    /// Months for which it is renewed; twelve if not told.
    #[serde(default)]
    pub term_months: Option<u32>,
    /// What the vendor adds to the price at each renewal, as a share of one.
    #[serde(default)]
    pub uplift: Option<Decimal>,
    /// Why what is paid is not known, where something is told of it that cannot be read.
    #[serde(default)]
    pub unpriced: Option<String>,
}

fn one() -> u32 {
    1
}

impl Contract {
    /// A contract of which only the app is known.
    pub fn new(app: AppName) -> Self {
        Self {
            app,
            plan: String::new(),
            seats: None,
            price: None,
            price_high: None,
            from: false,
            pack: 1,
            add_on: None,
            base_fee: None,
            one_off: None,
            commitment: None,
            unit: PriceUnit::PerSeatMonth,
            currency: None,
            billing: None,
            renewal: None,
            notice_days: None,
            discount: Decimal::ZERO,
            minimum: None,
            included: None,
            term_months: None,
            uplift: None,
            unpriced: None,
        }
    }
}

/// Turns rows into contracts.
pub(super) fn contracts(import: &mut Import, profile: &Profile, columns: &Columns, table: &Table<'_>) {
    let unused = unused_price(columns, table);
    if let Some(header) = &unused {
        let message = format!("the column \"{header}\" looks like a price and is not read; the apps have no price");
        import.report(Code::BadValue, Severity::Warning, message, "call it Price per seat per month, or Flat fee");
    } else if columns.has(Field::Price) && !columns.has(Field::Unit) {
        let unit = columns.headers_of(Field::Price, table).next().map(header_unit);
        let unit = if let Some(HeaderUnit::Told(unit)) = unit { unit } else { PriceUnit::PerSeatMonth };
        let message = format!("no column says what prices are charged for; they are taken as {}", unit.as_str());
        let hint = "add a column Unit: per seat per month, per seat per year, flat per month or flat per year";
        import.report(Code::Guessed, Severity::Info, message, hint);
    }
    let mark = decimal_mark(columns, table);
    let mut records = Vec::new();
    let mut reader = RowReader::new(import, profile, columns, table);
    reader.each(table, &mut |reader, row, place| {
        let Some(app) = columns.text(Field::App, row) else { return Err("it names no app".into()) };
        let sums = ["total", "totals", "grand total", "subtotal", "sum"];
        if sums.contains(&fold_text(app).trim_end_matches([':', ' '])) {
            return Err("a sum of the rows above it".into());
        }
        let renewal = reader.moment(Field::Renewal, row).map(Moment::date);
        let unpriced = unused.as_ref().map(|_| "its price is in a column that is not read".to_owned());
        let mut line = Line { reader, columns, table, row, place: &place, mark, currency: None, unpriced };
        let price = line.price();
        line.currency = line.currency(price.sign);
        let (unit, pack) = line.unit(price.unit.as_deref());
        // One column serves for either, in files that have the other one too.
        let header = columns.header_in_use(Field::Price, row, table);
        let base = columns.header_in_use(Field::BaseFee, row, table).filter(|base| Some(*base) != header);
        let months = if base.is_some_and(|base| fold_text(base).contains("month")) { 12 } else { 1 };
        let base_fee = base.and_then(|_| line.amount(Field::BaseFee, "base fee"));
        let base_fee = base_fee.map(|fee| fee * Decimal::from(months));
        // A fee alone is all that is paid; a platform fee beside a plan comes on top of what the plan costs.
        let flat =
            base.is_some_and(|base| fold_text(base).contains("flat")) || columns.text(Field::Plan, row).is_none();
        let alone = price.low.is_none() && line.unpriced.is_none() && base_fee.is_some() && flat;
        let (price, unit, base_fee) = match alone {
            true => (PriceCell { low: base_fee, ..price }, PriceUnit::FlatYear, None),
            false => (price, unit, base_fee),
        };
        let contract = Contract {
            app: AppName::new(app),
            plan: columns.owned(Field::Plan, row),
            seats: line.count(Field::Seats, "seats", MOST_SEATS),
            price: price.low.filter(|_| line.unpriced.is_none()),
            price_high: price.high.filter(|_| line.unpriced.is_none()),
            from: price.from,
            pack,
            unit,
            add_on: line.amount(Field::AddOn, "add-on"),
            base_fee,
            one_off: line.amount(Field::OneOff, "one-off fee"),
            commitment: line.amount(Field::Commitment, "commitment"),
            billing: line.billing(),
            renewal,
            notice_days: line.notice(),
            discount: line.discount(),
            minimum: line.count(Field::Minimum, "minimum seats", MOST_SEATS),
            included: line.count(Field::Included, "included seats", MOST_SEATS),
            term_months: line.term(),
            uplift: line.uplift(),
            currency: line.currency,
            unpriced: line.unpriced,
        };
        records.push(ContractRecord { place, contract });
        Ok(())
    });
    reader.finish();
    import.records = Records::Contracts(records);
}

/// The header of a column that speaks of money, where no column is read as the price.
fn unused_price(columns: &Columns, table: &Table<'_>) -> Option<String> {
    const MONEY: [&str; 7] = ["price", "cost", "value", "amount", "spend", "total", "fee"];
    let fees = [Field::BaseFee, Field::AddOn, Field::OneOff, Field::Commitment];
    let used: Vec<&str> = fees.iter().flat_map(|field| columns.headers_of(*field, table)).collect();
    let speaks = |header: &&String| {
        !used.contains(&header.as_str()) && MONEY.iter().any(|word| fold_text(header).contains(word))
    };
    if columns.has(Field::Price) { None } else { table.headers().iter().find(speaks).cloned() }
}

/// What the amounts of a file prove about its decimal mark; amounts that prove both prove nothing.
fn decimal_mark(columns: &Columns, table: &Table<'_>) -> Option<DecimalMark> {
    let amounts = [Field::Price, Field::BaseFee, Field::AddOn, Field::OneOff, Field::Commitment];
    let (mut point, mut comma) = (false, false);
    table.each_row(&mut |row| {
        for cell in amounts.iter().flat_map(|field| columns.cells(*field, &row)) {
            match decimal_mark_of(cell) {
                Some(DecimalMark::Point) => point = true,
                Some(DecimalMark::Comma) => comma = true,
                None => {}
            }
        }
        !(point && comma)
    });
    match (point, comma) {
        (true, false) => Some(DecimalMark::Point),
        (false, true) => Some(DecimalMark::Comma),
        _ => None,
    }
}

const NOT_GIVEN: &str = "the value is taken as not given; correct it and import the file again";

/// One line of the list, whose values are told of where they make no sense.
struct Line<'a, 'r> {
    reader: &'a mut RowReader<'r>,
    columns: &'a Columns,
    table: &'a Table<'a>,
    row: &'a Row<'a>,
    place: &'a Place,
    mark: Option<DecimalMark>,
    currency: Option<Currency>,
    /// Why what is paid is not known, though something is told of it.
    unpriced: Option<String>,
}

impl<'a> Line<'a, '_> {
    fn text(&self, field: Field) -> Option<&'a str> {
        self.columns.text(field, self.row)
    }

    fn bad(&mut self, message: String, hint: &str) {
        self.reader.bad_value(self.place, message, hint);
    }

    /// Says what is wrong with the price, which is then not known: no other price may stand for it.
    fn no_price(&mut self, message: String, reason: &str) {
        self.bad(message, "the app is shown without a price; correct it and import the file again");
        self.unpriced.get_or_insert(reason.to_owned());
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
        let currency = self.currency;
        let read = amount(text, self.mark)
            .filter(|_| self.mark.is_some() || !is_thousand_or_one(text))
            .filter(|(_, sign)| sign.is_none_or(|sign| currency.is_none_or(|currency| sign.stands_for(currency))));
        if read.is_none() {
            self.bad(format!("\"{text}\" is no {what}; expected a number from 0 to {MOST}"), NOT_GIVEN);
        }
        read.map(|(amount, _)| amount)
    }

    fn price(&mut self) -> PriceCell {
        let Some(text) = self.text(Field::Price) else { return PriceCell::default() };
        let cell = PriceCell::parse(text, self.mark);
        match &cell {
            None => {
                let message = format!("\"{text}\" is no price; expected a number from 0 to {MOST}");
                self.no_price(message, "its price cannot be read");
            }
            Some(cell) if cell.on_request => {
                self.unpriced.get_or_insert("its price is on request".to_owned());
            }
            Some(_) if self.mark.is_none() && is_thousand_or_one(text) => {
                let message = format!("\"{text}\" can be one thousand or one; no other amount of the file tells");
                self.no_price(message, "its price can be read in two ways");
            }
            Some(_) => {}
        }
        cell.unwrap_or_default()
    }

    /// What the price is for, by the column for it, the price's own cell or its header; and how many seats come together.
    fn unit(&mut self, beside: Option<&str>) -> (PriceUnit, u32) {
        let header = self.columns.header_in_use(Field::Price, self.row, self.table);
        if let Some(text) = self.text(Field::Unit).or(beside) {
            if let Some(unit) = unit(text, header) {
                return unit;
            }
            let message = format!("\"{text}\" is not a unit of price; expected one such as per seat per month");
            self.no_price(message, "what its price is for cannot be read");
        } else {
            match header.map(header_unit) {
                Some(HeaderUnit::Told(unit)) => return (unit, 1),
                Some(HeaderUnit::Unclear) => {
                    let message = format!("\"{}\" does not say what it is for", header.unwrap_or_default());
                    self.no_price(message, "it is not known what its price is for");
                }
                Some(HeaderUnit::Silent) | None => {}
            }
        }
        (PriceUnit::PerSeatMonth, 1)
    }

    /// Days of notice: `60`, `60 days`, `3 months`.
    fn notice(&mut self) -> Option<u32> {
        let text = self.text(Field::Notice)?;
        let folded = fold_text(text);
        let digits = folded.trim_end_matches(|c: char| !c.is_ascii_digit());
        let days = match folded.get(digits.len()..).unwrap_or_default().trim() {
            "" | "d" | "day" | "days" => 1,
            "w" | "week" | "weeks" => 7,
            // What lawyers count a month as, where it is to be safe.
            "m" | "mo" | "month" | "months" => 31,
            _ => 0,
        };
        let notice = digits.parse::<u32>().ok().and_then(|number| number.checked_mul(days));
        let notice = notice.filter(|notice| days > 0 && *notice <= MOST_NOTICE);
        if notice.is_none() {
            let message =
                format!("\"{text}\" is no number of notice days; expected a whole number from 0 to {MOST_NOTICE}");
            self.bad(message, NOT_GIVEN);
        }
        notice
    }

    /// The length of a term: `12`, `36 months`, `3 years`; also where the billing cycle tells it.
    fn term(&mut self) -> Option<u32> {
        let months = |text: &str| {
            let folded = fold_text(text);
            let digits = folded.find(|c: char| c.is_ascii_digit()).and_then(|at| folded.get(at..))?;
            let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
            let number: u32 = digits.get(..end)?.parse().ok()?;
            let each = match digits.get(end..)?.trim_matches(['-', ' ', '.', ')']) {
                "" | "m" | "mo" | "mos" | "month" | "months" | "month term" => 1,
                "y" | "yr" | "yrs" | "year" | "years" | "year term" => 12,
                _ => return None,
            };
            number.checked_mul(each).filter(|months| (1..=MOST_TERM).contains(months))
        };
        if let Some(text) = self.text(Field::Term) {
            let term = months(text);
            if term.is_none() {
                let message = format!("\"{text}\" is no term; expected months, from 1 to {MOST_TERM}");
                self.bad(message, "the contract is taken as renewed for a year; correct it and import the file again");
            }
            return term;
        }
        // A cycle such as "monthly" has no number, and the days of "net 30" are no months.
        let told = self.text(Field::Billing).filter(|text| {
            let folded = fold_text(text);
            folded.contains("month") || folded.contains("year") || folded.contains("yr")
        });
        let bare = told.filter(|text| fold_text(text).trim_start().starts_with(|c: char| c.is_ascii_digit()));
        bare.and_then(months).filter(|months| *months > 1)
    }

    /// What is added at each renewal, in percent.
    fn uplift(&mut self) -> Option<Decimal> {
        let text = self.text(Field::Uplift)?;
        let percent = parse_decimal(text.trim_end_matches(['%', ' '])).ok();
        let share = percent.map(|percent| {
            if percent < Decimal::ONE && !text.contains('%') { percent } else { percent / Decimal::ONE_HUNDRED }
        });
        let share = share.filter(|share| (Decimal::ZERO..=Decimal::ONE).contains(share));
        if share.is_none() {
            self.bad(format!("\"{text}\" is no rise of a price; expected percent, from 0 to 100"), NOT_GIVEN);
        }
        share
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
        let discount = self.text(Field::Discount).map(|text| (text, parse_decimal(text.trim_end_matches(['%', ' ']))));
        let discount = match discount {
            None => return Decimal::ZERO,
            Some((_, Ok(discount))) if !discount.is_sign_negative() => discount,
            Some((text, _)) => {
                self.bad(format!("\"{text}\" is no discount; expected percent"), NOT_GIVEN);
                return Decimal::ZERO;
            }
        };
        if discount < Decimal::ONE && !percent {
            return discount;
        }
        let share = discount / Decimal::ONE_HUNDRED;
        if share < Decimal::ONE {
            return share;
        }
        self.bad(format!("a discount of {discount}% leaves no price"), "give the discount in percent, below 100");
        Decimal::ZERO
    }

    /// The currency told, by its column or by the sign beside the price; both must agree.
    fn currency(&mut self, sign: Option<Sign>) -> Option<Currency> {
        let header = self.columns.header_in_use(Field::Price, self.row, self.table).and_then(header_currency);
        let Some(text) = self.text(Field::Currency) else { return sign.or(header).map(Sign::usual) };
        match Currency::parse(text) {
            Err(fault) => {
                self.no_price(fault.to_string(), "its currency cannot be read");
                None
            }
            Ok(told) if sign.is_some_and(|sign| !sign.stands_for(told)) => {
                let shown = sign.map(Sign::usual).map_or(String::new(), |shown| shown.as_str().to_owned());
                let message = format!("the price is in {shown} and the currency says {told}");
                self.no_price(message, "its price is told in two currencies");
                Some(told)
            }
            Ok(told) => Some(told),
        }
    }

    fn billing(&mut self) -> Option<BillingCycle> {
        let text = self.text(Field::Billing)?;
        let folded = fold_text(text);
        // A year that is paid month by month binds for a year, and so do twelve months.
        let months = folded.split(|c: char| !c.is_ascii_digit()).find_map(|number| number.parse::<u32>().ok());
        let says = |words: &[&str]| words.iter().any(|word| folded.contains(word));
        if says(&["annual", "year", "yr"]) || (says(&["month"]) && months.is_some_and(|months| months > 1)) {
            return Some(BillingCycle::Annual);
        }
        if says(&["month"]) {
            return Some(BillingCycle::Monthly);
        }
        self.bad(
            format!("\"{text}\" is no billing cycle; expected monthly or annual"),
            "taken as annual, which promises no saving before the renewal",
        );
        Some(BillingCycle::Annual)
    }
}

/// `1.234`: a number with a fraction in one country and a thousand in another.
fn is_thousand_or_one(text: &str) -> bool {
    let digits = text.trim_matches(|c: char| !c.is_ascii_digit());
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    fraction.len() == 3
        && (1..=3).contains(&whole.len())
        && whole != "0"
        && digits.bytes().filter(|b| !b.is_ascii_digit()).count() == 1
}

/// More seats of one app than anybody buys; a greater number is something else.
const MOST_SEATS: u32 = 10_000_000;
/// Ten years, in months.
const MOST_TERM: u32 = 120;
/// Ten years.
const MOST_NOTICE: u32 = 3_650;
