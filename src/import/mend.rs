//! Texts that a program has damaged on the way, as they were meant.

use encoding_rs::WINDOWS_1252;

/// Text that some program read in another encoding though it was UTF-8, or wrote for a web page, as it was meant: `MÃ¼ller` as
/// `Müller`, also where it was done twice, and `O&#39;Brien` as `O'Brien`. Letters of which the first tells how many follow do not
/// stand so by chance; each word is looked at alone.
pub(super) fn mended(text: &str) -> Option<String> {
    if text.contains('&') && text.contains(';') {
        let plain = html_escape::decode_html_entities(text);
        if plain != text {
            let again = mended(&plain);
            return Some(again.unwrap_or_else(|| plain.into_owned()));
        }
    }
    if text.is_ascii() {
        return None;
    }
    let word = |word: &str| {
        let once = as_utf8(word)?;
        Some(as_utf8(&once).unwrap_or(once))
    };
    let words: Vec<&str> = text.split(' ').collect();
    let mended: Vec<Option<String>> = words.iter().map(|one| word(one)).collect();
    mended.iter().any(Option::is_some).then(|| {
        let all = mended.into_iter().zip(words).map(|(mended, word)| mended.unwrap_or_else(|| word.to_owned()));
        all.collect::<Vec<_>>().join(" ")
    })
}

/// A word that was UTF-8, read in one of the encodings programs take text for.
fn as_utf8(word: &str) -> Option<String> {
    if word.is_ascii() {
        return None;
    }
    // Windows-1252 leaves five bytes out, which other programs make control characters of.
    let byte = |c: char| u8::try_from(u32::from(c)).ok().or_else(|| one_byte(c));
    let western = || word.chars().map(byte).collect::<Option<Vec<u8>>>();
    let others = [encoding_rs::WINDOWS_1250, encoding_rs::MACINTOSH, encoding_rs::WINDOWS_1251];
    let others = others.into_iter().filter_map(|encoding| match encoding.encode(word) {
        (bytes, _, false) => Some(bytes.into_owned()),
        _ => None,
    });
    let all = std::iter::once_with(western).flatten().chain(others);
    all.filter_map(|bytes| String::from_utf8(bytes).ok()).find(|meant| holds_together(meant))
}

/// The byte of a letter in Windows-1252.
fn one_byte(c: char) -> Option<u8> {
    match WINDOWS_1252.encode(c.encode_utf8(&mut [0; 4])) {
        (bytes, _, false) => bytes.first().copied().filter(|_| bytes.len() == 1),
        _ => None,
    }
}

/// Whether the letters of a word are of one alphabet and one case, as those of a name are: RÓŻYCKI, taken for bytes, would be a
/// Cyrillic letter among Latin capitals.
fn holds_together(word: &str) -> bool {
    let is_latin = |c: char| matches!(c, '\0'..='\u{24f}' | '\u{300}'..='\u{33f}' | '\u{1e00}'..='\u{206f}');
    let ascii = || word.chars().filter(char::is_ascii_alphabetic);
    let other = || word.chars().filter(|c| !c.is_ascii());
    if ascii().next().is_none() {
        let block = |c: char| if c >= '\u{2e80}' { 0x2e } else { u32::from(c) >> 8 };
        let first = other().next().map(block);
        return other().all(|c| Some(block(c)) == first);
    }
    let is_capital = ascii().count() > 1 && ascii().all(|c| c.is_ascii_uppercase());
    other().all(|c| is_latin(c) && !(is_capital && c.is_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_mended() {
        let check = |text: &str, expect: Option<&str>| assert_eq!(mended(text).as_deref(), expect, "{text}");
        check("JÃ¶rg MÃ¼ller", Some("Jörg Müller"));
        check("ÐŸÐµÑ‚Ñ€Ð¾Ð²", Some("Петров"));
        check("é™ˆç‡•", Some("陈燕"));
        check("Jörg MÃ¼ller 🌴", Some("Jörg Müller 🌴"));
        check("MÃƒÂ¼ller", Some("Müller"));
        check("Ã\u{89}loÃ¯se", Some("Éloïse"));
        check("JiĹ™Ă\u{ad}", Some("Jiří"));
        check("J√∂rg", Some("Jörg"));
        check("РђР»РµРєСЃРµР№", Some("Алексей"));
        check("Jörg Müller", None);
        check("Рівне Сісько", None);
        for name in
            ["RÓŻYCKI", "WĘŻYK", "PÓŁTORAK", "KUBÍŠ", "RŮŽENA", "BĂŞESCU", "Üşenmez", "L’Écuyer", "RENÉ’S", "ТІНІ"]
        {
            check(name, None);
        }
        check("Łukasz Wójcik", None);
        check("Ã", None);
        check("São Tomé", None);
        check("Петров", None);
        check("Joerg", None);
        check("Sean O&#39;Brien", Some("Sean O'Brien"));
        check("Jos&eacute; MÃ¼ller", Some("José Müller"));
        check("&amp;amp;", Some("&"));
        check("R&D; Sales", None);
    }
}
