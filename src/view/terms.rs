//! What of a contract can be entered by hand: shown as text, and read from it.

use rust_decimal::Decimal;

use super::format;
use crate::import::{Contract, typed_amount};
use crate::model::{BillingCycle, Currency, Moment, Money, PriceUnit, fold_text, parse_decimal, parse_moment};

/// Something a contract says.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Hash)]
pub enum Term {
    /// Seats bought.
    Seats,
    /// The price of a unit.
    Price,
    /// Its currency.
    Currency,
    /// A discount in percent.
    Discount,
    /// Least number of seats billed.
    Minimum,
    /// What is charged a year whatever the number of seats.
    BaseFee,
    /// What is charged for each seat beside the price.
    AddOn,
    /// Least bill of a year.
    Commitment,
    /// End of the present term.
    Renewal,
    /// Days of notice before it.
    Notice,
    /// Months for which it is renewed.
    TermMonths,
    /// Rise of the price at each renewal, in percent.
    Uplift,
}

/// More seats than anybody buys.
const MOST_SEATS: u32 = 10_000_000;
/// Ten years of days.
const MOST_DAYS: u32 = 3_650;
/// Ten years of months.
const MOST_MONTHS: u32 = 120;
/// Higher than any price.
const MOST: Decimal = Decimal::from_parts(1_000_000_000, 0, 0, false, 0);

impl Term {
    /// What is shown beside the table, in its order.
    pub const REST: [Self; 9] = [
        Self::Currency,
        Self::Discount,
        Self::Minimum,
        Self::BaseFee,
        Self::AddOn,
        Self::Commitment,
        Self::Notice,
        Self::TermMonths,
        Self::Uplift,
    ];

    /// Its name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Seats => "Seats bought",
            Self::Price => "Price",
            Self::Currency => "Currency",
            Self::Discount => "Discount",
            Self::Minimum => "Minimum seats",
            Self::BaseFee => "Base fee a year",
            Self::AddOn => "Add-on per seat",
            Self::Commitment => "Least bill of a year",
            Self::Renewal => "Renews on",
            Self::Notice => "Notice",
            Self::TermMonths => "Term",
            Self::Uplift => "Rise at renewal",
        }
    }

    /// What it says now; empty where it says nothing.
    pub fn shown(self, contract: &Contract) -> String {
        let amount = |amount: Decimal| match contract.currency {
            Some(currency) => format::money_trim(Money::new(amount, currency)),
            None => amount.normalize().to_string(),
        };
        let money = |own: Option<Decimal>| own.map(amount);
        let number = |number: Option<u32>| number.map(|number| number.to_string());
        let shown = match self {
            Self::Seats => number(contract.seats),
            Self::Price => contract.price.map(|price| format!("{} {}", amount(price), contract.unit.as_str())),
            Self::Currency => contract.currency.map(|currency| currency.to_string()),
            Self::Discount => (!contract.discount.is_zero()).then(|| format::percent(contract.discount)),
            Self::Minimum => number(contract.minimum),
            Self::BaseFee => money(contract.base_fee),
            Self::AddOn => money(contract.add_on),
            Self::Commitment => money(contract.commitment),
            Self::Renewal => contract.renewal.map(format::date),
            Self::Notice => number(contract.notice_days).map(|days| days + " days"),
            Self::TermMonths => number(contract.term_months).map(|months| months + " months"),
            Self::Uplift => contract.uplift.map(format::percent),
        };
        shown.unwrap_or_default()
    }

    /// The contract with what was entered; nothing entered takes it out. Amounts without a sign are in the contract's currency,
    /// or the given one where it tells none.
    ///
    /// # Errors
    /// What was expected, in a sentence.
    pub fn enter(self, text: &str, contract: &Contract, currency: Currency) -> Result<Contract, String> {
        let mut entered = contract.clone();
        let text = text.trim();
        let said = (!text.is_empty()).then_some(text);
        let own = contract.currency.unwrap_or(currency);
        let money = |text: &str| match typed_amount(text, own)? {
            (amount, told) if told == own => Ok(amount),
            (_, told) => Err(format!("\"{text}\" is in {told}, and the contract is in {own}")),
        };
        match self {
            Self::Seats => entered.seats = said.map(|text| whole(text, SEAT_WORDS, MOST_SEATS)).transpose()?,
            Self::Price => {
                match said.map(|text| price(text, contract.unit, own)).transpose()? {
                    Some((amount, unit, told)) => {
                        (entered.price, entered.unit, entered.currency) = (Some(amount), unit, Some(told));
                    }
                    None => entered.price = None,
                }
                (entered.price_high, entered.from) = (None, false);
                // Whoever enters a price says what could not be read.
                entered.unpriced = None;
            }
            Self::Currency => {
                let currency = said.map(Currency::parse).transpose();
                entered.currency = currency.map_err(|fault| fault.to_string())?;
            }
            Self::Discount => entered.discount = said.map(percent).transpose()?.unwrap_or_default(),
            Self::Minimum => entered.minimum = said.map(|text| whole(text, SEAT_WORDS, MOST_SEATS)).transpose()?,
            Self::BaseFee => entered.base_fee = said.map(money).transpose()?,
            Self::AddOn => entered.add_on = said.map(money).transpose()?,
            Self::Commitment => entered.commitment = said.map(money).transpose()?,
            Self::Renewal => {
                let moment = said.map(parse_moment).transpose();
                entered.renewal = moment.map_err(|fault| fault.to_string())?.map(Moment::date);
            }
            Self::Notice => entered.notice_days = said.map(|text| whole(text, DAY_WORDS, MOST_DAYS)).transpose()?,
            Self::TermMonths => {
                let months = said.map(|text| whole(text, MONTH_WORDS, MOST_MONTHS)).transpose()?;
                if months == Some(0) {
                    return Err("a term has at least 1 month".into());
                }
                entered.term_months = months;
            }
            Self::Uplift => entered.uplift = said.map(percent).transpose()?,
        }
        Ok(entered)
    }
}

