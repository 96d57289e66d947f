use std::io::{self, Write};

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{
    Chart, ChartType, Color, DocProperties, ExcelDateTime, Format, FormatBorder, Formula, Workbook as Book, Worksheet,
    XlsxError,
};

use crate::view::{Cell, Dossier, FindingRows, Section, Sheet, Shown, Workbook, Worklist, format};

/// Rows of a sheet, the header among them.
const MOST_ROWS: u32 = 1_048_576;

/// Letters of a cell; what is longer is cut off.
const MOST_LETTERS: usize = 32_000;
/// Letters of a formula; of a longer one only what comes out of it is written.
const LONGEST_FORMULA: usize = 8_000;

/// Writes a workbook: figures that follow their assumptions, and the accounts behind them. Text is text, whatever it begins with.
///
/// # Errors
/// Those of the writer.
pub fn report_xlsx(dossier: &Dossier<'_>, out: &mut dyn Write) -> io::Result<()> {
    let bytes = book(dossier).map_err(io::Error::other)?;
    out.write_all(&bytes)
}

/// How cells look.
struct Looks {
    header: Format,
    heading: Format,
    text: Format,
    count: Format,
    number: Format,
    money: Format,
    percent: Format,
    day: Format,
    assumption: Format,
}

impl Looks {
    fn new() -> Self {
        let of = |shape: &str| Format::new().set_num_format(shape);
        Self {
            header: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_background_color(Color::RGB(0x00E3_F1ED))
                .set_border_bottom(FormatBorder::Thin),
            heading: Format::new().set_bold(),
            text: Format::new(),
            count: of("#,##0"),
            number: of("#,##0.00###"),
            money: of("#,##0.00"),
            percent: of("0.0%"),
            day: of("d mmm yyyy"),
            assumption: Format::new().set_background_color(Color::RGB(0x00FF_F4DC)),
        }
    }

    fn shown(&self, shown: Shown) -> &Format {
        match shown {
            Shown::Count => &self.count,
            Shown::Number => &self.number,
            Shown::Money => &self.money,
            Shown::Percent => &self.percent,
        }
    }
}

fn book(dossier: &Dossier<'_>) -> Result<Vec<u8>, XlsxError> {
    let (workbook, rows) = (&*dossier.workbook, &dossier.rows);
    let accounts = dossier.has(Section::Findings);
    let mut book = Book::new();
    // The same figures make the same file: the day they are for stands for the moment it was written.
    let day = workbook.as_of;
    let (year, month, date) = (day.year().unsigned_abs(), day.month().unsigned_abs(), day.day().unsigned_abs());
    if let Ok(made) = ExcelDateTime::from_ymd(year, month, date) {
        book.set_properties(&DocProperties::new().set_title(workbook.title).set_creation_datetime(&made));
    }
    let looks = Looks::new();
    for (name, cell) in &workbook.names {
        book.define_name(name.as_str(), cell)?;
    }
    for sheet in &workbook.sheets {
        // Sheets with formulas stay, whatever sections are wanted: they rest on each other.
        if sheet.name == "Sources" && !dossier.has(Section::Sources) {
            continue;
        }
        write_sheet(book.add_worksheet(), sheet, &looks)?;
        match sheet.name {
            "Summary" if dossier.has(Section::Summary) => chart(&mut book, workbook)?,
            "Apps" => {
                // What is behind the figures stands behind the apps.
                if accounts {
                    findings(&mut book, rows, &looks)?;
                    work(&mut book, &dossier.worklist, &looks)?;
                }
                if let Some(removals) = dossier.removals.as_ref().filter(|_| dossier.has(Section::SinceLast)) {
                    write_sheet(book.add_worksheet(), &removals.sheet(), &looks)?;
                }
            }
            "Assumptions" => {
                if accounts {
                    evidence(&mut book, rows, &looks)?;
                }
                if dossier.has(Section::AccessReview) {
                    write_sheet(book.add_worksheet(), &dossier.access.sheet(&dossier.report), &looks)?;
                }
            }
            _ => {}
        }
    }
    book.save_to_buffer()
}

fn set_up(sheet: &mut Worksheet, name: &str, columns: &[(String, u8)], looks: &Looks) -> Result<(), XlsxError> {
    sheet.set_name(name)?.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    sheet.set_freeze_panes(1, 0)?;
    for (column, (header, width)) in (0_u16..).zip(columns) {
        sheet.set_column_width(column, f64::from(*width))?;
        sheet.write_string_with_format(0, column, header, &looks.header)?;
    }
    Ok(())
}

fn write_sheet(sheet: &mut Worksheet, from: &Sheet, looks: &Looks) -> Result<(), XlsxError> {
    let columns: Vec<(String, u8)> = from.columns.iter().map(|column| (column.header.clone(), column.width)).collect();
    set_up(sheet, from.name, &columns, looks)?;
    // What is beyond the end of a sheet is in report.json.
    for (row, cells) in (1..MOST_ROWS).zip(&from.rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            write_cell(sheet, row, column, cell, looks, from.name == "Assumptions")?;
        }
    }
    // A filter over a list with headings in it would tear it apart.
    let plain = from.rows.iter().flatten().all(|cell| !matches!(cell, Cell::Heading(_)));
    if plain
        && let (Ok(last), Ok(width)) =
            (u32::try_from(from.rows.len()).map(|rows| rows.min(MOST_ROWS - 1)), u16::try_from(from.columns.len()))
        && last > 0
        && width > 0
    {
        sheet.autofilter(0, 0, last, width - 1)?;
    }
    Ok(())
}

