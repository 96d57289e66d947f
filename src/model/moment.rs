use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, DateTime};
use jiff::fmt::strtime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A point in time as exactly as the source tells it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Moment {
    /// A day without a time.
    Day(Date),
    /// An instant. A time given without a zone is taken as UTC, which may be off by up to 14 hours.
    Instant(Timestamp),
}

impl Moment {
    /// The day in UTC.
    pub fn date(self) -> Date {
        match self {
            Self::Day(date) => date,
            Self::Instant(at) => at.to_zoned(TimeZone::UTC).date(),
        }
    }

    /// The instant; a bare day counts from its first moment in UTC.
    fn instant(self) -> Timestamp {
        match self {
            Self::Instant(at) => at,
            Self::Day(day) => day.to_zoned(TimeZone::UTC).map_or(Timestamp::MIN, |zoned| zoned.timestamp()),
        }
    }
}

impl Ord for Moment {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let shape = |moment: &Self| matches!(moment, Self::Instant(_));
        self.instant().cmp(&other.instant()).then(shape(self).cmp(&shape(other)))
    }
}

impl PartialOrd for Moment {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Moment {
    /// ISO 8601.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(date) => date.fmt(f),
            Self::Instant(at) => at.fmt(f),
        }
    }
}

/// When somebody was last seen. A file that has no such column says nothing, which is not "never".
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Ord, PartialOrd)]
pub enum Seen {
    /// The source does not tell.
    #[default]
    NotReported,
    /// The source tells that it never happened.
    Never,
    /// The last time.
    At(Moment),
}

impl Seen {
    /// The day of the last time.
    pub fn date(self) -> Option<Date> {
        match self {
            Self::At(moment) => Some(moment.date()),
            Self::Never | Self::NotReported => None,
        }
    }
}

/// Why a text is no date.
#[derive(Clone, Debug, Error, Eq, PartialEq)]
pub enum DateError {
    /// No known form.
    #[error("\"{0}\" is not a date; expected a form such as 2026-01-31 or 2026-01-31T08:15:00Z")]
    Unknown(String),
    /// Day and month could be either way round.
    #[error("\"{0}\" can be read with the day or the month first")]
    DayOrMonth(String),
}

/// Whether `03/04/2026` is the third of April or the fourth of March. A column proves it, never a cell.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// 31/12/2026.
    DayFirst,
    /// 12/31/2026.
    MonthFirst,
}

/// What a cell proves about the order of day and month in its column.
pub fn date_order_of(text: &str) -> Option<DateOrder> {
    let day = text.trim().split([' ', ',']).next().unwrap_or_default();
    let mut numbers = day.split(['/', '-']).map(str::parse::<u32>);
    match (numbers.next()?, numbers.next()?) {
        (Ok(13..=31), Ok(1..=12)) => Some(DateOrder::DayFirst),
        (Ok(1..=12), Ok(13..=31)) => Some(DateOrder::MonthFirst),
        _ => None,
    }
}

/// Reads a date or time in the forms exports use, all of which put day and month beyond doubt.
///
/// # Errors
/// Unknown forms, days that do not exist, and `03/04/2026`, which has two readings.
pub fn parse_moment(text: &str) -> Result<Moment, DateError> {
    parse_moment_in(text, None)
}

