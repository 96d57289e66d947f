use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::columns::{Columns, find_all};
use super::profile::Profile;
use super::table::{Row, Table};
use crate::model::fold_text;

/// Values a cell may have: one of them, compared without case. `*` at the end or the beginning stands for anything, alone
/// for any text; an empty pattern is an empty cell; `true` and `false` are all words for them.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(from = "OneOrMany")]
pub(super) struct Patterns(Vec<String>);

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl From<OneOrMany> for Patterns {
    fn from(patterns: OneOrMany) -> Self {
        let patterns = match patterns {
            OneOrMany::One(pattern) => vec![pattern],
            OneOrMany::Many(patterns) => patterns,
        };
        Self(patterns.iter().map(|pattern| fold_text(pattern)).collect())
    }
}

impl Patterns {
    /// One word, which an asterisk in it does not widen.
    pub(super) fn exactly(word: &str) -> Self {
        Self(vec![fold_text(word).trim_matches('*').to_owned()])
    }

    /// Whether they are about yes and no; `None` where they are about anything else.
    fn are_flags(&self) -> Option<bool> {
        let is_flag = |pattern: &String| matches!(pattern.as_str(), "true" | "false");
        self.0.iter().all(|pattern| pattern.is_empty() || is_flag(pattern)).then(|| self.0.iter().any(is_flag))
    }

    pub(super) fn matches(&self, cell: &str) -> bool {
        let cell = fold_text(cell);
        self.0.iter().any(|pattern| match pattern.as_str() {
            "true" => YES.contains(&cell.as_str()),
            "false" => NO.contains(&cell.as_str()),
            pattern => matches(pattern, &cell),
        })
    }
}

/// What exports and spreadsheets write for true, the latter in the language of whoever saved the file.
const YES: [&str; 14] =
    ["true", "yes", "1", "1.0", "y", "t", "wahr", "ja", "vrai", "oui", "verdadero", "vero", "prawda", "sim"];
/// The same for false.
const NO: [&str; 14] =
    ["false", "no", "0", "0.0", "n", "f", "falsch", "nein", "faux", "non", "falso", "onwaar", "falsz", "nao"];

fn matches(pattern: &str, cell: &str) -> bool {
    match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        _ if pattern == "*" => !cell.is_empty(),
        (Some(inner), Some(_)) => cell.contains(inner.trim_end_matches('*')),
        (Some(end), None) => cell.ends_with(end),
        (None, Some(start)) => cell.starts_with(start),
        (None, None) => cell == pattern,
    }
}

/// "When these columns have these values, it is that." The first rule that holds counts.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rule<T> {
    /// Field of the profile or header of a column, and the values it may have; all must hold. Empty: always.
    #[serde(default)]
    pub(super) when: BTreeMap<String, Patterns>,
    pub(super) is: T,
}

/// A test of a rule with its columns found: which to look at, and the values they may have.
pub(super) type Test = (Look, Patterns);

/// Which of several columns a test looks at.
#[derive(Clone, Debug)]
pub(super) enum Look {
    /// The first with text: they hold the same, under other headers.
    First(Vec<usize>),
    /// Any of them: there is one for each product.
    Any(Vec<usize>),
}

/// Rules with their columns found in a table.
pub(super) struct BoundRules<T>(Vec<(Vec<Test>, T)>);

impl<T: Clone> BoundRules<T> {
    pub(super) fn bind(rules: &[Rule<T>], columns: &Columns, table: &Table<'_>) -> Self {
        Self(rules.iter().map(|rule| (bind(&rule.when, columns, table), rule.is.clone())).collect())
    }

    /// What the first rule that holds says.
    pub(super) fn apply(&self, row: &Row<'_>) -> Option<T> {
        self.0.iter().find(|(tests, _)| all_hold(tests, row)).map(|(_, is)| is.clone())
    }

    /// The word of the row that the first rule that holds goes by.
    pub(super) fn word<'r>(&self, row: &'r Row<'_>) -> Option<&'r str> {
        let (tests, _) = self.0.iter().find(|(tests, _)| all_hold(tests, row))?;
        let cell = |column: &usize| row.cells.get(*column)?.as_deref().map(str::trim).filter(|cell| !cell.is_empty());
        tests.iter().find_map(|(look, _)| match look {
            Look::First(columns) | Look::Any(columns) => columns.iter().find_map(cell),
        })
    }
}

/// Whether a cell says yes or no, or nothing.
pub(super) fn is_flag(cell: &str) -> bool {
    let cell = fold_text(cell.trim());
    cell.is_empty() || cell == "null" || YES.contains(&cell.as_str()) || NO.contains(&cell.as_str())
}

/// The columns a layout's rules look at beside those it reads, and whether each holds yes and no alone.
pub(super) fn looked_at(profile: &Profile, columns: &Columns, table: &Table<'_>) -> BTreeMap<usize, bool> {
    let whens = profile.status.iter().map(|rule| &rule.when);
    let whens = whens.chain(profile.person_status.iter().map(|rule| &rule.when));
    let whens = whens.chain(profile.person_kind.iter().map(|rule| &rule.when));
    let whens = whens.chain(profile.billable.iter().map(|rule| &rule.when));
    let whens = whens.chain(profile.kind.iter().map(|rule| &rule.when));
    let whens = whens.chain(profile.rights.iter().map(|rule| &rule.when));
    let mut found: BTreeMap<usize, Option<bool>> = BTreeMap::new();
    for (look, patterns) in whens.flat_map(|when| bind(when, columns, table)) {
        let (Look::First(columns) | Look::Any(columns)) = look;
        for column in columns {
            let known = found.entry(column).or_insert(Some(false));
            *known = known.zip(patterns.are_flags()).map(|(before, now)| before || now);
        }
    }
    found.into_iter().map(|(column, flag)| (column, flag == Some(true))).collect()
}

/// Finds the columns of tests in a table: those the profile maps to a field of that name, else the one with that header.
pub(super) fn bind(when: &BTreeMap<String, Patterns>, columns: &Columns, table: &Table<'_>) -> Vec<Test> {
    let found = |name: &str| match columns.named(name) {
        Some(found) => Look::First(found),
        // The same under one of several headers.
        None if name.contains('|') => {
            Look::First(name.split('|').flat_map(|name| find_all(name, table.keys())).collect())
        }
        None if name.ends_with('*') => Look::Any(find_all(name, table.keys())),
        None => Look::First(find_all(name, table.keys())),
    };
    when.iter().map(|(name, patterns)| (found(name), patterns.clone())).collect()
}

/// Whether all tests hold for a row.
pub(super) fn all_hold(tests: &[Test], row: &Row<'_>) -> bool {
    tests.iter().all(|(look, patterns)| holds(look, patterns, row))
}

/// Whether a test has any column to look at.
pub(super) fn has_columns((look, _): &Test) -> bool {
    match look {
        Look::First(columns) | Look::Any(columns) => !columns.is_empty(),
    }
}

/// A test on columns the row does not have never holds.
fn holds(look: &Look, patterns: &Patterns, row: &Row<'_>) -> bool {
    let cell = |column: &usize| row.cells.get(*column)?.as_deref();
    match look {
        Look::Any(columns) => columns.iter().filter_map(cell).any(|cell| patterns.matches(cell)),
        Look::First(columns) => {
            let mut cells = columns.iter().filter_map(cell).peekable();
            let there = cells.peek().is_some();
            there && patterns.matches(cells.find(|cell| !cell.trim().is_empty()).unwrap_or_default())
        }
    }
}
