use std::sync::Arc;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Map, Value};

use super::json_rows::JsonDocument;
use crate::model::{Code, Diagnostic, Place, Severity};

/// Whether a text is an LDIF file (RFC 2849): its first line that is no comment is a version or a name.
pub(super) fn looks_like_ldif(text: &str) -> bool {
    // A comment may go on in a line that begins with a space.
    let mut lines = text.lines().map(str::trim_end).filter(|line| !line.is_empty() && !line.starts_with(['#', ' ']));
    lines.next().is_some_and(|line| {
        let line = line.to_ascii_lowercase();
        line.starts_with("dn:") || line.strip_prefix("version:").is_some_and(|rest| rest.trim() == "1")
    })
}

/// The entries of an LDIF file as rows: an attribute with several values is one cell of them.
///
/// `userAccountControl` is a set of flags; whether the account is disabled is put beside it as `accountDisabled`.
pub(super) fn parse(name: &Arc<str>, text: &str) -> Result<JsonDocument, Diagnostic> {
    let mut rows = Vec::new();
    for entry in entries(text) {
        // What a search tool adds at the end has no name.
        let Some(("dn", _)) = entry.first().map(|(key, value)| (key.as_str(), value)) else { continue };
        if entry.iter().any(|(key, _)| key == "changetype") {
            let message = "the file is a script of changes, not an export; expected entries as they are";
            return Err(Diagnostic::new(Code::Unrecognized, Severity::Error, Some(Place::file(name)), message)
                .hint("export the people with ldifde -f or ldapsearch"));
        }
        rows.push(row(entry));
    }
    Ok(JsonDocument::of_rows("ldif", rows))
}

fn row(entry: Vec<(String, String)>) -> Map<String, Value> {
    let mut row: Map<String, Value> = Map::new();
    for (key, value) in entry {
        match row.get_mut(&key) {
            Some(Value::String(values)) => {
                values.push_str(", ");
                values.push_str(&value);
            }
            _ => {
                row.insert(key, value.into());
            }
        }
    }
    /// The flag of an account that is switched off.
    const ACCOUNT_DISABLE: u64 = 2;
    let flags = row.get("useraccountcontrol").and_then(Value::as_str).and_then(|flags| flags.parse::<u64>().ok());
    if let Some(flags) = flags {
        row.insert("accountDisabled".into(), (flags & ACCOUNT_DISABLE != 0).to_string().into());
    }
    row
}

/// A Windows GUID from its bytes, the first three groups of which stand in reverse.
fn guid(bytes: &[u8]) -> Option<String> {
    let [a, b, c, d, e, f, g, h, rest @ ..] = <&[u8; 16]>::try_from(bytes).ok()?;
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let (clock, node) = rest.split_at(2);
    Some([hex(&[*d, *c, *b, *a]), hex(&[*f, *e]), hex(&[*h, *g]), hex(clock), hex(node)].join("-"))
}

/// Entries as attributes with values; names in lower case, folded lines joined, base64 decoded.
fn entries(text: &str) -> Vec<Vec<(String, String)>> {
    let mut entries = vec![Vec::new()];
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        match (line.strip_prefix(' '), lines.last_mut()) {
            (Some(rest), Some(last)) => last.push_str(rest),
            _ => lines.push(line.trim_end().to_owned()),
        }
    }
    for line in lines.iter().filter(|line| !line.starts_with('#')) {
        if line.is_empty() {
            entries.push(Vec::new());
            continue;
        }
        let Some((key, value)) = line.split_once(':') else { continue };
        let value = match value.strip_prefix(':') {
            Some(encoded) => {
                let bytes = BASE64_STANDARD.decode(encoded.trim()).unwrap_or_default();
                match guid(&bytes).filter(|_| key.eq_ignore_ascii_case("objectguid")) {
                    Some(guid) => guid,
                    // What is no text is a picture or another thing nobody here needs.
                    None => String::from_utf8(bytes).unwrap_or_default(),
                }
            }
            None => value.trim_start().to_owned(),
        };
        if let Some(entry) = entries.last_mut().filter(|_| !key.eq_ignore_ascii_case("version")) {
            // Options of an attribute (`cn;lang-de`) are its own values all the same.
            let key = key.split(';').next().unwrap_or(key);
            entry.push((key.to_ascii_lowercase(), value));
        }
    }
    entries.retain(|entry| !entry.is_empty());
    entries
}

#[cfg(test)]
mod tests {
    use super::super::json_rows::tests::shown;
    use super::*;

    fn check(text: &str, expect: &str) {
        let read = match parse(&"f.ldif".into(), text) {
            Err(problem) => problem.message,
            Ok(document) => shown(&document),
        };
        assert_eq!(read, expect, "{text}");
    }

    #[test]
    fn entries_are_rows() {
        check(
            "version: 1\n\n# people\ndn: CN=Ann,DC=a\nmail: ann@a.exa\n mple\nproxyAddresses: SMTP:ann@a.example\n\
             proxyAddresses: smtp:a@a.example\nuserAccountControl: 514\n\ndn:: Q049Sm9zw6k=\ncn:: Sm9zw6k=\n\n\
             search: 2\nresult: 0 Success\n",
            "dn|mail|proxyaddresses|useraccountcontrol|accountdisabled|cn\n\
             1: CN=Ann,DC=a|ann@a.example|SMTP:ann@a.example, smtp:a@a.example|514|true|∅\n2: CN=José|∅|∅|∅|∅|José\n",
        );
    }

    #[test]
    fn err_changes() {
        check(
            "dn: CN=Ann\nchangetype: modify\n",
            "the file is a script of changes, not an export; expected entries as they are",
        );
        assert!(
            looks_like_ldif("# x\nversion: 1\n")
                && looks_like_ldif("dn: CN=x\n")
                && !looks_like_ldif("version:v1.0\na,b\n")
        );
    }
}
