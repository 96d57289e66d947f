use std::io::{self, Read, Write};

use csv::{QuoteStyle, StringRecord, WriterBuilder};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::csv_rows::CsvText;
use super::decode::{self, Text, hex};
use super::{Import, MOST_AT_ONCE, MOST_TITLES, Role, Source, Wrapping, workbook};
use crate::model::header_key;

/// Words in headers of what nobody here needs to know and a workspace must not hold: passwords, ways to recover an account,
/// where people live and their private telephone.
const SECRET: [&str; 14] = [
    "password",
    "passwort",
    "passwd",
    "pwd",
    "passcode",
    "secret question",
    "security question",
    "recovery",
    "home address",
    "home postal",
    "home phone",
    "home secondary email",
    "ssn",
    "social security",
];
/// What is said of a secret without telling it: when a password was changed, whether it must be.
const NO_SECRET: [&str; 22] = [
    "password change",
    "password changed",
    "change password",
    "password last",
    "last password",
    "password expired",
    "password expires",
    "password expiration",
    "password expiry",
    "password never",
    "password not",
    "password age",
    "password score",
    "password health",
    "password policy",
    "password status",
    "has password",
    "bad password",
    "pwd last",
    "bad pwd",
    "pwd account",
    "account recovery",
];

/// Whether a header is that of a secret; `camelCase` is taken apart.
pub(super) fn is_secret(header: &str) -> bool {
    let spaced: String = header.chars().flat_map(|c| if c.is_uppercase() { vec![' ', c] } else { vec![c] }).collect();
    let says = |words: &[&str]| {
        [header, spaced.as_str()].iter().any(|header| {
            let key = header_key(header).replace(|c: char| !c.is_alphanumeric(), " ");
            let key = format!(" {} ", key.split_whitespace().collect::<Vec<_>>().join(" "));
            words.iter().any(|word| key.contains(&format!(" {word} ")))
        })
    };
    says(&SECRET) && !says(&NO_SECRET)
}

/// Whether a row can be a header: a title is one cell, and the first row of several is what comes nearest to one.
pub(super) fn may_be_header(row: &[String]) -> bool {
    row.iter().filter(|cell| !cell.trim().is_empty()).count() > 1
}

/// Writes what may be kept of a file: all of it, but for cells that nobody may keep. Lines and records stay where they
/// are, so that places remain true.
///
/// # Errors
/// Those of the file and of `out`; [`io::ErrorKind::InvalidData`] if the file is no longer the one that was read.
pub fn keep(source: &Source<'_>, import: &Import, out: &mut dyn Write) -> io::Result<()> {
    let secrets = import.columns.iter().any(|column| is_secret(&column.header));
    let bytes = match import.wrapping {
        // What nobody has recognized may have its header anywhere.
        Some(Wrapping::Delimited(_)) if secrets || import.role == Role::Unknown => {
            return keep_delimited(source, import, out);
        }
        // A secret may stand on a sheet that is not read, and outside the rows of a document.
        Some(Wrapping::Workbook) => match workbook::without(&at_hand(source, import)?, &import.columns)? {
            Some(bytes) => bytes,
            None => return copy(source, import, out),
        },
        Some(Wrapping::Ldif) => keep_ldif(&text_at_hand(source, import)?),
        Some(Wrapping::Json) => match keep_json(&text_at_hand(source, import)?) {
            Ok(Some(text)) => text.into_bytes(),
            Ok(None) => return copy(source, import, out),
            // Of what cannot be read nobody can say what it holds; its name and hash are kept.
            Err(_) => Vec::new(),
        },
        _ => return copy(source, import, out),
    };
    out.write_all(&bytes)
}

/// Writes a file as it is.
fn copy(source: &Source<'_>, import: &Import, out: &mut dyn Write) -> io::Result<()> {
    let mut reader = source.content.open()?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = reader.read(&mut buffer)?;
        let piece = buffer.get(..read).unwrap_or_default();
        if read == 0 {
            return same(import, &hex(hash));
        }
        hash.update(piece);
        out.write_all(piece)?;
    }
}

