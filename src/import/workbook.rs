use std::borrow::Cow;
use std::io::{Cursor, Read};
use std::sync::Arc;

use calamine::{Data, Reader, SheetType, SheetVisible, Sheets, open_workbook_auto_from_rs};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, XlsxError};

use super::redact::{is_secret, may_be_header};
use super::table::{Ragged, Row};
use super::{ColumnMeaning, MOST_TITLES, may_be_archive};
use crate::model::{Code, Diagnostic, Place, Severity, header_key};

/// Whether a file is called a workbook; a damaged one can be told by nothing else.
pub fn is_named_workbook(name: &str) -> bool {
    let name = name.to_lowercase();
    [".xlsx", ".xlsm", ".xlsb", ".ods"].iter().any(|end| name.ends_with(end))
}

/// Whether a file that begins like this may be a workbook.
pub(super) fn may_be_one(head: &[u8]) -> bool {
    head.starts_with(b"\xd0\xcf\x11\xe0") || may_be_archive(head)
}

/// Whether a file is a workbook: a ZIP archive with the parts of one, or an old Office document.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return true;
    }
    let Ok(archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return false };
    let parts = ["xl/workbook.xml", "xl/workbook.bin", "content.xml"];
    archive.file_names().flatten().any(|name| parts.contains(&&*name))
}

/// Bytes a workbook may unfold to: more than a million rows of a user list need.
const MOST_UNFOLDED: u64 = 1_000_000_000;

/// One sheet as a table.
#[derive(Clone)]
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) headers: Vec<String>,
    pub(super) keys: Vec<String>,
    /// All rows of the sheet, the header's and those above it included.
    cells: Arc<Vec<Vec<String>>>,
    header: usize,
}

impl Sheet {
    /// The sheets of a workbook that hold anything.
    pub(super) fn read_all(name: &Arc<str>, bytes: &[u8]) -> Result<Vec<Self>, Diagnostic> {
        let fail = |what: String| {
            Diagnostic::new(Code::Malformed, Severity::Error, Some(Place::file(name)), what)
                .hint("open it in the program it belongs to and save the list again, as XLSX or as CSV (UTF-8)")
        };
        if unfolds_beyond(bytes, MOST_UNFOLDED) {
            return Err(fail("the workbook unfolds to more than 1 GB; expected a user list".into()));
        }
        let mut workbook = open_workbook_auto_from_rs(Cursor::new(bytes))
            .map_err(|fault| fail(format!("the workbook cannot be read: {fault}")))?;
        let mut shown: Vec<(bool, String)> = workbook
            .sheets_metadata()
            .iter()
            // Charts and macros hold no rows.
            .filter(|sheet| sheet.typ == SheetType::WorkSheet)
            .map(|sheet| (sheet.visible != SheetVisible::Visible, sheet.name.clone()))
            .collect();
        // What is hidden is read only if nothing that is shown is a list.
        shown.sort_by_key(|(hidden, _)| *hidden);
        let mut sheets = Vec::new();
        for (_, sheet) in shown {
            let cells = cells(&mut workbook, &sheet)
                .map_err(|fault| fail(format!("the sheet \"{sheet}\" cannot be read: {fault}")))?;
            let above = cells.iter().take_while(|row| row.iter().all(String::is_empty)).count();
            sheets.extend(Self::with_header(sheet, Arc::new(cells), above));
        }
        Ok(sheets)
    }

    fn with_header(name: String, cells: Arc<Vec<Vec<String>>>, header: usize) -> Option<Self> {
        let headers: Vec<String> = cells.get(header)?.iter().map(|cell| cell.trim().to_owned()).collect();
        let keys = headers.iter().map(|header| header_key(header)).collect();
        Some(Self { name, headers, keys, cells, header })
    }

    /// Rows of another container that have come to be cells.
    pub(super) fn of_rows(headers: Vec<String>, rows: Vec<Vec<String>>) -> Self {
        let keys = headers.iter().map(|header| header_key(header)).collect();
        let cells = std::iter::once(headers.clone()).chain(rows).collect();
        Self { name: String::new(), headers, keys, cells: Arc::new(cells), header: 0 }
    }

    /// The same sheet with its header some rows further down.
    pub(super) fn below_titles(&self, rows: usize) -> Option<Self> {
        Self::with_header(self.name.clone(), self.cells.clone(), self.header + rows)
    }

