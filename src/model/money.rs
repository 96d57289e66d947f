use std::fmt;

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A currency by its ISO 4217 code.
#[derive(Clone, Copy, Eq, PartialEq, Ord, PartialOrd, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

impl Currency {
    /// United States dollar.
    pub const USD: Self = Self(*b"USD");

    /// Reads a three-letter code in any case, or one of the signs `$`, `€`, `£`, `¥`.
    ///
    /// # Errors
    /// Anything else is not a currency.
    pub fn parse(text: &str) -> Result<Self, MoneyError> {
        let text = text.trim();
        match text {
            "$" | "US$" => return Ok(Self::USD),
            "A$" | "AU$" => return Ok(Self(*b"AUD")),
            "C$" | "CA$" => return Ok(Self(*b"CAD")),
            "NZ$" => return Ok(Self(*b"NZD")),
            "HK$" => return Ok(Self(*b"HKD")),
            "S$" | "SG$" => return Ok(Self(*b"SGD")),
            "R$" => return Ok(Self(*b"BRL")),
            "€" => return Ok(Self(*b"EUR")),
            "£" => return Ok(Self(*b"GBP")),
            "¥" => return Ok(Self(*b"JPY")),
            _ => {}
        }
        let code = text.to_ascii_uppercase();
        match *code.as_bytes() {
            [a, b, c] if iso_currency::Currency::from_code(&code).is_some() => Ok(Self([a, b, c])),
            _ => Err(MoneyError::Currency(text.to_owned())),
        }
    }

    /// Whether ISO 4217 knows it.
    pub fn is_known(self) -> bool {
        iso_currency::Currency::from_code(self.as_str()).is_some()
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or("???")
    }

    /// The sign written before an amount, or the code and a space where there is none of its own.
    pub fn sign(self) -> String {
        match &self.0 {
            b"USD" => "$".into(),
            b"EUR" => "€".into(),
            b"GBP" => "£".into(),
            _ => format!("{} ", self.as_str()),
        }
    }
}

impl TryFrom<String> for Currency {
    type Error = MoneyError;
    /// Reads what was written down once: three letters, which may have become those of no currency since.
    fn try_from(text: String) -> Result<Self, MoneyError> {
        match *text.as_bytes() {
            [a, b, c] if [a, b, c].iter().all(u8::is_ascii_uppercase) => Ok(Self([a, b, c])),
            _ => Self::parse(&text),
        }
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.as_str().to_owned()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An exact amount in one currency. Rounded for display only.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize)]
pub struct Money {
    /// The amount in whole units (dollars, not cents), exact.
    pub amount: Decimal,
    /// What it is an amount of.
    pub currency: Currency,
}

impl Money {
    /// An amount of a currency.
    pub fn new(amount: Decimal, currency: Currency) -> Self {
        Self { amount, currency }
    }

    /// Nothing, in a currency.
    pub fn zero(currency: Currency) -> Self {
        Self::new(Decimal::ZERO, currency)
    }
}

/// Why a text is no money.
#[derive(Clone, Debug, Error, Eq, PartialEq)]
pub enum MoneyError {
    /// Not a currency code.
    #[error("\"{0}\" is not a currency; expected a code of ISO 4217 such as USD")]
    Currency(String),
    /// Not a number.
    #[error("\"{0}\" is not an amount; expected a number such as 1234.56")]
    Amount(String),
}

/// Rounds half away from zero, as the money model prescribes for display.
pub fn round(amount: Decimal, places: u32) -> Decimal {
    amount.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
}

/// The sign before the fraction of a number.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum DecimalMark {
    /// `1,234.50`
    Point,
    /// `1.234,50`
    Comma,
}

/// What a number proves about the decimal mark in its column: both marks, or one with other than three digits behind.
pub fn decimal_mark_of(text: &str) -> Option<DecimalMark> {
    let text = text.trim_matches(|c: char| !c.is_ascii_digit());
    let behind = |at: usize| text.len() - at - 1;
    match (text.rfind('.'), text.rfind(',')) {
        (Some(dot), Some(comma)) => Some(if comma > dot { DecimalMark::Comma } else { DecimalMark::Point }),
        (Some(dot), None) if text.matches('.').count() == 1 && behind(dot) != 3 => Some(DecimalMark::Point),
        (None, Some(comma)) if text.matches(',').count() == 1 && behind(comma) != 3 => Some(DecimalMark::Comma),
        _ => None,
    }
}