fn same(import: &Import, sha256: &str) -> io::Result<()> {
    let changed = "the file was altered while it was read; import it again";
    if sha256 == import.sha256 { Ok(()) } else { Err(io::Error::new(io::ErrorKind::InvalidData, changed)) }
}

/// The bytes of a file that is no larger than what was read at once before.
fn at_hand(source: &Source<'_>, import: &Import) -> io::Result<Vec<u8>> {
    let bytes = source.whole(import.size)?;
    same(import, &hex(Sha256::new_with_prefix(&bytes)))?;
    Ok(bytes)
}

fn text_at_hand(source: &Source<'_>, import: &Import) -> io::Result<String> {
    let examined = decode::examine(source)?;
    same(import, &examined.sha256)?;
    let (text, _) = Text::of(source, &examined).map_err(|problem| io::Error::other(problem.message))?;
    text.whole(MOST_AT_ONCE)
}

fn keep_delimited(source: &Source<'_>, import: &Import, out: &mut dyn Write) -> io::Result<()> {
    let examined = decode::examine(source)?;
    same(import, &examined.sha256)?;
    let (text, _) = Text::of(source, &examined).map_err(|problem| io::Error::other(problem.message))?;
    // The header is where it was found before: titles may stand above it.
    let top = CsvText::new(&text)?;
    let headers = || import.columns.iter().map(|column| &column.header);
    // Whole records in one column have been taken apart into columns that the text does not have.
    let records =
        top.keys.iter().position(|key| key == "json").filter(|_| headers().zip(&top.headers).all(|(a, b)| a == b));
    let is_it = |csv: &CsvText<'_>| records.is_some() || csv.headers.iter().eq(headers());
    let fits = |csv: &CsvText<'_>| if import.role == Role::Unknown { may_be_header(&csv.headers) } else { is_it(csv) };
    let below = || (1..=MOST_TITLES).map_while(|rows| top.below_titles(rows)).find(|csv| fits(csv));
    let csv = match fits(&top) {
        true => top,
        false => match below() {
            Some(csv) => csv,
            None if import.role == Role::Unknown => return copy(source, import, out),
            None => return Err(io::Error::other("its header was not found again")),
        },
    };
    let headers = csv.headers.iter().enumerate().filter(|(_, header)| is_secret(header));
    let secret: Vec<usize> = headers.map(|(index, _)| index).collect();
    io::copy(&mut csv.above()?, out)?;
    let mut reader = csv.records()?;
    let mut record = StringRecord::new();
    let mut below_header = false;
    while reader.read_record(&mut record)? {
        let end = reader.position().byte();
        let trail = reader.get_mut();
        // Line ends before a row are not passed over, but written.
        let old = trail.text_to(end);
        let left_open = trail.is_left_open(end);
        if below_header && (left_open || csv.swallows_rows(&record)) {
            // Behind a quote that is not closed in its row nobody can tell a secret from the rest. The row stays one, which
            // has more cells than the header and is skipped for that.
            let row = old.trim_ascii();
            let blank = old.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            out.write_all(old.get(..blank).unwrap_or_default())?;
            let unreadable = [b"?".as_slice(), &vec![csv.delimiter; csv.headers.len()], b"?"].concat();
            out.write_all(&unreadable)?;
            let lines = row.iter().filter(|byte| **byte == b'\n').count();
            out.write_all(&vec![b'\n'; lines + 1])?;
            trail.let_go_to(end);
            if left_open {
                return Ok(());
            }
            continue;
        }
        let told = |column: &usize| record.get(*column).is_some_and(|cell| !cell.is_empty());
        let cleaned = records.filter(|_| below_header).and_then(|column| cleaned(&record, column));
        if cleaned.is_some() || (below_header && secret.iter().any(told)) {
            let record = cleaned.as_ref().unwrap_or(&record);
            let blank = old.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            let row = without_line_end(old);
            let after = old.get(row.len()..).unwrap_or_default();
            out.write_all(old.get(..blank).unwrap_or_default())?;
            out.write_all(&without(record, &secret, row.get(blank..).unwrap_or_default(), &csv)?)?;
            out.write_all(after)?;
        } else {
            out.write_all(old)?;
        }
        below_header = true;
        trail.let_go_to(end);
    }
    out.write_all(reader.get_mut().text_to(u64::MAX))
}

