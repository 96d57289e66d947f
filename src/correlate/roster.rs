use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::civil::Date;

use crate::import::{
    AccountKind, AccountRecord, AccountStatus, Billable, DirectoryRecord, Import, PersonKind, PersonStatus, Records,
    Role,
};
use crate::model::{AppName, Code, Diagnostic, Email, Moment, Place, Severity, fold_text};
use crate::workspace::{AccountKey, Decision, Exemption, ImportId, Workspace};

/// A person of the roster.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub struct PersonId(u32);

impl PersonId {
    /// Its place in the order of the roster.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// An account of the roster.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub struct AccountId(u32);

impl AccountId {
    /// Its place in the order of the roster.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

#[derive(Clone, Copy, Debug)]
struct RecordRef {
    import: ImportId,
    row: u32,
}

/// Who and what there is on a day: the people and accounts of the newest imports, each account once.
///
/// It holds places, not copies; the records stay in the imports. Only what several layouts of an app tell of an account is
/// put together in a record of its own.
#[derive(Clone, Debug)]
pub struct Roster {
    workspace: Arc<Workspace>,
    as_of: Date,
    /// Imports in use, files by name.
    current: Vec<ImportId>,
    /// The records of a person, one for each directory that knows it; the first names it.
    people: Vec<Vec<RecordRef>>,
    accounts: Vec<RecordRef>,
    /// Accounts that several layouts of an app tell of, put together, by their index.
    merged: BTreeMap<usize, AccountRecord>,
    /// Things noticed on the way.
    pub diagnostics: Vec<Diagnostic>,
}

impl Roster {
    /// Takes the newest imports that are not younger than the day, of each app and directory; where all are younger, the
    /// oldest. Files that are left out for newer ones are told of.
    pub fn new(workspace: Arc<Workspace>, as_of: Date) -> Self {
        let (current, diagnostics) = current_imports(&workspace, as_of);
        let (people, accounts, merged) = (Vec::new(), Vec::new(), BTreeMap::new());
        let mut roster = Self { workspace, as_of, current, people, accounts, merged, diagnostics };
        roster.gather_people();
        roster.gather_accounts();
        roster.tell_directories();
        roster.tell_repeated_people();
        roster
    }

    /// The same people and accounts, as a workspace tells of them whose records stand in the same places.
    pub(crate) fn told_again(
        &self,
        workspace: Arc<Workspace>,
        account: impl Fn(&AccountRecord) -> AccountRecord,
        diagnostics: Vec<Diagnostic>,
    ) -> Self {
        let merged = self.merged.iter().map(|(index, record)| (*index, account(record))).collect();
        Self { workspace, merged, diagnostics, ..self.clone() }
    }

    /// Says where people come from, if from several directories: a list of an app's accounts among them would make
    /// everybody in it somebody who works here.
    fn tell_directories(&mut self) {
        let directories: Vec<String> = self
            .imports()
            .filter(|(_, import)| import.role == Role::Directory && !import.records.is_empty())
            .map(|(_, import)| format!("{} ({})", import.name, import.records.len()))
            .collect();
        if directories.len() > 1 {
            let message = format!("people come from {} lists: {}", directories.len(), directories.join(", "));
            self.diagnostics.push(
                Diagnostic::new(Code::Repeated, Severity::Warning, None, message)
                    .hint("if one of them is the user list of an app, say so: its accounts would hide orphaned ones"),
            );
        }
    }

