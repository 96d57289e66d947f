//! Key files of pseudonymized reports.

use std::collections::BTreeMap;
use std::io::Read;

/// What stands before the secret in a key file.
pub const KEY_SECRET: &str = "secret";

/// The secret of a key file, in hexadecimal digits, and what the tokens stand for that were given so far; `None` for what is no
/// key file.
pub fn read_key(bytes: impl Read) -> Option<(String, BTreeMap<String, String>)> {
    let mut reader = csv::Reader::from_reader(bytes);
    if reader.headers().ok()? != vec!["token", "stands_for"] {
        return None;
    }
    let mut given: BTreeMap<String, String> = BTreeMap::new();
    for row in reader.records() {
        let row = row.ok()?;
        given.insert(row.get(0)?.to_owned(), row.get(1)?.to_owned());
    }
    let secret = given.remove(KEY_SECRET)?;
    Some((secret, given))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys() {
        let check = |text: &str, expect: &str| {
            let read = read_key(text.as_bytes());
            let shown = read.map_or_else(|| "no key".into(), |(secret, given)| format!("{secret} {given:?}"));
            assert_eq!(shown, expect, "{text}");
        };
        check("token,stands_for\nsecret,ab\nperson-1,Ann Lee\n", "ab {\"person-1\": \"Ann Lee\"}");
        check("token,stands_for\nperson-1,Ann Lee\n", "no key");
        check("name,mail\nsecret,ab\n", "no key");
        check("", "no key");
    }
}
