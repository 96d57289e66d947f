use std::fmt;
use std::io::{self, Read};
use std::rc::Rc;
use std::sync::Arc;

/// Where the bytes of a file come from: memory, a disk, a workspace. They are read several times, a piece at a time, so
/// that a file may be larger than memory.
pub trait Content: fmt::Debug {
    /// Number of bytes.
    fn size(&self) -> u64;

    /// The bytes from the beginning.
    ///
    /// # Errors
    /// Those of the disk or database the bytes are on.
    fn open(&self) -> io::Result<Box<dyn Read + '_>>;
}

impl Content for Vec<u8> {
    fn size(&self) -> u64 {
        self.len() as u64
    }

    fn open(&self) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(self.as_slice()))
    }
}

impl Content for &'static [u8] {
    fn size(&self) -> u64 {
        self.len() as u64
    }

    fn open(&self) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(*self))
    }
}

/// A file as received.
#[derive(Clone, Debug)]
pub struct Source<'c> {
    /// The name the user knows it by; relative to the folder it was found in.
    pub name: Arc<str>,
    /// All of its bytes.
    pub content: Rc<dyn Content + 'c>,
}

impl<'c> Source<'c> {
    /// A file of that name.
    pub fn new(name: impl Into<Arc<str>>, content: impl Content + 'c) -> Self {
        Self { name: name.into(), content: Rc::new(content) }
    }

    /// All bytes at once.
    ///
    /// # Errors
    /// Those of [`Content::open`], and [`io::ErrorKind::FileTooLarge`] for more than `most` bytes.
    pub(super) fn whole(&self, most: u64) -> io::Result<Vec<u8>> {
        at_once(self.content.open()?, most)
    }
}

/// All that a reader gives, unless it is more than `most` bytes.
pub(super) fn at_once(from: impl Read, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = from.take(most + 1).read_to_end(&mut bytes)? as u64;
    if read > most {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(bytes)
}
