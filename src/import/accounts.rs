use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::columns::Columns;
use super::profile::{Field, Profile};
use super::row_reader::{OF_ANOTHER_APP, ONE_OF_SEVERAL, RowReader, guest_address, is_scientific};
use super::rules::{BoundRules, is_flag};
use super::table::Table;
use super::{AccountRecord, AccountStatus, AltId, AltKind, Billable, Import, Records};
use crate::model::{AppName, Email, Seen, fold_text};

/// Turns rows into accounts.
pub(super) fn accounts(import: &mut Import, profile: &Profile, columns: &Columns, table: &Table<'_>) {
    let status = BoundRules::bind(&profile.status, columns, table);
    let billable = BoundRules::bind(&profile.billable, columns, table);
    let kind = BoundRules::bind(&profile.kind, columns, table);
    let rights = BoundRules::bind(&profile.rights, columns, table);
    let mut records: Vec<AccountRecord> = Vec::new();
    let mut first_of_id: Option<HashMap<String, usize>> = profile.rows_of_one_id_are_one.then(HashMap::new);
    let app = import.app.clone();
    // A list of several apps: Slack may stand there as Slack Enterprise Grid.
    let is_of_another = |named: &str| {
        let named = AppName::new(named);
        let is_near = |app: &AppName| named.key().starts_with(app.key()) || app.key().starts_with(named.key());
        !named.key().is_empty() && !app.as_ref().is_none_or(is_near)
    };
    // An app that goes by another name here is not that of the file's rows: then all are of it, as the user says.
    let mut names_app = false;
    if profile.columns.contains_key(&Field::App) {
        table.each_row(&mut |row| {
            names_app |= columns.text(Field::App, &row).is_some_and(|named| !is_of_another(named));
            !names_app
        });
    }
    let mut reader = RowReader::new(import, profile, columns, table);
    reader.each(table, &mut |reader, row, place| {
        if names_app && columns.text(Field::App, row).is_some_and(is_of_another) {
            return Err(OF_ANOTHER_APP.into());
        }
        let (id, username) = (reader.id(Field::Id, row, &place), columns.owned(Field::Username, row));
        let by_name = || Email::parse(&username).filter(|_| !profile.username_is_no_address);
        // Many an app shows the address of whom it knows no name of.
        let shown_address = || columns.text(Field::Name, row).and_then(Email::parse);
        let email = reader.email(row).or_else(by_name).or_else(shown_address);
        let email = email.map(|email| guest_address(email.as_str()).unwrap_or(email));
        if id.is_empty() && username.is_empty() && email.is_none() {
            return Err("no id, user name or address".into());
        }
        let [_, _, display_name] = reader.names(row, &place);
        let mut alt_ids = Vec::new();
        for (field, kind) in [(Field::ExternalId, AltKind::ExternalId), (Field::EmployeeId, AltKind::EmployeeId)] {
            let values = columns.cells(field, row).filter(|value| !matches!(*value, "" | "null"));
            alt_ids.extend(values.map(|value| AltId { kind, value: value.to_owned() }));
        }
        let others = reader.aliases(row).into_iter().filter(|alias| Some(alias) != email.as_ref());
        alt_ids.extend(others.map(|alias| AltId { kind: AltKind::SecondaryEmail, value: alias.to_string() }));
        let record = AccountRecord {
            display_name,
            status: reader.word(status.apply(row), Field::Status, row, &place, "status"),
            role: with_right(rights.apply(row), columns.owned(Field::Role, row)),
            seat: columns.owned(Field::Seat, row),
            department: reader.words_of(Field::Department, row, &place),
            billable: reader.word(billable.apply(row), Field::Seat, row, &place, "kind of seat"),
            last_active: reader.seen(Field::LastActive, row),
            created: reader.moment(Field::Created, row),
            kind: kind.apply(row).unwrap_or_default(),
            login_is_address: !profile.username_is_no_address,
            place,
            id,
            username,
            email,
            alt_ids,
        };
        let known = first_of_id.as_mut().and_then(|first| match first.entry(record.id.clone()) {
            Entry::Occupied(known) => Some(*known.get()),
            Entry::Vacant(free) => {
                free.insert(records.len());
                None
            }
        });
        let known = known.and_then(|known| records.get_mut(known)).filter(|known| is_same(known, &record));
        let Some(known) = known.filter(|_| !record.id.is_empty()) else {
            records.push(record);
            return Ok(());
        };
        fold(known, record);
        Err(ONE_OF_SEVERAL.into())
    });
    reader.finish();
    if profile.all_never_is_not_reported && !records.iter().any(|record| matches!(record.last_active, Seen::At(_))) {
        records.iter_mut().for_each(|record| record.last_active = Seen::NotReported);
    }
    import.records = Records::Accounts(records);
}

/// A role with what the rules say beside it: flags and numbers stand for a word, and a word that says something else is kept.
fn with_right(right: Option<String>, role: String) -> String {
    let Some(right) = right else { return role };
    if is_flag(&role) || role.bytes().all(|byte| byte.is_ascii_digit()) {
        right
    } else if fold_text(&role).contains(&fold_text(&right)) {
        role
    } else {
        format!("{right}, {role}")
    }
}

/// Whether two rows of one id are one account: a spreadsheet makes many ids the same.
fn is_same(known: &AccountRecord, other: &AccountRecord) -> bool {
    !is_scientific(&known.id) && (known.email == other.email || known.email.is_none() || other.email.is_none())
}

/// Puts a further row of an account into the first: a seat in one of them is paid, the last activity is that of all, and
/// the role is that of the row that decides over the seat.
fn fold(known: &mut AccountRecord, other: AccountRecord) {
    known.absorb(&other);
    let paid = |billable| match billable {
        Billable::Yes => 2,
        Billable::No => 1,
        Billable::Unknown => 0,
    };
    if paid(other.billable) > paid(known.billable) {
        known.billable = other.billable;
        known.role = other.role;
        known.seat = other.seat;
    } else if other.billable == known.billable && !known.role.split(", ").any(|role| role == other.role) {
        // Where neither decides, both are told.
        known.role = format!("{}, {}", known.role, other.role).trim_matches([',', ' ']).to_owned();
    }
    if known.status != AccountStatus::Active && other.status != AccountStatus::Unknown {
        known.status =
            if other.status == AccountStatus::Active { other.status } else { known.status.min(other.status) };
    }
}
