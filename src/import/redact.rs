use csv::{StringRecord, WriterBuilder};
use serde_json::Value;

use super::csv_rows::{self, CsvText};
use super::{ColumnMeaning, Import, Source, decode, json_rows, workbook};
use crate::model::header_key;

/// Parts of headers of what nobody here needs to know and a workspace must not hold: passwords, ways to recover an
/// account, where people live and their private telephone.
const SECRET: [&str; 9] = [
    "password",
    "passwort",
    "secret question",
    "security question",
    "recovery",
    "home address",
    "home phone",
    "home secondary email",
    "ssn",
];
/// Headers that hold one of these words and no secret: when a password was changed, whether it must be.
const NO_SECRET: [&str; 7] = ["change", "changed", "expire", "expires", "score", "health", "account recovery"];

fn is_secret(header: &str) -> bool {
    // camelCase is taken apart: `initialPassword`, `homeAddress`.
    let spaced: String = header.chars().flat_map(|c| if c.is_uppercase() { vec![' ', c] } else { vec![c] }).collect();
    let holds = |words: &[&str]| {
        [header_key(header), header_key(&spaced)].iter().any(|key| words.iter().any(|word| key.contains(word)))
    };
    holds(&SECRET) && !holds(&NO_SECRET)
}

/// The file without the cells that must not be kept; `None` where it has none of them.
///
/// Lines stay where they are, so that places remain true. A workbook is not rewritten.
pub fn redacted(source: &Source, import: &Import) -> Option<Vec<u8>> {
    if workbook::is_workbook(&source.bytes) {
        return None;
    }
    let text = decode::decode(source).ok()?.text;
    if json_rows::looks_like_json(&text) { redacted_json(&text) } else { redacted_csv(&text, &import.columns) }
}

fn redacted_csv(text: &str, columns: &[ColumnMeaning]) -> Option<Vec<u8>> {
    let headers = columns.iter().enumerate().filter(|(_, column)| is_secret(&column.header));
    let secret: Vec<usize> = headers.map(|(index, _)| index).collect();
    if secret.is_empty() {
        return None;
    }
    let csv = CsvText::new(text);
    let mut reader = csv_rows::reader(text, csv.delimiter);
    let mut record = StringRecord::new();
    // Preamble and titles may stand above the header the file was read by.
    let mut below_header = false;
    let mut changed = false;
    let mut out = String::with_capacity(text.len());
    let mut written = 0;
    while reader.read_record(&mut record).ok()? {
        let start = usize::try_from(record.position()?.byte()).ok()?;
        let end = usize::try_from(reader.position().byte()).ok()?;
        if !below_header {
            let mut cells = record.iter().map(str::trim);
            below_header = columns.iter().all(|column| cells.next() == Some(column.header.as_str()));
            continue;
        }
        if !secret.iter().any(|column| record.get(*column).is_some_and(|cell| !cell.is_empty())) {
            continue;
        }
        // The row anew, with as many line ends as before, so that what follows stays on its line.
        let old = text.get(start..end)?;
        let lines = old.trim_matches(['\r', '\n']);
        let cells = record.iter().enumerate().map(|(column, cell)| if secret.contains(&column) { "" } else { cell });
        let mut writer = WriterBuilder::new().delimiter(csv.delimiter).flexible(true).from_writer(Vec::new());
        writer.write_record(cells).ok()?;
        let row = String::from_utf8(writer.into_inner().ok()?).ok()?;
        let row = row.trim_end_matches('\n');
        let before = old.len() - old.trim_start_matches(['\r', '\n']).len();
        out.push_str(text.get(written..start + before)?);
        out.push_str(row);
        // A secret with line breaks in it takes them along.
        let lost = lines.matches('\n').count().saturating_sub(row.matches('\n').count());
        out.push_str(&"\n".repeat(lost));
        written = start + before + lines.len();
        changed = true;
    }
    out.push_str(text.get(written..)?);
    changed.then(|| out.into_bytes())
}

fn redacted_json(text: &str) -> Option<Vec<u8>> {
    let mut changed = false;
    let mut out = String::new();
    for value in serde_json::Deserializer::from_str(text).into_iter::<Value>() {
        let mut value = value.ok()?;
        changed |= clean(&mut value);
        out.push_str(&serde_json::to_string_pretty(&value).ok()?);
        out.push('\n');
    }
    changed.then(|| out.into_bytes())
}

/// Empties secrets in an object and all below it; true if there were any.
fn clean(value: &mut Value) -> bool {
    match value {
        // Every item is cleaned, also behind one that was.
        Value::Array(items) => items.iter_mut().map(clean).filter(|changed| *changed).count() > 0,
        Value::Object(object) => object.iter_mut().fold(false, |changed, (key, value)| {
            let told = !value.is_null() && !value.is_boolean() && *value != Value::String(String::new());
            if is_secret(key) && told {
                *value = Value::Null;
                return true;
            }
            clean(value) || changed
        }),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, text: &str, expect: &str) {
        let source = Source { name: name.into(), bytes: text.as_bytes().into() };
        let import = super::super::read(&source, &super::super::Profiles::builtin().unwrap(), None);
        let found =
            redacted(&source, &import).map_or_else(|| "as it was".into(), |bytes| String::from_utf8(bytes).unwrap());
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn secrets_are_not_kept() {
        check(
            "a.csv",
            "Email,Password [Required],Name\na@b.example,hunter2,Ann\n",
            "Email,Password [Required],Name\na@b.example,,Ann\n",
        );
        check(
            "a.csv",
            "version:v1.0\nName,Initial password [passwordProfile]\nAnn,\"x\ny\"\nBo,z\n",
            "version:v1.0\nName,Initial password [passwordProfile]\nAnn,\n\nBo,\n",
        );
        check(
            "a.csv",
            "Email;Recovery Email;Home Address\r\na@b.example;x@y.example;Street 1\r\n",
            "Email;Recovery Email;Home Address\r\na@b.example;;\r\n",
        );
        check(
            "a.json",
            "[{\"a\":1,\"recoveryEmail\":\"x\",\"p\":{\"homeAddress\":\"y\"}}]",
            "[\n  {\n    \"a\": 1,\n    \"recoveryEmail\": null,\n    \"p\": {\n      \"homeAddress\": null\n    }\n  }\n]\n",
        );
    }

    #[test]
    fn other_files_stay_as_they_are() {
        check("a.csv", "Email,Password Changed Date,Account Recovery\na@b.example,2026-01-01,Enrolled\n", "as it was");
        check("a.csv", "Email,Password\na@b.example,\n", "as it was");
        // A secret's name among the values makes no header.
        check("a.csv", "Email,Status\na@b.example,RECOVERY\nb@b.example,ACTIVE\n", "as it was");
        check("a.json", "[{\"passwordChanged\":\"2026-01-01T00:00:00Z\"}]", "as it was");
    }
}
