//! Lays figures, bars, tables and paragraphs out on sheets of paper, from the top down. What comes out is a list of marks for each
//! page, which whoever prints them need not understand.

use ttf_parser::{Face as Outlines, GlyphId};

/// Width and height of a sheet, in points: A4.
pub(super) const SHEET: (f32, f32) = (595.0, 842.0);
const MARGIN: f32 = 48.0;
/// Where text ends; the footer stands below.
const BOTTOM: f32 = SHEET.1 - 58.0;
const WIDTH: f32 = SHEET.0 - 2.0 * MARGIN;
const BODY: f32 = 8.6;
const LINE: f32 = 12.4;

/// Red, green, blue.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Color(pub(super) u8, pub(super) u8, pub(super) u8);

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
}

/// A weight of the type.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Face {
    /// Text.
    Regular,
    /// Headings and figures.
    Bold,
}

/// Something on a page.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Mark {
    /// A line of text; `y` is its baseline.
    Text { x: f32, y: f32, size: f32, face: Face, color: Color, text: String },
    /// A filled rectangle.
    Box { x: f32, y: f32, width: f32, height: f32, color: Color },
}

/// Pages, and how far the last one is filled.
pub(super) struct Paper {
    pages: Vec<Vec<Mark>>,
    y: f32,
    regular: Outlines<'static>,
    bold: Outlines<'static>,
}

impl Paper {
    /// An empty sheet; `None` for fonts that are none.
    pub(super) fn new(regular: &'static [u8], bold: &'static [u8]) -> Option<Self> {
        let (regular, bold) = (Outlines::parse(regular, 0).ok()?, Outlines::parse(bold, 0).ok()?);
        Some(Self { pages: vec![Vec::new()], y: MARGIN, regular, bold })
    }

    /// The pages.
    pub(super) fn pages(&self) -> &[Vec<Mark>] {
        &self.pages
    }

    /// What stands at the foot of each page.
    pub(super) fn footer(&self, number: usize, pages: usize) -> Vec<Mark> {
        let y = SHEET.1 - 34.0;
        let text = format!("{number} / {pages}");
        let left = SHEET.0 - MARGIN - self.width(&text, 7.6, Face::Regular);
        let said = "Made by Truedown on your own computer; nothing was sent anywhere.";
        vec![
            Mark::Box { x: MARGIN, y: y - 12.0, width: WIDTH, height: 0.6, color: Color::RULE },
            mark(MARGIN, y, 7.6, Face::Regular, Color::DIM, said),
            mark(left, y, 7.6, Face::Regular, Color::DIM, &text),
        ]
    }

    fn put(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }

    /// Makes sure that so much room is left; otherwise goes on on a new page.
    fn room(&mut self, height: f32) {
        if self.y + height > BOTTOM && self.y > MARGIN {
            self.pages.push(Vec::new());
            self.y = MARGIN;
        }
    }

    fn width(&self, text: &str, size: f32, face: Face) -> f32 {
        let outlines = if face == Face::Bold { &self.bold } else { &self.regular };
        let advance = |letter: char| {
            let glyph = outlines.glyph_index(letter).unwrap_or(GlyphId(0));
            f32::from(outlines.glyph_hor_advance(glyph).unwrap_or(0))
        };
        text.chars().map(advance).sum::<f32>() * size / f32::from(outlines.units_per_em().max(1))
    }

    /// The text cut off where the room ends.
    fn fitted(&self, text: &str, size: f32, face: Face, room: f32) -> String {
        if self.width(text, size, face) <= room {
            return text.to_owned();
        }
        let mut cut: String = text.to_owned();
        while !cut.is_empty() && self.width(&cut, size, face) + self.width("…", size, face) > room {
            cut.pop();
        }
        cut.trim_end().to_owned() + "…"
    }

    fn lines(&self, text: &str, size: f32, face: Face, room: f32) -> Vec<String> {
        let mut lines = vec![String::new()];
        for word in text.split_whitespace() {
            let Some(last) = lines.last_mut() else { break };
            let longer = if last.is_empty() { word.to_owned() } else { format!("{last} {word}") };
            if self.width(&longer, size, face) <= room || last.is_empty() {
                *last = longer;
            } else {
                lines.push(word.to_owned());
            }
        }
        // A word that is longer than a line is cut off.
        lines.into_iter().map(|line| self.fitted(&line, size, face, room)).collect()
    }

    fn paragraph(&mut self, x: f32, room: f32, size: f32, face: Face, color: Color, text: &str) {
        for line in self.lines(text, size, face, room) {
            self.room(LINE);
            self.y += LINE;
            let y = self.y - 3.0;
            self.put(mark(x, y, size, face, color, &line));
        }
    }

    /// The name of the report.
    pub(super) fn title(&mut self, text: &str) {
        self.y += 20.0;
        let y = self.y;
        self.put(mark(MARGIN, y, 20.0, Face::Bold, Color::TEXT, text));
        self.y += 4.0;
    }

    /// The name of a section, kept with what follows.
    pub(super) fn heading(&mut self, text: &str) {
        self.room(130.0);
        self.y += 30.0;
        let (y, line) = (self.y, self.fitted(text, 12.0, Face::Bold, WIDTH));
        self.put(mark(MARGIN, y, 12.0, Face::Bold, Color::TEXT, &line));
        self.y += 4.0;
    }

    /// A paragraph.
    pub(super) fn text(&mut self, text: &str) {
        self.paragraph(MARGIN, WIDTH, BODY, Face::Regular, Color::TEXT, text);
        self.y += 4.0;
    }