/// Reads a number as people write it in a price list: grouping commas, spaces or apostrophes, a currency sign in front or
/// behind. A single comma with one, two or more than three digits behind it is a decimal comma.
///
/// # Errors
/// Text that holds anything else.
pub fn parse_decimal(text: &str) -> Result<Decimal, MoneyError> {
    parse_decimal_in(text, None)
}

/// Like [`parse_decimal`], in a column that has proved its decimal mark.
///
/// # Errors
/// As [`parse_decimal`], and groups that have not three digits.
pub fn parse_decimal_in(text: &str, mark: Option<DecimalMark>) -> Result<Decimal, MoneyError> {
    let fault = || MoneyError::Amount(text.trim().to_owned());
    let bare = text.trim().trim_matches(|c: char| matches!(c, '$' | '€' | '£' | '¥') || c.is_whitespace());
    let digits: String = bare.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\'' | '’')).collect();
    if !digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+')) {
        return Err(fault());
    }
    let mark = match (decimal_mark_of(&digits), mark) {
        (Some(own), _) => own,
        (None, Some(mark)) => mark,
        // A group never follows a zero: `0,125`.
        (None, None) if digits.starts_with("0,") => DecimalMark::Comma,
        (None, None) if digits.matches('.').count() > 1 => DecimalMark::Comma,
        (None, None) => DecimalMark::Point,
    };
    let (group, decimal) = if mark == DecimalMark::Point { (',', '.') } else { ('.', ',') };
    let (whole, fraction) = digits.split_once(decimal).map_or((digits.as_str(), None), |(w, f)| (w, Some(f)));
    let mut groups = whole.split(group);
    let even = groups.next().is_some_and(|first| !whole.contains(group) || (1..=4).contains(&first.len()))
        && groups.all(|group| group.len() == 3);
    if !even || fraction.is_some_and(|fraction| fraction.contains([group, decimal])) {
        return Err(fault());
    }
    let plain = format!(
        "{}{}{}",
        whole.replace(group, ""),
        if fraction.is_some() { "." } else { "" },
        fraction.unwrap_or_default()
    );
    Decimal::from_str_exact(&plain).map_err(|_| fault())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts() {
        let check = |text: &str, expect: &str| {
            let read = parse_decimal(text).map_or_else(|_| "not an amount".to_owned(), |d| d.to_string());
            assert_eq!(read, expect, "{text}");
        };
        check("327.08", "327.08");
        check(" $1,234.50 ", "1234.50");
        check("1.234,50 €", "1234.50");
        check("5,000", "5000");
        check("12,5", "12.5");
        check("1 000 000", "1000000");
        check("1.000.000", "1000000");
        check("-3", "-3");
        check("0,125", "0.125");
        check("1.234", "1.234");
        check("29.9.9", "not an amount");
        check("12,34,567", "not an amount");
        check("", "not an amount");
        check("n/a", "not an amount");
        check("1e5", "not an amount");
        check("--3", "not an amount");
        check("99999999999999999999999999999999", "not an amount");
    }

    #[test]
    fn a_column_proves_its_mark() {
        assert_eq!(decimal_mark_of("1.234,50"), Some(DecimalMark::Comma));
        assert_eq!(decimal_mark_of("€29,5"), Some(DecimalMark::Comma));
        assert_eq!(decimal_mark_of("29.50"), Some(DecimalMark::Point));
        assert_eq!(decimal_mark_of("1.234"), None);
        assert_eq!(decimal_mark_of("1,234"), None);
        let comma = |text| parse_decimal_in(text, Some(DecimalMark::Comma)).unwrap().to_string();
        assert_eq!((comma("1.234"), comma("12.000"), comma("0,922")), ("1234".into(), "12000".into(), "0.922".into()));
    }

    #[test]
    fn rounding_is_away_from_zero() {
        let check = |amount: &str, expect: &str| {
            assert_eq!(round(parse_decimal(amount).unwrap(), 0).to_string(), expect);
        };
        check("0.5", "1");
        check("2.5", "3");
        check("-2.5", "-3");
        check("11753.83", "11754");
    }

    #[test]
    fn currencies() {
        let check = |text: &str, expect: &str| {
            let read = Currency::parse(text).map_or_else(|fault| fault.to_string(), |currency| currency.to_string());
            assert_eq!(read, expect, "{text}");
        };
        check("eur", "EUR");
        check(" $ ", "USD");
        check("dollars", "\"dollars\" is not a currency; expected a code of ISO 4217 such as USD");
    }
}
