use jiff::civil::Date;

/// The day a file was exported, from the date that download names carry: `Export 2026-01-31 08-40-12.csv`,
/// `members_export_20260131091533.csv`. The last plausible date of the name counts.
pub(super) fn date_in_name(name: &str) -> Option<Date> {
    let bytes = name.as_bytes();
    let mut found = None;
    for start in 0..bytes.len() {
        let before = start.checked_sub(1).and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_digit);
        let Some(rest) = bytes.get(start..).filter(|_| !before) else { continue };
        found = dashed(rest).or_else(|| packed(rest)).or(found);
    }
    found
}

/// `2026-01-31`, `2026_01_31`.
fn dashed(text: &[u8]) -> Option<Date> {
    let [y1, y2, y3, y4, s1, m1, m2, s2, d1, d2, rest @ ..] = text else { return None };
    let separated = matches!(s1, b'-' | b'_' | b'.') && s1 == s2;
    let ends = !rest.first().is_some_and(u8::is_ascii_digit);
    (separated && ends).then(|| day(&[*y1, *y2, *y3, *y4], &[*m1, *m2], &[*d1, *d2])).flatten()
}

/// `20260131`, alone or with a time directly behind (8, 12 or 14 digits).
fn packed(text: &[u8]) -> Option<Date> {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let [y1, y2, y3, y4, m1, m2, d1, d2, ..] = text else { return None };
    matches!(digits, 8 | 12 | 14).then(|| day(&[*y1, *y2, *y3, *y4], &[*m1, *m2], &[*d1, *d2])).flatten()
}

fn day(year: &[u8], month: &[u8], day: &[u8]) -> Option<Date> {
    let number = |digits: &[u8]| str::from_utf8(digits).ok()?.parse::<i16>().ok();
    let year = number(year).filter(|year| (2000..2100).contains(year))?;
    Date::new(year, i8::try_from(number(month)?).ok()?, i8::try_from(number(day)?).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_names() {
        let check = |name: &str, expect: &str| {
            let found = date_in_name(name).map_or(String::new(), |date| date.to_string());
            assert_eq!(found, expect, "{name}");
        };
        check("Export People 2026-01-31 08-40-12.csv", "2026-01-31");
        check("bitwarden_org-members_export_20260131091533.csv", "2026-01-31");
        check("users_2026_01_30 10_11_12.csv", "2026-01-30");
        check("JumpCloudUsers_20260131T120000.CSV", "2026-01-31");
        check("members (3).csv", "");
        check("invoice-120260131.csv", "");
        check("order-20261331.csv", "");
    }
}
