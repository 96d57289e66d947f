use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::model::{Currency, PriceUnit};

/// What a vendor asks, or that it does not say.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListPrice {
    /// A published price.
    Published(PriceTag),
    /// No price is published; the text says what is known.
    OnRequest(String),
}

/// A published price. Without unit, source and date it would be no fact.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PriceTag {
    /// The amount.
    pub amount: Decimal,
    /// What it is charged for.
    pub unit: PriceUnit,
    /// Its currency.
    pub currency: Currency,
    /// A price "from": the least one can pay.
    #[serde(default)]
    pub from: bool,
    /// Volume discounts, by rising number of seats.
    #[serde(default)]
    pub bands: Vec<Band>,
    /// Where it was read.
    pub source: String,
    /// The day it was checked.
    pub checked_on: Date,
}

/// A volume discount, published as a range: what a buyer gets lies between.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// First number of seats it holds for.
    pub from_seats: u32,
    /// Last number of seats it is published for; none for "and more".
    #[serde(default)]
    pub to_seats: Option<u32>,
    /// Least discount, as a share of one.
    pub discount_low: Decimal,
    /// Greatest discount, as a share of one.
    pub discount_high: Decimal,
}

impl ListPrice {
    /// What is wrong with the entry.
    pub(super) fn fault(&self) -> Option<String> {
        match self {
            Self::Published(tag) if tag.source.trim().is_empty() => {
                Some(format!("the price {} has no source", tag.amount))
            }
            Self::Published(tag) if tag.amount.is_sign_negative() => {
                Some(format!("the price {} is negative", tag.amount))
            }
            Self::OnRequest(reason) if reason.trim().is_empty() => Some("a missing price has no reason".into()),
            _ => None,
        }
    }
}