    /// A paragraph in the background.
    pub(super) fn dim(&mut self, text: &str) {
        self.paragraph(MARGIN, WIDTH, BODY, Face::Regular, Color::DIM, text);
        self.y += 2.0;
    }

    /// A paragraph with a name before it.
    pub(super) fn named(&mut self, name: &str, text: &str) {
        const NAME: f32 = 92.0;
        self.room(LINE * 2.0);
        self.y += 3.0;
        let (y, name) = (self.y + LINE - 3.0, self.fitted(name, BODY, Face::Bold, NAME - 8.0));
        self.put(mark(MARGIN, y, BODY, Face::Bold, Color::TEXT, &name));
        self.paragraph(MARGIN + NAME, WIDTH - NAME, BODY, Face::Regular, Color::TEXT, text);
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
            self.put(Mark::Box { x, y: top, width, height: HEIGHT, color: Color::SHADE });
            self.put(Mark::Box { x, y: top, width: 2.0, height: HEIGHT, color: Color::ACCENT });
            for (size, face, color, text, below) in [
                (7.8, Face::Regular, Color::DIM, *name, 16.0),
                (17.0, Face::Bold, Color::TEXT, figure.as_str(), 37.0),
                (7.4, Face::Regular, Color::DIM, more.as_str(), 52.0),
            ] {
                let text = self.fitted(text, size, face, width - 20.0);
                self.put(mark(x + 11.0, top + below, size, face, color, &text));
            }
        }
        self.y += HEIGHT + 6.0;
    }

    /// What colors stand for.
    pub(super) fn legend(&mut self, entries: &[(Color, &str)]) {
        self.y += 14.0;
        let (mut x, y) = (MARGIN, self.y);
        for (color, text) in entries {
            self.put(Mark::Box { x, y: y - 6.5, width: 7.0, height: 7.0, color: *color });
            self.put(mark(x + 11.0, y, 7.8, Face::Regular, Color::DIM, text));
            x += 25.0 + self.width(text, 7.8, Face::Regular);
        }
        self.y += 6.0;
    }

    /// A stack of bars with an amount behind it, and a second bar below; lengths are shares of the longest.
    pub(super) fn bars(&mut self, name: &str, stack: &[(Color, f64)], amount: &str, below: (Color, f64), label: &str) {
        const NAME: f32 = 88.0;
        const THICK: f32 = 8.5;
        self.room(28.0);
        // What stands behind the longest bar must find room.
        let room = WIDTH - NAME - 150.0;
        let top = self.y + 5.0;
        let fitted = self.fitted(name, BODY, Face::Bold, NAME - 10.0);
        self.put(mark(MARGIN, top + THICK + 2.5, BODY, Face::Bold, Color::TEXT, &fitted));
        let mut x = MARGIN + NAME;
        for (color, share) in stack {
            let width = *share as f32 * room;
            if width > 0.0 {
                self.put(Mark::Box { x, y: top, width, height: THICK, color: *color });
            }
            x += width;
        }
        self.put(mark(x + 5.0, top + 7.0, 7.8, Face::Bold, Color::TEXT, amount));
        let (color, share) = below;
        let (left, width) = (MARGIN + NAME, share as f32 * room);
        if width > 0.0 {
            self.put(Mark::Box { x: left, y: top + THICK + 1.5, width, height: THICK, color });
        }
        let space = SHEET.0 - MARGIN - (left + width + 5.0);
        let label = self.fitted(label, 7.8, Face::Regular, space);
        self.put(mark(left + width + 5.0, top + THICK + 8.5, 7.8, Face::Regular, Color::DIM, &label));
        self.y += 27.0;
    }

    /// A table; `right` names the columns of numbers. Its header stands on each page it reaches.
    pub(super) fn table(&mut self, header: &[&str], widths: &[f32], right: &[usize], rows: &[Vec<String>]) {
        self.room(LINE * 4.0);
        self.y += 6.0;
        self.row(header.iter().copied(), widths, right, Color::DIM);
        for row in rows {
            if self.y + 16.0 > BOTTOM {
                self.room(BOTTOM);
                self.row(header.iter().copied(), widths, right, Color::DIM);
            }
            self.row(row.iter().map(String::as_str), widths, right, Color::TEXT);
        }
        self.y += 6.0;
    }

    fn row<'a>(&mut self, cells: impl Iterator<Item = &'a str>, widths: &[f32], right: &[usize], color: Color) {
        const SIZE: f32 = 8.2;
        let baseline = self.y + 10.5;
        let mut x = MARGIN;
        for ((place, text), share) in cells.enumerate().zip(widths) {
            let width = share * WIDTH;
            let face = if place == 0 && color == Color::TEXT { Face::Bold } else { Face::Regular };
            let text = self.fitted(text, SIZE, face, width - 6.0);
            let left = if right.contains(&place) { x + width - 6.0 - self.width(&text, SIZE, face) } else { x };
            self.put(mark(left, baseline, SIZE, face, color, &text));
            x += width;
        }
        self.y += 15.0;
        let y = self.y;
        self.put(Mark::Box { x: MARGIN, y, width: WIDTH, height: 0.5, color: Color::RULE });
    }
}

fn mark(x: f32, y: f32, size: f32, face: Face, color: Color, text: &str) -> Mark {
    Mark::Text { x, y, size, face, color, text: text.to_owned() }
}
