//! Lays figures, bars, tables and paragraphs out on sheets of paper, from the top down. What comes out is a list of marks for each
//! page, and the structure they belong to, which whoever prints them need not understand.

use super::fonts::{Fonts, Weight};

/// Width and height of a sheet, in points: A4.
pub const SHEET: (f32, f32) = (595.0, 842.0);
const MARGIN: f32 = 48.0;
/// Where text ends; the footer stands below.
const BOTTOM: f32 = SHEET.1 - 58.0;
const WIDTH: f32 = SHEET.0 - 2.0 * MARGIN;
const BODY: f32 = 8.6;
const LINE: f32 = 12.4;
/// Lines of a cell; what is longer is cut off.
const CELL_LINES: usize = 3;

/// Red, green, blue.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Color(pub u8, pub u8, pub u8);

impl Color {
    const TEXT: Self = Self(0x1B, 0x24, 0x30);
    const DIM: Self = Self(0x5E, 0x6B, 0x7D);
    const RULE: Self = Self(0xE3, 0xE6, 0xEB);
    const ACCENT: Self = Self(0x1F, 0x6F, 0x5C);
    const SHADE: Self = Self(0xF6, 0xF7, 0xF9);
    /// Paid for nothing.
    pub(super) const UNUSED: Self = Self(0xE6, 0x9F, 0x00);
    /// Work.
    pub(super) const LABOR: Self = Self(0x00, 0x72, 0xB2);
    /// Access that should not be.
    pub(super) const RISK: Self = Self(0xD5, 0x5E, 0x00);
    /// The tier upgrade.
    pub(super) const UPGRADE: Self = Self(0x8E, 0x5B, 0xB5);
    /// The flat fee.
    pub(super) const FEE: Self = Self(0x00, 0x9E, 0x73);
}

/// What an element is, for those who do not see the page.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    /// A heading and its level.
    Heading(u16, String),
    /// A paragraph.
    Paragraph,
    /// A picture, and what it says in words.
    Figure(String),
    /// A table.
    Table,
    /// A row of it.
    Row,
    /// The head of a column.
    ColumnHead,
    /// The head of a row.
    RowHead,
    /// A cell.
    Cell,
}

/// An element of the structure.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Element {
    /// What it is.
    pub(super) part: Part,
    /// What it is in; nothing for the topmost.
    pub(super) within: Option<usize>,
    /// Where it begins: page and height.
    pub(super) at: (usize, f32),
}

/// Something on a page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mark {
    /// The element it belongs to; nothing for what is only there to be looked at.
    pub(super) of: Option<usize>,
    /// What it looks like.
    pub(super) shape: Shape,
}

/// What something looks like, in points from the upper left corner of the sheet.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A line of text.
    Text {
        /// Its left end.
        x: f32,
        /// Its baseline.
        y: f32,
        /// Size of the type.
        size: f32,
        /// Weight of the type.
        weight: Weight,
        /// Its color.
        color: Color,
        /// What it says.
        text: String,
    },
    /// A filled rectangle.
    Box {
        /// Its left side.
        x: f32,
        /// Its upper side.
        y: f32,
        /// Its width.
        width: f32,
        /// Its height.
        height: f32,
        /// Its color.
        color: Color,
    },
}

/// Pages, and how far the last one is filled.
pub(super) struct Paper<'a> {
    fonts: &'a Fonts<'a>,
    pages: Vec<Vec<Mark>>,
    elements: Vec<Element>,
    /// The element that is being laid out.
    within: Option<usize>,
    y: f32,
}

impl<'a> Paper<'a> {
    /// An empty sheet.
    pub(super) fn new(fonts: &'a Fonts<'a>) -> Self {
        Self { fonts, pages: vec![Vec::new()], elements: Vec::new(), within: None, y: MARGIN }
    }

    /// The pages.
    pub(super) fn pages(&self) -> &[Vec<Mark>] {
        &self.pages
    }

    /// The structure, in the order in which it is read.
    pub(super) fn elements(&self) -> &[Element] {
        &self.elements
    }

    /// What stands at the foot of each page.
    pub(super) fn footer(&self, number: usize, pages: usize) -> Vec<Mark> {
        let y = SHEET.1 - 34.0;
        let number = format!("{number} / {pages}");
        let left = SHEET.0 - MARGIN - self.fonts.width(&number, 7.6, Weight::Regular);
        let said = "Made by Truedown on your own computer; nothing was sent anywhere.";
        let text = |x, said: &str| text(x, y, 7.6, Weight::Regular, Color::DIM, said);
        let rule = Shape::Box { x: MARGIN, y: y - 12.0, width: WIDTH, height: 0.6, color: Color::RULE };
        [rule, text(MARGIN, said), text(left, &number)].map(|shape| Mark { of: None, shape }).into()
    }

