//! What would have been said on the days of earlier lists.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::earlier::{contracts_before, day_of};
use super::{Session, SessionError};
use crate::analysis::{Analysis, analyze};
use crate::correlate::ONE_ROUND;
use crate::import::{Import, Role};
use crate::workspace::{Change, ImportId, LogEntry, Workspace};

/// Rounds that are looked at, the present one among them.
const MOST: usize = 12;

/// A list of accounts, a directory or a list of contracts, and the day it speaks for.
#[derive(Clone, Debug)]
struct Version {
    id: ImportId,
    name: String,
    day: Date,
}

/// Where the rounds of lists before the present one stand.
#[derive(Debug)]
pub(super) struct Rounds {
    /// The last day of each, oldest first.
    pub(super) days: Vec<Date>,
    /// Files that were replaced by one of the same name, and the day each came.
    replaced: Vec<Version>,
    log: Vec<LogEntry>,
}

impl Session {
    /// The rounds of lists of accounts before the present one. A file speaks for the day in its name, else for the day it came.
    pub(super) fn rounds_before(&self, now: &Analysis) -> Result<Rounds, SessionError> {
        let log = self.store.log()?;
        let imports = &now.workspace.imports;
        // Of two lists of one name nobody can say whose version an older file is.
        let undated = |name: &str| {
            let mut named = imports.values().filter(|import| *import.name == *name && import.exported.is_none());
            named.next().filter(|_| named.next().is_none())
        };
        let mut replaced: Vec<Version> = Vec::new();
        for (place, entry) in log.iter().enumerate() {
            let Change::Import { id, added, .. } = entry.change else { continue };
            if !added {
                // Without a file that takes its place it was taken out, as it was wrong.
                replaced
                    .retain(|version| version.id != id || is_succeeded(&self.names(&log, place), &version.name, id));
                continue;
            }
            let (Some(day), Some(name)) = (day_of(entry), self.name_of(id)) else { continue };
            if !imports.contains_key(&id) && undated(&name).is_some_and(speaks_for_a_day) {
                // A file that came again on the same day was corrected.
                replaced.retain(|known| (&known.name, known.day) != (&name, day));
                replaced.push(Version { id, name, day });
            }
        }
        let accounts = |name: &str| undated(name).is_some_and(|import| import.role == Role::Accounts);
        let present = imports.iter().filter(|(_, import)| import.role == Role::Accounts);
        let present = present.filter_map(|(id, import)| self.spoken_for(&log, *id, import));
        let of_replaced = replaced.iter().filter(|version| accounts(&version.name)).map(|version| version.day);
        let mut all: Vec<Date> = present.chain(of_replaced).collect();
        all.sort();
        let mut days: Vec<Date> = Vec::new();
        for day in all.into_iter().rev() {
            let apart = |later: &Date| later.since(day).map_or(i32::MAX, |apart| apart.get_days());
            // The present round is that of the day all figures are for.
            if apart(days.last().unwrap_or(&now.as_of)) > ONE_ROUND {
                days.push(day);
            }
        }
        days.truncate(MOST - 1);
        days.reverse();
        Ok(Rounds { days, replaced, log })
    }

    fn name_of(&self, id: ImportId) -> Option<String> {
        self.store.source(id).ok().map(|(source, _)| source.name.to_string())
    }

    /// Files that were brought at the same moment as a place of the log was written, with their names.
    fn names(&self, log: &[LogEntry], place: usize) -> Vec<(ImportId, String)> {
        let at = log.get(place).and_then(|entry| entry.at);
        let beside = log.iter().filter(|entry| entry.at == at);
        let added = beside.filter_map(|entry| match entry.change {
            Change::Import { id, added: true, .. } => Some(id),
            _ => None,
        });
        added.filter_map(|id| Some((id, self.name_of(id)?))).collect()
    }

