use std::io::{self, Read};
use std::sync::Arc;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use sha2::{Digest, Sha256};

use super::Source;
use super::charset::{Charset, Samples};
use super::source::at_once;
use crate::model::{Code, Diagnostic, Place, Severity};

/// Bytes at the beginning of a file that show what kind it is.
const HEAD: usize = 64 * 1024;
/// Bytes beyond ASCII that are enough to tell an encoding by.
const ENOUGH: usize = 64 * 1024;

/// What reading a file once from end to end tells of it.
pub(super) struct Examined {
    pub(super) sha256: String,
    pub(super) size: u64,
    pub(super) head: Vec<u8>,
    blank: bool,
    /// Letters beyond ASCII in valid UTF-8, and places that are not valid.
    valid: usize,
    faults: usize,
    /// What the bytes are, if they are not UTF-8.
    guess: Charset,
}

/// Reads a file from end to end.
pub(super) fn examine(source: &Source<'_>) -> io::Result<Examined> {
    let mut reader = source.content.open()?;
    let mut hash = Sha256::new();
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let mut examined = Examined {
        sha256: String::new(),
        size: 0,
        head: Vec::new(),
        blank: true,
        valid: 0,
        faults: 0,
        guess: Charset::Web(WINDOWS_1252),
    };
    let mut samples = Samples::default();
    let mut fed = 0;
    let mut buffer = vec![0; HEAD];
    // What may be the beginning of a letter that goes on in the next piece.
    let mut begun = 0;
    loop {
        let read = reader.read(buffer.get_mut(begun..).unwrap_or_default())?;
        let fresh = buffer.get(begun..begun + read).unwrap_or_default();
        hash.update(fresh);
        examined.size += read as u64;
        examined.head.extend(fresh.iter().take(HEAD.saturating_sub(examined.head.len())));
        let piece = buffer.get(..begun + read).unwrap_or_default();
        // A byte order mark alone is blank, too.
        let text = piece.strip_prefix(b"\xef\xbb\xbf").filter(|_| examined.size <= HEAD as u64).unwrap_or(piece);
        examined.blank &= text.iter().all(u8::is_ascii_whitespace);
        if fed < ENOUGH {
            detector.feed(fresh, false);
            fed += fresh.iter().filter(|byte| !byte.is_ascii()).count();
        }
        samples.see(fresh);
        let kept = examined.count_letters(piece, read == 0);
        if read == 0 {
            break;
        }
        let piece = piece.len();
        buffer.copy_within(piece - kept..piece, 0);
        begun = kept;
    }
    detector.feed(b"", true);
    if fed > 0 {
        let guess = Charset::Web(examined.likely(detector.guess(None, Utf8Detection::Deny)));
        examined.guess = samples.better_than(guess).unwrap_or(guess);
    }
    examined.sha256 = hex(hash);
    Ok(examined)
}

