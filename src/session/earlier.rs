//! The lists that came before the present ones.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Session, SessionError, name_app};
use crate::analysis::{Analysis, Earlier, analyze};
use crate::correlate::ONE_ROUND;
use crate::import::{Contract, Difference, Import, Records, Role};
use crate::workspace::{Change, ImportId, LogEntry, Workspace};

/// A larger file takes so long to read again that nobody would wait for it in passing.
const SOON: u64 = 64 << 20;
/// A list of accounts that has one before it.
struct Round {
    /// The app's key.
    app: String,
    /// The day the earlier list speaks for.
    day: Date,
    /// Where in the log the present list came.
    came: usize,
}

impl Session {
    /// The export of the same list that came before, and what has changed since; `None` if this is the first, or the one
    /// before is too large to be read again in passing.
    ///
    /// # Errors
    /// Those of the workspace file.
    pub fn since_last(&self, id: ImportId) -> Result<Option<(Arc<Import>, Difference)>, SessionError> {
        let Some(import) = self.workspace.imports.get(&id) else { return Ok(None) };
        let older = |known: &&Arc<Import>| known.series() == import.series() && known.exported < import.exported;
        let of_series = self.workspace.imports.values().filter(older).max_by_key(|known| known.exported);
        let before = match of_series {
            Some(known) => Some(known.clone()),
            None => self.replaced(id, import)?,
        };
        let before = before.filter(|before| before.list() == import.list() && import.role != Role::Rates);
        Ok(before.map(|before| {
            let difference = Difference::between(&before, import);
            (before, difference)
        }))
    }

    /// The newest file of the same name and list that this one replaced.
    fn replaced(&self, id: ImportId, import: &Import) -> Result<Option<Arc<Import>>, SessionError> {
        for older in self.store.previous(id)? {
            if self.store.source(older).is_ok_and(|(source, _)| source.content.size() > SOON) {
                return Ok(None);
            }
            let known = self.read_again(older)?;
            if known.list() == import.list() {
                return Ok(Some(known));
            }
        }
        Ok(None)
    }

    pub(super) fn read_again(&self, id: ImportId) -> Result<Arc<Import>, SessionError> {
        let mut import = self.store.import(id, &self.profiles())?;
        name_app(&mut import, &self.catalog());
        Ok(Arc::new(import))
    }

    /// What would have been said of each app before its present list came, by the rules and decisions of today and the directory
    /// and contracts of then. Apps whose earlier lists lie within a week of each other are judged together.
    ///
    /// # Errors
    /// Those of the workspace file.
    pub fn analyze_earlier(&self, now: &Analysis) -> Result<Vec<Earlier>, SessionError> {
        let log = self.store.log()?;
        let mut rounds = self.rounds(now, &log);
        rounds.sort_by_key(|round| std::cmp::Reverse(round.day));
        let mut earlier = Vec::new();
        while let Some(first) = rounds.first() {
            let day = first.day;
            let within = |round: &Round| day.since(round.day).is_ok_and(|apart| apart.get_days() <= ONE_ROUND);
            let (together, others): (Vec<Round>, Vec<Round>) = rounds.into_iter().partition(within);
            rounds = others;
            let workspace = self.workspace_before(now, &together, &log)?;
            let analysis = analyze(Arc::new(workspace), &self.catalog, day);
            earlier.push(Earlier { apps: together.into_iter().map(|round| round.app).collect(), analysis });
        }
        Ok(earlier)
    }

    /// Apps whose present list has one before it: an older one of its series, or one without a day that it replaced on a later
    /// day than that came. A file that is replaced by one of the same day was corrected.
    fn rounds(&self, now: &Analysis, log: &[LogEntry]) -> Vec<Round> {
        let mut rounds: BTreeMap<String, Round> = BTreeMap::new();
        for (id, import) in now.roster.imports() {
            let (Role::Accounts, Some(app)) = (import.role, &import.app) else { continue };
            let Some(came) = self.came(log, id, import) else { continue };
            let series = import.series();
            let older = self.workspace.imports.values().filter(|known| known.series() == series);
            let dated = older.filter_map(|known| known.exported).filter(|day| Some(*day) < import.exported).max();
            let day_of = |place: usize| log.get(place).and_then(day_of);
            let undated = || {
                let before = self.in_force(log, came).into_iter().rfind(|(_, name)| *name == *import.name)?;
                let of_then = log.iter().position(|entry| is_added(entry, before.0)).and_then(day_of)?;
                (import.exported.is_none() && day_of(came).is_some_and(|day| of_then < day)).then_some(of_then)
            };
            let Some(day) = dated.or_else(undated) else { continue };
            let round = rounds.entry(app.key().to_owned());
            let round = round.or_insert(Round { app: app.key().to_owned(), day, came });
            round.day = round.day.max(day);
            round.came = round.came.min(came);
        }
        rounds.into_values().collect()
    }

