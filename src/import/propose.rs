//! What the columns of a file nobody knows may mean, by their headers and values. A proposal is shown as one.

use std::collections::{BTreeMap, BTreeSet};

use super::profile::{Field, Profile, Role};
use super::redact::is_secret;
use super::row_reader::SAMPLE_ROWS;
use super::table::Table;
use crate::model::{DateError, Email, header_key, parse_decimal, parse_moment};

/// Words that make a header speak of somebody or something else than the same header without them.
const OTHERS: [&str; 23] = [
    "customer",
    "client",
    "manager",
    "supervisor",
    "by",
    "failed",
    "failure",
    "ip",
    "days",
    "count",
    "expires",
    "expiry",
    "expiration",
    "password",
    "secondary",
    "organization",
    "company",
    "subscription",
    "profile",
    "group",
    "updated",
    "changed",
    "device",
];

/// What the first rows of a column hold.
#[derive(Default)]
struct Values {
    filled: usize,
    addresses: usize,
    dates: usize,
    numbers: usize,
    names: usize,
    standings: usize,
    different: BTreeSet<String>,
}

/// Words that a column holds only if it tells who may sign in.
const STANDINGS: [&str; 9] =
    ["active", "inactive", "enabled", "disabled", "suspended", "deactivated", "invited", "terminated", "deprovisioned"];

/// Two to four words of letters, each with a capital where its script has them.
fn is_full_name(cell: &str) -> bool {
    let words: Vec<&str> = cell.split_whitespace().collect();
    let name = |word: &&str| {
        word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '-' | '.' | '’'))
            && word.chars().next().is_some_and(|c| !c.is_lowercase())
    };
    (2..=4).contains(&words.len()) && words.iter().all(name)
}

impl Values {
    fn take(&mut self, cell: &str) {
        let cell = cell.trim();
        if cell.is_empty() {
            return;
        }
        self.filled += 1;
        self.addresses += usize::from(Email::parse(cell).is_some());
        // A day that could be a month is a date all the same; a number alone is none by itself.
        let number = parse_decimal(cell).is_ok();
        let date = !matches!(parse_moment(cell), Err(DateError::Unknown(_)));
        self.dates += usize::from(date && !number);
        self.numbers += usize::from(number);
        self.names += usize::from(is_full_name(cell));
        self.standings += usize::from(STANDINGS.contains(&cell.to_lowercase().as_str()));
        self.different.insert(cell.to_owned());
    }

    fn most(&self, count: usize) -> bool {
        count * 5 >= self.filled * 4
    }

    /// Whether the values can be what the field holds. An empty column can be anything.
    fn fit(&self, field: Field) -> bool {
        // Never, not yet: words among the dates.
        let timed = self.filled == 0 || (self.dates + self.numbers) * 4 >= self.filled;
        match field {
            Field::Email => self.filled == 0 || self.addresses * 2 >= self.filled,
            Field::LastActive | Field::LastSuccess | Field::Created | Field::StatusChanged => timed,
            Field::Hired | Field::Left | Field::Renewal | Field::Date => timed,
            Field::Name | Field::Given | Field::Family => !(self.filled > 0 && self.most(self.numbers)),
            Field::Status => {
                self.different.len() * 3 <= self.filled + 24 && !(self.filled > 0 && self.most(self.dates))
            }
            Field::Username => !(self.filled > 0 && self.most(self.dates)),
            Field::Price | Field::Seats | Field::Rate => self.filled == 0 || self.numbers * 2 >= self.filled,
            _ => true,
        }
    }
}

