use crate::import::{Difference, Import};

use super::{Tone, format, words};

/// What has changed in a list since its last export, in words.
#[derive(Clone, Debug)]
pub struct SinceLast {
    /// `Since 31 Dec 2025: 3 new, 5 gone, 2 changed`.
    pub summary: String,
    /// Who came, went, or is told of differently; the first of them.
    pub rows: Vec<SinceLastRow>,
    /// How many more there are than rows.
    pub more: usize,
}

/// Somebody who came, went, or is told of differently.
#[derive(Clone, Debug)]
pub struct SinceLastRow {
    /// `New`, `Gone` or `Changed`.
    pub kind: &'static str,
    /// How that is meant.
    pub tone: Tone,
    /// Address or name.
    pub who: String,
    /// `status active → suspended`.
    pub what: String,
}

/// Rows that are listed one by one.
const SHOWN: usize = 100;

impl SinceLast {
    /// Of a difference to an earlier import.
    pub fn new(before: &Import, difference: &Difference) -> Self {
        let count = |count: usize| format::count(count as u64);
        let since = before.exported.map_or_else(|| "the file it replaced".to_owned(), format::date);
        let counts = if difference.new.is_empty() && difference.gone.is_empty() && difference.changed.is_empty() {
            "nothing has changed".to_owned()
        } else {
            let parts = [
                (&difference.new.len(), "new"),
                (&difference.gone.len(), "gone"),
                (&difference.changed.len(), "changed"),
            ];
            let told = parts.iter().filter(|(number, _)| **number > 0);
            told.map(|(number, what)| format!("{} {what}", count(**number))).collect::<Vec<_>>().join(", ")
        };
        let simple = |kind, tone, who: &String| SinceLastRow { kind, tone, who: who.clone(), what: String::new() };
        let gone = difference.gone.iter().map(|who| simple("Gone", Tone::Risk, who));
        let new = difference.new.iter().map(|who| simple("New", Tone::Good, who));
        let changed = difference.changed.iter().map(|(who, altered)| SinceLastRow {
            kind: "Changed",
            tone: Tone::Notice,
            who: who.clone(),
            what: altered.iter().map(words::alteration).collect::<Vec<_>>().join(", "),
        });
        let all = difference.gone.len() + difference.new.len() + difference.changed.len();
        let rows: Vec<SinceLastRow> = gone.chain(new).chain(changed).take(SHOWN).collect();
        Self { summary: format!("Since {since}: {counts}"), more: all - rows.len(), rows }
    }
}
