//! Layouts that are made up for a file: proposed by what its columns are like, or settled by somebody.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::columns::Columns;
use super::decode::hex;
use super::mapping::{self, Mapping};
use super::profile::{Field, Profile, Recognize, Role};
use super::rules::{Patterns, Rule};
use super::table::Table;
use super::{Placing, Profiles, propose};
use crate::model::AppName;

impl Profiles {
    /// What lists of a kind usually look like.
    fn usual(&self, role: Role) -> Option<&Profile> {
        let id = match role {
            Role::Directory => "generic_directory",
            Role::Accounts => "generic_accounts",
            Role::Contracts => "contracts_csv",
            Role::Rates => "rates_csv",
            Role::Unknown => return None,
        };
        self.0.iter().find(|profile| profile.id == id)
    }

    /// What a table may be and its columns may mean, going by their headers and values.
    pub(super) fn likely(&self, table: &Table<'_>) -> Option<(Role, BTreeMap<Field, Vec<String>>)> {
        let kinds = [Role::Contracts, Role::Directory, Role::Accounts];
        let usual: Vec<&Profile> = kinds.into_iter().filter_map(|role| self.usual(role)).collect();
        propose::list(&usual, table)
    }

    /// A layout for a list of that kind, its columns found by their headers and values; `None` where nothing says whom
    /// the rows are about; an id does where somebody said what the file is (`said`). Where one of the app's own layouts has
    /// most of its columns there, its words count.
    pub(super) fn proposed(&self, role: Role, app: Option<&AppName>, said: bool, table: &Table<'_>) -> Option<Profile> {
        let usual = self.usual(role)?;
        let mut columns = propose::columns(usual, table);
        let whom = [Field::Id, Field::EmployeeId];
        let is_list = |columns: &BTreeMap<Field, Vec<String>>| {
            propose::is_list(columns)
                || (said && role != Role::Contracts && whom.iter().any(|field| columns.contains_key(field)))
        };
        let of_app = |profile: &&Profile| {
            let own = profile.app_name();
            profile.role == role && own.is_some() && own.as_ref().map(AppName::key) == app.map(AppName::key)
        };
        let found = |profile: &Profile| Columns::bind(profile, table).headers(table);
        let fit = |profile: &&Profile| (found(profile).len(), profile.container == table.container());
        let known = self.0.iter().filter(of_app).max_by_key(fit);
        let Some(known) = known.filter(|known| found(known).len() > 1) else {
            return is_list(&columns).then(|| Profile { columns, certain: false, ..usual.clone() });
        };
        let own = found(known);
        let used = |header: &String| own.values().any(|headers| headers.contains(header));
        columns.retain(|field, headers| !own.contains_key(field) && !headers.iter().any(used));
        columns.extend(own.iter().map(|(field, headers)| (*field, headers.clone())));
        let listed = is_list(&columns) || columns.contains_key(&Field::Id);
        listed.then(|| Profile {
            columns,
            certain: false,
            rights: known.rights.iter().chain(&usual.rights).cloned().collect(),
            status: known.status.iter().chain(&usual.status).cloned().collect(),
            person_status: known.person_status.iter().chain(&usual.person_status).cloned().collect(),
            ..known.clone()
        })
    }