/// Proposes what a table's columns mean, from what headers of such lists are called (`known`) and what the values are.
pub(super) fn columns(known: &Profile, table: &Table<'_>) -> BTreeMap<Field, Vec<String>> {
    // A record in the place of the header names nothing.
    if table.headers().iter().any(|header| Email::parse(header).is_some()) {
        return BTreeMap::new();
    }
    let about_others: Vec<usize> = (0..)
        .zip(table.headers())
        .filter(|(_, header)| words(header).iter().any(|word| OTHERS.contains(&word.as_str())))
        .map(|(column, _)| column)
        .collect();
    let values = values(table);
    let mut offers: Vec<(u32, Field, usize)> = Vec::new();
    // What is not kept can mean nothing: the file must say the same without it.
    let usable: Vec<bool> = table.headers().iter().map(|header| !is_secret(header)).collect();
    for (column, header) in table.headers().iter().enumerate().filter(|(column, _)| usable.get(*column) == Some(&true))
    {
        let words = words(header);
        for (field, names) in &known.columns {
            let likeness = names.iter().map(|name| likeness(&words, name)).max().unwrap_or(0);
            if likeness > 0 && values.get(column).is_some_and(|values| values.fit(*field)) {
                offers.push((likeness, *field, column));
            }
        }
    }
    // The likeliest first; of equals the field that matters more, then the column that comes first.
    offers.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut taken: BTreeMap<Field, usize> = BTreeMap::new();
    for (_, field, column) in offers {
        if !taken.values().any(|taken| *taken == column) {
            taken.entry(field).or_insert(column);
        }
    }
    // Whatever its header says, a column of addresses is what people are known by.
    let mut fill = |field: Field, others: &[Field], fits: &dyn Fn(&Values) -> bool| {
        let has = |taken: &BTreeMap<Field, usize>| {
            taken.contains_key(&field) || others.iter().any(|other| taken.contains_key(other))
        };
        if has(&taken) || !known.columns.contains_key(&field) {
            return;
        }
        let free = |column: usize| {
            usable.get(column) == Some(&true)
                && !about_others.contains(&column)
                && taken.iter().all(|(field, taken)| *taken != column || *field == Field::Username)
        };
        let found =
            values.iter().enumerate().filter(|(column, values)| free(*column) && values.filled > 0 && fits(values));
        if let Some((column, _)) = found.max_by_key(|(column, values)| (values.filled, usize::MAX - column)) {
            taken.retain(|_, taken| *taken != column);
            taken.insert(field, column);
        }
    };
    fill(Field::Email, &[], &|values| values.most(values.addresses));
    let mostly_different = |values: &Values| values.different.len() * 2 > values.filled;
    fill(Field::Name, &[Field::Given, Field::Family], &|values| values.most(values.names) && mostly_different(values));
    fill(Field::Status, &[], &|values| values.standings == values.filled);
    let header = |column: usize| table.headers().get(column).cloned().unwrap_or_default();
    taken.into_iter().map(|(field, column)| (field, vec![header(column)])).collect()
}

/// What a table of unknown columns may be, by which kind of list has names for more of them, and what they may mean.
pub(super) fn list(known: &[&Profile], table: &Table<'_>) -> Option<(Role, BTreeMap<Field, Vec<String>>)> {
    // What every list has says nothing; these say what a list is for.
    const TELLING: [Field; 12] = [
        Field::Department,
        Field::Manager,
        Field::Hired,
        Field::Left,
        Field::Title,
        Field::EmployeeId,
        Field::Role,
        Field::Seat,
        Field::LastActive,
        Field::App,
        Field::Price,
        Field::Seats,
    ];
    let offers = known.iter().filter_map(|profile| {
        let found = columns(profile, table);
        is_list(&found).then(|| {
            let telling = found.keys().filter(|field| TELLING.contains(field)).count();
            (telling, profile.role, found)
        })
    });
    // Of equals the last: accounts are what there is most of.
    offers.max_by_key(|(telling, ..)| *telling).map(|(_, role, found)| (role, found))
}

/// Whether columns are enough to know people, accounts or contracts by.
pub(super) fn is_list(found: &BTreeMap<Field, Vec<String>>) -> bool {
    let has = |field| found.contains_key(&field);
    has(Field::Email) || has(Field::Username) || (has(Field::App) && (has(Field::Price) || has(Field::Seats)))
}

fn values(table: &Table<'_>) -> Vec<Values> {
    let mut values: Vec<Values> = table.headers().iter().map(|_| Values::default()).collect();
    let mut rows = 0;
    table.each_row(&mut |row| {
        for (values, cell) in values.iter_mut().zip(row.cells) {
            values.take(cell.as_deref().unwrap_or_default());
        }
        rows += 1;
        rows < SAMPLE_ROWS
    });
    values
}