    /// Says who stands in a list twice, and of whom two lists, or two rows, say different things.
    fn tell_repeated_people(&mut self) {
        let mut told: BTreeMap<Code, (usize, Vec<Diagnostic>)> = BTreeMap::new();
        for person in self.people().filter(|person| self.people[person.index()].len() > 1) {
            let records: Vec<&DirectoryRecord> = self.records(person).collect();
            let is_gone = |record: &&&DirectoryRecord| self.told_status(record).is_gone();
            let is_here = |record: &&&DirectoryRecord| {
                matches!(self.told_status(record), PersonStatus::Active | PersonStatus::Pending)
            };
            let (here, gone) = (records.iter().find(is_here), records.iter().find(is_gone));
            let name = self.person(person).display.as_str();
            let first = records.first().map(|record| &record.place);
            let again = records.iter().skip(1).map(|record| &record.place);
            let again = again.clone().find(|place| first.is_some_and(|first| first.file == place.file));
            let problem = if let (Some(here), Some(gone)) = (here, gone) {
                let message =
                    format!("{name} works here by {} and has left by {}; taken as having left", here.place, gone.place);
                Diagnostic::new(Code::Contradiction, Severity::Warning, Some(gone.place.clone()), message)
                    .hint("correct the list that is wrong; a sign-in that outlived its owner is worth ending")
            } else if let (Some(first), Some(again)) = (first, again) {
                let message = format!("{name} stands in two rows; they are read as one person");
                Diagnostic::new(Code::Repeated, Severity::Warning, Some(again.clone()), message)
                    .hint(format!("the other row is {first}; both have the same id"))
            } else {
                continue;
            };
            let (count, problems) = told.entry(problem.code).or_default();
            *count += 1;
            if *count <= TOLD_EACH as usize {
                problems.push(problem);
            }
        }
        for (code, (count, problems)) in told {
            let more = count - problems.len();
            self.diagnostics.extend(problems);
            if more > 0 {
                let what = if code == Code::Repeated {
                    "people who stand in two rows"
                } else {
                    "people of whom lists disagree"
                };
                self.diagnostics.push(Diagnostic::new(code, Severity::Warning, None, format!("{more} more {what}")));
            }
        }
    }

    fn gather_people(&mut self) {
        let mut known: HashMap<String, usize> = HashMap::new();
        for id in self.current.clone() {
            let Some(import) = self.workspace.imports.get(&id).cloned() else { continue };
            let Records::Directory(records) = &import.records else { continue };
            let before = self.people.len();
            let mut keys = Vec::new();
            let mut ids: HashMap<String, usize> = HashMap::new();
            for (row, record) in records.iter().enumerate() {
                let place = RecordRef { import: id, row: u32::try_from(row).unwrap_or(u32::MAX) };
                let key = person_key(record);
                // The same person in two directories is one person, and so is the same id twice in one; twice the same address
                // in one directory stays two, and is asked about.
                let elsewhere = key.as_ref().and_then(|key| known.get(key)).copied().filter(|index| *index < before);
                let again = ids.get(record.source_id.to_lowercase().as_str()).copied();
                let index = again.or(elsewhere).unwrap_or(self.people.len());
                if !record.source_id.is_empty() {
                    ids.entry(record.source_id.to_lowercase()).or_insert(index);
                }
                match self.people.get_mut(index) {
                    Some(person) => person.push(place),
                    None => {
                        keys.extend(key.map(|key| (key, index)));
                        self.people.push(vec![place]);
                    }
                }
            }
            for (key, index) in keys {
                known.entry(key).or_insert(index);
            }
        }
    }

    fn gather_accounts(&mut self) {
        let mut seen: HashMap<AccountKey, usize> = HashMap::new();
        let mut addresses: HashMap<(&str, Email), (usize, &str)> = HashMap::new();
        let mut repeated: BTreeMap<Arc<str>, u32> = BTreeMap::new();
        let workspace = self.workspace.clone();
        for id in self.current.clone() {
            let Some(import) = workspace.imports.get(&id) else { continue };
            let (Records::Accounts(records), Some(app)) = (&import.records, &import.app) else { continue };
            for (row, record) in records.iter().enumerate() {
                let mut place = RecordRef { import: id, row: u32::try_from(row).unwrap_or(u32::MAX) };
                // Two layouts of one app name an account differently; its address is in both.
                let address = record.email.clone().map(|email| (app.key(), email));
                let elsewhere = address.as_ref().and_then(|address| addresses.get(address));
                let elsewhere = elsewhere.filter(|(_, layout)| *layout != import.format).map(|(index, _)| *index);
                let new = elsewhere.unwrap_or(self.accounts.len());
                let index = *seen.entry(AccountKey::new(app, record)).or_insert(new);
                if let Some(address) = address {
                    addresses.entry(address).or_insert((index, &import.format));
                }
                let Some(known) = self.accounts.get_mut(index) else {
                    self.accounts.push(place);
                    continue;
                };
                // Another layout tells other things of the account: one who has a seat, one who was there when.
                if workspace.imports.get(&known.import).is_some_and(|first| first.format != import.format) {
                    let first = || record_at::<AccountRecord>(&workspace, *known).clone();
                    put_together(self.merged.entry(index).or_insert_with(first), record);
                    continue;
                }
                // The one that says most counts, wherever it stands, so that the order of rows does not matter.
                if rank(record) > rank(record_at::<AccountRecord>(&self.workspace, *known)) {
                    std::mem::swap(known, &mut place);
                }
                let kept = record_at::<AccountRecord>(&self.workspace, *known).place.clone();
                let left_out = record_at::<AccountRecord>(&self.workspace, place).place.clone();
                let message = format!("{app} account {} stands in two rows; it counts once", record.key());
                let told = repeated.entry(left_out.file.clone()).or_default();
                *told += 1;
                if *told <= TOLD_EACH {
                    let problem = Diagnostic::new(Code::Repeated, Severity::Warning, Some(left_out), message);
                    self.diagnostics.push(problem.hint(format!("the row at {kept} is used")));
                }
            }
        }
        for (file, count) in repeated.into_iter().filter(|(_, count)| *count > TOLD_EACH) {
            let message = format!("{} more accounts stand in two rows", count - TOLD_EACH);
            self.diagnostics.push(Diagnostic::new(
                Code::Repeated,
                Severity::Warning,
                Some(Place::file(&file)),
                message,
            ));
        }
    }