    fn put(&mut self, shape: Shape) {
        let of = self.within;
        if let Some(page) = self.pages.last_mut() {
            page.push(Mark { of, shape });
        }
    }

    /// Puts something that only those who see the page need.
    fn adorn(&mut self, shape: Shape) {
        if let Some(page) = self.pages.last_mut() {
            page.push(Mark { of: None, shape });
        }
    }

    /// Lays out within a new element.
    fn in_part<T>(&mut self, part: Part, lay: impl FnOnce(&mut Self) -> T) -> T {
        let outer = self.within;
        self.elements.push(Element { part, within: outer, at: (self.pages.len().saturating_sub(1), self.y) });
        self.within = Some(self.elements.len() - 1);
        let laid = lay(self);
        self.within = outer;
        laid
    }

    /// Makes sure that so much room is left; otherwise goes on on a new page.
    fn room(&mut self, height: f32) {
        if self.y + height > BOTTOM && self.y > MARGIN {
            self.pages.push(Vec::new());
            self.y = MARGIN;
        }
    }

    /// The text cut off where the room ends.
    fn fitted(&self, text: &str, size: f32, weight: Weight, room: f32) -> String {
        // No line has room for more letters, and each is measured.
        const LONGEST: usize = 400;
        let shortened: String = text.chars().take(LONGEST).collect();
        if shortened.len() == text.len() && self.fonts.width(text, size, weight) <= room {
            return shortened;
        }
        let mut cut = shortened;
        while !cut.is_empty() && self.fonts.width(&cut, size, weight) + self.fonts.width("…", size, weight) > room {
            cut.pop();
        }
        cut.trim_end().to_owned() + "…"
    }

    fn lines(&self, text: &str, size: f32, weight: Weight, room: f32) -> Vec<String> {
        let mut lines = vec![String::new()];
        for word in text.split_whitespace() {
            let Some(last) = lines.last_mut() else { break };
            let longer = if last.is_empty() { word.to_owned() } else { format!("{last} {word}") };
            if self.fonts.width(&longer, size, weight) <= room || last.is_empty() {
                *last = longer;
            } else {
                lines.push(word.to_owned());
            }
        }
        // A word that is longer than a line is cut off.
        lines.into_iter().map(|line| self.fitted(&line, size, weight, room)).collect()
    }

    fn paragraph(&mut self, x: f32, room: f32, color: Color, said: &str) {
        for line in self.lines(said, BODY, Weight::Regular, room) {
            self.room(LINE);
            self.y += LINE;
            self.put(text(x, self.y - 3.0, BODY, Weight::Regular, color, &line));
        }
    }

    /// The name of the report.
    pub(super) fn title(&mut self, said: &str) {
        self.y += 20.0;
        self.in_part(Part::Heading(1, said.to_owned()), |paper| {
            paper.put(text(MARGIN, paper.y, 20.0, Weight::Bold, Color::TEXT, said));
        });
        self.y += 4.0;
    }

    /// The name of a section, kept with what follows.
    pub(super) fn heading(&mut self, said: &str) {
        self.room(130.0);
        self.y += 30.0;
        let line = self.fitted(said, 12.0, Weight::Bold, WIDTH);
        self.in_part(Part::Heading(2, said.to_owned()), |paper| {
            paper.put(text(MARGIN, paper.y, 12.0, Weight::Bold, Color::TEXT, &line));
        });
        self.y += 4.0;
    }

    /// A paragraph.
    pub(super) fn text(&mut self, said: &str) {
        self.in_part(Part::Paragraph, |paper| paper.paragraph(MARGIN, WIDTH, Color::TEXT, said));
        self.y += 4.0;
    }

    /// A paragraph in the background.
    pub(super) fn dim(&mut self, said: &str) {
        self.in_part(Part::Paragraph, |paper| paper.paragraph(MARGIN, WIDTH, Color::DIM, said));
        self.y += 2.0;
    }

    /// A paragraph with a name before it.
    pub(super) fn named(&mut self, name: &str, said: &str) {
        const NAME: f32 = 92.0;
        self.room(LINE * 2.0);
        self.y += 3.0;
        let (y, name) = (self.y + LINE - 3.0, self.fitted(name, BODY, Weight::Bold, NAME - 8.0));
        self.in_part(Part::Paragraph, |paper| {
            paper.put(text(MARGIN, y, BODY, Weight::Bold, Color::TEXT, &name));
            paper.paragraph(MARGIN + NAME, WIDTH - NAME, Color::TEXT, said);
        });
    }

