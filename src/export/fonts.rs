//! The fonts of a printed report: the built-in ones, and where those lack a letter, whatever the computer has.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::io;
use std::sync::Arc;

use krilla::text::Font;
use ttf_parser::Face as Outlines;
use unicode_bidi::BidiInfo;

const INTER: &[u8] = include_bytes!("../../assets/fonts/Inter-Regular.ttf");
const INTER_SEMIBOLD: &[u8] = include_bytes!("../../assets/fonts/Inter-SemiBold.ttf");

/// What is drawn in the place of a letter nobody has.
const NONE: char = '?';

/// A weight of the type.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Weight {
    /// Text.
    Regular,
    /// Headings and figures.
    Bold,
}

/// A font file, and which of the fonts in it.
#[derive(Clone)]
pub struct FontFile {
    /// Its bytes.
    pub bytes: Arc<dyn AsRef<[u8]> + Send + Sync>,
    /// The number of the font, from 0.
    pub index: u32,
}

/// Where fonts are from that have letters the built-in ones lack.
pub trait MoreFonts {
    /// A font that has a letter.
    fn font_for(&self, letter: char) -> Option<FontFile>;
}

/// Nowhere: letters beyond the built-in fonts cannot be shown.
#[cfg(test)]
pub(super) struct NoMoreFonts;

#[cfg(test)]
impl MoreFonts for NoMoreFonts {
    fn font_for(&self, _: char) -> Option<FontFile> {
        None
    }
}

struct Loaded {
    file: FontFile,
    font: Font,
    units: f32,
}

impl Loaded {
    fn new(file: FontFile) -> Option<Self> {
        let units = {
            let outlines = Outlines::parse((*file.bytes).as_ref(), file.index).ok()?;
            f32::from(outlines.units_per_em().max(1))
        };
        let font = Font::new(file.bytes.clone().into(), file.index)?;
        Some(Self { file, font, units })
    }

    /// The width of a letter as a share of the size; `None` if the font lacks it.
    fn width(&self, letter: char) -> Option<f32> {
        let outlines = Outlines::parse((*self.file.bytes).as_ref(), self.file.index).ok()?;
        let glyph = outlines.glyph_index(letter)?;
        Some(f32::from(outlines.glyph_hor_advance(glyph).unwrap_or(0)) / self.units)
    }
}

/// A piece of a line in one font and one direction.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    /// Its text, in the order in which it is read.
    pub(super) text: String,
    /// The number of its font.
    font: usize,
    /// It is read from right to left.
    pub(super) leftwards: bool,
    /// Its width as a share of the size.
    pub(super) width: f32,
}

/// Which font has a letter, and how wide it is there; `None` if no font has it.
type Found = Option<(usize, f32)>;

/// All fonts that are needed, loaded as they are.
pub(super) struct Fonts<'a> {
    more: &'a dyn MoreFonts,
    loaded: RefCell<Vec<Loaded>>,
    /// Where each letter was found, by whether it is bold.
    known: RefCell<HashMap<(bool, char), Found>>,
}

impl<'a> Fonts<'a> {
    /// The built-in fonts, and where others are from.
    ///
    /// # Errors
    /// A built-in font that is damaged.
    pub(super) fn new(more: &'a dyn MoreFonts) -> io::Result<Self> {
        let built_in = [INTER, INTER_SEMIBOLD].map(|bytes| Loaded::new(FontFile { bytes: Arc::new(bytes), index: 0 }));
        let loaded: Option<Vec<Loaded>> = built_in.into_iter().collect();
        let loaded = loaded.ok_or_else(|| io::Error::other("a built-in font is damaged"))?;
        Ok(Self { more, loaded: RefCell::new(loaded), known: RefCell::default() })
    }

    /// The font of a piece.
    pub(super) fn of(&self, piece: &Piece) -> Option<Font> {
        self.loaded.borrow().get(piece.font).map(|loaded| loaded.font.clone())
    }

    /// Letters that no font has and that would be seen.
    pub(super) fn lacking(&self) -> BTreeSet<char> {
        let known = self.known.borrow();
        let lacks = known.iter().filter(|(_, found)| found.is_none()).map(|((_, letter), _)| *letter);
        lacks.filter(|letter| !is_unseen(*letter)).collect()
    }