    /// The imports in use.
    pub fn imports(&self) -> impl Iterator<Item = (ImportId, &Arc<Import>)> {
        self.current.iter().filter_map(|id| self.workspace.imports.get(id).map(|import| (*id, import)))
    }

    /// All people.
    pub fn people(&self) -> impl Iterator<Item = PersonId> + use<> {
        (0..u32::try_from(self.people.len()).unwrap_or(u32::MAX)).map(PersonId)
    }

    /// All accounts, files by name, rows by line.
    pub fn accounts(&self) -> impl Iterator<Item = AccountId> + use<> {
        (0..u32::try_from(self.accounts.len()).unwrap_or(u32::MAX)).map(AccountId)
    }

    /// An account.
    pub fn account(&self, id: AccountId) -> &AccountRecord {
        self.merged.get(&id.index()).unwrap_or_else(|| record_at(&self.workspace, self.accounts[id.index()]))
    }

    /// The app an account is in.
    pub fn app(&self, id: AccountId) -> &AppName {
        let import = &self.workspace.imports[&self.accounts[id.index()].import];
        // Only imports of an app contribute accounts.
        import.app.as_ref().unwrap_or_else(|| unreachable!("accounts come from imports of an app"))
    }

    /// What an account is remembered by.
    pub fn key(&self, id: AccountId) -> AccountKey {
        AccountKey::new(self.app(id), self.account(id))
    }

    /// What a human decided about an account.
    pub fn decision(&self, id: AccountId) -> Option<&Decision> {
        // Most workspaces have none, and a key is made for each account.
        (!self.workspace.decisions.is_empty()).then(|| self.workspace.decisions.get(&self.key(id))).flatten()
    }

    /// Why an account is to be kept as it is, and how long.
    pub fn exemption(&self, id: AccountId) -> Option<&Exemption> {
        (!self.workspace.exemptions.is_empty()).then(|| self.workspace.exemptions.get(&self.key(id))).flatten()
    }

    /// What a person is remembered by: the directory's id, else the sign-in name, else the address.
    pub fn person_key(&self, id: PersonId) -> String {
        let person = self.person(id);
        let address = || person.email.as_ref().map(ToString::to_string).unwrap_or_default();
        [&person.source_id, &person.username].into_iter().find(|key| !key.is_empty()).cloned().unwrap_or_else(address)
    }

    /// Whether a person is on leave, by the directory's own word.
    pub fn is_on_leave(&self, id: PersonId) -> bool {
        let on_leave = |record: &DirectoryRecord| {
            let word = fold_text(&record.status_raw);
            word.contains("leave") && !word.contains("garden") && record.status == PersonStatus::Active
        };
        self.records(id).any(on_leave)
    }

    /// A person, as the first directory tells.
    pub fn person(&self, id: PersonId) -> &DirectoryRecord {
        let first = self.people[id.0 as usize].first();
        record_at(&self.workspace, *first.unwrap_or_else(|| unreachable!("a person has a record")))
    }

    /// All that is told about a person, one record for each directory.
    pub fn records(&self, id: PersonId) -> impl Iterator<Item = &DirectoryRecord> {
        self.people[id.0 as usize].iter().map(|place| record_at(&self.workspace, *place))
    }

    /// The lists of people that tell of a person.
    pub(crate) fn lists_with(&self, id: PersonId) -> impl Iterator<Item = ImportId> {
        self.people[id.0 as usize].iter().map(|place| place.import)
    }

    /// How many lists people come from.
    pub(crate) fn lists_of_people(&self) -> usize {
        self.imports().filter(|(_, import)| import.role == Role::Directory).count()
    }

