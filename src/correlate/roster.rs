use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::civil::Date;

use crate::import::{AccountRecord, DirectoryRecord, Import, PersonStatus, Records};
use crate::model::{AppName, Code, Diagnostic, Severity};
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
    /// Imports in use, files by name.
    current: Vec<ImportId>,
    /// The records of a person, one for each directory that knows it; the first names it.
    people: Vec<Vec<RecordRef>>,
    accounts: Vec<RecordRef>,
    /// Things noticed on the way.
    pub diagnostics: Vec<Diagnostic>,
}

impl Roster {
    /// Takes the newest imports that are not younger than the day, of each app and directory.
    pub fn new(workspace: Arc<Workspace>, as_of: Date) -> Self {
        let current = current_imports(&workspace, as_of);
        let mut roster = Self { workspace, current, people: Vec::new(), accounts: Vec::new(), diagnostics: Vec::new() };
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
        for id in self.current.clone() {
            let Some(import) = self.workspace.imports.get(&id).cloned() else { continue };
            let (Records::Accounts(records), Some(app)) = (&import.records, &import.app) else { continue };
            for (row, record) in records.iter().enumerate() {
                let mut place = RecordRef { import: id, row: u32::try_from(row).unwrap_or(u32::MAX) };
                let index = *seen.entry(AccountKey::new(app, record)).or_insert(self.accounts.len());
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
                let problem = Diagnostic::new(Code::Repeated, Severity::Warning, Some(left_out), message);
                self.diagnostics.push(problem.hint(format!("the row at {kept} is used")));
            }
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
        let mut told = self.records(id).map(|record| record.status);
        let first = told.next().unwrap_or_default();
        told.fold(first, |status, other| if other.is_gone() && !status.is_gone() { other } else { status })
    }

    /// People who work here: the headcount that figures are scaled by. Guests do not count.
    pub fn headcount(&self) -> u32 {
        let here = |person: &PersonId| {
            self.status(*person) == PersonStatus::Active
                && self.person(*person).kind != crate::import::PersonKind::Guest
        };
        u32::try_from(self.people().filter(here).count()).unwrap_or(u32::MAX)
    }

    /// Identity providers the directory files come from.
    pub fn systems(&self) -> impl Iterator<Item = &str> {
        self.imports().filter_map(|(_, import)| import.system.as_deref())
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

/// The imports that speak for a day. Files of one export (same app, same layout) that carry a date in their name replace
/// each other; files without a date, and those of the newest day, count together.
fn current_imports(workspace: &Workspace, as_of: Date) -> Vec<ImportId> {
    let group =
        |import: &Import| (import.role, import.app.as_ref().map(|app| app.key().to_owned()), import.format.clone());
    let mut newest: BTreeMap<_, Date> = BTreeMap::new();
    for import in workspace.imports.values() {
        if let Some(date) = import.exported.filter(|date| *date <= as_of) {
            let latest = newest.entry(group(import)).or_insert(date);
            *latest = date.max(*latest);
        }
    }
    let counts = |import: &Import| match (import.exported, newest.get(&group(import))) {
        (Some(date), Some(latest)) => date == *latest,
        // All files of the kind are younger than the day: there is nothing older to look at.
        (Some(_), None) | (None, _) => true,
    };
    let mut current: Vec<(&str, ImportId)> = workspace
        .imports
        .iter()
        .filter(|(_, import)| counts(import))
        .map(|(id, import)| (&*import.name, *id))
        .collect();
    current.sort_unstable();
    current.into_iter().map(|(_, id)| id).collect()
}
