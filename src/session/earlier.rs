//! The lists that came before the present ones.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Session, SessionError, name_app};
use crate::analysis::{Analysis, analyze};
use crate::import::{Difference, Import, Role};
use crate::workspace::{Change, ImportId, LogEntry, Workspace};

/// A larger file takes so long to read again that nobody would wait for it.
const SOON: u64 = 64 << 20;

impl Session {
    /// The export of the same list that came before, and what has changed since; `None` if this is the first, or the one
    /// before is too large to be read again in passing.
    ///
    /// # Errors
    /// Those of the workspace file.
    pub fn since_last(&self, id: ImportId) -> Result<Option<(Arc<Import>, Difference)>, SessionError> {
        let Some(import) = self.workspace.imports.get(&id) else { return Ok(None) };
        Ok(self.earlier(id)?.map(|before| {
            let difference = Difference::between(&before, import);
            (before, difference)
        }))
    }

    /// The export of the same list that came before: an older one of its series, else the file of its name that it replaced.
    fn earlier(&self, id: ImportId) -> Result<Option<Arc<Import>>, SessionError> {
        let Some(import) = self.workspace.imports.get(&id) else { return Ok(None) };
        let older = |known: &&Arc<Import>| known.series() == import.series() && known.exported < import.exported;
        let of_series = self.workspace.imports.values().filter(older).max_by_key(|known| known.exported);
        let before = match of_series {
            Some(known) => Some(known.clone()),
            None => {
                let replaced = self.store.previous(id)?.filter(|replaced| {
                    self.store.source(*replaced).is_ok_and(|(source, _)| source.content.size() <= SOON)
                });
                let mut read = replaced.map(|replaced| self.store.import(replaced, &self.profiles())).transpose()?;
                read.iter_mut().for_each(|import| name_app(import, &self.catalog()));
                read.map(Arc::new)
            }
        };
        Ok(before.filter(|before| before.list() == import.list() && import.role != Role::Rates))
    }

    /// What would have been said before the present lists came, by the rules and decisions of today; `None` if no list of
    /// accounts was exported before. Contracts are those of then.
    ///
    /// # Errors
    /// Those of the workspace file.
    pub fn analyze_earlier(&self, now: &Analysis) -> Result<Option<Analysis>, SessionError> {
        let mut then = Workspace::clone(&self.workspace);
        let (mut day, mut news) = (None, Vec::new());
        let mut free = self.store.next_import()?;
        for (id, import) in now.roster.imports() {
            if !matches!(import.role, Role::Accounts | Role::Directory | Role::Contracts) {
                continue;
            }
            let Some(before) = self.earlier(id)? else { continue };
            then.imports.remove(&id);
            if import.role == Role::Accounts {
                day = day.max(before.exported);
                news.push(id);
            }
            if !then.imports.values().any(|known| Arc::ptr_eq(known, &before)) {
                then.imports.insert(free, before);
                free = ImportId(free.0 + 1);
            }
        }
        if news.is_empty() {
            return Ok(None);
        }
        then.contracts.extend(self.contracts_before(&news)?);
        Ok(Some(analyze(Arc::new(then), &self.catalog, day.unwrap_or(now.as_of))))
    }

    /// Contracts entered by hand, as they were before the first of some files came.
    fn contracts_before(&self, files: &[ImportId]) -> Result<BTreeMap<String, crate::import::Contract>, SessionError> {
        let came =
            |entry: &LogEntry| matches!(&entry.change, Change::Import { id, added: true, .. } if files.contains(id));
        let mut then = Workspace::default();
        for entry in self.store.log()?.iter().take_while(|entry| !came(entry)) {
            if matches!(entry.change, Change::Contract { .. }) {
                entry.change.apply(&mut then);
            }
        }
        Ok(then.contracts)
    }

    /// Who changed what, and when. Empty for a workspace that is kept nowhere.
    ///
    /// # Errors
    /// Those of the workspace file.
    pub fn log(&self) -> Result<Vec<LogEntry>, SessionError> {
        Ok(if self.store.is_kept() { self.store.log()? } else { Vec::new() })
    }
}