/// Like [`parse_moment`], in a column that has proved the order of day and month.
///
/// # Errors
/// As [`parse_moment`]; `03/04/2026` only where the order is not proved.
pub fn parse_moment_in(text: &str, order: Option<DateOrder>) -> Result<Moment, DateError> {
    let plain = plain(text.trim());
    let text = plain.as_ref();
    if let Some((local, offset)) = with_offset(text) {
        let Moment::Instant(at) = parse_moment_in(local, order)? else {
            return Err(DateError::Unknown(text.to_owned()));
        };
        // The offset is that of the time before it.
        return at.checked_sub(offset).map(Moment::Instant).map_err(|_| DateError::Unknown(text.to_owned()));
    }
    if let Some(at) = number_of_time(text) {
        return Ok(at);
    }
    if let Ok(at) = Timestamp::from_str(text) {
        return Ok(Moment::Instant(at));
    }
    if let Some(date) = iso_day(text) {
        return Ok(Moment::Day(date));
    }
    if text.starts_with(|c: char| c.is_ascii_digit())
        && text.contains(':')
        && let Ok(local) = DateTime::from_str(text)
    {
        return utc(local, text);
    }
    const TIMES: [&str; 9] = [
        "%d.%m.%Y %H.%M.%S",
        "%Y. %m. %d. %H:%M:%S",
        "%d.%m.%Y %H:%M:%S",
        "%d.%m.%Y %H:%M",
        "%Y/%m/%d %H:%M:%S",
        "%Y-%m-%d %H:%M:%SZ",
        "%Y-%m-%d %H:%M:%S UTC",
        "%d %b %Y %H:%M:%S",
        "%b %d, %Y %H:%M:%S",
    ];
    for form in TIMES {
        if let Ok(local) = DateTime::strptime(form, text)
            && local.year() >= 1000
        {
            return utc(local, text);
        }
    }
    // An offset without a colon, as Salesforce and Snowflake write it.
    for form in ["%Y-%m-%dT%H:%M:%S%.f%z", "%Y-%m-%d %H:%M:%S%.f %z"] {
        if let Ok(at) = strtime::parse(form, text).and_then(|parsed| parsed.to_timestamp()) {
            return Ok(Moment::Instant(at));
        }
    }
    // With the month as a word a year of two digits can only be one of this century.
    for form in ["%d %b %y", "%d-%b-%y"] {
        if let Ok(date) = Date::strptime(form, text)
            && (2000..2069).contains(&date.year())
        {
            return Ok(Moment::Day(date));
        }
    }
    for form in ["%Y/%m/%d", "%d %b %Y", "%d-%b-%Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%d.%m.%Y", "%Y. %m. %d."] {
        // A year of two digits could be any century's.
        if let Ok(date) = Date::strptime(form, text)
            && date.year() >= 1000
        {
            return Ok(Moment::Day(date));
        }
    }
    slashed(text, order)
}

/// A text without what systems put into times for the eye: narrow spaces, `a.m.` for `AM`.
fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains(['\u{202f}', '\u{a0}']) && !text.contains(".m.") && !text.contains(". m.") {
        return Cow::Borrowed(text);
    }
    let text = text.replace(['\u{202f}', '\u{a0}'], " ").replace(". m.", ".m.");
    Cow::Owned(text.replace("a.m.", "AM").replace("p.m.", "PM"))
}

/// A local time and the offset behind it: `21/10/2025 08:15:02 +00:00`, as .NET writes it.
fn with_offset(text: &str) -> Option<(&str, SignedDuration)> {
    let (local, offset) = text.rsplit_once(' ')?;
    let (hours, minutes) = offset.strip_prefix(['+', '-'])?.split_once(':')?;
    if !local.contains('/') && !local.contains('.') || hours.len() != 2 || minutes.len() != 2 {
        return None;
    }
    let minutes = hours.parse::<i64>().ok()? * 60 + minutes.parse::<i64>().ok()?;
    let signed = if offset.starts_with('-') { -minutes } else { minutes };
    (minutes <= 14 * 60).then(|| (local, SignedDuration::from_mins(signed)))
}

