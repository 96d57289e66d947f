use jiff::civil::Date;

use super::columns::Columns;
use super::profile::{Field, Profile};
use super::row_reader::{RowReader, guest_address};
use super::rules::BoundRules;
use super::table::Table;
use super::{DirectoryRecord, Import, PersonStatus, Records};
use crate::model::{Code, Email, Moment, Seen, Severity};

/// Turns rows into people.
pub(super) fn people(import: &mut Import, profile: &Profile, columns: &Columns, table: &Table<'_>) {
    let status = BoundRules::bind(&profile.person_status, columns, table);
    let kind = BoundRules::bind(&profile.person_kind, columns, table);
    let mut records: Vec<DirectoryRecord> = Vec::new();
    let mut expiries = Vec::new();
    let mut reader = RowReader::new(import, profile, columns, table);
    reader.each(table, &mut |reader, row, place| {
        let username = columns.owned(Field::Username, row);
        let own = reader.email(row).or_else(|| reader.marked_primary(row));
        let email = own.or_else(|| guest_address(&username)).or_else(|| Email::parse(&username));
        let source_id = reader.id(Field::Id, row, &place);
        if source_id.is_empty() && username.is_empty() && email.is_none() {
            return Err("no id, user name or address".into());
        }
        let said = status.word(row).map(str::to_owned);
        let status = reader.word(status.apply(row), Field::Status, row, &place, "status");
        expiries.push(reader.moment(Field::Expires, row));
        let changed = reader.moment(Field::StatusChanged, row).filter(|_| status.is_gone());
        let [given, family, display] = reader.names(row, &place);
        records.push(DirectoryRecord {
            aliases: reader.aliases(row).into_iter().filter(|alias| Some(alias) != email.as_ref()).collect(),
            logins: reader.logins(row),
            employee_id: reader.id(Field::EmployeeId, row, &place),
            display,
            status_raw: columns.text(Field::Status, row).map_or_else(|| said.unwrap_or_default(), str::to_owned),
            kind: kind.apply(row).unwrap_or_default(),
            worker_type: columns.owned(Field::WorkerType, row),
            last_sign_in: reader.seen(Field::LastActive, row),
            department: reader.words_of(Field::Department, row, &place),
            title: reader.words_of(Field::Title, row, &place),
            manager: reader.words_of(Field::Manager, row, &place),
            created: reader.moment(Field::Created, row),
            hired: reader.moment(Field::Hired, row),
            left: reader.moment(Field::Left, row).or(changed),
            place,
            source_id,
            username,
            email,
            given,
            family,
            status,
        });
        Ok(())
    });
    reader.finish();
    if profile.all_never_is_not_reported && !records.iter().any(|record| matches!(record.last_sign_in, Seen::At(_))) {
        records.iter_mut().for_each(|record| record.last_sign_in = Seen::NotReported);
    }
    expire(import.exported, &mut records, &expiries);
    lost_letters(import, &mut records);
    lost_zeros(import, &records);
    import.records = Records::Directory(records);
}

/// Employee numbers of which most are equally long and the rest shorter, none with a zero in front: what is left of them
/// when a spreadsheet has taken them for numbers.
fn lost_zeros(import: &mut Import, records: &[DirectoryRecord]) {
    let numbers: Vec<&str> =
        records.iter().map(|record| record.employee_id.as_str()).filter(|id| !id.is_empty()).collect();
    let plain = |number: &&str| number.bytes().all(|byte| byte.is_ascii_digit()) && !number.starts_with('0');
    let longest = numbers.iter().map(|number| number.len()).max().unwrap_or(0);
    let shorter = numbers.iter().filter(|number| number.len() < longest).count();
    if numbers.len() > 2 && numbers.iter().all(plain) && shorter > 0 && shorter * 5 <= numbers.len() * 2 {
        import.report(
            Code::BadValue,
            Severity::Info,
            format!(
                "most employee numbers have {longest} digits, {shorter} have fewer and none begins with a zero: a spreadsheet \
                 may have dropped zeros"
            ),
            "take the export as it was downloaded, or format the column as text first",
        );
    }
}

/// Names in which letters were replaced by question marks when the file was written, for good: they are not names.
fn lost_letters(import: &mut Import, records: &mut [DirectoryRecord]) {
    let lost = |name: &str| name.contains('?') && name.chars().any(char::is_alphabetic);
    let mut count = 0;
    for record in records {
        let names = [&mut record.given, &mut record.family, &mut record.display];
        let mut any = false;
        for name in names.into_iter().filter(|name| lost(name)) {
            any = true;
            name.clear();
        }
        count += usize::from(any);
    }
    if count > 0 {
        import.report(
            Code::BadValue,
            Severity::Warning,
            format!("letters of names were lost when the file was written (people: {count}); these names are not used"),
            "export again with -Encoding UTF8, or with PowerShell 7",
        );
    }
}

/// Ends the access of people whose accounts had expired when the file was made: on the day in its name, else when it was
/// last that anything happened in it.
fn expire(exported: Option<Date>, records: &mut [DirectoryRecord], expiries: &[Option<Moment>]) {
    let happened = |record: &DirectoryRecord| match record.last_sign_in {
        Seen::At(moment) => Some(moment.max(record.created.unwrap_or(moment))),
        _ => record.created,
    };
    let made = exported.or_else(|| records.iter().filter_map(happened).max().map(Moment::date));
    for (record, expiry) in records.iter_mut().zip(expiries) {
        let Some(expiry) = expiry.filter(|_| matches!(record.status, PersonStatus::Active | PersonStatus::NotReported))
        else {
            continue;
        };
        // A day still to come ends the access when it has come.
        record.left = record.left.or(Some(expiry));
        if made.is_some_and(|made| expiry.date() <= made) {
            record.status = PersonStatus::Deactivated;
            record.status_raw = format!("{} (expired {})", record.status_raw, expiry.date()).trim().to_owned();
        }
    }
}