/// A hash in lower-case hexadecimal.
pub(super) fn hex(hash: Sha256) -> String {
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Examined {
    /// The guess, unless it is another encoding for Latin letters and little speaks for it: few letters decide it, and
    /// Windows-1252 would put no symbol into a word.
    fn likely(&self, guess: &'static Encoding) -> &'static Encoding {
        const LATIN: [&Encoding; 7] = [
            encoding_rs::WINDOWS_1250,
            encoding_rs::WINDOWS_1257,
            encoding_rs::WINDOWS_1258,
            encoding_rs::ISO_8859_2,
            encoding_rs::ISO_8859_3,
            encoding_rs::ISO_8859_4,
            encoding_rs::MACINTOSH,
        ];
        /// Letters that are enough to tell Central European from Western names by.
        const MANY: usize = 60;
        let letter = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphabetic() || *byte >= 0xc0);
        let symbol = |at: usize, byte: u8| {
            (0xa1..0xc0).contains(&byte)
                && (letter(at.checked_sub(1).and_then(|at| self.head.get(at))) || letter(self.head.get(at + 1)))
        };
        let within = self.head.iter().enumerate().any(|(at, byte)| symbol(at, *byte));
        if LATIN.contains(&guess) && self.faults < MANY && !within { WINDOWS_1252 } else { guess }
    }

    /// Counts letters and faults of UTF-8; returns how many bytes at the end belong to a letter that goes on.
    fn count_letters(&mut self, piece: &[u8], at_end: bool) -> usize {
        if piece.is_ascii() {
            return 0;
        }
        let mut chunks = piece.utf8_chunks().peekable();
        while let Some(chunk) = chunks.next() {
            self.valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
            let invalid = chunk.invalid();
            let unfinished = str::from_utf8(invalid).is_err_and(|fault| fault.error_len().is_none());
            if unfinished && chunks.peek().is_none() && !at_end {
                return invalid.len();
            }
            self.faults += usize::from(!invalid.is_empty());
        }
        0
    }

    /// The encoding and the number of bytes of its mark: the mark first, then UTF-16 by its zeros, then UTF-8 if it is
    /// valid or nearly, then what the letters look like; Windows-1252, which Excel writes, where they do not tell.
    fn charset(&self) -> (Charset, usize) {
        if let Some((marked, length)) = Encoding::for_bom(&self.head) {
            return (Charset::Web(marked), length);
        }
        let charset = if let Some(wide) = wide_without_mark(&self.head) {
            Charset::Web(wide)
        // More valid letters than faults, as when two exports were glued together.
        } else if self.faults == 0 || self.valid > self.faults {
            Charset::Web(UTF_8)
        } else {
            self.guess
        };
        (charset, 0)
    }
}

/// A file's text, decoded while it is read.
pub(super) struct Text<'s> {
    source: &'s Source<'s>,
    pub(super) charset: Charset,
    mark: usize,
    /// The bytes are valid UTF-8 as they are.
    plain: bool,
}

impl<'s> Text<'s> {
    /// The text of a file, with what is to be said of its encoding.
    pub(super) fn of(source: &'s Source<'s>, examined: &Examined) -> Result<(Self, Vec<Diagnostic>), Diagnostic> {
        let fail = |code, message: String, hint: &str| {
            Err(Diagnostic::new(code, Severity::Error, Some(Place::file(&source.name)), message).hint(hint))
        };
        if examined.blank {
            return fail(
                Code::Empty,
                format!("the file is empty ({} bytes); expected a header and rows", examined.size),
                "export it again; some systems write an empty file when a filter leaves nothing over",
            );
        }
        if let Some(kind) = binary_kind(&examined.head) {
            return fail(
                Code::NotText,
                format!("the file is {kind}; expected text: CSV or JSON"),
                "open it in the program it belongs to and save the list as CSV (UTF-8)",
            );
        }
        let (charset, mark) = examined.charset();
        let plain = charset == Charset::Web(UTF_8) && examined.faults == 0;
        let text = Self { source, charset, mark, plain };
        let mut told = Vec::new();
        if !text.plain
            && let Some(line) = text.first_damage().map_err(|fault| unreadable(&source.name, &fault))?
        {
            let place = Some(Place::line(&source.name, line));
            let message = format!("some bytes are not valid {}; they are shown as \u{fffd}", charset.name());
            told.push(
                Diagnostic::new(Code::BadValue, Severity::Warning, place, message)
                    .hint("export the file again as UTF-8; names with such a sign match nobody"),
            );
        } else if mark == 0 && ![UTF_8, UTF_16LE, UTF_16BE, WINDOWS_1252].map(Charset::Web).contains(&charset) {
            let message =
                format!("the file does not say its encoding; by its letters it is read as {}", charset.name());
            told.push(
                Diagnostic::new(Code::Guessed, Severity::Info, Some(Place::file(&source.name)), message)
                    .hint("check a name with accents; if it is wrong, export the file again as UTF-8"),
            );
        }
        Ok((text, told))
    }