/// A row anew, with as many line ends as before, so that what follows stays on its line.
fn without(record: &StringRecord, secret: &[usize], old: &[u8], csv: &CsvText<'_>) -> io::Result<Vec<u8>> {
    let cells =
        record.iter().enumerate().map(|(column, cell)| if secret.contains(&column) { emptied(cell) } else { cell });
    // An unusual quote is known by standing around cells.
    let style = if csv.quote() == b'"' { QuoteStyle::Necessary } else { QuoteStyle::Always };
    let mut builder = WriterBuilder::new();
    builder.delimiter(csv.delimiter).quote(csv.quote()).quote_style(style).flexible(true);
    let mut writer = builder.from_writer(Vec::new());
    writer.write_record(cells)?;
    let mut row = writer.into_inner().map_err(|fault| io::Error::other(fault.to_string()))?;
    row.truncate(without_line_end(&row).len());
    let lines = |text: &[u8]| text.iter().filter(|byte| **byte == b'\n').count();
    row.extend(std::iter::repeat_n(b'\n', lines(old).saturating_sub(lines(&row))));
    Ok(row)
}

/// A row with the secrets of the record in one of its cells emptied; `None` where it has none.
fn cleaned(row: &StringRecord, column: usize) -> Option<StringRecord> {
    let mut value: Value = serde_json::from_str(row.get(column)?).ok()?;
    if !clean(&mut value) {
        return None;
    }
    let text = value.to_string();
    Some(row.iter().enumerate().map(|(number, cell)| if number == column { text.as_str() } else { cell }).collect())
}

/// A row without the line ends behind it; tabs there are empty cells.
fn without_line_end(row: &[u8]) -> &[u8] {
    let end = row.iter().rposition(|byte| !matches!(byte, b'\r' | b'\n')).map_or(0, |last| last + 1);
    row.get(..end).unwrap_or_default()
}

/// What is left of a secret: the apostrophes around it, which may be what tells how the file is written.
fn emptied(cell: &str) -> &'static str {
    match (cell.len() > 1 && cell.starts_with('\''), cell.len() > 1 && cell.ends_with('\'')) {
        (true, true) => "''",
        (true, false) => "'?",
        (false, true) => "?'",
        (false, false) => "",
    }
}

/// The entries with the values of secret attributes emptied.
fn keep_ldif(text: &str) -> Vec<u8> {
    let mut out = String::with_capacity(text.len());
    let mut within = false;
    for line in text.split_inclusive('\n') {
        // A line that begins with a space goes on with the one above.
        if !line.starts_with(' ') {
            let name = line.split([':', ';']).next().unwrap_or_default();
            within = line.contains(':') && is_secret(name);
            out.push_str(if within { name } else { line });
            out.push_str(if within { ":\n" } else { "" });
        } else if !within {
            out.push_str(line);
        }
    }
    out.into_bytes()
}