    /// A layout for what looks like a report of employees, whose columns every company names for itself.
    pub(super) fn like_employees(&self, table: &Table<'_>) -> Option<Profile> {
        let known = self.0.iter().find(|profile| profile.id == "hr_report_csv")?;
        let mut columns = propose::columns(known, table);
        // The number of an employee is what the row goes by.
        if let Some(id) = columns.get(&Field::Id).cloned() {
            columns.entry(Field::EmployeeId).or_insert(id);
        }
        let has = |field: &Field| columns.contains_key(field);
        let of_employees =
            [Field::EmployeeId, Field::Hired, Field::Left, Field::Manager, Field::Department, Field::Title];
        // So are the words such reports are made of.
        const WORDS: [&str; 8] =
            ["employee", "employment", "worker", "work email", "hire", "termination", "legal", "supervisor"];
        let worded = table.keys().iter().filter(|key| WORDS.iter().any(|word| key.contains(word))).count();
        let told = of_employees.iter().filter(|field| has(field)).count().max(worded);
        let whom = has(&Field::Email) || (has(&Field::EmployeeId) && (has(&Field::Name) || has(&Field::Family)));
        let whether = [Field::Status, Field::Hired, Field::Left].iter().any(has);
        // Accounts of an app tell when somebody was there last, and of what they hold.
        let usual = self.usual(Role::Accounts)?;
        let of_accounts = propose::columns(usual, table);
        let app = [Field::Role, Field::Seat, Field::LastActive].iter().any(|field| of_accounts.contains_key(field));
        (told > 1 && whom && whether && !app).then(|| Profile { columns, certain: false, ..known.clone() })
    }

    /// The layout that somebody settled for a file: their columns and words, upon what is known of such a list.
    pub(super) fn mapped(
        &self,
        placing: &Placing,
        mapping: &Mapping,
        table: &Table<'_>,
        name: &str,
    ) -> Option<Profile> {
        let known = self.recognize(table, name, Some(placing));
        let usual = known.or_else(|| self.usual(placing.role))?.clone();
        let when = |field: &str, word: &str| BTreeMap::from([(field.to_owned(), Patterns::exactly(word))]);
        let standing = |word: &str| when("status", word);
        let words = || mapping.status.iter();
        let people = words().map(|(word, is)| Rule { when: standing(word), is: is.of_person() });
        let accounts = words().map(|(word, is)| Rule { when: standing(word), is: is.of_account() });
        let paid =
            mapping.paid.iter().map(|(word, paid)| Rule { when: when("seat", word), is: mapping::billable(*paid) });
        Some(Profile {
            id: "own_mapping".into(),
            title: "as mapped".into(),
            app: placing.app.as_ref().map(ToString::to_string),
            certain: true,
            own: true,
            date_order: mapping.date_order.or(usual.date_order),
            columns: mapping.columns.iter().map(|(field, headers)| (*field, literal(headers))).collect(),
            person_status: people.chain(usual.person_status).collect(),
            status: accounts.chain(usual.status).collect(),
            billable: paid.chain(usual.billable).collect(),
            ..usual
        })
    }

    /// A settled layout as a file of its own, which recognizes files with the same headers and can be handed on.
    pub(super) fn remembered(
        &self,
        placing: &Placing,
        mapping: &Mapping,
        table: &Table<'_>,
        name: &str,
    ) -> Option<(String, String)> {
        let app = placing.app.as_ref();
        let of = app.map_or_else(|| placing.role.as_str().to_owned(), ToString::to_string);
        // All headers of a list must be there again, or any list with an address would be one of these. What a document
        // tells of an entry varies.
        let asked = |header: &&String| match table {
            Table::Json(_) => mapping.field_of(header).is_some() && !header.contains('['),
            _ => !header.is_empty(),
        };
        let headers: Vec<String> = table.headers().iter().filter(asked).cloned().collect();
        let key = app.map_or_else(|| placing.role.as_str(), AppName::key);
        // Lists of one app may have several layouts, each with a name of its own.
        let told: String = hex(Sha256::new_with_prefix(headers.join("\n"))).chars().take(6).collect();
        let id = format!("own_{key}_{told}");
        let profile = Profile {
            id: id.clone(),
            title: format!("{of}, your layout"),
            container: table.container(),
            sample: table.headers().join(","),
            recognize: Recognize::by(headers),
            ..self.mapped(placing, mapping, table, name)?
        };
        // What a table of plain values and lists comes to can be written.
        toml::to_string(&profile).ok().map(|text| (id, text))
    }
}

/// Headers as they stand in a file: a star at the end says that the column is required, and widens nothing.
fn literal(headers: &[String]) -> Vec<String> {
    headers.iter().map(|header| header.trim_end_matches(['*', ' ']).to_owned()).collect()
}
