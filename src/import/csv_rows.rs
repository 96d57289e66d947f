use std::borrow::Cow;

use csv::{ReaderBuilder, StringRecord};

use super::table::{Ragged, Row, StrayQuote};
use crate::model::header_key;

/// Delimited text with its header found.
pub(super) struct CsvText<'a> {
    pub(super) delimiter: u8,
    pub(super) headers: Vec<String>,
    pub(super) keys: Vec<String>,
    /// From the header on.
    body: &'a str,
    /// Lines above the body.
    lines_above: u64,
}

impl<'a> CsvText<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let preamble = Preamble::of(text);
        let body = text.get(preamble.bytes..).unwrap_or_default();
        let delimiter = preamble.delimiter.unwrap_or_else(|| sniff_delimiter(body));
        let mut header = StringRecord::new();
        // Without a first record there are no headers, which the caller tells of.
        let _ = reader(body, delimiter).read_record(&mut header);
        let headers: Vec<String> = header.iter().map(|cell| cell.trim().to_owned()).collect();
        let keys = headers.iter().map(|header| header_key(header)).collect();
        Self { delimiter, headers, keys, body, lines_above: preamble.lines }
    }

    /// The same text with its header some rows further down: reports carry titles above it.
    pub(super) fn below_titles(&self, rows: usize) -> Option<Self> {
        let mut reader = reader(self.body, self.delimiter);
        let mut record = StringRecord::new();
        for _ in 0..rows {
            reader.read_record(&mut record).ok().filter(|read| *read)?;
        }
        let start = usize::try_from(reader.position().byte()).ok()?;
        let rest = self.body.get(start..)?;
        let start = start + (rest.len() - rest.trim_start_matches(['\r', '\n']).len());
        let mut lines = Lines::new(self.body, self.lines_above + 1);
        let lines_above = lines.line_of(start) - 1;
        let body = self.body.get(start..).filter(|body| !body.is_empty())?;
        let mut below = Self::new(body);
        below.lines_above += lines_above;
        Some(below)
    }

    /// The lines of a cell that holds the ends and beginnings of rows, because a quote in it is closed by another row's.
    ///
    /// Where both quotes open the same column the row still has the width of the header; then the cell holds exactly
    /// the delimiters of the rows it took, and an address of one of them.
    fn rows_inside(&self, cell: &str, fits: bool) -> Option<usize> {
        let (_, below) = cell.split_once('\n')?;
        let delimiters = cell.bytes().filter(|byte| *byte == self.delimiter).count();
        let lines = cell.lines().count();
        let of_a_row = self.headers.len().saturating_sub(1).max(1);
        let holds =
            if fits { delimiters == of_a_row * (lines - 1) && below.contains('@') } else { delimiters >= of_a_row };
        holds.then_some(lines)
    }

    pub(super) fn each_row(&self, each: &mut dyn FnMut(Row<'_>) -> bool) {
        let mut reader = reader(self.body, self.delimiter);
        let mut record = StringRecord::new();
        let width = self.headers.len();
        let mut first = true;
        let mut lines = Lines::new(self.body, self.lines_above + 1);
        while reader.read_record(&mut record).unwrap_or(false) {
            if std::mem::take(&mut first) {
                continue;
            }
            let start = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
            let line = lines.line_of(start);
            let mut cells: Vec<Option<Cow<'_, str>>> =
                record.iter().take(width).map(|cell| Some(Cow::Borrowed(cell))).collect();
            cells.resize(width, None);
            // At the end of the text an odd number of quotes means that the last one was never closed.
            let at_end = usize::try_from(reader.position().byte()).is_ok_and(|end| end >= self.body.len());
            let rest = self.body.get(start..).filter(|_| at_end).unwrap_or_default();
            let quote = if rest.matches('"').count() % 2 == 1 {
                Some(StrayQuote::NeverClosed(rest.trim().lines().count()))
            } else {
                let fits = record.len() == width;
                record.iter().find_map(|cell| self.rows_inside(cell, fits)).map(StrayQuote::ClosedByAnother)
            };
            let ragged = (record.len() != width || quote.is_some()).then(|| Ragged {
                cells: record.len(),
                shifted: quote.is_some() || record.iter().skip(width).any(|cell| !cell.trim().is_empty()),
                quote,
            });
            if !each(Row { number: line, cells: &cells, ragged }) {
                return;
            }
        }
    }
}

