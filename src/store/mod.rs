//! The workspace file: one SQLite database that holds the imports as received and the log of changes.
//!
//! The log is append-only; replaying it gives the workspace. Nothing derived is stored.

mod pieces;
mod schema;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, params};
use thiserror::Error;

use crate::import::{self, Import, Placing, Profiles, Source};
use crate::workspace::{Change, ImportId, LogEntry, Workspace};

/// Why a workspace file cannot be used.
#[derive(Debug, Error)]
pub enum StoreError {
    /// There is no such file, or it cannot be read.
    #[error("{0} cannot be opened: {1}")]
    Missing(String, std::io::Error),
    /// The file is a database of another program.
    #[error("{0} is not a Truedown workspace")]
    Foreign(String),
    /// The file was written by a newer program.
    #[error(
        "{path} was written by a newer Truedown (schema {found}; this one knows {known}); update the program to open it"
    )]
    Newer {
        /// The file.
        path: String,
        /// Its schema.
        found: i64,
        /// The newest schema this program knows.
        known: i64,
    },
    /// The log names something that is not there, or cannot be read.
    #[error("the workspace is damaged: {0}")]
    Damaged(String),
    /// A file could not be read a second time, to be kept.
    #[error("{0} could not be kept: {1}; nothing was imported")]
    NotKept(String, std::io::Error),
    /// SQLite has a complaint.
    #[error("the workspace file cannot be used: {0}")]
    Sqlite(#[from] rusqlite::Error),
}

/// An open workspace file.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    keeps_files: bool,
    is_kept: bool,
}

/// A file to keep.
#[derive(Clone, Copy, Debug)]
pub struct Received<'a> {
    /// Its number.
    pub id: ImportId,
    /// Its bytes.
    pub source: &'a Source<'a>,
    /// What was read from them.
    pub import: &'a Import,
    /// What the user said of it.
    pub placing: Option<&'a Placing>,
}

