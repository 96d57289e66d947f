use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use serde_json::{Map, Value};

use super::table::Row;
use crate::model::{Code, Diagnostic, Place, Severity, header_key};

/// Names of values that are told apart: some documents name values by somebody's id.
const MOST_COLUMNS: usize = 5_000;

/// Whether a text is meant as JSON.
pub(super) fn looks_like_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '['])
}

/// A JSON document, or several behind one another (pages, JSON Lines), as one list of rows.
pub(super) struct JsonDocument {
    pub(super) headers: Vec<String>,
    pub(super) keys: Vec<String>,
    /// Scalars of the (last) root object by key path, for telling formats apart and for page markers.
    pub(super) root: BTreeMap<String, String>,
    /// Where the rows stand in a root object (`data`, `resources`); empty if the root is the list.
    pub(super) path: String,
    /// Entries that are no objects, and further lists, with their number.
    pub(super) left_out: Vec<(String, usize)>,
    /// The root objects before the last one: earlier pages.
    before: Vec<BTreeMap<String, String>>,
    /// Values under more names than a table can have columns.
    pub(super) further: usize,
    rows: Vec<Map<String, Value>>,
    columns: HashMap<String, usize>,
}

impl JsonDocument {
    pub(super) fn parse(name: &Arc<str>, text: &str) -> Result<Self, Diagnostic> {
        let mut document = Self::of_rows("", Vec::new());
        let mut lone = 0_usize;
        for value in serde_json::Deserializer::from_str(text).into_iter::<Value>() {
            let value = value.map_err(|fault| {
                Diagnostic::new(
                    Code::Malformed,
                    Severity::Error,
                    Some(Place::line(name, fault.line() as u64)),
                    format!("not valid JSON: {fault}; expected a complete document"),
                )
                .hint("the file may have been cut off while it was saved; export it again")
            })?;
            lone += usize::from(document.take(value));
        }
        // An object that stands for itself has no list; several of them are the list.
        if lone > 0 && document.rows.len() > lone {
            document.path.clear();
        }
        document.drop_repeated();
        document.index();
        Ok(document)
    }

    /// The root objects of all pages.
    pub(super) fn roots(&self) -> impl Iterator<Item = &BTreeMap<String, String>> {
        self.before.iter().chain([&self.root])
    }

    /// Leaves out entries that stand on two pages: pages overlap, or one was pasted twice.
    fn drop_repeated(&mut self) {
        if self.before.is_empty() {
            return;
        }
        let all = self.rows.len();
        let mut met = HashSet::new();
        self.rows.retain(|row| met.insert(Value::Object(row.clone()).to_string()));
        if self.rows.len() < all {
            self.left_out.push(("entries that stand on an earlier page already".into(), all - self.rows.len()));
        }
    }

    /// Takes a root value in; true if it was a row by itself.
    fn take(&mut self, value: Value) -> bool {
        match value {
            // Pages of an API, put into one list.
            Value::Array(pages) if !pages.is_empty() && pages.iter().all(is_page) => {
                pages.into_iter().for_each(|page| {
                    self.take(page);
                });
                false
            }
            Value::Array(items) => {
                self.extend(items);
                false
            }
            Value::Object(root) => match longest_list(&root) {
                Some(path) => {
                    let root_before = std::mem::replace(&mut self.root, scalars(&root));
                    self.before.extend(Some(root_before).filter(|root| !root.is_empty()));
                    self.path = header_key(&path.join("."));
                    self.left_out.extend(other_lists(&root, &path));
                    self.extend(list_at(root, &path));
                    false
                }
                None => {
                    // An API's answer for one record wraps it as it wraps lists.
                    let wrapped =
                        ["data", "result"].into_iter().find(|key| root.get(*key).is_some_and(Value::is_object));
                    let mut root = root;
                    match wrapped.and_then(|key| Some((key, root.remove(key)?))) {
                        Some((key, Value::Object(record))) => {
                            self.path = key.to_owned();
                            self.rows.push(record);
                        }
                        _ => self.rows.push(root),
                    }
                    true
                }
            },
            _ => {
                self.left_out.push(("a value that is neither an object nor a list".into(), 1));
                false
            }
        }
    }

    fn extend(&mut self, items: Vec<Value>) {
        let before = items.len() + self.rows.len();
        self.rows.extend(items.into_iter().filter_map(object));
        let others = before - self.rows.len();
        if others > 0 {
            self.left_out.push(("entries of the list that are no objects".into(), others));
        }
    }

