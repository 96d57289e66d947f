use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::StrDeserializer;

use super::profile::{Field, Profile};
use super::rules::Patterns;
use super::table::{Row, Table};
use crate::model::{DateError, DateOrder, date_order_of, header_key, parse_moment};

/// A column of a file and what it was read as.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ColumnMeaning {
    /// The header as it stands in the file; for JSON the path of the key.
    pub header: String,
    /// The meaning; `None` for a column that is not read.
    pub means: Option<Field>,
    /// The layout's rules go by it, say for whether a seat is paid.
    pub tested: bool,
}

/// A profile's fields with their columns found in a table.
pub(super) struct Columns {
    fields: BTreeMap<Field, Vec<usize>>,
    /// Of columns that prove something; `None` for those that prove both orders.
    date_orders: BTreeMap<usize, Option<DateOrder>>,
    /// Of all others.
    date_order: Option<DateOrder>,
    /// Values that count only where a column beside them says what they are.
    typed: BTreeMap<Field, Vec<(usize, Option<usize>, Patterns)>>,
}

/// Fields that hold dates.
const DATES: [Field; 9] = [
    Field::Expires,
    Field::LastActive,
    Field::LastSuccess,
    Field::Created,
    Field::StatusChanged,
    Field::Hired,
    Field::Left,
    Field::Renewal,
    Field::Date,
];

impl Columns {
    pub(super) fn bind(profile: &Profile, table: &Table<'_>) -> Self {
        let bound = profile.columns.iter().map(|(field, headers)| {
            let found = headers.iter().flat_map(|header| find_all(header, table.keys())).collect();
            (*field, found)
        });
        let mut typed: BTreeMap<Field, Vec<(usize, Option<usize>, Patterns)>> = BTreeMap::new();
        for rule in &profile.typed {
            let found = find_numbered(&rule.value, &rule.kind, table.keys());
            let pairs = found.into_iter().map(|(value, kind)| (value, kind, rule.is.clone()));
            typed.entry(rule.field).or_default().extend(pairs);
        }
        Self { fields: bound.collect(), date_orders: BTreeMap::new(), date_order: profile.date_order, typed }
    }

    /// Finds out, for each column of dates, whether they begin with the day or the month. A column that proves both
    /// proves nothing. Returns the headers of columns that hold undecided dates and go by what the others prove.
    pub(super) fn prove_dates(&mut self, table: &Table<'_>) -> Vec<String> {
        let dated: BTreeSet<usize> =
            DATES.iter().filter_map(|field| self.fields.get(field)).flatten().copied().collect();
        let mut proofs: BTreeMap<usize, (bool, bool)> = BTreeMap::new();
        let mut undecided = BTreeSet::new();
        if !dated.is_empty() {
            table.each_row(&mut |row| {
                for column in &dated {
                    let Some(cell) = row.cells.get(*column).and_then(|cell| cell.as_deref()) else { continue };
                    match date_order_of(cell) {
                        Some(DateOrder::DayFirst) => proofs.entry(*column).or_default().0 = true,
                        Some(DateOrder::MonthFirst) => proofs.entry(*column).or_default().1 = true,
                        None if matches!(parse_moment(cell), Err(DateError::DayOrMonth(_))) => {
                            undecided.insert(*column);
                        }
                        None => {}
                    }
                }
                true
            });
        }
        let order = |proof: &(bool, bool)| match proof {
            (true, false) => Some(DateOrder::DayFirst),
            (false, true) => Some(DateOrder::MonthFirst),
            _ => None,
        };
        self.date_orders = proofs.iter().map(|(column, proof)| (*column, order(proof))).collect();
        let mut proved = proofs.values().map(order);
        // What all proved columns agree on holds for the rest: one program wrote them.
        let first = proved.next().flatten();
        let agreed = first.filter(|first| proved.all(|other| other == Some(*first)));
        self.date_order = agreed.or(self.date_order);
        let lent = |column: &usize| agreed.is_some() && !proofs.contains_key(column);
        undecided
            .iter()
            .filter(|column| lent(column))
            .filter_map(|column| table.headers().get(*column).cloned())
            .collect()
    }

    /// The order of day and month in a column, where it proves it, the others do, or the layout is known to have it.
    pub(super) fn date_order(&self, column: usize) -> Option<DateOrder> {
        self.date_orders.get(&column).copied().unwrap_or(self.date_order)
    }

    /// Whether the file has any column for a field.
    pub(super) fn has(&self, field: Field) -> bool {
        self.fields.get(&field).is_some_and(|columns| !columns.is_empty())
    }

    /// The first of a field's columns that holds text in this row, trimmed. What databases print for nothing is no text.
    pub(super) fn text<'r>(&self, field: Field, row: &'r Row<'_>) -> Option<&'r str> {
        self.text_in(field, row).map(|(_, text)| text)
    }