impl Store {
    /// Opens a workspace file and brings its schema up to date.
    ///
    /// # Errors
    /// No file, a file of another program or a newer one, and SQLite's own.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        match std::fs::metadata(path) {
            Ok(file) if file.len() > 0 => Self::open_or_make(path),
            Ok(_) => Err(StoreError::Foreign(path.display().to_string())),
            Err(fault) => Err(StoreError::Missing(path.display().to_string(), fault)),
        }
    }

    /// Opens a workspace file, or makes it if there is none.
    ///
    /// # Errors
    /// As [`Store::open`], but for a missing file.
    pub fn open_or_make(path: &Path) -> Result<Self, StoreError> {
        let connection = Connection::open(path)?;
        // Another window or a backup may hold the file for a moment.
        connection.busy_timeout(Duration::from_secs(5))?;
        let connection = schema::prepare(connection, &path.display().to_string())?;
        Ok(Self { connection, keeps_files: true, is_kept: true })
    }

    /// A workspace that lives as long as the program; files are kept in it only if they are to be read again.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn in_memory(keeps_files: bool) -> Result<Self, StoreError> {
        let connection = schema::prepare(Connection::open_in_memory()?, "a new workspace")?;
        Ok(Self { connection, keeps_files, is_kept: false })
    }

    /// Whether it is a file, and so outlives the program.
    pub fn is_kept(&self) -> bool {
        self.is_kept
    }

    /// Keeps files and appends changes to the log, all or none.
    ///
    /// A file is kept as received, under the hash of what was received, but without the cells nobody may keep:
    /// passwords, recovery contacts, home addresses.
    ///
    /// # Errors
    /// SQLite's own, and those of a file that cannot be read again.
    pub fn record(
        &mut self,
        files: &[Received<'_>],
        changes: &[Change],
        at: &str,
        who: &str,
    ) -> Result<(), StoreError> {
        let transaction = self.connection.transaction()?;
        for file in files {
            let sha256 = &file.import.sha256;
            let known = transaction.prepare_cached("SELECT 1 FROM content WHERE sha256 = ?1")?.exists([sha256])?;
            if !known {
                transaction.execute("INSERT INTO content (sha256, size) VALUES (?1, 0)", [sha256])?;
                if self.keeps_files {
                    let unkept = |fault| StoreError::NotKept(file.source.name.to_string(), fault);
                    let mut pieces = pieces::Writer::new(&transaction, sha256);
                    import::keep(file.source, file.import, &mut pieces).map_err(unkept)?;
                    let size = pieces.finish().map_err(unkept)?;
                    transaction.execute("UPDATE content SET size = ?2 WHERE sha256 = ?1", params![sha256, size])?;
                }
            }
            transaction.execute(
                "INSERT INTO import (id, name, sha256, placing) VALUES (?1, ?2, ?3, ?4)",
                params![file.id.0, &*file.source.name, sha256, file.placing.map(to_json).transpose()?],
            )?;
        }
        for change in changes {
            let row = params![at, who, to_json(change)?];
            transaction.execute("INSERT INTO change (at, who, body) VALUES (?1, ?2, ?3)", row)?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// The log of changes, from the first on. What was changed is told; of files only which.
    ///
    /// # Errors
    /// An entry that cannot be read, and SQLite's own.
    pub fn log(&self) -> Result<Vec<LogEntry>, StoreError> {
        let mut statement = self.connection.prepare("SELECT seq, at, who, body FROM change ORDER BY seq")?;
        let mut rows = statement.query([])?;
        let mut log = Vec::new();
        while let Some(row) = rows.next()? {
            let (seq, at, who, body): (i64, String, String, String) =
                (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
            let damaged = |fault: serde_json::Error| StoreError::Damaged(format!("change {seq}: {fault}"));
            let change = serde_json::from_str(&body).map_err(damaged)?;
            log.push(LogEntry { at: at.parse().ok(), who, change });
        }
        Ok(log)
    }

    /// Replays the log. Files are read with the layouts the workspace has come to know, and only those still in it.
    ///
    /// # Errors
    /// A log that does not fit together, and SQLite's own.
    pub fn load(&self, profiles: &Profiles) -> Result<Workspace, StoreError> {
        let mut workspace = Workspace::default();
        let mut imports = BTreeSet::new();
        for entry in self.log()? {
            match entry.change {
                Change::Import { id, added: true, .. } => {
                    imports.insert(id);
                }
                Change::Import { id, .. } => {
                    imports.remove(&id);
                }
                change => change.apply(&mut workspace),
            }
        }
        let profiles = profiles.with(workspace.layouts.values().map(String::as_str));
        for id in imports {
            workspace.imports.insert(id, Arc::new(self.import(id, &profiles)?));
        }
        Ok(workspace)
    }

    /// Imports of the same file name that came before this one and had another content, the last first.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn previous(&self, id: ImportId) -> Result<Vec<ImportId>, StoreError> {
        self.ids(
            "SELECT old.id FROM import new JOIN import old
             ON old.name = new.name AND old.id < new.id AND old.sha256 <> new.sha256 WHERE new.id = ?1
             ORDER BY old.id DESC",
            params![id.0],
        )
    }

    /// Imports of the same file name and content as this one, itself among them.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn same_content(&self, id: ImportId, sha256: &str) -> Result<Vec<ImportId>, StoreError> {
        self.ids(
            "SELECT other.id FROM import own JOIN import other ON other.name = own.name
             WHERE own.id = ?1 AND other.sha256 = ?2 ORDER BY other.id",
            params![id.0, sha256],
        )
    }

    fn ids(&self, query: &str, wanted: impl rusqlite::Params) -> Result<Vec<ImportId>, StoreError> {
        let mut statement = self.connection.prepare(query)?;
        let found = statement.query_map(wanted, |row| row.get(0).map(ImportId))?;
        Ok(found.collect::<Result<Vec<ImportId>, _>>()?)
    }

    /// The number no import has had yet.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn next_import(&self) -> Result<ImportId, StoreError> {
        let last: Option<u32> = self.connection.query_row("SELECT max(id) FROM import", [], |row| row.get(0))?;
        Ok(ImportId(last.unwrap_or(0) + 1))
    }

    /// A kept file, with what the user said of it.
    ///
    /// # Errors
    /// A file that is not there, and SQLite's own.
    pub fn source(&self, id: ImportId) -> Result<(Source<'_>, Option<Placing>), StoreError> {
        let found = self
            .connection
            .query_row(
                "SELECT name, placing, sha256, size FROM import JOIN content USING (sha256) WHERE id = ?1",
                [id.0],
                |row| {
                    let (name, placing): (String, Option<String>) = (row.get(0)?, row.get(1)?);
                    Ok((name, placing, row.get(2)?, row.get(3)?))
                },
            )
            .optional()?;
        let (name, placing, sha256, size) =
            found.ok_or_else(|| StoreError::Damaged(format!("import {} is missing", id.0)))?;
        let placing = placing
            .map(|placing| serde_json::from_str(&placing))
            .transpose()
            .map_err(|fault| StoreError::Damaged(format!("import {}: {fault}", id.0)))?;
        Ok((Source::new(name, pieces::Kept::new(&self.connection, sha256, size)), placing))
    }

    /// Reads a kept file again.
    ///
    /// # Errors
    /// As [`Store::source`].
    pub fn import(&self, id: ImportId, profiles: &Profiles) -> Result<Import, StoreError> {
        let (source, placing) = self.source(id)?;
        let sha256 = self.connection.query_row("SELECT sha256 FROM import WHERE id = ?1", [id.0], |row| row.get(0))?;
        // The hash is that of the file as received, which what is kept may differ from.
        Ok(Import { sha256, ..import::read(&source, profiles, placing.as_ref()) })
    }
}

