//! What the cells and headers of a price list say beside numbers.

use rust_decimal::Decimal;

use crate::model::{Currency, DecimalMark, PriceUnit, fold_text, parse_decimal_in};

/// No price is higher: beyond it a cell holds something else, and sums could leave the range of exact decimals.
pub(super) const MOST: Decimal = Decimal::from_parts(1_000_000_000, 0, 0, false, 0);

/// A currency as it stands beside a number. Some signs are those of several currencies.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Sign {
    Of(Currency),
    /// `$`, which many countries write.
    Dollar,
    /// `¥`: yen or yuan.
    Yen,
}

impl Sign {
    fn parse(text: &str) -> Option<Self> {
        const CODES: [&str; 38] = [
            "USD", "EUR", "GBP", "JPY", "CHF", "CAD", "AUD", "NZD", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RON",
            "BGN", "TRY", "INR", "CNY", "HKD", "SGD", "KRW", "BRL", "MXN", "ZAR", "ILS", "AED", "SAR", "THB", "MYR",
            "IDR", "PHP", "VND", "ARS", "CLP", "COP", "UAH", "TWD",
        ];
        let text = text.trim().to_uppercase();
        match text.as_str() {
            "$" => Some(Self::Dollar),
            "¥" => Some(Self::Yen),
            text if text.contains(['$', '€', '£']) || CODES.contains(&text) => {
                Currency::parse(text).ok().map(Self::Of)
            }
            _ => None,
        }
    }

    /// Whether the sign can stand for a currency.
    pub(super) fn stands_for(self, currency: Currency) -> bool {
        match self {
            Self::Of(own) => own == currency,
            Self::Dollar => {
                currency.as_str().ends_with('D') && currency.as_str() != "AED" || currency.as_str() == "MXN"
            }
            Self::Yen => ["JPY", "CNY"].contains(&currency.as_str()),
        }
    }

    /// The currency where nothing else is told.
    pub(super) fn usual(self) -> Currency {
        match self {
            Self::Of(own) => own,
            Self::Dollar => Currency::USD,
            Self::Yen => Currency::parse("JPY").unwrap_or(Currency::USD),
        }
    }
}

/// An amount with the currency beside it; `None` for anything else, such as `12k`, `max 39` or `10 %`.
pub(super) fn amount(text: &str, mark: Option<DecimalMark>) -> Option<(Decimal, Option<Sign>)> {
    let text = text.trim();
    let (start, end) = (text.find(|c: char| c.is_ascii_digit())?, text.rfind(|c: char| c.is_ascii_digit())? + 1);
    let mut sign = None;
    for beside in [text.get(..start)?, text.get(end..)?] {
        // A price such as `29.-` or `29,–` has no cents.
        let beside = beside.trim().trim_start_matches(['.', ',']).trim_matches(['-', '–', ' ']);
        if !beside.is_empty() {
            sign = Some(Sign::parse(beside)?);
        }
    }
    let negative = text.get(..start)?.trim_end().ends_with('-');
    let number = parse_decimal_in(text.get(start..end)?, mark).ok().filter(|number| !negative && *number <= MOST)?;
    Some((number, sign))
}

/// An amount that somebody typed, in the currency whose sign or code stands beside it, else in the expected one.
///
/// # Errors
/// What was expected, in a sentence.
pub fn typed_amount(text: &str, expected: Currency) -> Result<(Decimal, Currency), String> {
    let (amount, sign) =
        amount(text, None).ok_or_else(|| format!("\"{text}\" is no amount; expected a number such as 29.50"))?;
    let currency = match sign {
        Some(sign) if !sign.stands_for(expected) => sign.usual(),
        _ => expected,
    };
    Ok((amount, currency))
}

/// What the cell of a price says.
#[derive(Debug, Default, PartialEq)]
pub(super) struct PriceCell {
    pub(super) low: Option<Decimal>,
    pub(super) high: Option<Decimal>,
    pub(super) from: bool,
    pub(super) on_request: bool,
    pub(super) unit: Option<String>,
    pub(super) sign: Option<Sign>,
}

