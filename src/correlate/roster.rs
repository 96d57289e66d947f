use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::civil::Date;

use crate::import::{AccountRecord, DirectoryRecord, Import, PersonKind, PersonStatus, Records, Role};
use crate::model::{AppName, Code, Diagnostic, Email, Moment, Place, Severity};
use crate::workspace::{AccountKey, Decision, ImportId, Workspace};

/// A person of the roster.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub struct PersonId(u32);

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
/// It holds places, not copies; the records stay in the imports.
#[derive(Clone, Debug)]
pub struct Roster {
    workspace: Arc<Workspace>,
    as_of: Date,
    /// Imports in use, files by name.
    current: Vec<ImportId>,
    /// The records of a person, one for each directory that knows it; the first names it.
    people: Vec<Vec<RecordRef>>,
    accounts: Vec<RecordRef>,
    /// Things noticed on the way.
    pub diagnostics: Vec<Diagnostic>,
}

impl Roster {
    /// Takes the newest imports that are not younger than the day, of each app and directory; where all are younger, the
    /// oldest. Files that are left out for newer ones are told of.
    pub fn new(workspace: Arc<Workspace>, as_of: Date) -> Self {
        let (current, diagnostics) = current_imports(&workspace, as_of);
        let mut roster = Self { workspace, as_of, current, people: Vec::new(), accounts: Vec::new(), diagnostics };
        roster.gather_people();
        roster.gather_accounts();
        roster
    }

    fn gather_people(&mut self) {
        let mut known: HashMap<String, usize> = HashMap::new();
        for id in self.current.clone() {
            let Some(import) = self.workspace.imports.get(&id).cloned() else { continue };
            let Records::Directory(records) = &import.records else { continue };
            let before = self.people.len();
            let mut keys = Vec::new();
            for (row, record) in records.iter().enumerate() {
                let place = RecordRef { import: id, row: u32::try_from(row).unwrap_or(u32::MAX) };
                let key = person_key(record);
                // The same person in two directories is one person; twice in one directory stays two, and is asked about.
                match key.as_ref().and_then(|key| known.get(key)).filter(|index| **index < before) {
                    Some(index) => {
                        if let Some(person) = self.people.get_mut(*index) {
                            person.push(place);
                        }
                    }
                    None => {
                        keys.extend(key.map(|key| (key, self.people.len())));
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
        record_at(&self.workspace, self.accounts[id.index()])
    }

    /// The app an account is in.
    pub fn app(&self, id: AccountId) -> &AppName {
        let import = &self.workspace.imports[&self.accounts[id.index()].import];
        // Only imports of an app contribute accounts.
        import.app.as_ref().unwrap_or_else(|| unreachable!("accounts come from imports of an app"))
    }

    /// What a human decided about an account.
    pub fn decision(&self, id: AccountId) -> Option<&Decision> {
        self.workspace.decisions.get(&AccountKey::new(self.app(id), self.account(id)))
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
/// than this is of another round.
const ONE_ROUND: i32 = 7;

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
