use std::io::{Cursor, Read};
use std::sync::Arc;

use super::source::Source;
use super::workbook;
use crate::model::{Code, Diagnostic, Place, Severity};

/// Files an archive may hold.
const MOST_FILES: usize = 1_000;
/// Bytes its files may unfold to in all.
const MOST_UNFOLDED: u64 = 1_000_000_000;

/// Whether a file that begins like this may be a ZIP archive, or a workbook, which is one too.
pub fn may_be_archive(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04")
}

/// Whether a file is a ZIP archive of other files, and not a workbook, which is one too.
pub fn is_archive(bytes: &[u8]) -> bool {
    may_be_archive(bytes) && !workbook::is_workbook(bytes)
}

/// The files of an archive, named `archive.zip/file.csv`. Archives in archives stay shut; what a system adds to archives
/// (`__MACOSX`, hidden files) is passed over.
pub fn unpack(name: &Arc<str>, bytes: &[u8]) -> (Vec<Source<'static>>, Vec<Diagnostic>) {
    unpack_within(name, bytes, MOST_UNFOLDED, MOST_FILES)
}

fn unpack_within(
    name: &Arc<str>,
    bytes: &[u8],
    most: u64,
    most_files: usize,
) -> (Vec<Source<'static>>, Vec<Diagnostic>) {
    let fault = |message: String, hint: &str| {
        Diagnostic::new(Code::Malformed, Severity::Error, Some(Place::file(name)), message).hint(hint)
    };
    let mut archive = match zip::ZipArchive::new(Cursor::new(bytes)) {
        Ok(archive) => archive,
        Err(error) => {
            let problem = fault(format!("the archive cannot be read: {error}"), "pack it again, or give its files");
            return (Vec::new(), vec![problem]);
        }
    };
    let (mut sources, mut problems, mut unfolded) = (Vec::new(), Vec::new(), 0_u64);
    for index in 0..archive.len() {
        let mut file = match archive.by_index(index) {
            Ok(file) => file,
            Err(error) => {
                let message = format!("file {} of the archive cannot be read: {error}", index + 1);
                problems.push(fault(message, "pack it again without a password"));
                continue;
            }
        };
        let inner = file.name().map_or_else(|_| format!("file {}", index + 1), |name| name.replace('\\', "/"));
        let hidden = inner.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
        if file.is_dir() || hidden {
            continue;
        }
        // What it says of itself may be untrue, but not for the worse.
        let told = unfolded.saturating_add(file.size()) > most;
        let mut content = Vec::new();
        let read = file.by_ref().take(if told { 0 } else { most + 1 - unfolded }).read_to_end(&mut content);
        unfolded += content.len() as u64;
        if told || unfolded > most || sources.len() >= most_files {
            let message =
                format!("the archive unfolds to more than {most} bytes or {most_files} files; the rest is not read");
            problems.push(fault(message, "give the exports themselves"));
            break;
        }
        if let Err(error) = read {
            problems.push(fault(format!("{inner} in the archive is damaged: {error}"), "pack it again"));
            continue;
        }
        sources.push(Source::new(format!("{name}/{inner}"), content));
    }
    (sources, problems)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::write::SimpleFileOptions;

    use super::*;

    fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in files {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn check(bytes: &[u8], most: u64, most_files: usize, expect: &str) {
        let (sources, problems) = unpack_within(&"a.zip".into(), bytes, most, most_files);
        let mut found: Vec<String> =
            sources.iter().map(|source| format!("{} {}", source.name, source.content.size())).collect();
        found.extend(problems.iter().map(|problem| problem.message.clone()));
        assert_eq!(found.join("; "), expect);
    }

    #[test]
    fn archives() {
        let bytes =
            archive(&[("a.csv", b"x,y"), ("__MACOSX/a.csv", b"?"), ("in/.hidden", b"?"), ("in\\b.json", b"[]")]);
        assert!(is_archive(&bytes));
        check(&bytes, 100, 9, "a.zip/a.csv 3; a.zip/in/b.json 2");
        check(
            &bytes,
            100,
            1,
            "a.zip/a.csv 3; the archive unfolds to more than 100 bytes or 1 files; the rest is not read",
        );
    }

    #[test]
    fn a_bomb_is_not_unfolded() {
        let bytes = archive(&[("a.csv", &[b'0'; 100_000])]);
        assert!(bytes.len() < 1_000);
        check(&bytes, 5_000, 9, "the archive unfolds to more than 5000 bytes or 9 files; the rest is not read");
    }

    #[test]
    fn err_damaged() {
        let bytes = archive(&[("a.csv", b"x,y")]);
        let (sources, problems) = unpack(&"a.zip".into(), &bytes[..bytes.len() / 2]);
        assert_eq!((sources.len(), problems.len()), (0, 1));
    }
}