/// Lines by place in the text. The reader's own count is one behind after a `\r\n`.
struct Lines<'a> {
    text: &'a [u8],
    /// What ends a line: old spreadsheets write a carriage return alone.
    end: u8,
    counted: usize,
    line: u64,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str, line: u64) -> Self {
        let end = if text.contains('\n') { b'\n' } else { b'\r' };
        Self { text: text.as_bytes(), end, counted: 0, line }
    }

    /// The line a record that begins at a place stands on. Places must not go back.
    fn line_of(&mut self, start: usize) -> u64 {
        let rest = self.text.get(start..).unwrap_or_default();
        let start = start + rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let passed = self.text.get(self.counted..start).unwrap_or_default();
        self.line += passed.iter().filter(|byte| **byte == self.end).count() as u64;
        self.counted = start.max(self.counted);
        self.line
    }
}

pub(super) fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes())
}

/// What stands above the header and is no row: PowerShell's `#TYPE`, Entra's `version:`, Excel's `sep=`, blank lines.
#[derive(Default)]
struct Preamble {
    bytes: usize,
    lines: u64,
    delimiter: Option<u8>,
}

impl Preamble {
    fn of(text: &str) -> Self {
        let mut preamble = Self::default();
        for line in text.split_inclusive('\n') {
            let content = line.trim().trim_matches('"');
            if let Some(delimiter) = content.strip_prefix("sep=") {
                preamble.delimiter = match delimiter {
                    "" | "\\t" => Some(b'\t'),
                    delimiter => delimiter.bytes().next().filter(u8::is_ascii),
                };
            } else if !(content.trim_matches([',', ';', '\t']).is_empty()
                || content.starts_with("#TYPE ")
                || content.starts_with("version:v"))
            {
                break;
            }
            preamble.bytes += line.len();
            preamble.lines += 1;
        }
        preamble
    }
}

/// The delimiter that cuts the first rows into the most even number of cells.
fn sniff_delimiter(body: &str) -> u8 {
    let mut best = (b',', 0_usize);
    for delimiter in [b',', b';', b'\t', b'|'] {
        let mut reader = reader(body, delimiter);
        let mut record = StringRecord::new();
        let mut widths = Vec::new();
        while widths.len() < 20 && reader.read_record(&mut record).unwrap_or(false) {
            widths.push(record.len());
        }
        let header = widths.first().copied().unwrap_or(0);
        let even = widths.iter().filter(|width| **width == header).count();
        // Width counts where all rows agree; a row that disagrees costs more than a wide header gains.
        let score = if header > 1 { header * even * even / widths.len().max(1) } else { 0 };
        if score > best.1 {
            best = (delimiter, score);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &str) {
        let csv = CsvText::new(text);
        let mut read = format!("{}\n", csv.keys.join("|"));
        csv.each_row(&mut |row| {
            let cells: Vec<&str> = row.cells.iter().map(|cell| cell.as_deref().unwrap_or("∅")).collect();
            let ragged = match row.ragged {
                Some(ragged) if ragged.shifted => " shifted",
                Some(_) => " ragged",
                None => "",
            };
            read += &format!("{}: {}{ragged}\n", row.number, cells.join("|"));
            true
        });
        assert_eq!(read, expect, "{text}");
    }

    #[test]
    fn rows() {
        check("A,B\n1,2\n", "a|b\n2: 1|2\n");
        check("A;B\r\n1;2,5\r\n", "a|b\n2: 1|2,5\n");
        check("A\tB\n1\t2\n", "a|b\n2: 1|2\n");
        check("sep=;\nA;B\n1;2\n", "a|b\n3: 1|2\n");
        check("#TYPE Selected.ADUser\n\"A\",\"B\"\n\"x\ny\",2\n3,4\n", "a|b\n3: x\ny|2\n5: 3|4\n");
        check("A,B,C\n1,2\n1,2,3,\n1,2,3,4\n", "a|b|c\n2: 1|2|∅ ragged\n3: 1|2|3 ragged\n4: 1|2|3 shifted\n");
        check("Only\nx\n", "only\n2: x\n");
        check("A,B\n\"unclosed,2\n3,4\n", "a|b\n2: unclosed,2\n3,4\n|∅ shifted\n");
        check("A,B\r1,2\r3,4\r", "a|b\n2: 1|2\n3: 3|4\n");
    }
}