/// Words behind a number, and what each stands for in the unit of the first.
type Words = &'static [(&'static str, u32)];

const SEAT_WORDS: Words = &[("seats", 1), ("seat", 1)];
const DAY_WORDS: Words = &[("days", 1), ("day", 1), ("d", 1), ("weeks", 7), ("week", 7), ("months", 31), ("month", 31)];
const MONTH_WORDS: Words =
    &[("months", 1), ("month", 1), ("mo", 1), ("years", 12), ("year", 12), ("yr", 12), ("y", 12)];
pub(super) const PEOPLE_WORDS: Words = &[("people", 1), ("person", 1)];
pub(super) const REVIEW_WORDS: Words = &[("reviews", 1), ("review", 1)];

/// A whole number, with or without a word for what it counts.
pub(super) fn whole(text: &str, words: Words, most: u32) -> Result<u32, String> {
    let at = text.find(|c: char| c.is_alphabetic()).unwrap_or(text.len());
    let (digits, word) = text.split_at(at);
    let digits: String = digits.chars().filter(|c| !matches!(c, ',' | ' ')).collect();
    let each = match fold_text(word).trim() {
        "" => Some(1),
        word => words.iter().find(|(known, _)| *known == word).map(|(_, each)| *each),
    };
    let number = digits.parse::<u32>().ok().zip(each).and_then(|(number, each)| number.checked_mul(each));
    let what = words.first().map_or("", |(word, _)| word);
    number
        .filter(|number| *number <= most)
        .ok_or_else(|| format!("\"{text}\" is no number of {what}; expected a whole number from 0 to {most}"))
}

/// A price as people type it: `29`, `€29`, `327.08 per seat per year`, `49 flat / mo`.
///
/// # Errors
/// What was expected, in a sentence.
pub(super) fn price(text: &str, unit: PriceUnit, currency: Currency) -> Result<(Decimal, PriceUnit, Currency), String> {
    let behind = [text.find('/'), text.find(" per "), text.find(" flat"), text.find(" a ")];
    let (amount, words) = text.split_at(behind.into_iter().flatten().min().unwrap_or(text.len()));
    let told = words.replace('/', " per ").replace(" a ", " per ");
    let told = told.trim().trim_start_matches("per per");
    let unit = if told.is_empty() {
        unit
    } else {
        // The short forms of a screen.
        let spelled = told.split_whitespace().map(|word| match word {
            "mo" => "month",
            "yr" => "year",
            word => word,
        });
        let spelled = spelled.collect::<Vec<_>>().join(" ");
        PriceUnit::parse(&spelled).ok_or_else(|| {
            format!(
                "\"{}\" is no unit of a price; expected one such as per seat per month or flat per year",
                words.trim()
            )
        })?
    };
    let (amount, currency) = typed_amount(amount, currency)?;
    Ok((amount, unit, currency))
}