    pub(super) fn each_row(&self, each: &mut dyn FnMut(Row<'_>) -> bool) {
        let width = self.headers.len();
        for (number, row) in self.cells.iter().enumerate().skip(self.header + 1) {
            if row.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            let mut cells: Vec<Option<Cow<'_, str>>> =
                row.iter().take(width).map(|cell| Some(Cow::Borrowed(cell.as_str()))).collect();
            cells.resize(width, Some(Cow::Borrowed("")));
            let shifted = row.iter().skip(width).any(|cell| !cell.trim().is_empty());
            let ragged = shifted.then_some(Ragged { cells: row.len(), shifted, quote: None });
            if !each(Row { number: number as u64 + 1, cells: &cells, ragged }) {
                return;
            }
        }
    }
}

/// The workbook with the cells below some headers emptied; all cells become text, as they are read.
pub(super) fn without(bytes: &[u8], columns: &[ColumnMeaning]) -> std::io::Result<Option<Vec<u8>>> {
    let fault = |fault: XlsxError| std::io::Error::other(fault.to_string());
    let mut workbook = rust_xlsxwriter::Workbook::new();
    // The same file gives the same bytes, whenever it is kept.
    let made = ExcelDateTime::from_ymd(2000, 1, 1).map_err(fault)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let sheets = Sheet::read_all(&"".into(), bytes).map_err(|problem| std::io::Error::other(problem.message))?;
    let mut changed = false;
    for sheet in sheets {
        let is_header = |row: &Vec<String>| {
            let mut cells = row.iter().map(|cell| cell.trim());
            columns.iter().all(|column| cells.next() == Some(column.header.as_str()))
        };
        let several = |row: &Vec<String>| may_be_header(row);
        let found = sheet.cells.iter().position(is_header);
        let nearest = || sheet.cells.iter().take(MOST_TITLES).position(several);
        let header = found.or_else(nearest).unwrap_or(sheet.header);
        let headers = sheet.cells.get(header).map(Vec::as_slice).unwrap_or_default();
        let secret: Vec<bool> = headers.iter().map(|header| is_secret(header)).collect();
        let out = workbook.add_worksheet();
        // Other programs allow names that Excel does not; the sheet keeps its place.
        let _ = out.set_name(&sheet.name);
        for (row, cells) in (0..).zip(sheet.cells.iter()) {
            for (column, cell) in (0..).zip(cells) {
                let hidden = row as usize > header && secret.get(usize::from(column)).is_some_and(|secret| *secret);
                changed |= hidden && !cell.is_empty();
                if !cell.is_empty() && !hidden {
                    let cell: String = cell.chars().take(MOST_OF_A_CELL).collect();
                    out.write_string(row, column, cell).map_err(fault)?;
                }
            }
        }
    }
    if changed { workbook.save_to_buffer().map(Some).map_err(fault) } else { Ok(None) }
}

/// Letters that Excel takes in a cell.
const MOST_OF_A_CELL: usize = 32_767;

/// Rows that Excel has.
const MOST_ROWS: usize = 1_048_576;
/// Cells of a sheet that are kept; a sheet with more is no list of people.
const MOST_CELLS: usize = 50_000_000;

/// The rows of a sheet, each as long as it is filled: one cell far out must not take the space of all before it.
fn cells(workbook: &mut Sheets<Cursor<&[u8]>>, name: &str) -> Result<Vec<Vec<String>>, String> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut kept = 0_usize;
    let mut put = |(row, column): (u32, u32), text: String| {
        let (row, column) = (row as usize, column as usize);
        if text.is_empty() {
            return Ok(());
        }
        if row >= MOST_ROWS {
            return Err("it has rows beyond the last a spreadsheet can have".to_owned());
        }
        if rows.len() <= row {
            rows.resize(row + 1, Vec::new());
        }
        if let Some(cells) = rows.get_mut(row) {
            kept += column.saturating_sub(cells.len()) + 1;
            if kept > MOST_CELLS {
                return Err("it has more cells than a list of people can have".to_owned());
            }
            if cells.len() <= column {
                cells.resize(column + 1, String::new());
            }
            if let Some(cell) = cells.get_mut(column) {
                *cell = text;
            }
        }
        Ok(())
    };
    let said = |fault: &dyn std::fmt::Display| fault.to_string();
    match workbook {
        Sheets::Xlsx(xlsx) => {
            let mut reader = xlsx.worksheet_cells_reader(name).map_err(|fault| said(&fault))?;
            while let Some(cell) = reader.next_cell().map_err(|fault| said(&fault))? {
                put(cell.get_position(), text(&Data::from(cell.get_value().clone())))?;
            }
        }
        Sheets::Xlsb(xlsb) => {
            let mut reader = xlsb.worksheet_cells_reader(name).map_err(|fault| said(&fault))?;
            while let Some(cell) = reader.next_cell().map_err(|fault| said(&fault))? {
                put(cell.get_position(), text(&Data::from(cell.get_value().clone())))?;
            }
        }
        other => {
            let range = other.worksheet_range(name).map_err(|fault| said(&fault))?;
            let (top, left) = range.start().unwrap_or_default();
            for (row, column, cell) in range.used_cells() {
                put((top + row as u32, left + column as u32), text(cell))?;
            }
        }
    }
    Ok(rows)
}

/// A cell as the text an export would have: whole numbers without a fraction, dates in ISO form.
fn text(cell: &Data) -> String {
    match cell {
        // What a formula could not work out is nothing.
        Data::Empty | Data::Error(_) => String::new(),
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        Data::DateTime(at) => {
            let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
            if (hour, minute, second) == (0, 0, 0) {
                format!("{year:04}-{month:02}-{day:02}")
            } else {
                format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
            }
        }
        cell => cell.to_string(),
    }
}

