use std::fmt;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::model::{Currency, PriceUnit};

/// A published price. Without unit, currency, source and date it would be no fact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PriceTag {
    /// The amount for one unit; the least one where a range is published.
    #[serde(deserialize_with = "exact")]
    pub amount: Decimal,
    /// The greatest amount, where a range is published.
    #[serde(default, deserialize_with = "exact_if_any", skip_serializing_if = "Option::is_none")]
    pub amount_high: Option<Decimal>,
    /// What it is charged for.
    pub unit: PriceUnit,
    /// Its currency.
    pub currency: Currency,
    /// A price "from": the least one can pay.
    #[serde(default, skip_serializing_if = "is_false")]
    pub from: bool,
    /// Seats sold together at the amount.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub pack: u32,
    /// Seats the base fee pays for already.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub included_seats: u32,
    /// Charged beside the amount whatever the number of seats, each month or year as the unit says.
    #[serde(default, deserialize_with = "exact", skip_serializing_if = "Decimal::is_zero")]
    pub base_fee: Decimal,
    /// Charged for each seat beside the amount: SSO or SCIM that is sold apart.
    #[serde(default, deserialize_with = "exact", skip_serializing_if = "Decimal::is_zero")]
    pub add_on: Decimal,
    /// Charged once, at the start.
    #[serde(default, deserialize_with = "exact", skip_serializing_if = "Decimal::is_zero")]
    pub one_off: Decimal,
    /// Least bill of a year.
    #[serde(default, deserialize_with = "exact", skip_serializing_if = "Decimal::is_zero")]
    pub commitment: Decimal,
    /// Each band prices the seats within it alone; otherwise the band of the last seat prices all.
    #[serde(default, skip_serializing_if = "is_false")]
    pub graduated: bool,
    /// Volume prices or discounts, by rising number of seats.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bands: Vec<Band>,
    /// Where it was read.
    pub source: String,
    /// The day it was checked.
    pub checked_on: Date,
}

/// What changes from a number of seats on: a discount, which may be published as a range, or another amount.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// First number of seats it holds for.
    pub from_seats: u32,
    /// Last number of seats it is published for; none for "and more".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_seats: Option<u32>,
    /// Least discount, as a share of one.
    #[serde(default, deserialize_with = "exact", skip_serializing_if = "Decimal::is_zero")]
    pub discount_low: Decimal,
    /// Greatest discount, as a share of one.
    #[serde(default, deserialize_with = "exact", skip_serializing_if = "Decimal::is_zero")]
    pub discount_high: Decimal,
    /// The amount in place of the list price.
    #[serde(default, deserialize_with = "exact_if_any", skip_serializing_if = "Option::is_none")]
    pub amount: Option<Decimal>,
}

fn one() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_one(number: &u32) -> bool {
    *number == 1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_false(is: &bool) -> bool {
    !*is
}

/// Reads an amount from text or a whole number. A float is not what was written: 0.1 has no exact one.
fn exact<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
    struct Exact;
    impl Visitor<'_> for Exact {
        type Value = Decimal;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an amount as text, such as \"12.50\"")
        }
        fn visit_str<E: Error>(self, text: &str) -> Result<Decimal, E> {
            text.trim()
                .parse()
                .map_err(|_| E::custom(format!("\"{text}\" is no amount; expected one such as \"12.50\"")))
        }
        fn visit_i64<E: Error>(self, number: i64) -> Result<Decimal, E> {
            Ok(Decimal::from(number))
        }
        fn visit_u64<E: Error>(self, number: u64) -> Result<Decimal, E> {
            Ok(Decimal::from(number))
        }
    }
    deserializer.deserialize_any(Exact)
}

fn exact_if_any<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Decimal>, D::Error> {
    exact(deserializer).map(Some)
}

/// No price is higher: beyond it a cell holds something else, and sums could leave the range of exact decimals.
const MOST: Decimal = Decimal::from_parts(1_000_000_000, 0, 0, false, 0);
/// More seats of one app than anybody buys.
pub(super) const MOST_SEATS: u32 = 10_000_000;

