use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::import::{self, Source};
use crate::model::{Code, Diagnostic, Place, Severity};

/// Endings of files an export may have; others in a folder are passed over.
const ENDINGS: [&str; 11] = ["csv", "tsv", "txt", "json", "jsonl", "ndjson", "xlsx", "xlsb", "xls", "ods", "zip"];

/// Reads files, and the exports in folders with their folders, in order of their names.
///
/// What cannot be read is a diagnostic; everything else is still returned.
pub fn gather(paths: &[PathBuf]) -> (Vec<Source>, Vec<Diagnostic>) {
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
    sources.sort_by(|a: &Source, b: &Source| a.name.cmp(&b.name));
    (sources, problems)
}

/// Reads a folder's exports; returns how many it found, readable or not.
fn folder(root: &Path, path: &Path, sources: &mut Vec<Source>, problems: &mut Vec<Diagnostic>) -> usize {
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

fn file(path: &Path, name: Arc<str>, sources: &mut Vec<Source>, problems: &mut Vec<Diagnostic>) {
    match std::fs::read(path) {
        Ok(bytes) if import::is_archive(&bytes) => {
            let (entries, faults) = import::unpack(&name, &bytes);
            sources.extend(entries);
            problems.extend(faults);
        }
        Ok(bytes) => sources.push(Source { name, bytes: bytes.into() }),
        Err(fault) => problems.push(unreadable(&name, &fault)),
    }
}

fn unreadable(name: &Arc<str>, fault: &std::io::Error) -> Diagnostic {
    Diagnostic::new(
        Code::Unreadable,
        Severity::Error,
        Some(Place::file(name)),
        format!("it cannot be read: {}; expected a readable file", plain(fault)),
    )
    .hint(match fault.kind() {
        std::io::ErrorKind::NotFound => "check the spelling of the path",
        std::io::ErrorKind::PermissionDenied => "ask for the right to read it, or copy it to a place of your own",
        _ => "check that the disk or share it lies on can be reached",
    })
}

/// The system's words without its number.
fn plain(fault: &std::io::Error) -> String {
    let text = fault.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text);
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn name(path: &Path) -> Arc<str> {
    path.to_string_lossy().replace('\\', "/").into()
}