/// A plain number that is not below zero.
///
/// # Errors
/// What was expected, in a sentence.
pub fn amount(text: &str) -> Result<Decimal, String> {
    let amount = parse_decimal(text).ok().filter(|amount| (Decimal::ZERO..=MOST).contains(amount));
    amount.ok_or_else(|| format!("\"{text}\" is no amount; expected a number such as 29.50"))
}

/// A share in percent.
pub(super) fn percent(text: &str) -> Result<Decimal, String> {
    let percent = parse_decimal(text.trim_end_matches(['%', ' '])).ok();
    let share = percent.map(|percent| percent / Decimal::ONE_HUNDRED);
    let share = share.filter(|share| (Decimal::ZERO..Decimal::ONE).contains(share));
    share.ok_or_else(|| format!("\"{text}\" is no percentage; expected a number from 0 to below 100"))
}

/// Units of price, in the order of lists.
pub const UNITS: [PriceUnit; 4] =
    [PriceUnit::PerSeatMonth, PriceUnit::PerSeatYear, PriceUnit::FlatMonth, PriceUnit::FlatYear];

/// Billing cycles with their labels, in the order of lists.
pub const CYCLES: [(BillingCycle, &str); 2] = [(BillingCycle::Annual, "annual"), (BillingCycle::Monthly, "monthly")];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::AppName;

    #[test]
    fn what_is_entered_is_shown() {
        let check = |term: Term, text: &str, expect: &str| {
            let contract = Contract::new(AppName::new("Wiki"));
            let entered = term.enter(text, &contract, Currency::USD);
            let shown = entered.map_or_else(|fault| fault, |entered| term.shown(&entered));
            assert_eq!(shown, expect, "{term:?} {text}");
        };
        check(Term::Seats, "1,250", "1250");
        check(Term::Seats, "-5", "\"-5\" is no number of seats; expected a whole number from 0 to 10000000");
        check(Term::Seats, "many", "\"many\" is no number of seats; expected a whole number from 0 to 10000000");
        check(Term::Seats, "10k", "\"10k\" is no number of seats; expected a whole number from 0 to 10000000");
        check(Term::Price, "$27.26", "$27.26 per seat per month");
        check(Term::Price, "€29", "€29 per seat per month");
        check(Term::Price, "327.08 per seat per year", "$327.08 per seat per year");
        check(Term::Price, "49 flat / mo", "$49 flat per month");
        check(Term::Price, "$96 / yr", "$96 per seat per year");
        check(
            Term::Price,
            "5 per barrel",
            "\"per barrel\" is no unit of a price; expected one such as per seat per month or flat per year",
        );
        check(Term::BaseFee, "500", "500");
        check(Term::BaseFee, "€500", "\"€500\" is in EUR, and the contract is in USD");
        check(Term::Price, "-3", "\"-3\" is no amount; expected a number such as 29.50");
        check(Term::Currency, "eur", "EUR");
        check(Term::Currency, "XYZ", "\"XYZ\" is not a currency; expected a code of ISO 4217 such as USD");
        check(Term::Discount, "12.5 %", "12.5%");
        check(Term::Discount, "100", "\"100\" is no percentage; expected a number from 0 to below 100");
        check(Term::Renewal, "2026-06-30", "30 Jun 2026");
        check(Term::Renewal, "30 Jun 2026", "30 Jun 2026");
        check(
            Term::Renewal,
            "soon",
            "\"soon\" is not a date; expected a form such as 2026-01-31 or 2026-01-31T08:15:00Z",
        );
        check(Term::Notice, "60 days", "60 days");
        check(Term::Notice, "3 months", "93 days");
        check(Term::TermMonths, "3 years", "36 months");
        check(Term::TermMonths, "36", "36 months");
        check(Term::TermMonths, "0", "a term has at least 1 month");
        check(Term::Uplift, "7%", "7%");
        check(Term::Uplift, "", "");
    }
}
