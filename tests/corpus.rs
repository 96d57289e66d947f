//! Files of every known layout, and what must be read from them.
//!
//! Beside each file of `tests/corpus` stands `<file>.expect`: a line `role format app`, then a line for each record in
//! order with the fields that matter (`email=a@b.example status=active name="Two words"`; a list is joined by commas, no
//! value is `-`), and at the end `skipped N` where rows are left out and `told code` for each kind of problem told.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending != "expect") {
            found.push(path);
        }
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => "-".into(),
        Value::String(text) if text.is_empty() => "-".into(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.is_empty() => "-".into(),
        Value::Array(items) => items.iter().map(text).collect::<Vec<_>>().join(","),
        Value::Object(object) => object.values().map(text).collect::<Vec<_>>().join(":"),
        value => value.to_string(),
    }
}

/// `key=value key="two words"` as pairs.
fn fields(line: &str) -> Vec<(&str, String)> {
    let mut pairs = Vec::new();
    let mut rest = line.trim();
    while let Some((key, after)) = rest.split_once('=') {
        let (value, left) = match after.strip_prefix('"') {
            Some(quoted) => {
                let end = quoted.match_indices('"').map(|(at, _)| at).find(|at| !quoted[..*at].ends_with('\\'));
                let end = end.unwrap_or_else(|| panic!("a quote is not closed: {line}"));
                (&quoted[..end], &quoted[end + 1..])
            }
            None => after.split_once(' ').unwrap_or((after, "")),
        };
        pairs.push((key.trim(), value.replace("\\\"", "\"")));
        rest = left.trim_start();
    }
    assert!(rest.is_empty(), "not key=value: {rest} in {line}");
    pairs
}

/// What a file is read as, against what is expected; the differences.
fn differences(path: &Path) -> Vec<String> {
    let expect_path = PathBuf::from(format!("{}.expect", path.display()));
    let Ok(expect) = fs::read_to_string(&expect_path) else { return vec!["it has no .expect beside it".into()] };
    let output = Command::new(env!("CARGO_BIN_EXE_truedown"))
        .args(["inspect", "--json", "--records"])
        .arg(path)
        .output()
        .unwrap();
    let read: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|fault| panic!("{fault}: {}", String::from_utf8_lossy(&output.stderr)));
    let import = &read[0];
    let mut lines = expect.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let mut differences = Vec::new();
    let head = format!("{} {} {}", text(&import["role"]), text(&import["format"]), text(&import["app"]));
    let wanted = lines.next().unwrap_or_default();
    if head != wanted {
        differences.push(format!("it is read as {head}, not as {wanted}"));
    }
    let (mut skipped, mut told, mut records) = ("0".to_owned(), Vec::new(), Vec::new());
    for line in lines {
        match line.split_once(' ') {
            Some(("skipped", number)) => skipped = number.trim().to_owned(),
            Some(("told", code)) => told.push(code.trim()),
            _ => records.push(line),
        }
    }
    let found = import["records"].as_array().cloned().unwrap_or_default();
    if found.len() != records.len() {
        differences.push(format!("{} records, not {}", found.len(), records.len()));
    }
    for (number, (line, record)) in (1..).zip(records.iter().zip(&found)) {
        for (key, value) in fields(line) {
            match record.get(key).map(text) {
                Some(found) if found == value => {}
                Some(found) => differences.push(format!("record {number}: {key} is {found}, not {value}")),
                None => differences.push(format!("record {number} has no field {key}")),
            }
        }
    }
    if text(&import["skipped"]) != skipped {
        differences.push(format!("{} rows skipped, not {skipped}", import["skipped"]));
    }
    let codes: Vec<String> = import["diagnostics"].as_array().unwrap().iter().map(|told| text(&told["code"])).collect();
    for code in told {
        if !codes.iter().any(|found| found == code) {
            differences.push(format!("nothing is told of {code}; only {codes:?}"));
        }
    }
    differences
}

#[test]
fn every_layout_is_read_as_described() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut all = Vec::new();
    files(&folder, &mut all);
    assert!(all.len() > 20, "the corpus was not found");
    let mut faults = String::new();
    for path in &all {
        for difference in differences(path) {
            faults += &format!("\n{}: {difference}", path.strip_prefix(&folder).unwrap().display());
        }
    }
    assert!(faults.is_empty(), "{faults}\n");
}
