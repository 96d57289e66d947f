//! Days counted from 1970-01-01, and the shapes exports write them in.

/// A day, counted from 1970-01-01.
pub(super) type Day = i32;

/// The day of a date of the Gregorian calendar.
pub(super) fn day(year: i32, month: i32, dom: i32) -> Day {
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let yoe = y - era * 400;
    let doy = (153 * ((month + 9) % 12) + 2) / 5 + dom - 1;
    era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468
}

/// Year, month and day of the month.
pub(super) fn civil(day: Day) -> (i32, i32, i32) {
    let z = day + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z - era * 146_097;
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    (yoe + era * 400 + i32::from(month <= 2), month, doy - (153 * mp + 2) / 5 + 1)
}

/// `2026-03-31`
pub(super) fn iso(day: Day) -> String {
    let (y, m, d) = civil(day);
    format!("{y:04}-{m:02}-{d:02}")
}

/// A time of day that depends on the day alone, so that no draw is spent on it.
fn clock(day: Day) -> (i32, i32, i32) {
    let h = day.wrapping_mul(7919).rem_euclid(36_000);
    (7 + h / 3600, h / 60 % 60, h % 60)
}

/// `2026-03-31T08:12:44Z`, with `fraction` before the zone.
pub(super) fn stamp(day: Day, fraction: &str, zone: &str) -> String {
    let (h, m, s) = clock(day);
    format!("{}T{h:02}:{m:02}:{s:02}{fraction}{zone}", iso(day))
}

/// `2026-03-31 08:12:44`
pub(super) fn spaced(day: Day) -> String {
    let (h, m, s) = clock(day);
    format!("{} {h:02}:{m:02}:{s:02}", iso(day))
}

/// `31 Mar 2026`
pub(super) fn worded(day: Day) -> String {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (y, m, d) = civil(day);
    let month = MONTHS.get(usize::try_from(m - 1).unwrap_or(0)).copied().unwrap_or("Jan");
    format!("{d:02} {month} {y}")
}
