use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::import::{self, Content, Source};
use crate::model::{Code, Diagnostic, Place, Severity};

/// Endings of files an export may have; others in a folder are passed over.
pub const ENDINGS: [&str; 14] =
    ["csv", "tsv", "txt", "json", "jsonl", "ndjson", "ldif", "ldf", "xlsx", "xlsm", "xlsb", "xls", "ods", "zip"];

/// Reads files, and the exports in folders with their folders, in order of their names.
///
/// What cannot be read is a diagnostic; everything else is still returned.
pub fn gather(paths: &[PathBuf]) -> (Vec<Source<'static>>, Vec<Diagnostic>) {
    let mut sources = Vec::new();
    let mut problems = Vec::new();
    for path in paths {
        if path.is_dir() {
            let found = folder(path, path, &mut sources, &mut problems);
            if found == 0 {
                problems.push(
                    Diagnostic::new(
                        Code::Missing,
                        Severity::Error,
                        Some(Place::file(&name(path))),
                        format!("the folder holds no export; expected files ending in {}", ENDINGS.join(", ")),
                    )
                    .hint("export the user lists of your apps and your directory into it"),
                );
            }
        } else {
            let named = path.file_name().map_or_else(|| name(path), |last| name(Path::new(last)));
            file(path, named, &mut sources, &mut problems);
        }
    }
    sources.sort_by(|a: &Source<'_>, b: &Source<'_>| a.name.cmp(&b.name));
    (sources, problems)
}

/// Reads a folder's exports; returns how many it found, readable or not.
fn folder(root: &Path, path: &Path, sources: &mut Vec<Source<'static>>, problems: &mut Vec<Diagnostic>) -> usize {
    let entries = match std::fs::read_dir(path) {
        Ok(entries) => entries,
        Err(fault) => {
            problems.push(unreadable(&name(path), &fault));
            return 1;
        }
    };
    let mut paths: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    paths.sort();
    let mut found = 0;
    for path in paths {
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if hidden {
            continue;
        }
        // A link may lead in a circle; the files it shows are reached by their own path.
        if path.is_dir() && !path.is_symlink() {
            found += folder(root, &path, sources, problems);
            continue;
        }
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        if ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str())) {
            found += 1;
            let relative = path.strip_prefix(root).unwrap_or(&path);
            file(&path, name(relative), sources, problems);
        }
    }
    found
}

/// Files up to this size are read at once; larger ones stay on the disk, and are read from there a piece at a time.
const AT_ONCE: u64 = 16 * 1024 * 1024;

/// A file that stays on the disk.
#[derive(Debug)]
struct OnDisk {
    path: PathBuf,
    size: u64,
}

impl Content for OnDisk {
    fn size(&self) -> u64 {
        self.size
    }

    fn open(&self) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(File::open(&self.path)?))
    }
}

fn file(path: &Path, name: Arc<str>, sources: &mut Vec<Source<'static>>, problems: &mut Vec<Diagnostic>) {
    match content(path) {
        Ok(Found::Archive(bytes)) => {
            let (entries, faults) = import::unpack(&name, &bytes);
            sources.extend(entries);
            problems.extend(faults);
        }
        Ok(Found::Small(bytes)) => sources.push(Source::new(name, bytes)),
        Ok(Found::Large(file)) => sources.push(Source::new(name, file)),
        Err(fault) => problems.push(unreadable(&name, &fault)),
    }
}

enum Found {
    Archive(Vec<u8>),
    Small(Vec<u8>),
    Large(OnDisk),
}

fn content(path: &Path) -> io::Result<Found> {
    // Whatever is no file may have no end.
    let known = std::fs::metadata(path)?;
    if !known.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no regular file"));
    }
    let mut file = File::open(path)?;
    let size = known.len();
    let mut bytes = Vec::new();
    file.by_ref().take(AT_ONCE).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == AT_ONCE && !import::may_be_archive(&bytes) {
        return Ok(Found::Large(OnDisk { path: path.to_owned(), size }));
    }
    file.read_to_end(&mut bytes)?;
    // A damaged workbook is told of as one.
    let workbook = import::is_named_workbook(&path.to_string_lossy());
    Ok(if import::is_archive(&bytes) && !workbook { Found::Archive(bytes) } else { Found::Small(bytes) })
}

fn unreadable(name: &Arc<str>, fault: &io::Error) -> Diagnostic {
    Diagnostic::new(
        Code::Unreadable,
        Severity::Error,
        Some(Place::file(name)),
        format!("it cannot be read: {}; expected a readable file", plain(fault)),
    )
    .hint(match fault.kind() {
        io::ErrorKind::NotFound => "check the spelling of the path",
        io::ErrorKind::PermissionDenied => "ask for the right to read it, or copy it to a place of your own",
        _ => "check that the disk or share it lies on can be reached",
    })
}

/// The system's words without its number.
pub(super) fn plain(fault: &io::Error) -> String {
    let text = fault.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text);
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn name(path: &Path) -> Arc<str> {
    path.to_string_lossy().replace('\\', "/").into()
}