    /// Headline figures side by side: what each is, the figure, more about it.
    pub(super) fn figures(&mut self, figures: &[(&str, String, String)]) {
        const HEIGHT: f32 = 62.0;
        const GAP: f32 = 10.0;
        self.room(HEIGHT + 14.0);
        self.y += 12.0;
        let many = figures.len().max(1) as f32;
        let width = (WIDTH - GAP * (many - 1.0)) / many;
        let top = self.y;
        for (place, (name, figure, more)) in figures.iter().enumerate() {
            let x = MARGIN + place as f32 * (width + GAP);
            self.adorn(Shape::Box { x, y: top, width, height: HEIGHT, color: Color::SHADE });
            self.adorn(Shape::Box { x, y: top, width: 2.0, height: HEIGHT, color: Color::ACCENT });
            self.in_part(Part::Paragraph, |paper| {
                for (size, weight, color, said, below) in [
                    (7.8, Weight::Regular, Color::DIM, *name, 16.0),
                    (17.0, Weight::Bold, Color::TEXT, figure.as_str(), 37.0),
                    (7.4, Weight::Regular, Color::DIM, more.as_str(), 52.0),
                ] {
                    let said = paper.fitted(said, size, weight, width - 20.0);
                    paper.put(text(x + 11.0, top + below, size, weight, color, &said));
                }
            });
        }
        self.y += HEIGHT + 6.0;
    }

    /// What colors stand for.
    pub(super) fn legend(&mut self, entries: &[(Color, &str)]) {
        self.y += 14.0;
        let (mut x, y) = (MARGIN, self.y);
        self.in_part(Part::Paragraph, |paper| {
            for (color, said) in entries {
                paper.adorn(Shape::Box { x, y: y - 6.5, width: 7.0, height: 7.0, color: *color });
                paper.put(text(x + 11.0, y, 7.8, Weight::Regular, Color::DIM, said));
                x += 25.0 + paper.fonts.width(said, 7.8, Weight::Regular);
            }
        });
        self.y += 6.0;
    }

    /// A stack of bars with an amount behind it, and a second bar below; lengths are shares of the longest, and so is the place of
    /// a line to hold them against.
    pub(super) fn bars(&mut self, bars: &Bars<'_>) {
        const NAME: f32 = 88.0;
        const THICK: f32 = 8.5;
        self.room(28.0);
        // What stands behind the longest bar must find room.
        let room = WIDTH - NAME - 150.0;
        let (top, left) = (self.y + 5.0, MARGIN + NAME);
        let fitted = self.fitted(bars.name, BODY, Weight::Bold, NAME - 10.0);
        self.in_part(Part::Figure(bars.said.clone()), |paper| {
            paper.put(text(MARGIN, top + THICK + 2.5, BODY, Weight::Bold, Color::TEXT, &fitted));
            let mut x = left;
            for (color, share) in &bars.stack {
                let width = *share as f32 * room;
                if width > 0.0 {
                    paper.put(Shape::Box { x, y: top, width, height: THICK, color: *color });
                }
                x += width;
            }
            paper.put(text(x + 5.0, top + 7.0, 7.8, Weight::Bold, Color::TEXT, &bars.amount));
            let (color, share) = bars.below;
            let width = share as f32 * room;
            if width > 0.0 {
                paper.put(Shape::Box { x: left, y: top + THICK + 1.5, width, height: THICK, color });
            }
            // Where there is no bar, the words keep clear of the line.
            let line = bars.line.map_or(0.0, |line| line as f32 * room).max(0.0);
            let x = left + 5.0 + if width > line - 5.0 { width } else { line.max(width) };
            let label = paper.fitted(&bars.label, 7.8, Weight::Regular, SHEET.0 - MARGIN - x);
            paper.put(text(x, top + THICK + 8.5, 7.8, Weight::Regular, Color::DIM, &label));
            if let Some(line) = bars.line {
                let (x, height) = (left + line as f32 * room, 2.0 * THICK + 5.5);
                paper.put(Shape::Box { x, y: top - 2.0, width: 1.0, height, color: Color::FEE });
            }
        });
        self.y += 27.0;
    }