    /// Whether a person works here. Where two directories differ, the one that ended the access counts.
    pub fn status(&self, id: PersonId) -> PersonStatus {
        let told = || self.records(id).map(|record| self.told_status(record));
        let gone = told().find(|status| status.is_gone());
        gone.or_else(|| told().find(|status| *status != PersonStatus::NotReported)).unwrap_or_default()
    }

    /// The status one directory tells on the day. A day of hire or of leaving counts for more than the word beside it, which
    /// may be older or younger than the day.
    fn told_status(&self, record: &DirectoryRecord) -> PersonStatus {
        let left = record.left.map(|left| left.date() <= self.as_of);
        let not_yet = record.hired.is_some_and(|hired| hired.date() > self.as_of);
        match (record.status, left) {
            (PersonStatus::Active | PersonStatus::NotReported, Some(true)) => PersonStatus::Deactivated,
            (PersonStatus::Deactivated, Some(false)) => PersonStatus::Active,
            (PersonStatus::Active | PersonStatus::NotReported, _) if not_yet => PersonStatus::Pending,
            (status, _) => status,
        }
    }

    /// When a person left or lost access, if a directory tells.
    pub fn left(&self, id: PersonId) -> Option<Date> {
        self.records(id).find_map(|record| record.left).map(Moment::date)
    }

    /// People who work here: the headcount that figures are scaled by. Who is listed without a status counts; guests do
    /// not.
    pub fn headcount(&self) -> u32 {
        let here = |person: &PersonId| {
            matches!(self.status(*person), PersonStatus::Active | PersonStatus::NotReported)
                && self.person(*person).kind != PersonKind::Guest
        };
        u32::try_from(self.people().filter(here).count()).unwrap_or(u32::MAX)
    }