    /// What would have been said on a day, by the rules and decisions of today and the lists and contracts of then. Apps count
    /// from their first list on.
    pub(super) fn analyze_on(&self, day: Date, rounds: &Rounds, now: &Analysis) -> Result<Analysis, SessionError> {
        let mut then = Workspace::clone(&now.workspace);
        let mut versions: BTreeMap<&str, &Version> = BTreeMap::new();
        for version in rounds.replaced.iter().filter(|version| version.day <= day) {
            let newest = versions.entry(&version.name).or_insert(version);
            if newest.day < version.day {
                *newest = version;
            }
        }
        for (id, import) in &now.workspace.imports {
            if self.spoken_for(&rounds.log, *id, import).is_none_or(|spoken| spoken <= day) {
                continue;
            }
            match versions.get(&*import.name) {
                Some(version) => {
                    then.imports.remove(id);
                    then.imports.insert(version.id, self.read_again(version.id)?);
                }
                // Without a directory nobody would work here: the nearest one has to do.
                None if import.role == Role::Accounts => {
                    then.imports.remove(id);
                }
                None => {}
            }
        }
        let came = rounds.log.iter().rposition(|entry| day_of(entry).is_some_and(|came| came <= day));
        then.contracts = contracts_before(&then, now, &rounds.log, came.map_or(0, |last| last + 1));
        Ok(analyze(Arc::new(then), &self.catalog, day))
    }

    /// The day a list speaks for: the one of its export, else the one it came; `None` for what speaks for none.
    fn spoken_for(&self, log: &[LogEntry], id: ImportId, import: &Arc<Import>) -> Option<Date> {
        let came = || self.came(log, id, import).and_then(|place| log.get(place)).and_then(day_of);
        speaks_for_a_day(import).then(|| import.exported.or_else(came)).flatten()
    }
}

fn speaks_for_a_day(import: &Arc<Import>) -> bool {
    matches!(import.role, Role::Accounts | Role::Directory | Role::Contracts)
}

/// Whether a later file of the same name is among some; an earlier one that comes back is the same step taken back.
fn is_succeeded(among: &[(ImportId, String)], name: &str, id: ImportId) -> bool {
    among.iter().any(|(other, of)| of == name && *other > id)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::import::Source;
    use crate::view::TrendPoint;

    const PEOPLE: &str = "User Id,Status,Username,First name,Last name,Primary email\n\
        p1,ACTIVE,ann@a.example,Ann,Lee,ann@a.example\n";

    /// Brings a list of accounts on a day, under a name without one.
    fn bring(session: &mut Session, path: &Path, day: &str, names: &[&str]) {
        let mut members = "Email,Name,Status,Role,Two-step Login,Account Recovery,Secrets Manager,Groups\n".to_owned();
        names
            .iter()
            .for_each(|name| members += &format!("{name}@a.example,,Confirmed,User,Enabled,Enrolled,Disabled,\n"));
        let files = [Source::new("people.csv", PEOPLE.as_bytes()), Source::new("members.csv", members.into_bytes())];
        session.import(&files, &super::super::Placings::new(), &mut |_| true).unwrap();
        let kept = rusqlite::Connection::open(path).unwrap();
        kept.execute("UPDATE change SET at = ?1 WHERE at > '2026-06-01'", [format!("{day}T10:00:00Z")]).unwrap();
    }

    fn trend(session: &Session) -> String {
        let now = session.analyze();
        let rounds = session.rounds_before(&now).unwrap();
        let of = |day: &Date| TrendPoint::new(&session.analyze_on(*day, &rounds, &now).unwrap());
        let points = rounds.days.iter().map(of).chain([TrendPoint::new(&now)]);
        points.map(|point| format!("{} {}", point.day, point.orphaned)).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn a_file_that_comes_again_was_another_one_before() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("w.truedown");
        let mut session = Session::open_or_make(&path).unwrap();
        session.set_as_of(Some("2026-05-02".parse().unwrap()));
        bring(&mut session, &path, "2026-01-05", &["ann", "cy", "di", "ed"]);
        bring(&mut session, &path, "2026-03-01", &["ann", "cy", "di"]);
        bring(&mut session, &path, "2026-05-01", &["ann", "cy"]);
        assert_eq!(trend(&session), "2026-01-05 3, 2026-03-01 2, 2026-05-02 1");
        // What was taken back never was.
        bring(&mut session, &path, "2026-05-20", &["ann", "cy", "xx", "yy", "zz"]);
        session.undo().unwrap();
        session.set_as_of(Some("2026-05-30".parse().unwrap()));
        assert_eq!(trend(&session), "2026-01-05 3, 2026-03-01 2, 2026-05-01 1, 2026-05-30 1");
    }
}