    /// A table; `right` names the columns of numbers. Its header stands on each page it reaches.
    pub(super) fn table(&mut self, header: &[&str], widths: &[f32], right: &[usize], rows: &[Vec<String>]) {
        self.room(LINE * 4.0);
        self.y += 6.0;
        self.in_part(Part::Table, |paper| {
            paper.row(header.iter().copied(), widths, right, true);
            for row in rows {
                if paper.y + paper.height(row, widths) > BOTTOM {
                    paper.room(BOTTOM);
                    paper.adorned_header(header, widths, right);
                }
                paper.row(row.iter().map(String::as_str), widths, right, false);
            }
        });
        self.y += 6.0;
    }

    /// The header of a table once more, on a further page.
    fn adorned_header(&mut self, header: &[&str], widths: &[f32], right: &[usize]) {
        let mut x = MARGIN;
        for ((place, said), share) in header.iter().enumerate().zip(widths) {
            let shape =
                self.cell(said, x, share * WIDTH, self.y + 10.5, right.contains(&place), Weight::Regular, Color::DIM);
            self.adorn(shape);
            x += share * WIDTH;
        }
        self.y += 15.0;
        self.adorn(Shape::Box { x: MARGIN, y: self.y, width: WIDTH, height: 0.5, color: Color::RULE });
    }

    fn height(&self, row: &[String], widths: &[f32]) -> f32 {
        let lines = row.iter().zip(widths).enumerate().map(|(place, (said, share))| {
            self.lines(said, CELL, weight_of(place, false), share * WIDTH - GUTTER).len().min(CELL_LINES)
        });
        4.6 + 10.4 * lines.max().unwrap_or(1) as f32
    }

    fn row<'t>(&mut self, cells: impl Iterator<Item = &'t str>, widths: &[f32], right: &[usize], header: bool) {
        let top = self.y;
        let color = if header { Color::DIM } else { Color::TEXT };
        let mut most = 1;
        self.in_part(Part::Row, |paper| {
            let mut x = MARGIN;
            for ((place, said), share) in cells.enumerate().zip(widths) {
                let width = share * WIDTH;
                let part = match (header, place) {
                    (true, _) => Part::ColumnHead,
                    (false, 0) => Part::RowHead,
                    (false, _) => Part::Cell,
                };
                let weight = weight_of(place, header);
                let mut lines = paper.lines(said, CELL, weight, width - GUTTER);
                if header || lines.len() > CELL_LINES {
                    // The rest follows on the last line, cut off.
                    let kept = if header { 1 } else { CELL_LINES };
                    let rest = lines.split_off(kept - 1).join(" ");
                    lines.push(paper.fitted(&rest, CELL, weight, width - GUTTER));
                }
                most = most.max(lines.len());
                paper.in_part(part, |paper| {
                    for (number, line) in lines.iter().enumerate() {
                        let baseline = top + 10.5 + 10.4 * number as f32;
                        let shape = paper.cell(line, x, width, baseline, right.contains(&place), weight, color);
                        paper.put(shape);
                    }
                });
                x += width;
            }
        });
        self.y = top + 4.6 + 10.4 * most as f32;
        self.adorn(Shape::Box { x: MARGIN, y: self.y, width: WIDTH, height: 0.5, color: Color::RULE });
    }

    #[expect(clippy::too_many_arguments, reason = "a line of a cell is all of this and is made in two places")]
    fn cell(&self, said: &str, x: f32, width: f32, y: f32, right: bool, weight: Weight, color: Color) -> Shape {
        let left = if right { x + width - GUTTER - self.fonts.width(said, CELL, weight) } else { x };
        text(left, y, CELL, weight, color, said)
    }
}

/// Between columns.
const GUTTER: f32 = 9.0;
/// Size of the type in tables.
const CELL: f32 = 8.2;

fn weight_of(place: usize, header: bool) -> Weight {
    if place == 0 && !header { Weight::Bold } else { Weight::Regular }
}

/// A stack of bars, a bar below it, and what they say.
pub(super) struct Bars<'a> {
    /// What it is about.
    pub(super) name: &'a str,
    /// Parts of the upper bar.
    pub(super) stack: Vec<(Color, f64)>,
    /// What stands behind it.
    pub(super) amount: String,
    /// The bar below.
    pub(super) below: (Color, f64),
    /// What stands behind that.
    pub(super) label: String,
    /// A line to hold both against.
    pub(super) line: Option<f64>,
    /// All of it in words.
    pub(super) said: String,
}

fn text(x: f32, y: f32, size: f32, weight: Weight, color: Color, said: &str) -> Shape {
    Shape::Text { x, y, size, weight, color, text: said.to_owned() }
}
