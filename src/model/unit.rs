use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::fold_text;

/// What a price is charged for.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Ord, PartialOrd, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PriceUnit {
    /// For each seat and month.
    PerSeatMonth,
    /// For each seat and year.
    PerSeatYear,
    /// For the account as a whole, each month.
    FlatMonth,
    /// For the account as a whole, each year.
    FlatYear,
}

/// Words beside those for seats and accounts that a unit of price is written with.
const KNOWN_WORDS: [&str; 34] = [
    "per", "a", "an", "each", "every", "and", "the", "for", "in", "of", "price", "fee", "rate", "cost", "paid",
    "billing", "mo", "month", "months", "monthly", "year", "years", "yearly", "annual", "annually", "annum", "yr", "p",
    "pa", "m", "y", "cycle", "unit", "list",
];

fn seat_word(word: &str) -> bool {
    ["seat", "user", "license", "licence", "member", "agent", "person", "employee"]
        .iter()
        .any(|known| word.contains(known))
}

impl PriceUnit {
    /// Reads words such as `per seat per month` or `flat per year`; a price without words is per seat and month.
    pub fn parse(text: &str) -> Option<Self> {
        // What stands behind "billed" is when, not for what.
        let folded = fold_text(text);
        let text = folded.split("billed").next().unwrap_or_default().trim_matches([' ', ',', ';', '(']).to_owned();
        let other_period = ["quarter", "week", "day", "hour"].iter().any(|word| text.contains(word));
        if other_period
            || text.chars().any(|c| c.is_ascii_digit() && c != '1')
            || (text.is_empty() && !folded.is_empty())
        {
            return None;
        }
        let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
        let year = has(&["year", "annual", "annum", "yr", "p.a"]);
        let month = has(&["month", "/mo", "monthly"]);
        let seat = has(&["seat", "user", "license", "licence", "member", "agent", "person"]);
        let flat = has(&["flat", "account", "company", "total", "fixed", "org"]);
        // A price for something else than people or the account is none that can be counted.
        let word = |word: &&str| !word.is_empty() && !KNOWN_WORDS.contains(word);
        let other = text.split(|c: char| !c.is_alphabetic()).filter(word).any(|word| !seat_word(word));
        if other && !seat && !flat {
            return None;
        }
        match (flat && !seat, year, month) {
            (_, false, false) if text.is_empty() => Some(Self::PerSeatMonth),
            (_, true, true) => None,
            (false, true, false) => Some(Self::PerSeatYear),
            (false, false, _) if seat || month => Some(Self::PerSeatMonth),
            (true, true, false) => Some(Self::FlatYear),
            (true, false, true) => Some(Self::FlatMonth),
            _ => None,
        }
    }

    /// Whether the number of seats changes the bill.
    pub fn is_per_seat(self) -> bool {
        matches!(self, Self::PerSeatMonth | Self::PerSeatYear)
    }

    /// How often a year the price is charged.
    pub fn times_a_year(self) -> Decimal {
        match self {
            Self::PerSeatMonth | Self::FlatMonth => Decimal::from(12),
            Self::PerSeatYear | Self::FlatYear => Decimal::ONE,
        }
    }

    /// The words people use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PerSeatMonth => "per seat per month",
            Self::PerSeatYear => "per seat per year",
            Self::FlatMonth => "flat per month",
            Self::FlatYear => "flat per year",
        }
    }
}

/// How long one is bound.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BillingCycle {
    /// Seats can be dropped from month to month.
    Monthly,
    /// Seats can be dropped when the term ends.
    Annual,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units() {
        let check = |text: &str, expect: &str| {
            assert_eq!(PriceUnit::parse(text).map_or("?", PriceUnit::as_str), expect, "{text}");
        };
        check("", "per seat per month");
        check("per seat per year", "per seat per year");
        check("user/month", "per seat per month");
        check("Flat per Year", "flat per year");
        check("flat per month", "flat per month");
        check("annually", "per seat per year");
        check("monthly", "per seat per month");
        check("per seat", "per seat per month");
        check("per seat, billed annually", "per seat per month");
        check("per seat per quarter", "?");
        check("per seat per 3 years", "?");
        check("barrels", "?");
        check("per workspace per month", "?");
        check("per server per year", "?");
        check("per support agent per month", "per seat per month");
        check("u/m", "?");
        check("month or year", "?");
    }
}