/// How well a header goes by a name: exactly, in other spelling, or as part of what it says; 0 if not at all.
fn likeness(header: &[String], name: &str) -> u32 {
    let name = words(name);
    if name.is_empty() || !name.iter().all(|word| header.contains(word)) {
        return 0;
    }
    let of_others = |word: &String| OTHERS.contains(&word.as_str()) && !name.contains(word);
    // An id beside a name of something else is that thing's.
    let of_id = header.last().is_some_and(|last| last == "id") && !name.contains(&"id".to_owned());
    if header.iter().any(of_others) || of_id {
        return 0;
    }
    let more = u32::try_from(header.len() - name.len().min(header.len())).unwrap_or(u32::MAX);
    match more {
        0 => 100 + u32::try_from(name.len()).unwrap_or(0),
        // A word among many may mean anything.
        1..=3 => 20 * u32::try_from(name.len()).unwrap_or(0).min(4) - 5 * more,
        _ => 0,
    }
}

/// The words of a header: `camelCase` is taken apart, spellings of one word are made one.
fn words(header: &str) -> Vec<String> {
    let mut spaced = String::with_capacity(header.len());
    let mut lower = false;
    for c in header.chars() {
        if c.is_uppercase() && lower {
            spaced.push(' ');
        }
        lower = c.is_lowercase();
        spaced.push(c);
    }
    let key = header_key(&spaced).replace("e mail", "email").replace("log in", "login").replace("sign on", "sign in");
    let words = key.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    // The number of a list's entry, and what only joins words.
    let idle = |word: &str| ["the", "of", "at", "on", "utc", "gmt", "0"].contains(&word);
    words.filter(|word| !idle(word)).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::super::decode::{Text, examine};
    use super::super::{Profiles, Source, csv_rows::CsvText};
    use super::*;

    fn check(text: &str, expect: &str) {
        let source = Source::new("f.csv", text.as_bytes().to_vec());
        let (text_of, _) = Text::of(&source, &examine(&source).unwrap()).unwrap();
        let table = Table::Csv(CsvText::new(&text_of).unwrap());
        let proposed = Profiles::builtin().unwrap().likely(&table).map_or_else(String::new, |(role, found)| {
            let columns = found.iter().map(|(field, headers)| format!(" {field:?}={}", headers.join("|")));
            role.as_str().to_owned() + &columns.collect::<String>()
        });
        assert_eq!(proposed, expect, "{text}");
    }

    #[test]
    fn proposals() {
        check(
            "Member e-mail,Member name,Access level,Most recent login,Plan tier\nann@a.example,Ann Lee,Editor,2026-01-30,Pro\n",
            "accounts Email=Member e-mail Name=Member name Role=Access level LastActive=Most recent login",
        );
        check(
            "contact,who,state,joinedAt\nann@a.example,Ann Lee,active,2024-03-01\nbo@a.example,Bo Ek,off,2024-03-02\n",
            "accounts Email=contact Name=who Status=state Created=joinedAt",
        );
        check(
            "Work E-Mail Address,Legal First Name,Legal Last Name,Cost centre,Reports to manager,Employment Status,Original Hire Date\n\
             ann@a.example,Ann,Lee,12,bo@a.example,Active,3/1/2024\n",
            "directory Email=Work E-Mail Address Given=Legal First Name Family=Legal Last Name Status=Employment Status \
             Manager=Reports to manager Hired=Original Hire Date",
        );
        check(
            "Vendor name,Number of seats,Unit price,Renews\nAcme,12,30,2026-09-01\n",
            "contracts App=Vendor name Seats=Number of seats Price=Unit price",
        );
        check(
            "E-Mail-Adresse;Vorname;Nachname;Rolle;Letzte Anmeldung\nann@a.example;Ann;Lee;Leser;2026-01-30\n",
            "accounts Email=E-Mail-Adresse Given=Vorname Family=Nachname Role=Rolle LastActive=Letzte Anmeldung",
        );
        check(
            "Courriel;Nom complet;Statut;Dernière connexion\nann@a.example;Ann Lee;Actif;2026-01-30\n",
            "accounts Email=Courriel Name=Nom complet Status=Statut LastActive=Dernière connexion",
        );
        // A header that says address is none of mail where the values are streets.
        check("Email preference,Mail\nweekly,ann@a.example\n", "accounts Email=Mail");
        check(
            "Who,Whom,Now\nAnn Lee,ann@a.example,active\nBo Ek,bo@a.example,disabled\n",
            "accounts Email=Whom Name=Who Status=Now",
        );
        check("Color,Size\nred,12\n", "");
    }
}
