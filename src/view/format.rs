//! Numbers, dates and money as people read them.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::fmt::strtime;
use jiff::tz::TimeZone;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::model::{Money, Seen, round};

/// A whole number with grouping commas: `12,345`.
pub fn count(number: impl Into<Decimal>) -> String {
    group(&round(number.into(), 0).to_string())
}

/// A counted noun: `1 account`, `2 accounts`.
pub fn counted(number: u32, one: &str, many: &str) -> String {
    format!("{} {}", count(number), if number == 1 { one } else { many })
}

/// A last activity as files carry it: a date, `never` or `not_reported`.
pub fn seen_plain(seen: Seen) -> String {
    match seen {
        Seen::NotReported => "not_reported".into(),
        Seen::Never => "never".into(),
        Seen::At(moment) => moment.date().to_string(),
    }
}

/// Money in whole units, for screens: `$11,754`.
pub fn money(money: Money) -> String {
    signed(money, 0)
}

/// Money to the cent, for details and exports: `$3,924.96`.
pub fn money_exact(money: Money) -> String {
    signed(money, 2)
}

/// Money with as many decimals as it has, for prices: `$29`, `$7.99`.
pub fn money_trim(money: Money) -> String {
    if round(money.amount, 2).fract().is_zero() { signed(money, 0) } else { signed(money, 2) }
}

/// Money with its sign, for differences: `+$61,800`.
pub fn money_change(amount: Money) -> String {
    if round(amount.amount, 0) > Decimal::ZERO { format!("+{}", money(amount)) } else { money(amount) }
}

/// Money in thousands, for axes and ranges: `$61.8K`.
pub fn money_short(amount: Money) -> String {
    if amount.amount.abs() < Decimal::ONE_THOUSAND {
        return money(amount);
    }
    let thousands = round(amount.amount.abs() / Decimal::ONE_THOUSAND, 1).normalize();
    let minus = if amount.amount.is_sign_negative() { "−" } else { "" };
    format!("{minus}{}{}K", amount.currency.sign(), group(&thousands.to_string()))
}

/// Money in whole units, or that it is not known.
pub fn money_known(amount: Option<Money>) -> String {
    amount.map_or_else(|| "not priced".into(), money)
}

/// A number for drawing. Amounts are never computed from it.
pub fn coordinate(amount: Decimal) -> f64 {
    amount.to_f64().unwrap_or(0.0)
}

/// An amount with two decimals and a point, for files: `3924.96`.
pub fn plain(amount: Decimal) -> String {
    format!("{:.2}", round(amount, 2))
}

/// A share with all decimals it has: `12.5%`.
pub fn percent(share: Decimal) -> String {
    format!("{}%", (share * Decimal::ONE_HUNDRED).normalize())
}

/// A day: `31 Jan 2026`.
pub fn date(date: Date) -> String {
    strtime::format("%-d %b %Y", date).unwrap_or_else(|_| date.to_string())
}

/// A day that a file may not tell.
pub fn date_told(day: Option<Date>) -> String {
    day.map_or_else(|| "no day told".to_owned(), date)
}

/// Who did something, where that was written down.
pub fn who_told(who: &str) -> &str {
    if who.is_empty() { "not written down" } else { who }
}

/// When something was done, where that was written down.
pub fn moment_told(at: Option<Timestamp>) -> String {
    at.map_or_else(|| "not written down".to_owned(), moment)
}

/// A moment, to the minute: `31 Jan 2026, 14:05 UTC`.
pub fn moment(at: Timestamp) -> String {
    strtime::format("%-d %b %Y, %H:%M UTC", &at.to_zoned(TimeZone::UTC)).unwrap_or_else(|_| at.to_string())
}

/// A month, for axes: `Feb`.
pub fn month(date: Date) -> String {
    strtime::format("%b", date).unwrap_or_else(|_| date.month().to_string())
}

/// A day within the year around another one needs no year: `12 Feb`.
pub fn day_near(day: Date, near: Date) -> String {
    let apart = near.until(day).map_or(i32::MAX, |span| span.get_days().abs());
    if apart < 300 { format!("{} {}", day.day(), month(day)) } else { date(day) }
}

/// When somebody was last seen: a day, `Never`, or a dash where nothing is reported.
pub fn seen(seen: Seen) -> String {
    match seen {
        Seen::NotReported => "—".into(),
        Seen::Never => "Never".into(),
        Seen::At(moment) => date(moment.date()),
    }
}

/// A size in bytes, for people: `12 KB`.
pub fn size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["bytes", "KB", "MB", "GB"];
    let (mut amount, mut unit) = (Decimal::from(bytes), 0);
    while amount >= Decimal::ONE_THOUSAND && unit + 1 < UNITS.len() {
        amount /= Decimal::ONE_THOUSAND;
        unit += 1;
    }
    let places = u32::from(unit > 0 && amount < Decimal::TEN);
    format!("{} {}", round(amount, places).normalize(), UNITS.get(unit).unwrap_or(&"bytes"))
}

fn signed(money: Money, places: usize) -> String {
    let rounded = round(money.amount, u32::try_from(places).unwrap_or(2));
    let minus = if rounded < Decimal::ZERO { "−" } else { "" };
    format!("{minus}{}{}", money.currency.sign(), group(&format!("{:.places$}", rounded.abs())))
}

fn group(digits: &str) -> String {
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let (minus, whole) = whole.strip_prefix('-').map_or(("", whole), |whole| ("−", whole));
    let mut grouped = String::from(minus);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if let Some(fraction) = fraction {
        grouped.push('.');
        grouped.push_str(fraction);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use rust_decimal::dec;

    use super::*;
    use crate::model::Currency;

    #[test]
    fn amounts() {
        let usd = |amount| Money::new(amount, Currency::USD);
        assert_eq!(money(usd(dec!(11753.5))), "$11,754");
        assert_eq!(money(usd(dec!(-0.4))), "$0");
        assert_eq!(money(usd(dec!(-65018))), "−$65,018");
        assert_eq!(money_exact(usd(dec!(3924.96))), "$3,924.96");
        assert_eq!(money_exact(usd(dec!(1000000))), "$1,000,000.00");
        assert_eq!(money_change(usd(dec!(61800))), "+$61,800");
        assert_eq!(money_short(usd(dec!(61150))), "$61.2K");
        assert_eq!(money_short(usd(dec!(60000))), "$60K");
        assert_eq!(money_short(usd(dec!(950))), "$950");
        assert_eq!(money(Money::new(dec!(5), Currency::parse("CHF").unwrap())), "CHF 5");
        assert_eq!(plain(dec!(6087.9)), "6087.90");
        assert_eq!(count(1_234_567_u32), "1,234,567");
        assert_eq!(size(999), "999 bytes");
        assert_eq!(size(12_345), "12 KB");
        assert_eq!(size(1_500_000), "1.5 MB");
    }
}
