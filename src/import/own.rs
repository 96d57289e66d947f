//! Reports of this program that lie among exports: a folder that is audited again often holds the last reports.

use std::io::Read;

use super::Source;

/// How the texts begin that the program writes.
const BEGINNINGS: [&str; 6] = [
    "app,account,email,display_name,person,person_name,person_status,finding,",
    "app,account,person,person_name,method,confidence,review,evidence,",
    "number,action,app,account,email,display_name,finding,admin,",
    "{\n  \"schema_version\":",
    "{\n  \"made_by\": \"Truedown",
    "token,stands_for\n",
];

/// The title of a workbook the program writes.
pub const WORKBOOK_TITLE: &str = "Truedown report";

/// Whether a file is a report of this program, by its content.
pub fn is_own_report(source: &Source<'_>) -> bool {
    let Ok(bytes) = source.content.open() else { return false };
    let mut beginning = Vec::new();
    if bytes.take(128).read_to_end(&mut beginning).is_err() {
        return false;
    }
    let text = String::from_utf8_lossy(&beginning);
    BEGINNINGS.iter().any(|known| text.starts_with(known)) || (beginning.starts_with(b"PK") && is_own_workbook(source))
}

fn is_own_workbook(source: &Source<'_>) -> bool {
    // A workbook of ours is small enough to be opened; anything larger is somebody's data.
    const LARGEST: u64 = 256 << 20;
    let mut bytes = Vec::new();
    let Ok(content) = source.content.open() else { return false };
    if source.content.size() > LARGEST || content.take(LARGEST).read_to_end(&mut bytes).is_err() {
        return false;
    }
    let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) else { return false };
    let Ok(file) = archive.by_name("docProps/core.xml") else { return false };
    let mut text = String::new();
    file.take(1 << 16).read_to_string(&mut text).is_ok() && text.contains(&format!("<dc:title>{WORKBOOK_TITLE}<"))
}