/// Times as numbers: Excel's days since 1900, Unix seconds and milliseconds, Windows file times (100 ns since 1601), LDAP's `20210315091200.0Z`.
fn number_of_time(text: &str) -> Option<Moment> {
    if let Some(digits) = text.strip_suffix('Z').map(|text| text.split('.').next().unwrap_or(text))
        && digits.len() == 14
        && digits.bytes().all(|byte| byte.is_ascii_digit())
    {
        let local = DateTime::strptime("%Y%m%d%H%M%S", digits).ok()?;
        return utc(local, text).ok();
    }
    if let Some(at) = serial(text) {
        return Some(at);
    }
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i64 = text.parse().ok()?;
    let at = match text.len() {
        10 => Timestamp::from_second(number).ok()?,
        13 => Timestamp::from_millisecond(number).ok()?,
        // Seconds between 1601 and 1970.
        18 => Timestamp::from_second(number / 10_000_000 - 11_644_473_600).ok()?,
        _ => return None,
    };
    // A number that is no time of this age is an id.
    (2000..2100).contains(&at.to_zoned(TimeZone::UTC).year()).then_some(Moment::Instant(at))
}

/// A spreadsheet's day with the time as a fraction: `46346.34`. Whole numbers are more likely something else.
fn serial(text: &str) -> Option<Moment> {
    let (days, fraction) = text.split_once('.')?;
    if days.len() != 5 || fraction.is_empty() || !days.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit()) {
        return None;
    }
    // 25569 is the first day of 1970.
    let days: i64 = days.parse().ok().filter(|days| (36_526..73_051).contains(days))?;
    let digits: i64 = fraction.get(..fraction.len().min(9))?.parse().ok()?;
    let seconds = digits * 86_400 / 10_i64.pow(u32::try_from(fraction.len().min(9)).ok()?);
    Timestamp::from_second((days - 25_569) * 86_400 + seconds).ok().map(Moment::Instant)
}

fn utc(local: DateTime, text: &str) -> Result<Moment, DateError> {
    local
        .to_zoned(TimeZone::UTC)
        .map(|zoned| Moment::Instant(zoned.timestamp()))
        .map_err(|_| DateError::Unknown(text.to_owned()))
}

/// `2026-01-31` and nothing else: jiff also takes `20260131`, which in an export is more likely an id.
fn iso_day(text: &str) -> Option<Date> {
    (text.len() == 10 && text.contains('-')).then(|| Date::from_str(text).ok()).flatten()
}