    /// Where in the log the files begin that a file came with first; settling what its columns mean gives it another number, not
    /// another day.
    pub(super) fn came(&self, log: &[LogEntry], id: ImportId, import: &Import) -> Option<usize> {
        let same = self.store.same_content(id, &import.sha256).unwrap_or_else(|_| vec![id]);
        let first = log.iter().position(|entry| same.iter().any(|id| is_added(entry, *id)))?;
        let at = log.get(first)?.at;
        // What was brought in one go is written down at one moment.
        let others = log.get(..first)?.iter().rev().take_while(|entry| at.is_some() && entry.at == at).count();
        Some(first - others)
    }

    /// Files that were in the workspace before a place of the log, with their names.
    fn in_force(&self, log: &[LogEntry], before: usize) -> BTreeMap<ImportId, String> {
        let mut ids = BTreeSet::new();
        for entry in log.iter().take(before) {
            match entry.change {
                Change::Import { id, added: true, .. } => ids.insert(id),
                Change::Import { id, .. } => ids.remove(&id),
                _ => false,
            };
        }
        let named = ids.into_iter().filter_map(|id| Some((id, self.store.source(id).ok()?.0.name.to_string())));
        named.collect()
    }

    /// The workspace as it was before the present lists of some apps came. What came in the same go as they did was there.
    fn workspace_before(&self, now: &Analysis, of: &[Round], log: &[LogEntry]) -> Result<Workspace, SessionError> {
        let came = of.iter().map(|round| round.came).min().unwrap_or(0);
        let mut then = Workspace::clone(&now.workspace);
        let is_present = |import: &Import| {
            import.role == Role::Accounts
                && import.app.as_ref().is_some_and(|app| of.iter().any(|round| round.app == app.key()))
        };
        for (id, import) in now.roster.imports() {
            if is_present(import) {
                then.imports.remove(&id);
            }
        }
        for (id, name) in self.in_force(log, came) {
            if now.workspace.imports.contains_key(&id) {
                continue;
            }
            let before = self.read_again(id)?;
            // What has replaced it was not there yet. A file nobody has replaced was taken out, as it was wrong.
            let successor = |known: &Import| *known.name == *name && known.list() == before.list();
            if now.workspace.imports.values().any(|known| successor(known)) {
                then.imports.retain(|_, known| !successor(known));
                then.imports.insert(id, before);
            }
        }
        then.contracts = contracts_before(&then, now, log, came);
        Ok(then)
    }

    /// Who changed what, and when. Empty for a workspace that is kept nowhere.
    ///
    /// # Errors
    /// Those of the workspace file.
    pub fn log(&self) -> Result<Vec<LogEntry>, SessionError> {
        Ok(if self.store.is_kept() { self.store.log()? } else { Vec::new() })
    }
}

/// The day something was written down, by the same clock everywhere.
pub(super) fn day_of(entry: &LogEntry) -> Option<Date> {
    entry.at.map(|at| at.to_zoned(TimeZone::UTC).date())
}

fn is_added(entry: &LogEntry, wanted: ImportId) -> bool {
    matches!(entry.change, Change::Import { id, added: true, .. } if id == wanted)
}

/// Contracts somebody had written down before a place of the log, beside those the files of then bring.
pub(super) fn contracts_before(
    then: &Workspace,
    now: &Analysis,
    log: &[LogEntry],
    before: usize,
) -> BTreeMap<String, Contract> {
    let mut by_hand = Workspace::default();
    for entry in log.iter().take(before).filter(|entry| matches!(entry.change, Change::Contract { .. })) {
        entry.change.apply(&mut by_hand);
    }
    let imported = |key: &str| {
        then.imports.values().any(|import| match &import.records {
            Records::Contracts(records) => records.iter().any(|record| record.contract.app.key() == key),
            _ => false,
        })
    };
    // A contract that was written down only later held before, too, where nothing else is known.
    for (key, contract) in &now.workspace.contracts {
        if !by_hand.contracts.contains_key(key) && !imported(key) {
            by_hand.contracts.insert(key.clone(), contract.clone());
        }
    }
    by_hand.contracts
}
