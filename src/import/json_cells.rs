use std::collections::HashMap;

use serde_json::{Map, Value};

use super::csv_rows::CsvText;
use super::json_rows::as_columns;
use super::workbook::Sheet;

/// Delimited text whose column `JSON` holds whole records, as GAM writes with `formatjson`, with a column for each value;
/// `None` if it is no such text.
pub(super) fn expanded(csv: &CsvText<'_>) -> Option<Sheet> {
    let json = csv.keys.iter().position(|key| key == "json")?;
    let mut headers: Vec<String> = csv.headers.clone();
    let mut columns: HashMap<String, usize> = headers.iter().cloned().zip(0..).collect();
    let mut rows = Vec::new();
    let mut all = true;
    csv.each_row(&mut |row| {
        let cell = |cell: Option<&str>| cell.unwrap_or_default().to_owned();
        let object = row.cells.get(json).and_then(|cell| cell.as_deref());
        let object: Option<Map<String, Value>> = object.and_then(|text| serde_json::from_str(text).ok());
        all &= object.is_some();
        let mut cells: Vec<String> = row.cells.iter().map(|text| cell(text.as_deref())).collect();
        for (name, value) in object.as_ref().map(as_columns).unwrap_or_default() {
            let next = headers.len();
            let column = *columns.entry(name.clone()).or_insert(next);
            if column == next {
                headers.push(name);
            }
            if cells.len() <= column {
                cells.resize(column + 1, String::new());
            }
            if let Some(cell) = cells.get_mut(column) {
                *cell = value;
            }
        }
        if let Some(cell) = cells.get_mut(json) {
            cell.clear();
        }
        rows.push(cells);
        all
    });
    (all && !rows.is_empty()).then(|| Sheet::of_rows(headers, rows))
}