impl PriceCell {
    /// Reads `29`, `$29/user/month`, `29–39`, `from 29`, `on request`; `None` for what is no price.
    pub(super) fn parse(text: &str, mark: Option<DecimalMark>) -> Option<Self> {
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
            return Some(Self { on_request: true, ..Self::default() });
        }
        let behind = [folded.find('/'), folded.find(" per "), folded.find(" total"), folded.find(" flat")];
        let (price, unit) = match behind.into_iter().flatten().min() {
            Some(at) => (folded.get(..at)?, folded.get(at..).map(|unit| unit.trim_matches(['/', ' ']).to_owned())),
            None => (folded.as_str(), None),
        };
        let price = price.trim();
        let bare = FROM.iter().find_map(|word| price.strip_prefix(word)).or_else(|| price.strip_suffix('+'));
        let parts = range(bare.unwrap_or(price));
        let mut amounts = parts.split('–').map(|part| amount(part, mark));
        let ((low, sign), high) = (amounts.next()??, amounts.next());
        // A range with an end that is no number is none, and a range is told upwards.
        match high {
            None => Some(Self { low: Some(low), from: bare.is_some(), unit, sign, ..Self::default() }),
            Some(Some((high, other))) if low <= high => {
                Some(Self { low: Some(low), high: Some(high), unit, sign: sign.or(other), ..Self::default() })
            }
            Some(_) => None,
        }
    }
}

/// A range with a dash in the middle, however it was written: a hyphen between two numbers stands for "to".
fn range(text: &str) -> String {
    let text = text.replace(" to ", "–").replace('—', "–");
    match text.split_once('-') {
        Some((low, high))
            if low.contains(|c: char| c.is_ascii_digit()) && high.contains(|c: char| c.is_ascii_digit()) =>
        {
            format!("{low}–{high}")
        }
        _ => text,
    }
}

/// What the header of a price says about what it is for.
#[derive(Debug, Eq, PartialEq)]
pub(super) enum HeaderUnit {
    Told(PriceUnit),
    /// Nothing: a price is for a seat and a month.
    Silent,
    /// A sum of something.
    Unclear,
}

fn says(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// The period that a text tells, in a word.
fn period(text: &str) -> Option<&'static str> {
    let text = fold_text(text);
    if says(&text, &["month", "/mo", "monat"]) {
        return Some("month");
    }
    says(&text, &["year", "annual", "annum", "p.a", " pa", "yr", "jahr"]).then_some("year")
}

/// Reads the header of a price: `Price per seat per year`, `Annual cost`, `Contract value`.
pub(super) fn header_unit(header: &str) -> HeaderUnit {
    let folded = fold_text(header);
    let period = period(&folded);
    let seat = says(&folded, &["seat", "user", "license", "licence", "member", "agent", "unit"]);
    let whole_year = says(&folded, &["contract value", "arr", "acv", "flat", "fee"]) && !says(&folded, &["arrange"]);
    let sum = says(&folded, &["total", "spend", "cost", "amount", "bill", "value"]);
    match (seat, whole_year || sum, period) {
        (true, _, Some("month")) | (false, false, Some("month")) => HeaderUnit::Told(PriceUnit::PerSeatMonth),
        (true, _, Some(_)) | (false, false, Some(_)) => HeaderUnit::Told(PriceUnit::PerSeatYear),
        (true, _, None) | (false, false, None) => HeaderUnit::Silent,
        (false, true, Some("month")) => HeaderUnit::Told(PriceUnit::FlatMonth),
        (false, true, Some(_)) => HeaderUnit::Told(PriceUnit::FlatYear),
        // Nobody lists a year's fee as twelve.
        (false, true, None) if whole_year => HeaderUnit::Told(PriceUnit::FlatYear),
        (false, true, None) => HeaderUnit::Unclear,
    }
}

/// The currency in the header of a price: `Price per seat (EUR)`.
pub(super) fn header_currency(header: &str) -> Option<Sign> {
    let (_, behind) = header.rsplit_once('(')?;
    Sign::parse(behind.trim_end_matches([')', ' ']))
}

/// What a price is for, from the text of its unit, and how many seats come together. What the text leaves open about the
/// period the header tells.
pub(super) fn unit(text: &str, header: Option<&str>) -> Option<(PriceUnit, u32)> {
    let (pack, mut rest) = pack_of(text);
    let folded = fold_text(&rest);
    if says(&folded, &["semi", "every", "half", "bienn", "one-time", "one time", "once", "lump", "gb", "hour"]) {
        return None;
    }
    if period(&folded).is_none()
        && let Some(period) = header.and_then(period)
    {
        rest = format!("{rest} per {period}");
    }
    let of_all = says(&folded, &["total", "site", "all users", "all seats", "everybody"]);
    let unit = PriceUnit::parse(&rest)?;
    let whole = |unit| match unit {
        PriceUnit::PerSeatMonth => PriceUnit::FlatMonth,
        PriceUnit::PerSeatYear => PriceUnit::FlatYear,
        flat => flat,
    };
    // A sum without a period could be that of any.
    match of_all {
        true if period(&rest).is_none() => None,
        true => Some((whole(unit), 1)),
        false => Some((unit, pack)),
    }
}

