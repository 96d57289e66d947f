use std::borrow::Cow;
use std::cell::RefCell;
use std::io::{self, BufRead, BufReader, Read};

use csv::{ReaderBuilder, StringRecord};

use super::decode::Text;
use super::table::{Ragged, Row, StrayQuote};
use super::trail::Trail;
use crate::model::header_key;

/// Delimited text with its header found; rows are read from the file each time they are asked for.
pub(super) struct CsvText<'a> {
    pub(super) delimiter: u8,
    pub(super) headers: Vec<String>,
    pub(super) keys: Vec<String>,
    text: &'a Text<'a>,
    /// Where the header begins, in bytes of the text.
    start: u64,
    /// Lines above it.
    lines_above: u64,
    form: Form,
    /// What PowerShell says the rows are, if it does.
    pub(super) type_line: Option<String>,
    /// Why the file could not be read to its end.
    fault: RefCell<Option<io::Error>>,
}

/// How delimited text is written, but for the delimiter.
#[derive(Clone, Copy)]
struct Form {
    /// What ends a line: old spreadsheets write a carriage return alone.
    line_end: u8,
    /// What stands around a cell that holds a delimiter; some scripts are told to use another one.
    quote: u8,
}

/// Text that is read as delimited.
pub(super) type Records<'a> = csv::Reader<Trail<Box<dyn Read + 'a>>>;

impl<'a> CsvText<'a> {
    pub(super) fn new(text: &'a Text<'a>) -> io::Result<Self> {
        Self::at(text, 0, 0)
    }

    /// The text with its header at or below a place.
    fn at(text: &'a Text<'a>, start: u64, lines_above: u64) -> io::Result<Self> {
        let mut form = Form { line_end: line_end(text, start)?, quote: b'"' };
        let preamble = Preamble::of(open_at(text, start)?)?;
        let start = start + preamble.bytes;
        let delimiter = match preamble.delimiter {
            Some(delimiter) => delimiter,
            None => sniff_delimiter(text, start)?,
        };
        form.quote = sniff_quote(text, start, delimiter)?;
        let mut header = StringRecord::new();
        // Without a first record there are no headers, which the caller tells of.
        reader(open_at(text, start)?, delimiter, form).read_record(&mut header)?;
        let headers: Vec<String> = header.iter().map(|cell| cell.trim().to_owned()).collect();
        let keys = headers.iter().map(|header| header_key(header)).collect();
        let lines_above = lines_above + preamble.lines;
        Ok(Self {
            delimiter,
            headers,
            keys,
            text,
            start,
            lines_above,
            form,
            type_line: preamble.type_line,
            fault: RefCell::default(),
        })
    }

    /// The same text with its header some rows further down: reports carry titles above it.
    pub(super) fn below_titles(&self, rows: usize) -> Option<Self> {
        let mut reader = self.records().ok()?;
        let mut record = StringRecord::new();
        for _ in 0..rows {
            reader.read_record(&mut record).ok().filter(|read| *read)?;
        }
        let passed = reader.position().byte();
        let (blank, lines) = reader.get_mut().pass_to(passed);
        let below = Self::at(self.text, self.start + blank, self.lines_above + lines).ok()?;
        (!below.headers.is_empty()).then_some(below)
    }

    /// The records from the header on.
    pub(super) fn records(&self) -> io::Result<Records<'a>> {
        Ok(reader(open_at(self.text, self.start)?, self.delimiter, self.form))
    }

    /// The sign around cells.
    pub(super) fn quote(&self) -> u8 {
        self.form.quote
    }

    /// The text above the header.
    pub(super) fn above(&self) -> io::Result<impl Read + use<'a>> {
        Ok(self.text.open()?.take(self.start))
    }

    /// Why the rows seen last were not all.
    pub(super) fn take_fault(&self) -> Option<io::Error> {
        self.fault.take()
    }

    /// The lines of a cell that holds the ends and beginnings of rows, because a quote in it is closed by another row's.
    ///
    /// Where both quotes open the same column the row still has the width of the header; then the cell holds exactly
    /// the delimiters of the rows it took, and an address of one of them.
    fn rows_inside(&self, cell: &str, fits: bool) -> Option<usize> {
        let line_end = char::from(self.form.line_end);
        let (_, below) = cell.split_once(line_end)?;
        let delimiters = cell.bytes().filter(|byte| *byte == self.delimiter).count();
        let lines = 1 + below.trim_end_matches(line_end).matches(line_end).count() + usize::from(!below.is_empty());
        let of_a_row = self.headers.len().saturating_sub(1).max(1);
        let holds =
            if fits { delimiters == of_a_row * (lines - 1) && below.contains('@') } else { delimiters >= of_a_row };
        holds.then_some(lines)
    }

    /// Whether a record holds rows that a stray quote took into it.
    pub(super) fn swallows_rows(&self, record: &StringRecord) -> bool {
        let fits = record.len() == self.headers.len();
        record.iter().any(|cell| self.rows_inside(cell, fits).is_some())
    }

    pub(super) fn each_row(&self, each: &mut dyn FnMut(Row<'_>) -> bool) {
        if let Err(fault) = self.try_each_row(each) {
            *self.fault.borrow_mut() = Some(fault);
        }
    }

    fn try_each_row(&self, each: &mut dyn FnMut(Row<'_>) -> bool) -> io::Result<()> {
        let mut reader = self.records()?;
        let mut record = StringRecord::new();
        let width = self.headers.len();
        reader.read_record(&mut record)?;
        while reader.read_record(&mut record)? {
            let (start, end) = (record.position().map_or(0, csv::Position::byte), reader.position().byte());
            let trail = reader.get_mut();
            let (_, lines) = trail.pass_to(start);
            let mut cells: Vec<Option<Cow<'_, str>>> =
                record.iter().take(width).map(|cell| Some(Cow::Borrowed(cell))).collect();
            cells.resize(width, None);
            let quote = if trail.is_left_open(end) {
                // What was read of the text stays read, and the rest is passed over without keeping it.
                Some(StrayQuote::NeverClosed(trail.lines_to_the_end()?))
            } else {
                let fits = record.len() == width;
                record.iter().find_map(|cell| self.rows_inside(cell, fits)).map(StrayQuote::ClosedByAnother)
            };
            let ragged = (record.len() != width || quote.is_some()).then(|| Ragged {
                cells: record.len(),
                shifted: quote.is_some() || record.iter().skip(width).any(|cell| !cell.trim().is_empty()),
                quote,
            });
            if !each(Row { number: self.lines_above + 1 + lines, cells: &cells, ragged }) {
                break;
            }
        }
        Ok(())
    }
}

/// A text from a place on.
fn open_at<'a>(text: &Text<'a>, start: u64) -> io::Result<Box<dyn Read + 'a>> {
    let mut reader = text.open()?;
    io::copy(&mut reader.by_ref().take(start), &mut io::sink())?;
    Ok(reader)
}

