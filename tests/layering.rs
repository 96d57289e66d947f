//! The table of modules in ARCHITECTURE.md is the law: who may use whom, and which outside things belong to whom alone.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test fails by panicking and writes its own inputs"
)]

#[path = "support/sources.rs"]
mod sources;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use sources::sources;

/// A line of the table.
#[derive(Debug)]
struct Module {
    may_use: Vec<String>,
    owns: Vec<String>,
}

/// What would make results depend on the machine, or reach another one.
const NOBODYS: [&str; 4] = ["std::env", "std::net", "SystemTime::now", "Zoned::now"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Reads the table: `| `name` | what | may use | outside things only it may use |`.
fn table() -> BTreeMap<String, Module> {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let words = |cell: &str| -> Vec<String> {
        cell.split(',').map(|word| word.trim().trim_matches('`').to_owned()).filter(|word| word != "–").collect()
    };
    let below = text.lines().skip_while(|line| !line.starts_with("| module | what |")).skip(2);
    let rows = below.take_while(|line| line.starts_with('|'));
    let mut table = BTreeMap::new();
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [name, _, may_use, owns] = cells[..] else { panic!("a row of the table has not four cells: {row}") };
        table.insert(name.trim_matches('`').to_owned(), Module { may_use: words(may_use), owns: words(owns) });
    }
    assert!(table.len() > 10, "the table was not found");
    table
}

/// Lines of a file that are shipped code: no comments, nothing from the tests on.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().take_while(|line| line.trim() != "#[cfg(test)]");
    lines.enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")).map(|(index, line)| (index + 1, line))
}

/// The modules a line names by `crate::name`.
fn named(line: &str) -> impl Iterator<Item = &str> {
    line.match_indices("crate::").filter_map(|(at, prefix)| {
        let begins = line[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric() && c != '_');
        let rest = &line[at + prefix.len()..];
        begins.then(|| rest.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or_default())
    })
}

/// Whether a line has a text at the beginning of a word.
fn mentions(line: &str, text: &str) -> bool {
    let begins = |at: usize| line[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric() && c != '_');
    line.match_indices(text).any(|(at, _)| begins(at))
}

fn faults(table: &BTreeMap<String, Module>, module: &str, place: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let law = &table[module];
    for (line, code) in code(text) {
        for name in named(code) {
            if name != module && !law.may_use.iter().any(|allowed| allowed == name) {
                faults.push(format!("{place}:{line}: {module} may not use {name}"));
            }
        }
        for thing in NOBODYS {
            if mentions(code, thing) {
                faults.push(format!("{place}:{line}: nobody may use {thing}"));
            }
        }
        if code.trim_start().starts_with("use std::{") {
            faults.push(format!("{place}:{line}: one line for each module of std"));
        }
        for (owner, other) in table {
            for thing in &other.owns {
                let shared = law.owns.contains(thing);
                // A path is called; a crate or module is looked into, or brought in as a whole.
                let ends: &[&str] = if thing.contains("::now") { &["("] } else { &["::", ";"] };
                let names = ends.iter().any(|end| mentions(code, &format!("{thing}{end}")));
                if owner != module && !shared && names {
                    faults.push(format!("{place}:{line}: only {owner} may use {thing}"));
                }
            }
        }
    }
    faults
}

#[test]
fn modules_keep_to_the_table() {
    let table = table();
    let src = root().join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    let mut all = Vec::new();
    for path in files {
        let relative = path.strip_prefix(&src).unwrap();
        let module = relative.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs");
        if matches!(module, "lib" | "main") {
            continue;
        }
        assert!(table.contains_key(module), "{module} is not in the table of ARCHITECTURE.md");
        let text = fs::read_to_string(&path).unwrap();
        all.extend(faults(&table, module, &format!("src/{}", relative.display()), &text));
    }
    assert!(all.is_empty(), "\n{}\n", all.join("\n"));
}

#[test]
fn the_check_finds_what_it_is_for() {
    let table = table();
    let check = |module: &str, line: &str, expect: &[&str]| {
        assert_eq!(faults(&table, module, "f.rs", line), expect, "{line}");
    };
    check("model", "use crate::price::Tariff;", &["f.rs:1: model may not use price"]);
    check("price", "let x: crate::gui::App;", &["f.rs:1: price may not use gui"]);
    check("view", "let c = rusqlite::Connection::open(path);", &["f.rs:1: only store may use rusqlite"]);
    check("classify", "egui::Ui; eframe::egui::Ui", &["f.rs:1: only gui may use eframe"]);
    check(
        "cli",
        "let file = std::fs::read(path);",
        &["f.rs:1: only session may use std::fs", "f.rs:1: only store may use std::fs"],
    );
    check("price", "let x = std::env::var(name);", &["f.rs:1: nobody may use std::env"]);
    check("session", "use std::{fs, thread};", &["f.rs:1: one line for each module of std"]);
    check("view", "let now = Timestamp::now();", &["f.rs:1: only session may use Timestamp::now"]);
    check("classify", "// use crate::gui::App;", &[]);
    check("gui", "use crate::session::Worker;", &[]);
    check("gui", "mycrate::x()", &[]);
}