/// The document with secrets emptied; `None` where it has none.
fn keep_json(text: &str) -> serde_json::Result<Option<String>> {
    let mut changed = false;
    let mut out = String::new();
    for value in serde_json::Deserializer::from_str(text).into_iter::<Value>() {
        let mut value = value?;
        changed |= clean(&mut value);
        out.push_str(&serde_json::to_string_pretty(&value)?);
        out.push('\n');
    }
    Ok(changed.then_some(out))
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

    fn kept(name: &str, bytes: &[u8]) -> Vec<u8> {
        let source = Source::new(name, bytes.to_vec());
        let import = super::super::read(&source, &super::super::Profiles::builtin().unwrap(), None);
        let mut out = Vec::new();
        keep(&source, &import, &mut out).unwrap();
        out
    }

    fn check(name: &str, text: &str, expect: &str) {
        let expect = if expect == "as it was" { text } else { expect };
        assert_eq!(String::from_utf8(kept(name, text.as_bytes())).unwrap(), expect, "{text}");
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
            "a.csv",
            "primaryEmail,JSON\na@b.example,\"{\"\"suspended\"\":false,\"\"recoveryEmail\"\":\"\"x@y.example\"\"}\"\n",
            "primaryEmail,JSON\na@b.example,\"{\"\"suspended\"\":false,\"\"recoveryEmail\"\":null}\"\n",
        );
        check(
            "a.json",
            "[{\"a\":1,\"recoveryEmail\":\"x\",\"p\":{\"homeAddress\":\"y\"}}]",
            "[\n  {\n    \"a\": 1,\n    \"recoveryEmail\": null,\n    \"p\": {\n      \"homeAddress\": null\n    }\n  }\n]\n",
        );
    }

    #[test]
    fn secrets_of_ldif_are_not_kept() {
        check(
            "a.ldif",
            "dn: CN=Ann\nuserPassword:: aHVudGVy\n Mg==\nmail: a@b.example\npwdLastSet: 1\n\ndn: CN=Bo\nunicodePwd: x\n",
            "dn: CN=Ann\nuserPassword:\nmail: a@b.example\npwdLastSet: 1\n\ndn: CN=Bo\nunicodePwd:\n",
        );
    }

    #[test]
    fn secrets_of_workbooks_are_not_kept() {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.write(0, 0, "Report of 2026").unwrap();
        sheet.write_row(2, 0, ["Email", "Role", "Password", "Last active"]).unwrap();
        sheet.write_row(3, 0, ["ann@a.example", "Agent", "hunter2", "2026-01-30"]).unwrap();
        let source = Source::new("intercom users.xlsx", workbook.save_to_buffer().unwrap());
        let profiles = super::super::Profiles::builtin().unwrap();
        let before = super::super::read(&source, &profiles, None);
        let mut out = Vec::new();
        keep(&source, &before, &mut out).unwrap();
        let sheets = workbook::Sheet::read_all(&"a.xlsx".into(), &out).unwrap();
        let table = sheets[0].below_titles(2).unwrap();
        assert_eq!(workbook::tests::shown(&table).trim_end(), "4: ann@a.example|Agent||2026-01-30");
        let after = super::super::read(&Source::new("intercom users.xlsx", out), &profiles, None);
        assert_eq!(format!("{:?}", after.records), format!("{:?}", before.records));
        assert_eq!(after.records.len(), 1);
    }

    #[test]
    fn err_altered_meanwhile() {
        let profiles = super::super::Profiles::builtin().unwrap();
        let import = super::super::read(&Source::new("a.csv", b"Email\na@b.example\n".to_vec()), &profiles, None);
        let other = Source::new("a.csv", b"Email\nb@b.example\n".to_vec());
        let fault = keep(&other, &import, &mut Vec::new()).unwrap_err();
        assert_eq!(fault.to_string(), "the file was altered while it was read; import it again");
    }

    #[test]
    fn secrets_hide_nowhere() {
        // Words within words and beside others.
        check(
            "a.csv",
            "Email,Account Password,One-time password\na@b.example,x,y\n",
            "Email,Account Password,One-time password\na@b.example,,\n",
        );
        // Empty cells at the end of a row are cells.
        check("a.csv", "Email\tName\tPassword\na@b.example\tAnn\tx\n", "Email\tName\tPassword\na@b.example\tAnn\t\n");
        // A file nobody knows, with a title above its header.
        check("a.csv", "Export of 2026\nNick,Password\nann,hunter2\n", "Export of 2026\nNick,Password\nann,\n");
        // What was refused or cut off.
        check(
            "a.ldif",
            "dn: CN=Ann\nchangetype: add\nuserPassword: x\n",
            "dn: CN=Ann\nchangetype: add\nuserPassword:\n",
        );
        check("a.json", "[{\"password\":\"hunter2\"},", "");
    }

    #[test]
    fn other_files_stay_as_they_are() {
        check("a.csv", "Email,Password Changed Date,Account Recovery\na@b.example,2026-01-01,Enrolled\n", "as it was");
        check("a.csv", "Email,Password\na@b.example,\n", "as it was");
        check("a.json", "[{\"email\":\"a@b.example\",\"businessName\":\"Acme\",\"processNumber\":1}]", "as it was");
        // A secret's name among the values makes no header.
        check("a.csv", "Email,Status\na@b.example,RECOVERY\nb@b.example,ACTIVE\n", "as it was");
        check("a.json", "[{\"passwordChanged\":\"2026-01-01T00:00:00Z\"}]", "as it was");
    }
}
