use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::Source;
use crate::model::{Code, Diagnostic, Place, Severity};

/// A file's text.
pub(super) struct Decoded<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) encoding: &'static str,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Turns bytes into text: byte order mark first, then UTF-16 by its zeros, then UTF-8 if it is valid or nearly, then
/// Windows-1252, which Excel writes.
pub(super) fn decode(source: &Source) -> Result<Decoded<'_>, Diagnostic> {
    let bytes: &[u8] = &source.bytes;
    let place = || Some(Place::file(&source.name));
    let content = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if content.iter().all(u8::is_ascii_whitespace) {
        return Err(Diagnostic::new(
            Code::Empty,
            Severity::Error,
            place(),
            format!("the file is empty ({} bytes); expected a header and rows", bytes.len()),
        )
        .hint("export it again; some systems write an empty file when a filter leaves nothing over"));
    }
    if let Some(kind) = binary_kind(bytes) {
        return Err(Diagnostic::new(
            Code::NotText,
            Severity::Error,
            place(),
            format!("the file is {kind}; expected text: CSV or JSON"),
        )
        .hint("open it in the program it belongs to and save the list as CSV (UTF-8)"));
    }
    let (encoding, start) = Encoding::for_bom(bytes).unwrap_or_else(|| (without_mark(bytes), 0));
    let body = bytes.get(start..).unwrap_or_default();
    let (text, damaged) = encoding.decode_without_bom_handling(body);
    let mut diagnostics = Vec::new();
    if damaged {
        let line = text.chars().take_while(|c| *c != char::REPLACEMENT_CHARACTER).filter(|c| *c == '\n').count();
        diagnostics.push(
            Diagnostic::new(
                Code::BadValue,
                Severity::Warning,
                Some(Place::line(&source.name, line as u64 + 1)),
                format!("some bytes are not valid {}; they are shown as \u{fffd}", encoding.name()),
            )
            .hint("export the file again as UTF-8; names with such a sign match nobody"),
        );
    }
    Ok(Decoded { text, encoding: encoding.name(), diagnostics })
}

fn without_mark(bytes: &[u8]) -> &'static Encoding {
    let sample = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    // Western text in UTF-16 has a zero in every second byte.
    let most = sample.len() * 2 / 5;
    if zeros(1) > most && zeros(0) == 0 {
        UTF_16LE
    } else if zeros(0) > most && zeros(1) == 0 {
        UTF_16BE
    } else if str::from_utf8(bytes).is_ok() || mostly_utf8(bytes) {
        UTF_8
    } else {
        WINDOWS_1252
    }
}

/// UTF-8 with a few broken places, as when two exports were glued together: more valid multi-byte signs than faults.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut valid, mut faults) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        faults += usize::from(!chunk.invalid().is_empty());
    }
    valid > faults
}

/// Names the kind of a file that is no text, by its first bytes.
fn binary_kind(bytes: &[u8]) -> Option<&'static str> {
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
    if let Some((_, kind)) = KINDS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Some(kind);
    }
    let utf16 = Encoding::for_bom(bytes).is_some_and(|(encoding, _)| encoding != UTF_8)
        || matches!(without_mark(bytes), encoding if encoding == UTF_16LE || encoding == UTF_16BE);
    if utf16 {
        return None;
    }
    let sample = bytes.get(..bytes.len().min(64 * 1024)).unwrap_or_default();
    let controls =
        sample.iter().filter(|byte| **byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b)).count();
    // A stray control character is damage; one byte in fifty is no text.
    (controls * 50 > sample.len()).then_some("binary data")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expect: &str) {
        let source = Source { name: "f.csv".into(), bytes: bytes.into() };
        let read = match decode(&source) {
            Ok(decoded) => format!("{}: {}", decoded.encoding, decoded.text),
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
    fn err_not_text() {
        check(b"", "the file is empty (0 bytes); expected a header and rows");
        check(b"\xef\xbb\xbf", "the file is empty (3 bytes); expected a header and rows");
        check(b" \r\n", "the file is empty (3 bytes); expected a header and rows");
        check(b"PK\x03\x04rest", "the file is a ZIP archive; expected text: CSV or JSON");
        check(&[1, 2, 3, 0, 5, 200], "the file is binary data; expected text: CSV or JSON");
    }
}