/// The number of seats that come together, and the unit without it: `per pack of 10 users per year`.
fn pack_of(unit: &str) -> (u32, String) {
    let words: Vec<&str> = unit.split(|c: char| c.is_whitespace() || c == '-' || c == '/').collect();
    let found = words.iter().enumerate().find_map(|(at, word)| {
        let number = word.parse::<u32>().ok().filter(|number| (2..=10_000).contains(number))?;
        let beside =
            |at: Option<usize>| at.and_then(|at| words.get(at)).map(|word| fold_text(word)).unwrap_or_default();
        let (before, next) = (beside(at.checked_sub(1)), beside(Some(at + 1)));
        let of_seats =
            ["seat", "user", "license", "licence", "member", "pack"].iter().any(|word| next.starts_with(word));
        (of_seats && ["", "per", "of"].contains(&before.as_str())).then_some((number, *word))
    });
    let Some((number, word)) = found else { return (1, unit.to_owned()) };
    (number, unit.replacen(word, "", 1).replace("pack of", "").replace("pack", ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn price_cells() {
        let check = |text: &str, expect: &str| {
            let number = |number: Option<Decimal>| number.map_or("-".to_owned(), |number| number.to_string());
            let read = PriceCell::parse(text, None).map_or("no price".to_owned(), |cell| {
                let mut read = format!("{} {}", number(cell.low), number(cell.high));
                read += if cell.from { " from" } else { "" };
                read += if cell.on_request { " on request" } else { "" };
                read += &cell.sign.map(|sign| format!(" {}", sign.usual().as_str())).unwrap_or_default();
                read + &cell.unit.map(|unit| format!(" {unit}")).unwrap_or_default()
            });
            assert_eq!(read, expect, "{text}");
        };
        check("29", "29 -");
        check("$1,234.50", "1234.50 - USD");
        check("29 EUR", "29 - EUR");
        check("CHF 30", "30 - CHF");
        check("CHF 30.-", "30 - CHF");
        check("A$40", "40 - AUD");
        check("$29/user/month", "29 - USD user/month");
        check("€350 per year", "350 - EUR per year");
        check("12,000 total", "12000 - total");
        check("29–39", "29 39");
        check("$29 - $39 / seat / month", "29 39 USD seat / month");
        check("29 to 39", "29 39");
        check("from $29", "29 - from USD");
        check("29+", "29 - from");
        check("Contact sales", "- - on request");
        for text in ["39–29", "-5", "cheap", "12k", "1.2M", "max 39", "bis 39", "29.9.9", "kr 300", "10%"] {
            check(text, "no price");
        }
    }

    #[test]
    fn units() {
        let check = |text: &str, header: &str, expect: &str| {
            let read =
                unit(text, Some(header)).map_or("?".to_owned(), |(unit, pack)| format!("{pack} {}", unit.as_str()));
            assert_eq!(read, expect, "{text}, {header}");
        };
        check("per seat per month", "Price", "1 per seat per month");
        check("per 10 seats per month", "Price", "10 per seat per month");
        check("per pack of 25 users per year", "Price", "25 per seat per year");
        check("5-user pack per month", "Price", "5 per seat per month");
        check("seat", "Price per year", "1 per seat per year");
        check("site license per year", "Price", "1 flat per year");
        check("for all users per year", "Price", "1 flat per year");
        check("total for 50 seats per year", "Price", "?");
        for text in
            ["per seat per 3 years", "per quarter", "one-time", "total", "semi-annually", "every two years", "per GB"]
        {
            check(text, "Price", "?");
        }
    }

    #[test]
    fn headers() {
        let check = |header: &str, expect: &str| {
            let read = match header_unit(header) {
                HeaderUnit::Told(unit) => unit.as_str(),
                HeaderUnit::Silent => "silent",
                HeaderUnit::Unclear => "unclear",
            };
            assert_eq!(read, expect, "{header}");
        };
        check("Price", "silent");
        check("Unit cost", "silent");
        check("Price per seat per month", "per seat per month");
        check("Cost per user/month", "per seat per month");
        check("Price per license (annual)", "per seat per year");
        check("Flat fee", "flat per year");
        check("Contract value", "flat per year");
        check("Annual cost", "flat per year");
        check("Monthly cost", "flat per month");
        check("ARR", "flat per year");
        check("Cost", "unclear");
        check("Total", "unclear");
    }
}