    /// Rows of another container that has named values.
    pub(super) fn of_rows(path: &str, rows: Vec<Map<String, Value>>) -> Self {
        let mut document = Self {
            headers: Vec::new(),
            keys: Vec::new(),
            root: BTreeMap::new(),
            path: path.to_owned(),
            left_out: Vec::new(),
            before: Vec::new(),
            further: 0,
            rows,
            columns: HashMap::new(),
        };
        document.index();
        document
    }

    fn index(&mut self) {
        let mut further = 0;
        for row in &self.rows {
            flatten(row, "", &mut |path, _| {
                if self.headers.len() >= MOST_COLUMNS {
                    further += usize::from(!self.columns.contains_key(path));
                } else if !self.columns.contains_key(path) {
                    self.columns.insert(path.to_owned(), self.headers.len());
                    self.headers.push(path.to_owned());
                    self.keys.push(header_key(path));
                }
            });
        }
        self.further = further;
    }

    pub(super) fn count_rows(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn each_row(&self, each: &mut dyn FnMut(Row<'_>) -> bool) {
        for (number, row) in (1..).zip(&self.rows) {
            let mut cells: Vec<Option<Cow<'_, str>>> = vec![None; self.headers.len()];
            flatten(row, "", &mut |path, value| {
                if let Some(cell) = self.columns.get(path).and_then(|column| cells.get_mut(*column)) {
                    *cell = Some(Cow::Owned(value));
                }
            });
            if !each(Row { number, cells: &cells, ragged: None }) {
                return;
            }
        }
    }
}

fn object(value: Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(map) => Some(map),
        _ => None,
    }
}

/// Lists of objects within two levels, with their paths.
fn lists(root: &Map<String, Value>) -> Vec<(Vec<String>, usize)> {
    let mut found = Vec::new();
    let mut offer = |path: Vec<String>, value: &Value| {
        if let Value::Array(items) = value
            && (items.is_empty() || items.iter().any(Value::is_object))
        {
            found.push((path, items.len()));
        }
    };
    for (key, value) in root {
        offer(vec![key.clone()], value);
        if let Value::Object(inner) = value {
            for (inner_key, value) in inner {
                offer(vec![key.clone(), inner_key.clone()], value);
            }
        }
    }
    found
}

/// Lists that are not read, with their number of entries.
fn other_lists(root: &Map<String, Value>, read: &[String]) -> Vec<(String, usize)> {
    let others = lists(root).into_iter().filter(|(path, length)| path != read && *length > 0);
    others.map(|(path, length)| (format!("entries of the list \"{}\"", path.join(".")), length)).collect()
}

/// An object that is nothing but the envelope of a list.
fn is_page(value: &Value) -> bool {
    let Value::Object(root) = value else { return false };
    let Some(path) = longest_list(root) else { return false };
    path.iter().any(|key| ENVELOPES.contains(&key.to_lowercase().as_str()))
}

/// Names that envelopes give their list.
const ENVELOPES: [&str; 10] =
    ["data", "result", "resources", "results", "value", "users", "members", "admins", "records", "report entry"];

/// The path of the list the document is for: one with a name envelopes use, else the longest, the first of equals. An
/// empty list counts where there is no other.
fn longest_list(root: &Map<String, Value>) -> Option<Vec<String>> {
    let rank = |(path, length): &(Vec<String>, usize)| {
        let named = path.len() == 1 && path.iter().any(|key| ENVELOPES.contains(&key.to_lowercase().as_str()));
        (named && *length > 0, *length)
    };
    let best = lists(root).into_iter().reduce(|best, other| if rank(&other) > rank(&best) { other } else { best });
    // A record that holds a short list of its own (a user's e-mail addresses) is no envelope.
    let is_record = ["id", "email", "userName", "username"].iter().any(|key| root.contains_key(*key));
    best.filter(|_| !is_record).map(|(path, _)| path)
}

fn list_at(mut root: Map<String, Value>, path: &[String]) -> Vec<Value> {
    let Some((last, above)) = path.split_last() else { return Vec::new() };
    for key in above {
        match root.remove(key) {
            Some(Value::Object(inner)) => root = inner,
            _ => return Vec::new(),
        }
    }
    match root.remove(last) {
        Some(Value::Array(items)) => items,
        _ => Vec::new(),
    }
}

/// The scalars of an object and of the objects directly in it, by folded key path.
fn scalars(root: &Map<String, Value>) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for (key, value) in root {
        match value {
            Value::Object(inner) => {
                for (inner_key, value) in inner.iter().filter(|(_, value)| !value.is_array() && !value.is_object()) {
                    found.insert(header_key(&format!("{key}.{inner_key}")), scalar(value));
                }
            }
            Value::Array(items) if !items.iter().any(Value::is_object) => {
                found.insert(header_key(key), list(items));
            }
            Value::Array(_) => {}
            value => {
                found.insert(header_key(key), scalar(value));
            }
        }
    }
    found
}

fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        value => value.to_string(),
    }
}

fn list(items: &[Value]) -> String {
    items.iter().map(scalar).collect::<Vec<_>>().join(", ")
}

/// The values of an object by names such as scripts give columns: `emails.0.address`.
pub(super) fn as_columns(object: &Map<String, Value>) -> Vec<(String, String)> {
    let mut columns = Vec::new();
    flatten(object, "", &mut |path, value| {
        let numbered = path.replace('[', ".").replace(']', "");
        // What an entry says of itself has a path of its own, which no script makes.
        let named = path.split('[').skip(1).any(|part| !part.starts_with(|c: char| c.is_ascii_digit()));
        if !named {
            columns.push((numbered, value));
        }
    });
    columns
}

/// Calls `each` with every leaf: `a.b` for nested objects, `a[0].b` for lists of objects, and again as `a[primary].b`
/// or `a[work].b` where an entry says so of itself. Lists of scalars become one cell.
fn flatten(object: &Map<String, Value>, prefix: &str, each: &mut dyn FnMut(&str, String)) {
    for (key, value) in object {
        let path = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
        match value {
            Value::Object(inner) => flatten(inner, &path, each),
            Value::Array(items) if items.iter().any(Value::is_object) => {
                for (index, item) in items.iter().enumerate() {
                    let Value::Object(inner) = item else { continue };
                    flatten(inner, &format!("{path}[{index}]"), each);
                    // Within a list the names would multiply with every level.
                    if prefix.contains('[') {
                        continue;
                    }
                    if inner.get("primary").is_some_and(|primary| scalar(primary).eq_ignore_ascii_case("true")) {
                        flatten(inner, &format!("{path}[primary]"), each);
                    }
                    if let Some(Value::String(kind)) = inner.get("type").filter(|kind| kind.is_string()) {
                        flatten(inner, &format!("{path}[{}]", kind.to_lowercase()), each);
                    }
                }
            }
            Value::Array(items) => each(&path, list(items)),
            value => each(&path, scalar(value)),
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The keys of a document, then its rows; ∅ is a key that a row does not have.
    pub(in crate::import) fn shown(document: &JsonDocument) -> String {
        let mut shown = format!("{}\n", document.keys.join("|"));
        document.each_row(&mut |row| {
            let cells: Vec<&str> = row.cells.iter().map(|cell| cell.as_deref().unwrap_or("∅")).collect();
            shown += &format!("{}: {}\n", row.number, cells.join("|"));
            true
        });
        shown
    }

    fn check(text: &str, expect: &str) {
        let read = match JsonDocument::parse(&"f.json".into(), text) {
            Err(problem) => problem.message,
            Ok(json) => format!("{}: {}", json.path, shown(&json)),
        };
        assert_eq!(read, expect, "{text}");
    }

    #[test]
    fn documents() {
        check(r#"[{"a":1,"b":null},{"a":true,"c":"x"}]"#, ": a|b|c\n1: 1||∅\n2: true|∅|x\n");
        check(r#"{"data":[{"a":{"b":["x","y"]}}]}"#, "data: a.b\n1: x, y\n");
        check(
            r#"{"Resources":[{"emails":[{"value":"h","type":"home"},{"value":"w","primary":true}]}]}"#,
            "resources: emails[0].value|emails[0].type|emails[home].value|emails[home].type|emails[1].value|\
             emails[1].primary|emails[primary].value|emails[primary].primary\n1: h|home|h|home|w|true|w|true\n",
        );
        check("{\"a\":1}\n{\"a\":2}\n", ": a\n1: 1\n2: 2\n");
        check(r#"{"users":[{"a":1}]}{"users":[{"a":2}]}"#, "users: a\n1: 1\n2: 2\n");
        check(r#"{"id":"1","emails":[{"value":"x"}]}"#, ": id|emails[0].value\n1: 1|x\n");
        check(r#"{"data":[]}"#, "data: \n");
        check(r#"[{"users":[{"a":1}]},{"users":[{"a":2}]}]"#, "users: a\n1: 1\n2: 2\n");
        check(r#"{"data":{"type":"user","id":"1"}}"#, "data: type|id\n1: user|1\n");
        check(r#"{"data":{"users":[{"a":1}]}}"#, "data.users: a\n1: 1\n");
    }

    #[test]
    fn err_documents() {
        check(
            "[{\"a\":1},",
            "not valid JSON: EOF while parsing a value at line 1 column 9; expected a complete document",
        );
        let deep = "[".repeat(100_000);
        assert!(JsonDocument::parse(&"f.json".into(), &deep).is_err());
    }
}
