use std::io::{self, Write};

use serde_json::json;

use super::SCHEMA_VERSION;
use crate::view::{Report, Section};

/// A file that was written.
#[derive(Clone, Debug)]
pub struct WrittenFile {
    /// Its name.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of it.
    pub sha256: String,
}

/// Writes what was written, so that it can be shown later that a file is still what it was: each file with its hash, and the
/// hashes of the files they rest on.
///
/// # Errors
/// Those of the writer.
pub fn manifest_json(
    report: &Report,
    sections: &[Section],
    pseudonymized: bool,
    files: &[WrittenFile],
    out: &mut dyn Write,
) -> io::Result<()> {
    let inputs = report.inputs.iter().map(
        |input| json!({ "name": input.name, "sha256": input.sha256, "rows": input.rows, "records": input.records }),
    );
    let files = files.iter().map(|file| json!({ "name": file.name, "bytes": file.bytes, "sha256": file.sha256 }));
    let document = json!({
        "made_by": concat!("Truedown ", env!("CARGO_PKG_VERSION")),
        "schema_version": SCHEMA_VERSION,
        "as_of": report.as_of.to_string(),
        "pseudonymized": pseudonymized,
        "sections": sections.iter().map(|section| section.as_str()).collect::<Vec<_>>(),
        "inputs": inputs.collect::<Vec<_>>(),
        "files": files.collect::<Vec<_>>(),
    });
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}
