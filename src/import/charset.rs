//! How the letters of a text are written down as bytes, and which of the usual ways makes words of them.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::{self, Read};

use encoding_rs::{Encoding, MACINTOSH};
use encoding_rs_io::DecodeReaderBytesBuilder;
use yore::code_pages::{CP850, CP852, CP857};

/// A way of writing letters down as bytes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Charset {
    /// One that web pages use.
    Web(&'static Encoding),
    /// Western European of DOS, of which code page 437 has the same letters: what Excel saves as "CSV (MS-DOS)".
    Dos,
    /// The same in Central Europe.
    CentralDos,
    /// The same in Turkey.
    TurkishDos,
}

/// What Excel saves besides Windows' own, in the order they are tried.
const OTHERS: [Charset; 4] = [Charset::Web(MACINTOSH), Charset::Dos, Charset::CentralDos, Charset::TurkishDos];

impl Charset {
    /// Its usual name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Web(encoding) => encoding.name(),
            Self::Dos => "IBM850",
            Self::CentralDos => "IBM852",
            Self::TurkishDos => "IBM857",
        }
    }

    fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        match self {
            Self::Web(encoding) => encoding.decode_without_bom_handling(bytes).0,
            Self::Dos => CP850.decode(bytes),
            Self::CentralDos => CP852.decode(bytes),
            Self::TurkishDos => CP857.decode_lossy(bytes),
        }
    }

    /// The text of bytes as UTF-8, while they are read.
    pub(super) fn reader<'s>(self, bytes: Box<dyn Read + 's>) -> Box<dyn Read + 's> {
        match self {
            Self::Web(encoding) => {
                Box::new(DecodeReaderBytesBuilder::new().encoding(Some(encoding)).bom_sniffing(false).build(bytes))
            }
            Self::Dos | Self::CentralDos | Self::TurkishDos => {
                Box::new(ByteByByte { charset: self, bytes, text: io::Cursor::new(Vec::new()) })
            }
        }
    }
}

/// Reads text of which each byte is a letter.
struct ByteByByte<'s> {
    charset: Charset,
    bytes: Box<dyn Read + 's>,
    /// What has been decoded and not been asked for.
    text: io::Cursor<Vec<u8>>,
}

impl Read for ByteByByte<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let given = self.text.read(buffer)?;
        if given > 0 || buffer.is_empty() {
            return Ok(given);
        }
        let mut piece = [0; 8192];
        let read = self.bytes.read(&mut piece)?;
        let text = self.charset.decode(piece.get(..read).unwrap_or_default());
        self.text = io::Cursor::new(text.into_owned().into_bytes());
        self.text.read(buffer)
    }
}

/// Words of a file with bytes beyond ASCII, as many as are needed to tell how it is written.
#[derive(Default)]
pub(super) struct Samples(BTreeSet<Box<[u8]>>);

impl Samples {
    const MOST: usize = 2_000;

    /// Takes in a piece of the file.
    pub(super) fn see(&mut self, piece: &[u8]) {
        if piece.is_ascii() {
            return;
        }
        for word in piece.split(|byte| byte.is_ascii() && !byte.is_ascii_alphabetic()) {
            if self.0.len() < Self::MOST && !word.is_ascii() && word.iter().any(u8::is_ascii) && !self.0.contains(word)
            {
                self.0.insert(word.into());
            }
        }
    }

    /// One of the ways Excel saves text, where the one guessed at makes no words of the letters and it does: `J•rgen` of Jürgen.
    pub(super) fn better_than(&self, guess: Charset) -> Option<Charset> {
        // Chinese and Japanese have bytes that look like Latin letters as well, though fewer.
        let ascii: usize = self.0.iter().map(|word| word.iter().filter(|byte| byte.is_ascii()).count()).sum();
        let all: usize = self.0.iter().map(|word| word.len()).sum();
        if ascii * 5 < all * 3 {
            return None;
        }
        let odd = |charset: Charset| self.0.iter().filter(|word| is_odd(&charset.decode(word))).count();
        let best = OTHERS.into_iter().map(|charset| (odd(charset), charset)).min_by_key(|(odd, _)| *odd);
        best.filter(|(few, _)| few * 5 < odd(guess)).map(|(_, charset)| charset)
    }
}

/// Whether a word is none anybody writes: a sign or another alphabet within it, a capital within small letters, or the reverse.
fn is_odd(word: &str) -> bool {
    let within = word.trim_matches(|c| "‘’“”–—…™®©«»ªº\u{a0}".contains(c));
    let capitals = within.chars().filter(char::is_ascii_uppercase).count();
    let has_small = within.chars().any(|c| c.is_ascii_lowercase());
    let before = std::iter::once(None).chain(within.chars().map(Some));
    within.chars().zip(before).filter(|(c, _)| !c.is_ascii()).any(|(c, before)| match c {
        '’' | '·' | '–' | '—' | '\u{a0}' | 'ß' => false,
        'ª' | 'º' | 'ƒ' => true,
        c if !c.is_alphabetic() || c > '\u{24f}' => true,
        c if c.is_uppercase() => has_small && before.is_some_and(char::is_alphabetic),
        _ => capitals > 1 && !has_small,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_from_noise() {
        let check = |word: &str, expect: bool| assert_eq!(is_odd(word), expect, "{word}");
        check("Müller", false);
        check("MÜLLER", false);
        check("GROß", false);
        check("O’Brien’s", false);
        check("“Müller”", false);
        check("Acme®", false);
        check("M\u{81}ller", true);
        check("M„ller", true);
        check("MŸller", true);
        check("MüLLER", true);
        check("MÅller", true);
        check("L’Écuyer", false);
        check("Jos‚", true);
        check("Mжller", true);
    }

    #[test]
    fn pieces_are_read_one_by_one() {
        let bytes: Vec<u8> = std::iter::repeat_n(b"J\x81rgen\n".as_slice(), 5_000).flatten().copied().collect();
        let mut text = String::new();
        Charset::Dos.reader(Box::new(bytes.as_slice())).read_to_string(&mut text).unwrap();
        assert_eq!(text, "Jürgen\n".repeat(5_000));
    }
}