    /// The same, with the number of the column.
    pub(super) fn text_in<'r>(&self, field: Field, row: &'r Row<'_>) -> Option<(usize, &'r str)> {
        self.numbered(field, row).find(|(_, cell)| !matches!(*cell, "" | "null" | "NULL"))
    }

    /// Like [`Columns::text`], owned, empty where there is none.
    pub(super) fn owned(&self, field: Field, row: &Row<'_>) -> String {
        self.text(field, row).unwrap_or_default().to_owned()
    }

    /// All cells of a field's columns that this row has.
    pub(super) fn cells<'r>(&self, field: Field, row: &'r Row<'_>) -> impl Iterator<Item = &'r str> {
        self.numbered(field, row).map(|(_, cell)| cell)
    }

    /// The same, trimmed, with the numbers of their columns.
    pub(super) fn numbered<'r>(&self, field: Field, row: &'r Row<'_>) -> impl Iterator<Item = (usize, &'r str)> {
        // A byte order mark stands within a file where two were put together.
        let bare = |text: &'r str| text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        let cell = move |column: usize| row.cells.get(column).and_then(|cell| cell.as_deref()).map(bare);
        let columns = self.fields.get(&field).map(Vec::as_slice).unwrap_or_default();
        let typed = self.typed.get(&field).map(Vec::as_slice).unwrap_or_default();
        let counts = move |kind: Option<usize>, is: &Patterns| is.matches(kind.and_then(cell).unwrap_or_default());
        let typed = typed.iter().filter(move |(_, kind, is)| counts(*kind, is)).map(|(value, ..)| *value);
        columns.iter().copied().chain(typed).filter_map(move |column| Some((column, cell(column)?)))
    }

    /// The columns of the field with that name, if the profile maps it.
    pub(super) fn named(&self, name: &str) -> Option<Vec<usize>> {
        let name: StrDeserializer<'_, serde::de::value::Error> = name.into_deserializer();
        self.fields.get(&Field::deserialize(name).ok()?).cloned()
    }

    /// The headers of a field's columns, as they stand in the file.
    pub(super) fn headers_of<'t>(&self, field: Field, table: &'t Table<'_>) -> impl Iterator<Item = &'t str> {
        let columns = self.fields.get(&field).map(Vec::as_slice).unwrap_or_default();
        columns.iter().filter_map(|column| table.headers().get(*column)).map(String::as_str)
    }

    /// The header of the column that a field's text in this row is from.
    pub(super) fn header_in_use<'t>(&self, field: Field, row: &Row<'_>, table: &'t Table<'_>) -> Option<&'t str> {
        let (column, _) = self.text_in(field, row)?;
        table.headers().get(column).map(String::as_str)
    }

    /// The fields with their headers as they stand in the file.
    pub(super) fn headers(&self, table: &Table<'_>) -> BTreeMap<Field, Vec<String>> {
        let all = self.fields.keys().map(|field| (*field, self.headers_of(*field, table).map(str::to_owned).collect()));
        all.filter(|(_, headers): &(Field, Vec<String>)| !headers.is_empty()).collect()
    }

    /// What each column was read as; the layout's rules look at those that are `tested`.
    pub(super) fn meanings(&self, table: &Table<'_>, tested: impl Fn(usize) -> bool) -> Vec<ColumnMeaning> {
        let means =
            |column: usize| self.fields.iter().find(|(_, columns)| columns.contains(&column)).map(|(field, _)| *field);
        let headers = table.headers().iter().enumerate();
        let meaning = |(column, header): (usize, &String)| ColumnMeaning {
            header: header.clone(),
            means: means(column),
            tested: tested(column),
        };
        headers.map(meaning).collect()
    }
}

/// The columns of a file nobody could place.
pub(super) fn unplaced(table: &Table<'_>) -> Vec<ColumnMeaning> {
    let unread = |header: &String| ColumnMeaning { header: header.clone(), means: None, tested: false };
    table.headers().iter().map(unread).collect()
}

/// The columns a profile's header names: all with that key; with a `*` at the end, those that begin so; with `[*]` in it,
/// those of all list entries.
pub(super) fn find_all(header: &str, keys: &[String]) -> Vec<usize> {
    let wanted = header_key(header);
    let begin = header.trim_end().strip_suffix('*').map(header_key);
    let matches = |key: &str| match &begin {
        Some(begin) => key.starts_with(begin.as_str()),
        None if wanted.contains("[*]") => entry_key(key) == wanted,
        None => key == wanted,
    };
    keys.iter().enumerate().filter(|(_, key)| matches(key)).map(|(column, _)| column).collect()
}

/// Columns of a numbered list with the columns that say what kind its entries are: `externalIds.*.value` beside
/// `externalIds.*.type`.
fn find_numbered(value: &str, kind: &str, keys: &[String]) -> Vec<(usize, Option<usize>)> {
    let (value, kind) = (header_key(value), header_key(kind));
    let Some((before, after)) = value.split_once(".*.") else { return Vec::new() };
    let number = |key: &str| {
        let number = key.strip_prefix(before)?.strip_prefix('.')?.strip_suffix(after)?.strip_suffix('.')?;
        number.bytes().all(|byte| byte.is_ascii_digit()).then(|| number.to_owned())
    };
    let beside = |number: &str| {
        let wanted = kind.replace(".*.", &format!(".{number}."));
        keys.iter().position(|key| *key == wanted)
    };
    let values = keys.iter().enumerate();
    values.filter_map(|(column, key)| Some((column, beside(&number(key)?)))).collect()
}

/// `emails[12].value` as `emails[*].value`.
fn entry_key(key: &str) -> Cow<'_, str> {
    let entry = key.split_once('[').and_then(|(before, rest)| Some((before, rest.split_once(']')?)));
    match entry {
        Some((before, (index, after))) if index.bytes().all(|byte| byte.is_ascii_digit()) => {
            Cow::Owned(format!("{before}[*]{after}"))
        }
        _ => Cow::Borrowed(key),
    }
}
