//! Surnames that are written in several ways by the same people.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

/// Groups of spellings, the most usual first; the file says where they are from.
const SURNAMES: &str = include_str!("../../assets/names/surname-spellings.txt");

/// The most usual spelling of each group a name in plain letters is in.
pub(super) fn usual(plain: &str) -> impl Iterator<Item = &'static str> + use<> {
    static GROUPS: OnceLock<FxHashMap<&'static str, Vec<&'static str>>> = OnceLock::new();
    let groups = GROUPS.get_or_init(|| {
        let mut groups: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
        for line in SURNAMES.lines().filter(|line| !line.starts_with('#')) {
            let mut spellings = line.split_whitespace();
            let Some(usual) = spellings.next() else { continue };
            spellings.for_each(|spelling| groups.entry(spelling).or_default().push(usual));
        }
        groups
    });
    groups.get(plain).into_iter().flatten().copied()
}