/// Whether an archive holds more than it may, by unfolding it as far as that: what it says of itself may be untrue.
fn unfolds_beyond(bytes: &[u8], most: u64) -> bool {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return false };
    let mut sum = 0;
    for index in 0..archive.len() {
        let Ok(part) = archive.by_index(index) else { continue };
        let mut part = part.take(most + 1 - sum);
        sum += std::io::copy(&mut part, &mut std::io::sink()).unwrap_or(0);
        if sum > most {
            return true;
        }
    }
    false
}

#[cfg(test)]
pub(super) mod tests {
    use rust_xlsxwriter::{Format, Workbook};

    use super::*;

    fn workbook() -> Vec<u8> {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet().set_name("Team").unwrap();
        let day = Format::new().set_num_format("yyyy-mm-dd");
        let time = Format::new().set_num_format("dd/mm/yyyy hh:mm");
        sheet.write(0, 0, "Team report").unwrap();
        sheet.write_row(2, 0, ["Email", "No.", "Joined", "Last seen", "Active"]).unwrap();
        sheet.write(3, 0, "ann@a.example").unwrap();
        sheet.write(3, 1, 10218).unwrap();
        sheet.write_with_format(3, 2, ExcelDateTime::from_ymd(2024, 3, 1).unwrap(), &day).unwrap();
        let seen = ExcelDateTime::from_ymd(2026, 1, 30).unwrap().and_hms(14, 5, 0).unwrap();
        sheet.write_with_format(3, 3, seen, &time).unwrap();
        sheet.write(3, 4, true).unwrap();
        sheet.write(5, 0, "bo@a.example").unwrap();
        workbook.add_worksheet().set_name("Notes").unwrap();
        workbook.save_to_buffer().unwrap()
    }

    /// The rows of a sheet with their numbers.
    pub(in crate::import) fn shown(sheet: &Sheet) -> String {
        let mut rows = String::new();
        sheet.each_row(&mut |row| {
            let cells: Vec<&str> = row.cells.iter().map(|cell| cell.as_deref().unwrap_or("∅")).collect();
            rows += &format!("{}: {}\n", row.number, cells.join("|"));
            true
        });
        rows
    }

    #[test]
    fn sheets() {
        let bytes = workbook();
        assert!(is_workbook(&bytes));
        let sheets = Sheet::read_all(&"team.xlsx".into(), &bytes).unwrap();
        assert_eq!(sheets.len(), 1, "an empty sheet is none");
        let table = sheets[0].below_titles(2).unwrap();
        assert_eq!(table.keys, ["email", "no.", "joined", "last seen", "active"]);
        assert_eq!(shown(&table), "4: ann@a.example|10218|2024-03-01|2026-01-30 14:05:00|true\n6: bo@a.example||||\n");
    }

    /// One cell at the far corner takes no more than the rows above it.
    #[test]
    fn a_cell_far_out_is_no_list() {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.write_row(0, 0, ["Email", "Name"]).unwrap();
        sheet.write_row(1, 0, ["ann@a.example", "Ann"]).unwrap();
        sheet.write(1_048_575, 16_383, "x").unwrap();
        let sheets = Sheet::read_all(&"far.xlsx".into(), &workbook.save_to_buffer().unwrap()).unwrap();
        let mut rows = Vec::new();
        sheets[0].each_row(&mut |row| {
            rows.push((row.number, row.ragged.map(|ragged| ragged.cells)));
            true
        });
        assert_eq!(rows, [(2, None), (1_048_576, Some(16_384))]);
    }

    #[test]
    fn what_is_shown_is_read_first() {
        let mut workbook = Workbook::new();
        let old = workbook.add_worksheet().set_name("Old").unwrap();
        old.write_row(0, 0, ["Email", "Name"]).unwrap();
        old.set_hidden(true);
        let new = workbook.add_worksheet().set_name("New").unwrap();
        new.write_row(0, 0, ["Email", "Name"]).unwrap();
        new.set_active(true);
        let sheets = Sheet::read_all(&"two.xlsx".into(), &workbook.save_to_buffer().unwrap()).unwrap();
        assert_eq!(sheets.iter().map(|sheet| sheet.name.as_str()).collect::<Vec<_>>(), ["New", "Old"]);
    }

    #[test]
    fn err_workbooks() {
        let bytes = workbook();
        assert!(unfolds_beyond(&bytes, 1_000) && !unfolds_beyond(&bytes, 1_000_000));
        let problem = |bytes: &[u8]| Sheet::read_all(&"team.xlsx".into(), bytes).err().map(|problem| problem.message);
        assert!(problem(&bytes[..bytes.len() / 2]).unwrap().starts_with("the workbook cannot be read"));
        assert!(problem(b"\xd0\xcf\x11\xe0 and no document").is_some());
    }
}
