use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Folds text for comparison: compatibility form, lower case, no diacritics, single spaces.
///
/// Letters that do not decompose but are written without their stroke in addresses are replaced by what people type
/// instead (`ø` by `o`, `ß` by `ss`).
pub fn fold_text(text: &str) -> String {
    if text.is_ascii() {
        fold(text.chars().map(|c| c.to_ascii_lowercase()), text.len())
    } else {
        fold(text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase), text.len())
    }
}

fn fold(letters: impl Iterator<Item = char>, length: usize) -> String {
    let mut folded = String::with_capacity(length);
    let mut space = false;
    for c in letters {
        // White space, and marks that show nothing: byte order mark, zero-width characters, soft hyphen.
        if matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{ad}') {
            continue;
        }
        if c.is_whitespace() {
            space = !folded.is_empty();
            continue;
        }
        if space {
            folded.push(' ');
            space = false;
        }
        match c {
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'ı' => folded.push('i'),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ß' => folded.push_str("ss"),
            'þ' => folded.push_str("th"),
            // Lower-casing can bring marks back (İ becomes i and a dot).
            c if is_combining_mark(c) => {}
            c => folded.push(c),
        }
    }
    folded
}

/// The key by which column headers and JSON keys are compared.
///
/// Compatibility form, lower case, runs of spaces, `_` and `-` as one space, without the notes some exports put behind
/// a header (`[Required]`, `[READ ONLY]`, `(EUR)`, a final `:` or `*`).
pub fn header_key(header: &str) -> String {
    // Most headers are plain, and compared with those of a hundred layouts.
    if header.is_ascii() {
        key_of(header.chars().map(|c| c.to_ascii_lowercase()), header.len())
    } else {
        key_of(header.nfkc().flat_map(char::to_lowercase), header.len())
    }
}

fn key_of(letters: impl Iterator<Item = char>, length: usize) -> String {
    let mut key = String::with_capacity(length);
    let mut gap = false;
    for c in letters {
        if matches!(c, '\u{feff}' | '\u{200b}') {
            continue;
        }
        // `_id` is the name of a database for it, and not the same as `id`.
        if c == '_' && key.is_empty() {
            key.push(c);
            continue;
        }
        if c.is_whitespace() || c == '_' || c == '-' {
            gap = !key.is_empty();
            continue;
        }
        if gap {
            key.push(' ');
            gap = false;
        }
        key.push(c);
    }
    const NOTES: [&str; 10] = [
        "[required]",
        "[read only]",
        "[upload only]",
        "[must be in the e.164 format]",
        "(usd)",
        "(eur)",
        "(gbp)",
        "($)",
        "(€)",
        "(£)",
    ];
    for note in NOTES {
        if let Some(bare) = key.strip_suffix(note) {
            key.truncate(bare.trim_end().len());
        }
    }
    let bare = key.trim_end_matches([':', '*', ' ']).len();
    key.truncate(bare);
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_folds() {
        let check = |text: &str, expect: &str| assert_eq!(fold_text(text), expect, "{text}");
        check("  Wójcik  ", "wojcik");
        check("NGUYỄN", "nguyen");
        check("Sørensen-Łuk", "sorensen-luk");
        check("Straße", "strasse");
        check("İpek", "ipek");
        check("Ａｌｉｃｅ\u{a0}B", "alice b");
        check("陽子", "陽子");
    }

    #[test]
    fn headers_fold() {
        let check = |header: &str, expect: &str| assert_eq!(header_key(header), expect, "{header}");
        check("\u{feff}First Name [Required]", "first name");
        check("Status [READ ONLY]", "status");
        check("two-step  Login", "two step login");
        check("has_inbox_seat", "has inbox seat");
        check("_id", "_id");
        check("emails[0].value", "emails[0].value");
        check("Email: *", "email");
    }
}