    /// The text from its beginning, as UTF-8.
    pub(super) fn open(&self) -> io::Result<Box<dyn Read + 's>> {
        let mut bytes = self.source.content.open()?;
        io::copy(&mut bytes.by_ref().take(self.mark as u64), &mut io::sink())?;
        if self.plain {
            return Ok(bytes);
        }
        Ok(self.charset.reader(bytes))
    }

    /// All of the text at once, unless it is more than `most` bytes.
    pub(super) fn whole(&self, most: u64) -> io::Result<String> {
        let bytes = at_once(self.open()?, most)?;
        Ok(String::from_utf8(bytes).unwrap_or_else(|fault| String::from_utf8_lossy(fault.as_bytes()).into_owned()))
    }

    /// The beginning of the text.
    pub(super) fn head(&self) -> io::Result<String> {
        let mut head = Vec::new();
        self.open()?.take(HEAD as u64).read_to_end(&mut head)?;
        Ok(String::from_utf8_lossy(&head).into_owned())
    }

    /// The first line with a byte that could not be decoded.
    fn first_damage(&self) -> io::Result<Option<u64>> {
        let mut reader = self.open()?;
        let mut buffer = vec![0; HEAD];
        let (mut line, mut before) = (1, [0; 2]);
        loop {
            let read = reader.read(&mut buffer)?;
            if read == 0 {
                return Ok(None);
            }
            for byte in buffer.iter().take(read) {
                match (before, byte) {
                    // The replacement character in UTF-8.
                    ([0xef, 0xbf], 0xbd) => return Ok(Some(line)),
                    (_, b'\n') => line += 1,
                    _ => {}
                }
                before = [before[1], *byte];
            }
        }
    }
}

/// A file whose bytes could not be had.
pub(super) fn unreadable(name: &Arc<str>, fault: &io::Error) -> Diagnostic {
    let (message, hint) = match fault.kind() {
        io::ErrorKind::FileTooLarge => (
            "the file is larger than files of its kind may be; only delimited text can be of any size".to_owned(),
            "export it as CSV, or in parts",
        ),
        _ => (format!("the file cannot be read to its end: {fault}"), "check the disk or share it lies on"),
    };
    Diagnostic::new(Code::Unreadable, Severity::Error, Some(Place::file(name)), message).hint(hint)
}

