use std::collections::BTreeMap;

use serde::Deserialize;

use super::table::{Row, Table};
use crate::model::{fold_text, header_key};

/// Values a cell may have: one of them, compared without case. `*` at the end stands for anything, alone for any text;
/// an empty pattern is an empty cell.
#[derive(Clone, Debug, Deserialize)]
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
    pub(super) fn matches(&self, cell: &str) -> bool {
        let cell = fold_text(cell);
        self.0.iter().any(|pattern| match pattern.strip_suffix('*') {
            Some(start) => !cell.is_empty() && cell.starts_with(start),
            None => cell == *pattern,
        })
    }
}

/// "When these columns have these values, it is that." The first rule that holds counts.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rule<T> {
    /// Column and the values it may have; all must hold. Empty: always.
    #[serde(default)]
    pub(super) when: BTreeMap<String, Patterns>,
    pub(super) is: T,
}

/// A column, if the table has it, and the values it may have.
pub(super) type Test = (Option<usize>, Patterns);

/// Rules with their columns found in a table.
pub(super) struct BoundRules<T>(Vec<(Vec<Test>, T)>);

impl<T: Copy> BoundRules<T> {
    pub(super) fn bind(rules: &[Rule<T>], table: &Table<'_>) -> Self {
        Self(rules.iter().map(|rule| (bind(&rule.when, table), rule.is)).collect())
    }

    /// What the first rule that holds says.
    pub(super) fn apply(&self, row: &Row<'_>) -> Option<T> {
        self.0.iter().find(|(tests, _)| all_hold(tests, row)).map(|(_, is)| *is)
    }
}

/// Finds the columns of tests in a table.
pub(super) fn bind(when: &BTreeMap<String, Patterns>, table: &Table<'_>) -> Vec<Test> {
    let column = |name: &str| {
        let key = header_key(name);
        table.keys().iter().position(|candidate| *candidate == key)
    };
    when.iter().map(|(name, patterns)| (column(name), patterns.clone())).collect()
}

/// Whether all tests hold for a row.
pub(super) fn all_hold(tests: &[Test], row: &Row<'_>) -> bool {
    tests.iter().all(|(column, patterns)| holds(*column, patterns, row))
}

/// A test on a column the table does not have never holds.
fn holds(column: Option<usize>, patterns: &Patterns, row: &Row<'_>) -> bool {
    column.and_then(|column| row.cells.get(column)?.as_deref()).is_some_and(|cell| patterns.matches(cell))
}