fn float(amount: Decimal) -> f64 {
    amount.to_f64().unwrap_or(0.0)
}

fn write_cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    looks: &Looks,
    to_change: bool,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => {
            let cut: String = text.chars().take(MOST_LETTERS).collect();
            sheet.write_string_with_format(row, column, cut, &looks.text)?;
        }
        Cell::Heading(text) => {
            sheet.write_string_with_format(row, column, text, &looks.heading)?;
        }
        Cell::Value(value, shown) => {
            let look = looks.shown(*shown);
            let look = if to_change { look.merge(&looks.assumption) } else { look.clone() };
            sheet.write_number_with_format(row, column, float(*value), &look)?;
        }
        Cell::Day(day) => {
            let (year, month, date) = (day.year().unsigned_abs(), day.month().unsigned_abs(), day.day().unsigned_abs());
            match ExcelDateTime::from_ymd(year, month, date) {
                Ok(day) => sheet.write_datetime_with_format(row, column, &day, &looks.day)?,
                Err(_) => sheet.write_string(row, column, day.to_string())?,
            };
        }
        Cell::Formula(text, value, shown) if text.len() > LONGEST_FORMULA => {
            sheet.write_number_with_format(row, column, float(*value), looks.shown(*shown))?;
        }
        Cell::Formula(text, value, shown) => {
            // A viewer that does not calculate shows what came out here.
            let formula = Formula::new(text).set_result(float(*value).to_string());
            sheet.write_formula_with_format(row, column, formula, looks.shown(*shown))?;
        }
    }
    Ok(())
}

/// What manual work costs each app, beside the upgrade that would automate it.
fn chart(book: &mut Book, workbook: &Workbook) -> Result<(), XlsxError> {
    let apps = workbook.sheets.iter().find(|sheet| sheet.name == "Apps").map_or(0, |sheet| sheet.rows.len());
    let Ok(last) = u32::try_from(apps) else { return Ok(()) };
    if last == 0 {
        return Ok(());
    }
    let mut chart = Chart::new(ChartType::ColumnStacked);
    for (name, column, color) in
        [("Unused licenses", 12, 0x00E6_9F00), ("IT labor", 14, 0x0000_72B2), ("Compliance misses", 15, 0x00D5_5E00)]
    {
        chart
            .add_series()
            .set_name(name)
            .set_categories(("Apps", 1, 0, last, 0))
            .set_values(("Apps", 1, column, last, column))
            .set_format(
                rust_xlsxwriter::ChartFormat::new()
                    .set_solid_fill(rust_xlsxwriter::ChartSolidFill::new().set_color(Color::RGB(color))),
            );
    }
    chart.title().set_name("Annual financial impact of staying manual");
    chart.legend().set_position(rust_xlsxwriter::ChartLegendPosition::Bottom);
    chart.set_width(760).set_height(360);
    let mut upgrades = Chart::new(ChartType::Column);
    let column = u16::try_from(MORE).unwrap_or(u16::MAX);
    upgrades
        .add_series()
        .set_name("SCIM tier upgrade, per year")
        .set_categories(("Upgrades", 1, 0, last, 0))
        .set_values(("Upgrades", 1, column, last, column))
        .set_format(
            rust_xlsxwriter::ChartFormat::new()
                .set_solid_fill(rust_xlsxwriter::ChartSolidFill::new().set_color(Color::RGB(0x008E_5BB5))),
        );
    upgrades.title().set_name("What the upgrade would cost more, by the list");
    upgrades.legend().set_hidden();
    upgrades.set_width(760).set_height(300);
    let below = workbook.sheets.first().map_or(20, |sheet| sheet.rows.len());
    let below = u32::try_from(below).unwrap_or(20) + 2;
    let sheet = book.worksheet_from_name("Summary")?;
    sheet.insert_chart(below, 0, &chart)?;
    sheet.insert_chart(below + 19, 0, &upgrades)?;
    Ok(())
}

/// The column of the sheet of upgrades that says what they cost more.
const MORE: usize = 17;

