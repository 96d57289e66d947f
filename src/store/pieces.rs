//! Files in pieces: SQLite takes no more than 1 GB at once, and nobody wants it all in memory.

use std::io::{self, Read, Write};

use rusqlite::{Connection, OptionalExtension, params};

use crate::import::Content;

/// Bytes of a piece.
const PIECE: usize = 1 << 20;

/// Writes a file's pieces.
pub(super) struct Writer<'c> {
    connection: &'c Connection,
    sha256: &'c str,
    piece: Vec<u8>,
    number: u32,
    size: i64,
}

impl<'c> Writer<'c> {
    pub(super) fn new(connection: &'c Connection, sha256: &'c str) -> Self {
        Self { connection, sha256, piece: Vec::with_capacity(PIECE), number: 0, size: 0 }
    }

    /// Writes what is left over; returns the number of bytes in all.
    pub(super) fn finish(mut self) -> io::Result<i64> {
        self.flush()?;
        Ok(self.size)
    }
}

impl Write for Writer<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = PIECE - self.piece.len();
        let taken = bytes.get(..room).unwrap_or(bytes);
        self.piece.extend_from_slice(taken);
        self.size += taken.len() as i64;
        if self.piece.len() == PIECE {
            self.flush()?;
        }
        Ok(taken.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.piece.is_empty() {
            return Ok(());
        }
        self.connection
            .prepare_cached("INSERT INTO piece (sha256, number, bytes) VALUES (?1, ?2, ?3)")
            .and_then(|mut insert| insert.execute(params![self.sha256, self.number, self.piece]))
            .map_err(io::Error::other)?;
        self.number += 1;
        self.piece.clear();
        Ok(())
    }
}

/// A file in a workspace.
#[derive(Debug)]
pub(super) struct Kept<'c> {
    connection: &'c Connection,
    sha256: String,
    size: u64,
}

impl<'c> Kept<'c> {
    pub(super) fn new(connection: &'c Connection, sha256: String, size: i64) -> Self {
        Self { connection, sha256, size: u64::try_from(size).unwrap_or(0) }
    }
}

impl Content for Kept<'_> {
    fn size(&self) -> u64 {
        self.size
    }

    fn open(&self) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(Reader { kept: self, number: 0, piece: Vec::new(), read: 0 }))
    }
}

/// Reads a file's pieces one after the other.
struct Reader<'k> {
    kept: &'k Kept<'k>,
    number: u32,
    piece: Vec<u8>,
    read: usize,
}

impl Read for Reader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.read == self.piece.len() {
            let piece = self
                .kept
                .connection
                .prepare_cached("SELECT bytes FROM piece WHERE sha256 = ?1 AND number = ?2")
                .and_then(|mut select| {
                    select.query_row(params![self.kept.sha256, self.number], |row| row.get(0)).optional()
                })
                .map_err(io::Error::other)?;
            self.piece = piece.unwrap_or_default();
            self.number += 1;
            self.read = 0;
        }
        let read = self.piece.get(self.read..).unwrap_or_default().read(buffer)?;
        self.read += read;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Store;
    use super::*;

    #[test]
    fn pieces_are_the_whole() {
        let store = Store::in_memory(true).unwrap();
        for size in [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 7] {
            let sha256 = size.to_string();
            let bytes: Vec<u8> = (0..size).map(|at| (at * 7 % 251) as u8).collect();
            store.connection.execute("INSERT INTO content (sha256, size) VALUES (?1, 0)", [&sha256]).unwrap();
            let mut writer = Writer::new(&store.connection, &sha256);
            writer.write_all(&bytes).unwrap();
            assert_eq!(writer.finish().unwrap(), size as i64);
            let mut read = Vec::new();
            Kept::new(&store.connection, sha256, size as i64).open().unwrap().read_to_end(&mut read).unwrap();
            assert!(read == bytes, "{size} bytes");
        }
    }
}