fn to_json(value: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|fault| StoreError::Damaged(fault.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::{AccountKey, Edit, Verdict};

    fn source() -> Source<'static> {
        let text = "App,Plan,Seats purchased,Price per seat\nIntercom,Essential,50,29\n";
        Source::new("contracts.csv", text.as_bytes())
    }

    #[test]
    fn a_workspace_is_found_again_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.truedown");
        let profiles = Profiles::builtin().unwrap();
        let mut store = Store::open_or_make(&path).unwrap();
        let id = store.next_import().unwrap();
        let import = Arc::new(import::read(&source(), &profiles, None));
        let account = AccountKey { app: "intercom".into(), id: "a/b".into() };
        let decision = Change::Decision { account: account.clone(), edit: Edit::added(Verdict::External.into()) };
        let received = Received { id, source: &source(), import: &import, placing: None };
        store
            .record(&[received], &[Change::add_import(id, import.clone()), decision], "2026-01-31T00:00:00Z", "ann")
            .unwrap();
        drop(store);
        let store = Store::open(&path).unwrap();
        let workspace = store.load(&profiles).unwrap();
        assert_eq!(workspace.imports[&id].records.len(), 1);
        assert_eq!(workspace.decisions[&account].verdict, Verdict::External);
        assert_eq!(store.next_import().unwrap(), ImportId(2));
        let log = store.log().unwrap();
        let told: Vec<String> = log.iter().map(|entry| format!("{:?} {}", entry.at, entry.who)).collect();
        assert_eq!(told, ["Some(2026-01-31T00:00:00Z) ann"; 2]);
    }

    #[test]
    fn secrets_do_not_reach_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("s.truedown");
        let text = "First Name [Required],Last Name [Required],Email Address [Required],Password [Required],Org Unit Path [Required],\
                    Status [READ ONLY],Recovery Email\nAnn,Lee,ann@a.example,hunter2hunter2,/,Active,ann.private@b.example\n";
        let source = Source::new("users.csv", text.as_bytes());
        let profiles = Profiles::builtin().unwrap();
        let mut store = Store::open_or_make(&path).unwrap();
        let import = import::read(&source, &profiles, None);
        let received = Received { id: ImportId(1), source: &source, import: &import, placing: None };
        store.record(&[received], &[], "2026-01-31T00:00:00Z", "ann").unwrap();
        let kept = store.import(ImportId(1), &profiles).unwrap();
        assert_eq!((kept.sha256, kept.records.len()), (import.sha256, 1));
        drop(store);
        for entry in std::fs::read_dir(folder.path()).unwrap() {
            let bytes = std::fs::read(entry.unwrap().path()).unwrap();
            let text = String::from_utf8_lossy(&bytes);
            assert!(!text.contains("hunter2hunter2") && !text.contains("ann.private"), "a secret is in the file");
        }
    }

    /// A workspace of the first schema holds its files whole.
    #[test]
    fn an_old_workspace_is_brought_up_to_date() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("old.truedown");
        let old = Connection::open(&path).unwrap();
        old.execute_batch(schema::MIGRATIONS[0]).unwrap();
        old.execute_batch("PRAGMA application_id = 0x5452444E; PRAGMA user_version = 1;").unwrap();
        let text = b"App,Plan,Seats purchased,Price per seat\nIntercom,Essential,50,29\n".as_slice();
        old.execute("INSERT INTO content VALUES ('00', ?1)", [text]).unwrap();
        old.execute("INSERT INTO import VALUES (1, 'contracts.csv', '00', NULL)", []).unwrap();
        old.execute(r#"INSERT INTO change VALUES (1, '', '{"change":"import","id":1,"added":true}')"#, []).unwrap();
        drop(old);
        let workspace = Store::open(&path).unwrap().load(&Profiles::builtin().unwrap()).unwrap();
        assert_eq!(workspace.imports[&ImportId(1)].records.len(), 1);
    }

    #[test]
    fn err_newer_and_foreign_files() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("b.truedown");
        assert!(Store::open(&path).unwrap_err().to_string().contains("cannot be opened"));
        assert!(!path.exists());
        drop(Store::open_or_make(&path).unwrap());
        let check = |pragma: &str, expect: &str| {
            Connection::open(&path).unwrap().execute_batch(pragma).unwrap();
            let message = Store::open(&path).unwrap_err().to_string();
            assert!(message.contains(expect), "{message}");
        };
        check("PRAGMA user_version = 99", "newer Truedown (schema 99; this one knows 4)");
        check("PRAGMA user_version = 2; PRAGMA application_id = 7", "is not a Truedown workspace");
        let text = folder.path().join("notes.txt");
        let before = "not a database, just a text of some length to be read as one".repeat(40);
        #[expect(clippy::disallowed_methods, reason = "a test's own input")]
        std::fs::write(&text, &before).unwrap();
        assert!(Store::open(&text).is_err());
        assert_eq!(std::fs::read_to_string(&text).unwrap(), before);
    }
}