/// Writes lines on as many sheets as they need: a sheet has an end. Rows go to a file aside as they are written, so that a million
/// of them need no memory.
fn list(
    book: &mut Book,
    name: &str,
    columns: &[(&str, u8)],
    lines: &mut dyn Iterator<Item = Vec<Cell>>,
    looks: &Looks,
) -> Result<(), XlsxError> {
    let columns: Vec<(String, u8)> = columns.iter().map(|(header, width)| ((*header).to_owned(), *width)).collect();
    let mut lines = lines.peekable();
    let mut number = 1;
    loop {
        let sheet = book.add_worksheet_with_low_memory()?;
        let title = if number == 1 { name.to_owned() } else { format!("{name} {number}") };
        set_up(sheet, &title, &columns, looks)?;
        let mut row = 1;
        while row < MOST_ROWS
            && let Some(cells) = lines.next()
        {
            for (column, cell) in (0_u16..).zip(&cells) {
                write_cell(sheet, row, column, cell, looks, false)?;
            }
            row += 1;
        }
        if row > 1
            && let Ok(last) = u16::try_from(columns.len().saturating_sub(1))
        {
            sheet.autofilter(0, 0, row - 1, last)?;
        }
        if lines.peek().is_none() {
            return Ok(());
        }
        number += 1;
    }
}

fn findings(book: &mut Book, rows: &FindingRows<'_>, looks: &Looks) -> Result<(), XlsxError> {
    const COLUMNS: [(&str, u8); 15] = [
        ("App", 16),
        ("Account", 30),
        ("Email", 34),
        ("Name", 24),
        ("Person", 24),
        ("Person's status", 14),
        ("Finding", 12),
        ("Reason", 60),
        ("Matched by", 14),
        ("Confidence", 11),
        ("To decide", 10),
        ("Paid seat", 10),
        ("Cost a year", 12),
        ("Currency", 9),
        ("Last active", 14),
    ];
    let mut lines = rows.iter().map(|row| {
        let text = |text: &str| Cell::Text(text.to_owned());
        vec![
            text(row.app),
            text(row.account),
            text(row.email),
            text(row.display_name),
            text(row.person_name),
            text(row.person_status),
            text(row.finding.as_str()),
            text(&row.reason),
            text(row.method),
            Decimal::from_f64_retain(row.confidence).map_or(Cell::Empty, |is| Cell::Value(is, Shown::Percent)),
            text(if row.review { "yes" } else { "" }),
            text(row.billed),
            row.annual_cost.map_or(Cell::Empty, |money| Cell::Value(money.amount, Shown::Money)),
            text(row.annual_cost.as_ref().map_or("", |money| money.currency.as_str())),
            text(&format::seen_plain(row.last_active)),
        ]
    });
    list(book, "Findings", &COLUMNS, &mut lines, looks)
}

fn work(book: &mut Book, worklist: &Worklist, looks: &Looks) -> Result<(), XlsxError> {
    const COLUMNS: [(&str, u8); 12] = [
        ("App", 16),
        ("No.", 6),
        ("To do", 44),
        ("Account", 30),
        ("Email", 34),
        ("Name", 24),
        ("Finding", 12),
        ("Admin", 8),
        ("Reason", 60),
        ("Cost a year", 12),
        ("Currency", 9),
        ("Take care", 70),
    ];
    let mut lines =
        worklist.apps.iter().flat_map(|(app, rows)| rows.iter().map(move |row| (app, row))).map(|(app, row)| {
            let text = |text: &str| Cell::Text(text.to_owned());
            vec![
                text(app),
                Cell::Value(Decimal::from(row.number), Shown::Count),
                text(row.action),
                text(&row.account),
                text(&row.email),
                text(&row.display_name),
                text(row.finding.as_str()),
                text(if row.admin { "yes" } else { "" }),
                text(&row.reason),
                row.annual_cost.map_or(Cell::Empty, |money| Cell::Value(money.amount, Shown::Money)),
                text(row.annual_cost.as_ref().map_or("", |money| money.currency.as_str())),
                text(&row.caution),
            ]
        });
    list(book, "Worklist", &COLUMNS, &mut lines, looks)
}

fn evidence(book: &mut Book, rows: &FindingRows<'_>, looks: &Looks) -> Result<(), XlsxError> {
    const COLUMNS: [(&str, u8); 7] = [
        ("App", 16),
        ("Account", 34),
        ("Person", 24),
        ("Matched by", 14),
        ("Confidence", 11),
        ("What spoke for or against", 80),
        ("Weight, bits", 10),
    ];
    let mut lines = rows.iter().flat_map(|row| {
        row.evidence().into_iter().map(move |(said, weight)| {
            let text = |text: &str| Cell::Text(text.to_owned());
            let number = |number: f64, shown| {
                Decimal::from_f64_retain(number).map_or(Cell::Empty, |number| Cell::Value(number, shown))
            };
            vec![
                text(row.app),
                text(row.name()),
                text(row.person_name),
                text(row.method),
                number(row.confidence, Shown::Percent),
                Cell::Text(said),
                weight.map_or(Cell::Empty, |weight| number(weight, Shown::Number)),
            ]
        })
    });
    list(book, "Evidence", &COLUMNS, &mut lines, looks)
}

#[cfg(test)]
mod tests {
    use crate::view::letters;

    #[test]
    fn columns_have_letters() {
        let check = |column: usize, expect: &str| assert_eq!(letters(column), expect);
        check(0, "A");
        check(25, "Z");
        check(26, "AA");
        check(51, "AZ");
        check(52, "BA");
        check(702, "AAA");
    }
}
