use rusqlite::Connection;

use super::StoreError;

/// "TRDN" in the database header: whose file it is.
const APPLICATION_ID: i64 = 0x5452_444E;

/// What brings a schema to the next version; the first makes it. Never altered once released, only added to.
pub(super) const MIGRATIONS: [&str; 4] = [
    // 1: files as received, their content kept once, and the log of changes.
    "CREATE TABLE content (sha256 TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
     CREATE TABLE import (
         id INTEGER PRIMARY KEY,
         name TEXT NOT NULL,
         sha256 TEXT NOT NULL REFERENCES content (sha256),
         placing TEXT
     ) STRICT;
     CREATE TABLE change (seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, body TEXT NOT NULL) STRICT;",
    // 2: files of any size, in pieces.
    "CREATE TABLE piece (
         sha256 TEXT NOT NULL REFERENCES content (sha256),
         number INTEGER NOT NULL,
         bytes BLOB NOT NULL,
         PRIMARY KEY (sha256, number)
     ) STRICT;
     INSERT INTO piece (sha256, number, bytes) SELECT sha256, 0, bytes FROM content;
     ALTER TABLE content ADD COLUMN size INTEGER NOT NULL DEFAULT 0;
     UPDATE content SET size = length(bytes);
     ALTER TABLE content DROP COLUMN bytes;",
    // 3: the log may hold entries of the user's own catalog, of which older programs know nothing.
    "",
    // 4: who made a change.
    "ALTER TABLE change ADD COLUMN who TEXT NOT NULL DEFAULT '';",
];

/// Checks whose file it is and carries out the migrations it lacks, all in one transaction.
pub(super) fn prepare(mut connection: Connection, path: &str) -> Result<Connection, StoreError> {
    let pragma = |name: &str| connection.query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, i64>(0));
    let foreign = |_| StoreError::Foreign(path.to_owned());
    let (application, version) = (pragma("application_id").map_err(foreign)?, pragma("user_version")?);
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let new = tables == 0 && application == 0 && version == 0;
    if !new && application != APPLICATION_ID {
        return Err(StoreError::Foreign(path.to_owned()));
    }
    let known = MIGRATIONS.len() as i64;
    if version > known {
        return Err(StoreError::Newer { path: path.to_owned(), found: version, known });
    }
    // Readers do not block the writer, and a crash leaves the last commit.
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    connection.execute_batch("PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL;")?;
    let done = usize::try_from(version).unwrap_or(0);
    if done < MIGRATIONS.len() {
        let transaction = connection.transaction()?;
        for migration in MIGRATIONS.iter().skip(done) {
            transaction.execute_batch(migration)?;
        }
        transaction
            .execute_batch(&format!("PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {known};"))?;
        transaction.commit()?;
    }
    Ok(connection)
}