impl PriceTag {
    /// A price for one unit and nothing beside it.
    pub fn new(amount: Decimal, unit: PriceUnit, currency: Currency, source: String, checked_on: Date) -> Self {
        let none = Decimal::ZERO;
        Self {
            amount,
            amount_high: None,
            unit,
            currency,
            from: false,
            pack: 1,
            included_seats: 0,
            base_fee: none,
            add_on: none,
            one_off: none,
            commitment: none,
            graduated: false,
            bands: Vec::new(),
            source,
            checked_on,
        }
    }

    /// What is wrong with the entry.
    pub(super) fn fault(&self) -> Option<String> {
        let amount = self.amount;
        if self.source.trim().is_empty() {
            return Some(format!("the price {amount} has no source"));
        }
        let amounts = [amount, self.base_fee, self.add_on, self.one_off, self.commitment];
        let banded = || self.bands.iter().filter_map(|band| band.amount);
        if let Some(negative) = amounts.into_iter().chain(banded()).find(|amount| *amount < Decimal::ZERO) {
            return Some(format!("the amount {negative} is negative"));
        }
        let high = self.amount_high;
        if let Some(most) = amounts.into_iter().chain(banded()).chain(high).find(|amount| *amount > MOST) {
            return Some(format!("the amount {most} is above {MOST}"));
        }
        if amount.is_zero() && self.base_fee.is_zero() && self.commitment.is_zero() {
            return Some("the price is 0; a plan that costs nothing says on_request = \"free\"".into());
        }
        if !self.currency.is_known() {
            return Some(format!("{} is no currency of ISO 4217", self.currency));
        }
        if let Some(high) = self.amount_high.filter(|high| *high < amount) {
            return Some(format!("the range {amount} to {high} falls"));
        }
        if self.pack == 0 {
            return Some(format!("the price {amount} is for a pack of 0 seats"));
        }
        if self.pack > MOST_SEATS || self.included_seats > MOST_SEATS {
            return Some(format!("more seats than {MOST_SEATS} are in a pack or a base fee"));
        }
        if self.pack > 1 && self.graduated {
            return Some(format!(
                "the price {amount} is for packs and graduated; what a pack across two bands costs is open"
            ));
        }
        let per_seat = self.unit.is_per_seat();
        if !per_seat && (self.pack > 1 || self.included_seats > 0 || self.add_on > Decimal::ZERO) {
            return Some(format!("the flat price {amount} has packs, included seats or an add-on for each seat"));
        }
        if !per_seat && self.bands.iter().any(|band| band.amount.is_none()) {
            return Some(format!("the flat price {amount} has a volume discount; give its bands an amount"));
        }
        self.bands.iter().find_map(Band::fault).or_else(|| {
            let overlaps = |pair: &[Band]| match pair {
                [lower, upper] => lower.to_seats.is_none_or(|to| to >= upper.from_seats),
                _ => false,
            };
            // An open band ends where the next one begins.
            let falls = |pair: &[Band]| match pair {
                [lower, upper] => lower.from_seats >= upper.from_seats || (lower.to_seats.is_some() && overlaps(pair)),
                _ => false,
            };
            self.bands.windows(2).any(falls).then(|| format!("the bands of the price {amount} overlap or do not rise"))
        })
    }
}

impl Band {
    fn fault(&self) -> Option<String> {
        let Self { from_seats, to_seats, discount_low: low, discount_high: high, amount } = self;
        let shares = [*low, *high];
        if shares.iter().any(|share| *share < Decimal::ZERO || *share >= Decimal::ONE) || low > high {
            return Some(format!(
                "the band from {from_seats} seats has a discount of {low} to {high}; expected shares"
            ));
        }
        if *from_seats > MOST_SEATS || to_seats.is_some_and(|to| to > MOST_SEATS) {
            return Some(format!(
                "the band from {from_seats} seats goes beyond {MOST_SEATS}; leave to_seats out for no end"
            ));
        }
        if to_seats.is_some_and(|to| to < *from_seats) {
            return Some(format!("the band from {from_seats} seats ends before it begins"));
        }
        if amount.is_none() && high.is_zero() {
            return Some(format!("the band from {from_seats} seats has neither a discount nor an amount"));
        }
        None
    }

    /// Whether it holds for a number of seats.
    pub fn holds(&self, seats: u32) -> bool {
        seats >= self.from_seats && self.to_seats.is_none_or(|to| seats <= to)
    }
}
