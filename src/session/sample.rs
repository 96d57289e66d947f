use crate::import::Source;

macro_rules! sample_files {
    ($($file:literal),* $(,)?) => {
        [$(($file, include_bytes!(concat!("../../sample-data/", $file)).as_slice())),*]
    };
}

/// The files of `sample-data`: the exports of an invented company, Northwind Support.
const FILES: [(&str, &[u8]); 7] = sample_files![
    "Export People 2026-01-31 08-40-12.csv",
    "amplitude-users-2026-01-30.json",
    "bill-users-2026-01-30.json",
    "bitwarden_org-members_export_20260131091533.csv",
    "contracts.csv",
    "intercom-teammates-2026-01-31.csv",
    "kustomer-users-2026-01-31.json",
];

pub(super) fn files() -> Vec<Source<'static>> {
    FILES.iter().map(|(name, bytes)| Source::new(*name, *bytes)).collect()
}

/// Days of earlier exports, the last first, as they stand in names of files.
const EARLIER: [(&str, &str); 4] =
    [("2025-12-31", "20251231"), ("2025-11-30", "20251130"), ("2025-10-31", "20251031"), ("2025-09-30", "20250930")];

/// People who had gone before and whose accounts were found and closed since, those closed last first.
const CLOSED_SINCE: [&str; 12] = [
    "Ottilie Brandt",
    "Kenji Mori",
    "Paula Ferreira",
    "Dov Amsel",
    "Ines Caldera",
    "Marek Svoboda",
    "Leila Haddad",
    "Sune Dahl",
    "Ruth Okello",
    "Piet Claes",
    "Aiko Sato",
    "Tomer Gil",
];

/// The lists of the months before: what the present ones hold, and accounts that have been closed since.
pub(super) fn earlier() -> Vec<Source<'static>> {
    let lists = FILES.iter().filter(|(name, _)| !name.starts_with("Export") && !name.starts_with("contracts"));
    let rounds = EARLIER.iter().enumerate();
    rounds
        .flat_map(|(months, days)| lists.clone().map(move |(name, bytes)| list(name, bytes, months + 1, *days)))
        .collect()
}

fn list(name: &str, bytes: &[u8], months: usize, (day, short): (&str, &str)) -> Source<'static> {
    let earlier = name.replace("2026-01-31", day).replace("2026-01-30", day).replace("20260131", short);
    let mut bytes = bytes.to_owned();
    let closed = CLOSED_SINCE.iter().take(months * 3).map(|name| {
        let address = name.to_lowercase().replace(' ', ".");
        (name, format!("{address}@northwind.example"))
    });
    for (number, (name, address)) in closed.enumerate() {
        let line = match earlier.split(['-', '_']).next() {
            Some("intercom") if number % 3 != 0 => {
                format!("{name},{address},Full,Agent,Support EMEA,2025-08-0{months} 09:12:00\n")
            }
            Some("bitwarden") => format!("{address},{name},Confirmed,User,Enabled,Enrolled,Disabled,All Staff\n"),
            // Another export of the same list is another file, if only by its end.
            _ => "\n".to_owned(),
        };
        bytes.extend(line.into_bytes());
    }
    Source::new(earlier, bytes)
}
