//! What the window says stands in one file, in plain American English and sentence case.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test fails by panicking and reads its own inputs"
)]

#[path = "support/sources.rs"]
mod sources;

use std::fs;
use std::path::Path;

use sources::sources;

/// The file that holds them.
const TEXTS: &str = "src/gui/text.rs";

/// Spellings of other Englishes, and what reads like a manual.
const NOT_OURS: [&str; 22] = [
    "colour",
    "favour",
    "behaviour",
    "licence",
    "organis",
    "recognis",
    "analys",
    "centre",
    "cancelled",
    "labelled",
    "travell",
    "catalogue",
    "programme",
    "grey",
    "whilst",
    "utilis",
    "utiliz",
    "please",
    "successfully",
    "click here",
    "oops",
    "e-mail",
];

/// Words that begin with a capital letter wherever they stand: names, keys, and screens.
const NAMES: [&str; 34] = [
    "Apps",
    "Imports",
    "CSV",
    "Ctrl",
    "DirectX",
    "DISPLAY",
    "Enter",
    "Excel",
    "HTML",
    "IT",
    "JSON",
    "K",
    "Mesa",
    "Northwind",
    "NPV",
    "O",
    "OpenGL",
    "PDF",
    "README",
    "S",
    "SCIM",
    "SHA-256",
    "Space",
    "Support",
    "Truedown",
    "Vulkan",
    "WAYLAND_DISPLAY",
    "X",
    "YYYY-MM-DD",
    "PATH",
    "DIR",
    "C",
    "F",
    "Z",
];

/// Texts between quotation marks in shipped code, each with its line.
fn literals(code: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let shipped = code.split("#[cfg(test)]").next().unwrap_or_default();
    let mut open: Option<(usize, String)> = None;
    for (number, line) in (1..).zip(shipped.lines()) {
        if open.is_none() && (line.trim_start().starts_with("//") || line.contains("debug_struct")) {
            continue;
        }
        let mut letters = line.chars().peekable();
        while let Some(letter) = letters.next() {
            match (&mut open, letter) {
                (Some((_, text)), '\\') => match letters.next() {
                    // A line that goes on.
                    None => text.push('\u{1}'),
                    Some('n') => text.push('\n'),
                    Some(other) => text.push(other),
                },
                (Some(_), '"') => found.extend(open.take()),
                (Some((_, text)), letter) => text.push(letter),
                (None, '\'') if letters.peek() == Some(&'"') => {
                    letters.next();
                }
                (None, '/') if letters.peek() == Some(&'/') => break,
                (None, '"') => open = Some((number, String::new())),
                (None, _) => {}
            }
        }
    }
    // What goes on begins again where its line does.
    let joined = |text: String| {
        let mut parts = text.split('\u{1}');
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |text, part| text + part.trim_start())
    };
    found.into_iter().map(|(line, text)| (line, joined(text))).collect()
}

/// Whether a text is something people read: it begins like a sentence or a label.
fn is_read(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
}

/// Words that begin with a capital letter in the middle of a sentence, and words that are not ours.
fn faults(text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let lower = text.to_lowercase();
    faults
        .extend(NOT_OURS.iter().filter(|word| lower.contains(**word)).map(|word| format!("\"{word}\" in \"{text}\"")));
    let mut begins = true;
    for word in text.replace('\n', " . ").split_whitespace() {
        let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        let capital = bare.chars().next().is_some_and(char::is_uppercase);
        let name = bare.split(['/', '{']).next().unwrap_or_default();
        if capital && !begins && !NAMES.contains(&name) {
            faults.push(format!("\"{bare}\" in \"{text}\" begins with a capital letter"));
        }
        begins = word.ends_with(['.', ':', '?', '!', '·', '—']) || bare.is_empty();
    }
    faults
}

#[test]
fn all_texts_of_the_window_stand_in_one_file() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    sources(&root.join("src/gui"), &mut files);
    assert!(files.len() > 20);
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| !file.ends_with(TEXTS)) {
        let code = fs::read_to_string(file).unwrap();
        let read = literals(&code).into_iter().filter(|(_, text)| is_read(text));
        faults.extend(read.map(|(line, text)| format!("{}:{line}: \"{text}\" belongs into {TEXTS}", file.display())));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn texts_are_plain_and_in_sentence_case() {
    let code = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(TEXTS)).unwrap();
    let texts = literals(&code);
    assert!(texts.len() > 300, "{} texts were found", texts.len());
    let found: Vec<String> = texts
        .iter()
        .flat_map(|(line, text)| faults(text).into_iter().map(move |fault| format!("{TEXTS}:{line}: {fault}")))
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn faults_are_found() {
    let check = |text: &str, expect: usize| assert_eq!(faults(text).len(), expect, "{text}: {:?}", faults(text));
    check("Open the sample", 0);
    check("Open The Sample", 2);
    check("Export to Excel. Then open it", 0);
    check("The colour was recognised", 2);
    let code = "fn f() { show(\"Open it\"); let c = '\"'; } // \"A comment\"\n/// \"Told\"\nconst A: &str = \"Go \\\n    on\";";
    assert_eq!(literals(code), [(1, "Open it".to_owned()), (3, "Go on".to_owned())]);
    assert!(is_read("Cancel") && !is_read("impact") && !is_read("SQL"));
}
