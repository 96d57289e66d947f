use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::StrDeserializer;

use super::profile::{Field, Profile};
use super::table::{Row, Table};
use crate::model::{DateOrder, date_order_of, header_key};

/// A column of a file and what it was read as.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ColumnMeaning {
    /// The header as it stands in the file; for JSON the path of the key.
    pub header: String,
    /// The meaning; `None` for a column that is not used.
    pub means: Option<Field>,
}

/// A profile's fields with their columns found in a table.
pub(super) struct Columns {
    fields: BTreeMap<Field, Vec<usize>>,
    date_order: Option<DateOrder>,
}

/// Fields that hold dates.
const DATES: [Field; 8] = [
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
        Self { fields: bound.collect(), date_order: profile.date_order }
    }

    /// Finds out whether dates begin with the day or the month. All date columns of a file come from one program and one
    /// setting; a file that proves both proves nothing.
    pub(super) fn prove_dates(&mut self, table: &Table<'_>) {
        let (mut day, mut month) = (false, false);
        table.each_row(&mut |row| {
            for cell in DATES.iter().flat_map(|field| self.cells(*field, &row)) {
                match date_order_of(cell) {
                    Some(DateOrder::DayFirst) => day = true,
                    Some(DateOrder::MonthFirst) => month = true,
                    None => {}
                }
            }
            !(day && month)
        });
        self.date_order = match (day, month) {
            (true, false) => Some(DateOrder::DayFirst),
            (false, true) => Some(DateOrder::MonthFirst),
            _ => self.date_order,
        };
    }

    /// The order of day and month, where the file proves it or the layout is known to have it.
    pub(super) fn date_order(&self) -> Option<DateOrder> {
        self.date_order
    }

    /// Whether the file has any column for a field.
    pub(super) fn has(&self, field: Field) -> bool {
        self.fields.get(&field).is_some_and(|columns| !columns.is_empty())
    }

    /// The first of a field's columns that holds text in this row, trimmed.
    pub(super) fn text<'r>(&self, field: Field, row: &'r Row<'_>) -> Option<&'r str> {
        self.cells(field, row).map(str::trim).find(|cell| !cell.is_empty())
    }

    /// Like [`Columns::text`], owned, empty where there is none.
    pub(super) fn owned(&self, field: Field, row: &Row<'_>) -> String {
        self.text(field, row).unwrap_or_default().to_owned()
    }

    /// All cells of a field's columns that this row has.
    pub(super) fn cells<'r>(&self, field: Field, row: &'r Row<'_>) -> impl Iterator<Item = &'r str> {
        let columns = self.fields.get(&field).map(Vec::as_slice).unwrap_or_default();
        columns.iter().filter_map(|column| row.cells.get(*column)?.as_deref())
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
        let filled = |column: &&usize| {
            row.cells.get(**column).and_then(|cell| cell.as_deref()).is_some_and(|cell| !cell.trim().is_empty())
        };
        let column = self.fields.get(&field)?.iter().find(filled)?;
        table.headers().get(*column).map(String::as_str)
    }

    /// The fields with their headers as they stand in the file.
    pub(super) fn headers(&self, table: &Table<'_>) -> BTreeMap<Field, Vec<String>> {
        let all = self.fields.keys().map(|field| (*field, self.headers_of(*field, table).map(str::to_owned).collect()));
        all.filter(|(_, headers): &(Field, Vec<String>)| !headers.is_empty()).collect()
    }

    pub(super) fn meanings(&self, table: &Table<'_>) -> Vec<ColumnMeaning> {
        let means =
            |column: usize| self.fields.iter().find(|(_, columns)| columns.contains(&column)).map(|(field, _)| *field);
        let headers = table.headers().iter().enumerate();
        headers.map(|(column, header)| ColumnMeaning { header: header.clone(), means: means(column) }).collect()
    }
}

/// The columns of a file nobody could place.
pub(super) fn unplaced(table: &Table<'_>) -> Vec<ColumnMeaning> {
    table.headers().iter().map(|header| ColumnMeaning { header: header.clone(), means: None }).collect()
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
