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
