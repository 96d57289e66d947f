use std::collections::BTreeMap;

use super::{AccountRecord, DirectoryRecord, Import, Records};

/// What changed from one export of a list to the next.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Difference {
    /// Who or what was not there before, by the names they go by.
    pub new: Vec<String>,
    /// Who or what is no longer there.
    pub gone: Vec<String>,
    /// What is told differently: who, and what it was and is.
    pub changed: Vec<(String, Vec<Alteration>)>,
    /// Records that are as they were.
    pub same: usize,
}

/// A value that is another one now.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Alteration {
    /// The name of the value: `status`, `seat`.
    pub what: &'static str,
    /// How it was.
    pub before: String,
    /// How it is.
    pub after: String,
}

impl Difference {
    /// Compares two exports of one list. What changes with every export, such as the last activity, is no change.
    pub fn between(before: &Import, after: &Import) -> Self {
        match (&before.records, &after.records) {
            (Records::Accounts(old), Records::Accounts(new)) => Self::of(old, new, account_key, account_name, account),
            (Records::Directory(old), Records::Directory(new)) => Self::of(old, new, person_key, person_name, person),
            (Records::Contracts(old), Records::Contracts(new)) => Self::of(
                old,
                new,
                |record| record.contract.app.key().to_owned(),
                |record| record.contract.app.to_string(),
                |record| {
                    let contract = &record.contract;
                    let number = |number: Option<u32>| number.map_or_else(String::new, |number| number.to_string());
                    vec![
                        ("plan", contract.plan.clone()),
                        ("seats", number(contract.seats)),
                        ("price", contract.price.map_or_else(String::new, |price| price.to_string())),
                        ("unit", contract.unit.as_str().to_owned()),
                        ("renewal", contract.renewal.map_or_else(String::new, |date| date.to_string())),
                    ]
                },
            ),
            _ => Self::default(),
        }
    }

    fn of<R>(
        before: &[R],
        after: &[R],
        key: impl Fn(&R) -> String,
        name: impl Fn(&R) -> String,
        values: impl Fn(&R) -> Vec<(&'static str, String)>,
    ) -> Self {
        let mut old: BTreeMap<String, Vec<&R>> = BTreeMap::new();
        for record in before {
            old.entry(key(record)).or_default().push(record);
        }
        let mut difference = Self::default();
        for record in after {
            let known = old.get_mut(&key(record)).filter(|known| !known.is_empty()).map(|known| known.remove(0));
            let Some(known) = known else {
                difference.new.push(name(record));
                continue;
            };
            let pairs = values(known).into_iter().zip(values(record));
            let altered: Vec<Alteration> = pairs
                .filter(|((_, before), (_, after))| before != after)
                .map(|((what, before), (_, after))| Alteration { what, before, after })
                .collect();
            if altered.is_empty() {
                difference.same += 1;
            } else {
                difference.changed.push((name(record), altered));
            }
        }
        difference.gone = before
            .iter()
            .filter(|record| {
                old.get(&key(record)).is_some_and(|left| left.iter().any(|left| std::ptr::eq(*left, *record)))
            })
            .map(name)
            .collect();
        difference
    }
}

fn account_key(record: &AccountRecord) -> String {
    record.key().to_lowercase()
}

fn account_name(record: &AccountRecord) -> String {
    record.email.as_ref().map_or_else(|| record.key().to_owned(), ToString::to_string)
}

fn account(record: &AccountRecord) -> Vec<(&'static str, String)> {
    vec![
        ("email", account_name(record)),
        ("name", record.display_name.clone()),
        ("status", record.status.as_str().to_owned()),
        ("role", record.role.clone()),
        ("seat", record.seat.clone()),
    ]
}

fn person_key(record: &DirectoryRecord) -> String {
    let address = record.email.as_ref().map(ToString::to_string);
    let keys = [record.source_id.clone(), record.username.clone(), address.unwrap_or_default()];
    keys.into_iter().find(|key| !key.is_empty()).unwrap_or_default().to_lowercase()
}

fn person_name(record: &DirectoryRecord) -> String {
    record.email.as_ref().map_or_else(|| record.display.clone(), ToString::to_string)
}

fn person(record: &DirectoryRecord) -> Vec<(&'static str, String)> {
    vec![
        ("email", person_name(record)),
        ("name", record.display.clone()),
        ("status", record.status.as_str().to_owned()),
        ("department", record.department.clone()),
        ("title", record.title.clone()),
        ("manager", record.manager.clone()),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::{Profiles, Source, read};
    use super::*;

    fn check(before: &str, after: &str, expect: &str) {
        let import = |rows: &str| {
            let text = format!("Name,Email,Seat type,Role,Teams,Last active\n{rows}");
            read(&Source::new("team.csv", text.into_bytes()), &Profiles::builtin().unwrap(), None)
        };
        let difference = Difference::between(&import(before), &import(after));
        let changed = difference.changed.iter().map(|(name, altered)| {
            let altered = altered.iter().map(|one| format!("{} {} to {}", one.what, one.before, one.after));
            format!("{name} {}", altered.collect::<Vec<_>>().join(", "))
        });
        let found = format!(
            "new {}; gone {}; changed {}; same {}",
            difference.new.join(" "),
            difference.gone.join(" "),
            changed.collect::<Vec<_>>().join(" "),
            difference.same
        );
        assert_eq!(found, expect);
    }

    #[test]
    fn differences() {
        check(
            "Ann,ann@a.example,Full,Agent,,2026-01-30\nBo,bo@a.example,Full,Agent,,2026-01-30\nCy,cy@a.example,Full,Agent,,Never\n",
            "Cy,cy@a.example,Lite,Agent,,Never\nAnn,ann@a.example,Full,Agent,,2026-02-27\nDi,di@a.example,Full,Agent,,Never\n",
            "new di@a.example; gone bo@a.example; changed cy@a.example seat Full to Lite; same 1",
        );
        // Two rows of one account are two, before and after.
        check(
            "Ann,ann@a.example,Full,Agent,,Never\nAnn,ann@a.example,Full,Agent,,Never\n",
            "Ann,ann@a.example,Full,Agent,,Never\n",
            "new ; gone ann@a.example; changed ; same 1",
        );
    }
}