/// UTF-16 by its zeros: western text has one in every second byte.
fn wide_without_mark(head: &[u8]) -> Option<&'static Encoding> {
    let sample = head.get(..head.len().min(4096)).unwrap_or_default();
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let most = sample.len() * 2 / 5;
    if zeros(1) > most && zeros(0) == 0 {
        Some(UTF_16LE)
    } else if zeros(0) > most && zeros(1) == 0 {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Names the kind of a file that is no text, by its first bytes.
fn binary_kind(head: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 8] = [
        (b"PK\x03\x04", "a ZIP archive"),
        (b"%PDF", "a PDF"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"GIF8", "a picture"),
        (b"\x1f\x8b", "a compressed file"),
        (b"SQLite format 3\0", "a database"),
        (b"\x7fELF", "a program"),
    ];
    if let Some((_, kind)) = KINDS.iter().find(|(start, _)| head.starts_with(start)) {
        return Some(kind);
    }
    const MARKUP: [(&str, &str); 4] =
        [("<!doctype html", "a web page"), ("<html", "a web page"), ("<table", "a web page"), ("<?xml", "XML")];
    let begin = String::from_utf8_lossy(head.get(..head.len().min(200)).unwrap_or_default()).to_lowercase();
    let begin = begin.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if let Some((_, kind)) = MARKUP.iter().find(|(start, _)| begin.starts_with(start)) {
        return Some(kind);
    }
    let marked = Encoding::for_bom(head).is_some_and(|(encoding, _)| encoding != UTF_8);
    if marked || wide_without_mark(head).is_some() {
        return None;
    }
    let controls =
        head.iter().filter(|byte| **byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b)).count();
    // A stray control character is damage; one byte in fifty is no text.
    (controls * 50 > head.len()).then_some("binary data")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expect: &str) {
        let source = Source::new("f.csv", bytes.to_vec());
        let read = match Text::of(&source, &examine(&source).unwrap()) {
            Ok((text, _)) => format!("{}: {}", text.charset.name(), text.whole(1 << 30).unwrap()),
            Err(problem) => problem.message,
        };
        assert_eq!(read, expect);
    }

    #[test]
    fn encodings() {
        check(b"\xef\xbb\xbfa,\xc3\xa9", "UTF-8: a,é");
        check("a,é".as_bytes(), "UTF-8: a,é");
        check(b"a,\xe9", "windows-1252: a,é");
        check(b"\xff\xfea\0,\0\xe9\0", "UTF-16LE: a,é");
        check(b"a\0,\0b\0\n\0", "UTF-16LE: a,b\n");
        check(b"\0a\0,\0b\0\n", "UTF-16BE: a,b\n");
        check(
            "né,né,né\n".as_bytes().iter().chain(b"\xe9").copied().collect::<Vec<u8>>().as_slice(),
            "UTF-8: né,né,né\n\u{fffd}",
        );
    }

    #[test]
    fn letters_tell_an_encoding() {
        let check_as = |encoding: &'static Encoding, text: &str| {
            let (bytes, _, unmapped) = encoding.encode(text);
            assert!(!unmapped, "{text}");
            check(&bytes, &format!("{}: {text}", encoding.name()));
        };
        check_as(encoding_rs::WINDOWS_1250, "Imię,Nazwisko\nŁukasz,Wójcik\nŚwiętosława,Dąbrowska\nJerzy,Źdźbło\n");
        check_as(encoding_rs::WINDOWS_1251, "Имя,Фамилия\nСергей,Иванов\nОльга,Кузнецова\n");
        check_as(encoding_rs::SHIFT_JIS, "氏名,メール\n山田陽子,yoko@a.example\n佐藤健一,ken@a.example\n");
        check_as(encoding_rs::GBK, "姓名,邮箱\n王小明,wang@a.example\n李伟,li@a.example\n张敏的账户,zhang@a.example\n");
        // What Excel saves as "CSV (MS-DOS)" and "CSV (Macintosh)".
        check(b"Name\nJ\x81rgen Gro\xe1\nJos\x82 Mu\xa4oz\n", "IBM850: Name\nJürgen Groß\nJosé Muñoz\n");
        check(b"Name\nM\x81ller\n", "IBM850: Name\nMüller\n");
        check(b"Name\nPawe\x88 \x97liwa\nMa\x88gorzata Zi\xa9ba\n", "IBM852: Name\nPaweł Śliwa\nMałgorzata Zięba\n");
        check(b"Name\nJ\x9frgen Gro\xa7\nJos\x8e Mu\x96oz\n", "macintosh: Name\nJürgen Groß\nJosé Muñoz\n");
        check(b"Name\nI\x9f\x8dk DO\xa6AN\nA\xa7ao\xa7lu\n", "IBM857: Name\nIşık DOĞAN\nAğaoğlu\n");
        check_as(encoding_rs::WINDOWS_1254, "Name,Mail\nAyşe Yıldız\n");
        check_as(WINDOWS_1252, "Name,Mail\nSigurður Þórsson\nGuðrún Jónsdóttir\n");
        check_as(WINDOWS_1252, "Name,Mail\nSmith–Jones,O’Brien’s\n");
        check_as(WINDOWS_1252, "Name,Mail\nJosé Núñez,jose@a.example\nJürgen Groß,j@a.example\n");
    }

    #[test]
    fn err_not_text() {
        check(b"", "the file is empty (0 bytes); expected a header and rows");
        check(b"\xef\xbb\xbf", "the file is empty (3 bytes); expected a header and rows");
        check(b" \r\n", "the file is empty (3 bytes); expected a header and rows");
        check(b"\xef\xbb\xbf <!DOCTYPE html><table>", "the file is a web page; expected text: CSV or JSON");
        check(b"<?xml version='1.0'?><tsResponse/>", "the file is XML; expected text: CSV or JSON");
        check(b"PK\x03\x04rest", "the file is a ZIP archive; expected text: CSV or JSON");
        check(&[1, 2, 3, 0, 5, 200], "the file is binary data; expected text: CSV or JSON");
    }
}