/// `31/01/2026` and `1/31/2026`, with or without a time behind: readable only where one number is above 12.
fn slashed(text: &str, order: Option<DateOrder>) -> Result<Moment, DateError> {
    let unknown = || DateError::Unknown(text.to_owned());
    let (day, time) = text.split_once([' ', ',']).map_or((text, None), |(day, time)| (day, Some(time.trim())));
    let numbers: Option<Vec<i16>> = day.split(['/', '-']).map(|part| part.parse().ok()).collect();
    let Some([first, second, year]) = numbers.and_then(|n| <[i16; 3]>::try_from(n).ok()) else {
        return Err(unknown());
    };
    let (day_of_month, month) = match (first > 12, second > 12) {
        (true, false) => (first, second),
        (false, true) => (second, first),
        (false, false) if first == second => (first, second),
        (false, false) => match order {
            Some(DateOrder::DayFirst) => (first, second),
            Some(DateOrder::MonthFirst) => (second, first),
            None => return Err(DateError::DayOrMonth(text.to_owned())),
        },
        (true, true) => return Err(unknown()),
    };
    if year < 1000 {
        return Err(unknown());
    }
    let small = |n: i16| i8::try_from(n).map_err(|_| unknown());
    let date = Date::new(year, small(month)?, small(day_of_month)?).map_err(|_| unknown())?;
    let Some(time) = time else { return Ok(Moment::Day(date)) };
    for form in ["%I:%M:%S %p", "%H:%M:%S", "%I:%M %p", "%H:%M"] {
        if let Ok(time) = jiff::civil::Time::strptime(form, time) {
            return utc(date.to_datetime(time), text);
        }
    }
    Err(unknown())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        parse_moment(text).map_or_else(|e| e.to_string(), |moment| moment.to_string())
    }

    #[test]
    fn ok_moments() {
        let check = |text: &str, expect: &str| assert_eq!(read(text), expect, "{text}");
        check("2025-10-21T08:15:02.000Z", "2025-10-21T08:15:02Z");
        check("2025-10-16T13:36:31.000+00:00", "2025-10-16T13:36:31Z");
        check("2025-10-16T13:36:31.000+0200", "2025-10-16T11:36:31Z");
        check("2025-10-21 08:15:02Z", "2025-10-21T08:15:02Z");
        check("2026-01-29 14:05:11", "2026-01-29T14:05:11Z");
        check("2019/08/26 12:57:45", "2019-08-26T12:57:45Z");
        check("2026-11-20 08:12:44.123 -0800", "2026-11-20T16:12:44.123Z");
        check("2026-11-18T09:00:00.0000000Z", "2026-11-18T09:00:00Z");
        check("2026-01-31", "2026-01-31");
        check("3 Jan 2024", "2024-01-03");
        check("Sep 24, 2026", "2026-09-24");
        check("31/01/2026", "2026-01-31");
        check("1/31/2026 1:25:31 PM", "2026-01-31T13:25:31Z");
        check("20/11/2026, 09:12", "2026-11-20T09:12:00Z");
        check("20.10.2025", "2025-10-20");
        check("20.10.2025 16:44:51", "2025-10-20T16:44:51Z");
        check("1763626364", "2025-11-20T08:12:44Z");
        check("1763626364000", "2025-11-20T08:12:44Z");
        check("134081000000000000", "2025-11-20T08:13:20Z");
        check("20210315091200.0Z", "2021-03-15T09:12:00Z");
        check("21-10-2025 08:15:02", "2025-10-21T08:15:02Z");
        check("21.10.2025 8.15.02", "2025-10-21T08:15:02Z");
        check("2025. 10. 21. 8:15:02", "2025-10-21T08:15:02Z");
        check("10/21/2025 8:15:02\u{202f}AM", "2025-10-21T08:15:02Z");
        check("21/10/2025 8:15:02 p. m.", "2025-10-21T20:15:02Z");
        check("21/10/2025 08:15:02 +02:00", "2025-10-21T06:15:02Z");
        check("10/21/2025 8:15:02 AM -05:00", "2025-10-21T13:15:02Z");
        check("20-Nov-26", "2026-11-20");
        check("20-Nov-2026", "2026-11-20");
        check("3 Jan 26", "2026-01-03");
        check("46346.5", "2026-11-20T12:00:00Z");
    }

    #[test]
    fn err_moments() {
        for text in [
            "",
            "soon",
            "20260131",
            "2026-02-30",
            "32/01/2026",
            "7.31E+06",
            "13/13/2026",
            "1/30/26",
            "30.01.26",
            "46346",
        ] {
            assert!(matches!(parse_moment(text), Err(DateError::Unknown(_))), "{text}: {}", read(text));
        }
        assert!(matches!(parse_moment("03/04/2026"), Err(DateError::DayOrMonth(_))));
    }

    #[test]
    fn a_column_proves_the_order() {
        let order = date_order_of("25/01/2026 10:00");
        assert_eq!(order, Some(DateOrder::DayFirst));
        assert_eq!(date_order_of("1/25/2026"), Some(DateOrder::MonthFirst));
        assert_eq!(date_order_of("03/04/2026"), None);
        assert_eq!(date_order_of("2026-01-25"), None);
        assert_eq!(parse_moment_in("03/04/2026", order).unwrap().to_string(), "2026-04-03");
    }

    #[test]
    fn moments_order_by_time() {
        let moment = |text| parse_moment(text).unwrap();
        assert!(moment("2026-01-31") < moment("2026-01-31T08:00:00Z"));
        assert!(moment("2026-01-31T08:00:00Z") < moment("2026-02-01"));
    }
}