    /// The identity provider most people of the directory come from.
    pub fn identity_provider(&self) -> Option<&str> {
        let known = self.imports().filter_map(|(_, import)| Some((import.records.len(), import.system.as_deref()?)));
        known.max_by_key(|(people, system)| (*people, Reverse(*system))).map(|(_, system)| system)
    }
}

/// Adds what another layout of the app tells of an account. Where they differ, the one that ended the access counts, and a
/// seat that is paid in one of them is paid.
fn put_together(known: &mut AccountRecord, other: &AccountRecord) {
    known.absorb(other);
    let open = |status: AccountStatus| !status.is_closed();
    if known.status == AccountStatus::Unknown || (open(known.status) && other.status.is_closed()) {
        known.status = other.status;
    }
    if known.billable != Billable::Yes && other.billable != Billable::Unknown {
        known.billable = other.billable;
    }
    if known.kind == AccountKind::Person {
        known.kind = other.kind;
    }
    for (own, other) in
        [(&mut known.username, &other.username), (&mut known.role, &other.role), (&mut known.seat, &other.seat)]
    {
        if own.is_empty() {
            own.clone_from(other);
        }
    }
}

/// Which of two rows of one account says more: the later activity, then an order without meaning.
fn rank(record: &AccountRecord) -> impl Ord + '_ {
    (record.last_active, record.created, Reverse(record.status), &record.display_name, &record.role, &record.seat)
}

trait Record: Sized {
    fn of(records: &Records) -> &[Self];
}

impl Record for AccountRecord {
    fn of(records: &Records) -> &[Self] {
        if let Records::Accounts(records) = records { records } else { &[] }
    }
}

impl Record for DirectoryRecord {
    fn of(records: &Records) -> &[Self] {
        if let Records::Directory(records) = records { records } else { &[] }
    }
}

/// The roster keeps its workspace, so every place it has noted stays valid.
fn record_at<R: Record>(workspace: &Workspace, place: RecordRef) -> &R {
    &R::of(&workspace.imports[&place.import].records)[place.row as usize]
}

fn person_key(record: &DirectoryRecord) -> Option<String> {
    let address = record.email.as_ref().map(|email| email.as_str().to_owned());
    address.or_else(|| (!record.username.is_empty()).then(|| record.username.to_lowercase()))
}

/// Rows of one file that are told of one by one.
const TOLD_EACH: u32 = 20;

/// Exports of one round are made within days of each other; a list that is older than the newest one of its app by more
/// than these days is of another round.
pub const ONE_ROUND: i32 = 7;

/// The imports that speak for a day, and what is said of the others.
///
/// Files of one series (one app, one name but for its date) replace each other: the newest up to the day counts, or the
/// one nearest to it where all are younger. Series of one app count together when they are of one round. Files without a
/// date always count.
fn current_imports(workspace: &Workspace, as_of: Date) -> (Vec<ImportId>, Vec<Diagnostic>) {
    let better = |a: Date, b: Date| if a <= as_of && b <= as_of { a > b } else { a < b };
    let best = |known: &mut Date, date: Date| {
        if better(date, *known) {
            *known = date;
        }
    };
    let mut newest_of_series: BTreeMap<_, Date> = BTreeMap::new();
    let mut newest_of_list: BTreeMap<_, Date> = BTreeMap::new();
    for import in workspace.imports.values().filter(|import| import.role != Role::Unknown) {
        if let Some(date) = import.exported {
            best(newest_of_series.entry(import.series()).or_insert(date), date);
            best(newest_of_list.entry(import.list()).or_insert(date), date);
        }
    }
    let replaced = |import: &Import| {
        let date = import.exported.filter(|_| import.role != Role::Unknown)?;
        let newer = *newest_of_series.get(&import.series())?;
        let newest = *newest_of_list.get(&import.list())?;
        let another_round = newest.since(date).map_or(0, |span| span.get_days()) > ONE_ROUND;
        (newer != date).then_some(newer).or(another_round.then_some(newest))
    };
    let mut current: Vec<(&str, ImportId)> = Vec::new();
    let mut diagnostics = Vec::new();
    for (id, import) in &workspace.imports {
        let Some(newer) = replaced(import) else {
            if let Some(date) = import.exported.filter(|date| *date > as_of && import.role != Role::Unknown) {
                let message = format!("made on {date}, after {as_of}; used because nothing older is there");
                let place = Some(Place::file(&import.name));
                diagnostics.push(
                    Diagnostic::new(Code::Missing, Severity::Warning, place, message)
                        .hint("add an export of that time; who came or left in between makes the figures wrong"),
                );
            }
            current.push((&import.name, *id));
            continue;
        };
        let message = format!("not used: the same list of {newer} speaks for {as_of}");
        let problem = Diagnostic::new(Code::Repeated, Severity::Info, Some(Place::file(&import.name)), message);
        diagnostics.push(problem.hint("it counts on days it is the newest for"));
    }
    current.sort_unstable();
    (current.into_iter().map(|(_, id)| id).collect(), diagnostics)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{Profiles, Source, read};

    /// A list of members tells who has a seat, the analytics of the same app who was there when.
    #[test]
    fn two_layouts_of_an_app_are_one_list() {
        let files = [
            (
                "slack-members.csv",
                "username,email,status,billing-active,has-2fa,has-sso,userid,fullname,displayname,expiration-timestamp\n\
              ann,ann@a.example,Member,1,0,0,U1,Ann Lee,Ann,\nbo,bo@a.example,Deactivated,0,0,0,U2,Bo Ek,Bo,\n",
            ),
            (
                "slack-analytics.csv",
                "Name,What I Do,User ID,Username,Email,Account type,Account created (UTC),Claimed Date (UTC),Deactivated date (UTC),Last active (UTC)\n\
              Ann Lee,,U1,ann,ann@a.example,Member,\"Jan 3, 2024\",\"Jan 3, 2024\",,\"Jan 30, 2026\"\nBo Ek,,U2,bo,bo@a.example,Member,\"Jan 3, 2024\",\"Jan 3, 2024\",,\"Mar 1, 2025\"\n",
            ),
        ];
        let profiles = Profiles::builtin().unwrap();
        let check = |order: [usize; 2]| {
            let mut workspace = Workspace::default();
            for (number, index) in (1..).zip(order) {
                let (name, text) = files[index];
                let import = read(&Source::new(name, text.as_bytes()), &profiles, None);
                assert_eq!(import.records.len(), 2, "{:?}", import.diagnostics);
                workspace.imports.insert(ImportId(number), Arc::new(import));
            }
            let roster = Roster::new(Arc::new(workspace), Date::constant(2026, 1, 31));
            let shown = roster.accounts().map(|id| {
                let account = roster.account(id);
                let seen = match account.last_active {
                    crate::model::Seen::At(moment) => moment.to_string(),
                    other => format!("{other:?}"),
                };
                format!("{} {} {} {seen}", account.id, account.status.as_str(), account.billable.as_str())
            });
            assert_eq!(shown.collect::<Vec<_>>().join("; "), "U1 active yes 2026-01-30; U2 suspended no 2025-03-01");
            assert!(roster.diagnostics.is_empty(), "{:?}", roster.diagnostics);
        };
        check([0, 1]);
        check([1, 0]);
    }
}