fn reader<'a>(text: Box<dyn Read + 'a>, delimiter: u8, form: Form) -> Records<'a> {
    ReaderBuilder::new()
        .delimiter(delimiter)
        .quote(form.quote)
        .has_headers(false)
        .flexible(true)
        .buffer_capacity(64 * 1024)
        .from_reader(Trail::new(text, form.line_end, form.quote, delimiter))
}

/// Bytes that show how a text is built.
const SHOWING: u64 = 1 << 20;

fn line_end(text: &Text<'_>, start: u64) -> io::Result<u8> {
    let mut bytes = Vec::new();
    BufReader::new(open_at(text, start)?.take(SHOWING)).read_until(b'\n', &mut bytes)?;
    Ok(if !bytes.ends_with(b"\n") && bytes.contains(&b'\r') { b'\r' } else { b'\n' })
}

/// What stands above the header and is no row: PowerShell's `#TYPE`, Entra's `version:`, Excel's `sep=`, blank lines.
#[derive(Default)]
struct Preamble {
    bytes: u64,
    lines: u64,
    delimiter: Option<u8>,
    type_line: Option<String>,
}

impl Preamble {
    fn of(text: impl Read) -> io::Result<Self> {
        let mut preamble = Self::default();
        let mut text = BufReader::new(text);
        let mut line = Vec::new();
        // A header may be long; what stands above it is not.
        while text.by_ref().take(SHOWING).read_until(b'\n', &mut line)? > 0 {
            let content = String::from_utf8_lossy(&line);
            let content = content.trim().trim_matches('"');
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
            if let Some(kind) = content.strip_prefix("#TYPE ") {
                preamble.type_line = Some(kind.to_owned());
            }
            preamble.bytes += line.len() as u64;
            preamble.lines += 1;
            line.clear();
        }
        Ok(preamble)
    }
}

const USUAL: Form = Form { line_end: b'\n', quote: b'"' };

/// The sign around cells: `'` where cells begin and end with it and none does with `"`.
fn sniff_quote(text: &Text<'_>, start: u64, delimiter: u8) -> io::Result<u8> {
    let mut head = Vec::new();
    open_at(text, start)?.take(64 * 1024).read_to_end(&mut head)?;
    let head = String::from_utf8_lossy(&head);
    let cells =
        || head.lines().take(20).flat_map(|line| line.split(char::from(delimiter))).filter(|cell| cell.len() > 1);
    let begin = |quote: char| cells().filter(|cell| cell.starts_with(quote)).count();
    let end = |quote: char| cells().filter(|cell| cell.ends_with(quote)).count();
    // A delimiter within a cell parts its two quotes, and a damaged row may lack one.
    let (begun, ended) = (begin('\''), end('\''));
    let quoted = begun > 1 && begun.abs_diff(ended) * 10 <= begun && begin('"') == 0;
    Ok(if quoted { b'\'' } else { b'"' })
}

/// The delimiter that cuts the first rows into the most even number of cells.
fn sniff_delimiter(text: &Text<'_>, start: u64) -> io::Result<u8> {
    let mut best = (b',', 0_usize);
    for delimiter in [b',', b';', b'\t', b'|'] {
        let mut reader = reader(Box::new(open_at(text, start)?.take(8 * SHOWING)), delimiter, USUAL);
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
    Ok(best.0)
}

#[cfg(test)]
mod tests {
    use super::super::Source;
    use super::super::decode::examine;
    use super::*;

    fn check(text: &str, expect: &str) {
        let source = Source::new("f.csv", text.as_bytes().to_vec());
        let (text_of, _) = Text::of(&source, &examine(&source).unwrap()).unwrap();
        let csv = CsvText::new(&text_of).unwrap();
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
        check("A,B\n'1,5',2\n'3',O'Neil\n", "a|b\n2: 1,5|2\n3: 3|O'Neil\n");
        check("A,B\n1,'n Twee\n", "a|b\n2: 1|'n Twee\n");
    }
}
