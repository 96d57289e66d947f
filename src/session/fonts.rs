//! Fonts of the computer, for letters the built-in ones lack.

use std::cell::RefCell;

use fontique::{Collection, CollectionOptions, FallbackKey, Query, QueryStatus, Script, SourceCache};
use unicode_script::UnicodeScript;

use crate::export::{FontFile, MoreFonts};

/// The fonts that are installed, looked for when the first is asked for.
#[derive(Default)]
pub(super) struct SystemFonts(RefCell<Option<(Collection, SourceCache)>>);

impl MoreFonts for SystemFonts {
    fn font_for(&self, letter: char) -> Option<FontFile> {
        let mut known = self.0.borrow_mut();
        let options = CollectionOptions { shared: false, system_fonts: true };
        let (collection, sources) = known.get_or_insert_with(|| (Collection::new(options), SourceCache::default()));
        // The system knows which fonts are for which script; where it does not, any font with the letter will do.
        let script: Option<Script> = letter.script().short_name().parse().ok();
        let of_script = script.and_then(|script| {
            let mut query = collection.query(sources);
            query.set_fallbacks(FallbackKey::new(script, None));
            first_with(query, letter)
        });
        of_script.or_else(|| {
            let mut families: Vec<String> = collection.family_names().map(str::to_owned).collect();
            families.sort_unstable();
            let mut query = collection.query(sources);
            query.set_families(families.iter().map(String::as_str));
            first_with(query, letter)
        })
    }
}

fn first_with(mut query: Query<'_>, letter: char) -> Option<FontFile> {
    let mut found = None;
    query.matches_with(|font| match font.charmap().and_then(|map| map.map(letter)) {
        Some(glyph) if glyph != 0 => {
            let (bytes, _) = font.blob.clone().into_raw_parts();
            found = Some(FontFile { bytes, index: font.index });
            QueryStatus::Stop
        }
        _ => QueryStatus::Continue,
    });
    found
}
