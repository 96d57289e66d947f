//! What of a contract can be entered by hand: shown as text, and read from it.

use rust_decimal::Decimal;

use super::format;
use crate::import::Contract;
use crate::model::{BillingCycle, Currency, Moment, Money, PriceUnit, parse_decimal, parse_moment};

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
        let money = |amount: Option<Decimal>| {
            amount.map(|amount| format::money_trim(Money::new(amount, contract.currency.unwrap_or(Currency::USD))))
        };
        let number = |number: Option<u32>| number.map(|number| number.to_string());
        let percent = |share: Decimal| format!("{} %", (share * Decimal::ONE_HUNDRED).normalize());
        let shown = match self {
            Self::Seats => number(contract.seats),
            Self::Price => money(contract.price),
            Self::Currency => contract.currency.map(|currency| currency.to_string()),
            Self::Discount => (!contract.discount.is_zero()).then(|| percent(contract.discount)),
            Self::Minimum => number(contract.minimum),
            Self::BaseFee => money(contract.base_fee),
            Self::AddOn => money(contract.add_on),
            Self::Commitment => money(contract.commitment),
            Self::Renewal => contract.renewal.map(format::date),
            Self::Notice => number(contract.notice_days).map(|days| days + " days"),
            Self::TermMonths => number(contract.term_months).map(|months| months + " months"),
            Self::Uplift => contract.uplift.map(percent),
        };
        shown.unwrap_or_default()
    }

    /// The contract with what was entered; nothing entered takes it out.
    ///
    /// # Errors
    /// What was expected, in a sentence.
    pub fn enter(self, text: &str, contract: &Contract) -> Result<Contract, String> {
        let mut entered = contract.clone();
        let text = text.trim();
        let said = (!text.is_empty()).then_some(text);
        match self {
            Self::Seats => entered.seats = said.map(|text| whole(text, "seats", MOST_SEATS)).transpose()?,
            Self::Price => {
                let amount = said.map(amount).transpose()?;
                entered.price = amount;
                (entered.price_high, entered.from) = (None, false);
                // Whoever enters a price says what could not be read.
                entered.unpriced = None;
            }
            Self::Currency => {
                let currency = said.map(Currency::parse).transpose();
                entered.currency = currency.map_err(|fault| fault.to_string())?;
            }
            Self::Discount => entered.discount = said.map(percent).transpose()?.unwrap_or_default(),
            Self::Minimum => entered.minimum = said.map(|text| whole(text, "seats", MOST_SEATS)).transpose()?,
            Self::BaseFee => entered.base_fee = said.map(amount).transpose()?,
            Self::AddOn => entered.add_on = said.map(amount).transpose()?,
            Self::Commitment => entered.commitment = said.map(amount).transpose()?,
            Self::Renewal => {
                let moment = said.map(parse_moment).transpose();
                entered.renewal = moment.map_err(|fault| fault.to_string())?.map(Moment::date);
            }
            Self::Notice => entered.notice_days = said.map(|text| whole(text, "days", MOST_DAYS)).transpose()?,
            Self::TermMonths => {
                let months = said.map(|text| whole(text, "months", MOST_MONTHS)).transpose()?;
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

/// A whole number, with or without the word for what it counts.
pub(super) fn whole(text: &str, what: &str, most: u32) -> Result<u32, String> {
    let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let number = digits.replace([',', ' '], "").parse().ok().filter(|number| *number <= most);
    number.ok_or_else(|| format!("\"{text}\" is no number of {what}; expected a whole number from 0 to {most}"))
}

/// An amount of money.
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
            let shown = term.enter(text, &contract).map_or_else(|fault| fault, |entered| term.shown(&entered));
            assert_eq!(shown, expect, "{term:?} {text}");
        };
        check(Term::Seats, "1,250", "1250");
        check(Term::Seats, "-5", "\"-5\" is no number of seats; expected a whole number from 0 to 10000000");
        check(Term::Seats, "many", "\"many\" is no number of seats; expected a whole number from 0 to 10000000");
        check(Term::Price, "$27.26", "$27.26");
        check(Term::Price, "-3", "\"-3\" is no amount; expected a number such as 29.50");
        check(Term::Currency, "eur", "EUR");
        check(Term::Currency, "XYZ", "\"XYZ\" is not a currency; expected a code of ISO 4217 such as USD");
        check(Term::Discount, "12.5 %", "12.5 %");
        check(Term::Discount, "100", "\"100\" is no percentage; expected a number from 0 to below 100");
        check(Term::Renewal, "2026-06-30", "30 Jun 2026");
        check(Term::Renewal, "30 Jun 2026", "30 Jun 2026");
        check(
            Term::Renewal,
            "soon",
            "\"soon\" is not a date; expected a form such as 2026-01-31 or 2026-01-31T08:15:00Z",
        );
        check(Term::Notice, "60 days", "60 days");
        check(Term::TermMonths, "36", "36 months");
        check(Term::TermMonths, "0", "a term has at least 1 month");
        check(Term::Uplift, "7%", "7 %");
        check(Term::Uplift, "", "");
    }
}