    /// Whether what is drawn tells the text as it is read: every letter has a font, and all run in one direction.
    pub(super) fn tells(&self, text: &str, weight: Weight) -> bool {
        let pieces = self.pieces(text, weight);
        let lacking = self.lacking();
        !text.chars().any(|letter| lacking.contains(&letter))
            && (pieces.len() < 2 || pieces.iter().all(|piece| !piece.leftwards))
    }

    fn find(&self, weight: Weight, letter: char) -> Found {
        let key = (weight == Weight::Bold, letter);
        if let Some(found) = self.known.borrow().get(&key) {
            return *found;
        }
        let own = usize::from(weight == Weight::Bold);
        let has = |number: usize| self.loaded.borrow().get(number).and_then(|font| font.width(letter));
        let further = 2..self.loaded.borrow().len();
        let found = std::iter::once(own).chain(further).find_map(|number| Some((number, has(number)?)));
        let found = found.or_else(|| {
            let loaded = Loaded::new(self.more.font_for(letter)?)?;
            let width = loaded.width(letter)?;
            self.loaded.borrow_mut().push(loaded);
            Some((self.loaded.borrow().len() - 1, width))
        });
        self.known.borrow_mut().insert(key, found);
        found
    }

    /// A line in pieces, from left to right.
    pub(super) fn pieces(&self, text: &str, weight: Weight) -> Vec<Piece> {
        if text.is_ascii() {
            return self.of_one_direction(text, weight, false);
        }
        let bidi = BidiInfo::new(text, None);
        let mut pieces = Vec::new();
        for paragraph in &bidi.paragraphs {
            let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
            for run in runs {
                let leftwards = levels.get(run.start).is_some_and(unicode_bidi::Level::is_rtl);
                let mut of_run = self.of_one_direction(text.get(run).unwrap_or_default(), weight, leftwards);
                if leftwards {
                    of_run.reverse();
                }
                pieces.extend(of_run);
            }
        }
        pieces
    }

    fn of_one_direction(&self, text: &str, weight: Weight, leftwards: bool) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        for letter in text.chars() {
            let (letter, found) = match self.find(weight, letter) {
                Some(found) => (letter, Some(found)),
                // A mark that is not seen leaves no trace, anything else does.
                None if is_unseen(letter) => continue,
                None => (NONE, self.find(weight, NONE)),
            };
            let Some((font, width)) = found else { continue };
            // A space or a point within a foreign word stays in its font, where that has it.
            let last = pieces.last().filter(|last| last.font != font && !letter.is_alphanumeric());
            let same = last.and_then(|last| Some((last.font, self.loaded.borrow().get(last.font)?.width(letter)?)));
            let (font, width) = same.unwrap_or((font, width));
            match pieces.last_mut().filter(|last| last.font == font) {
                Some(last) => {
                    last.text.push(letter);
                    last.width += width;
                }
                None => pieces.push(Piece { text: letter.into(), font, leftwards, width }),
            }
        }
        pieces
    }

    /// The width of a line.
    pub(super) fn width(&self, text: &str, size: f32, weight: Weight) -> f32 {
        self.pieces(text, weight).iter().map(|piece| piece.width).sum::<f32>() * size
    }
}

/// Control characters, joiners, variation selectors and marks of direction.
fn is_unseen(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(letter, '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0100}'..='\u{e01ef}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_where_the_font_or_the_direction_changes() {
        let fonts = Fonts::new(&NoMoreFonts).unwrap();
        let check = |text: &str, expect: &[&str]| {
            let pieces = fonts.pieces(text, Weight::Regular);
            assert_eq!(pieces.iter().map(|piece| &*piece.text).collect::<Vec<_>>(), expect, "{text}");
        };
        check("Wójcik & Nguyễn", &["Wójcik & Nguyễn"]);
        check("陽子", &["??"]);
        check("a\u{200d}b", &["ab"]);
        assert_eq!(fonts.lacking().into_iter().collect::<String>(), "子陽");
        assert!(fonts.width("mm", 10.0, Weight::Bold) > fonts.width("ii", 10.0, Weight::Bold));
    }
}
