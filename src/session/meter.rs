use std::cell::{Cell, RefCell};
use std::fmt;
use std::io::{self, Read};
use std::rc::Rc;

use crate::import::{Content, Source};

/// How far an import is.
#[derive(Clone, Copy, Debug)]
pub struct Step<'a> {
    /// The file under way.
    pub file: &'a str,
    /// Its number, from 0.
    pub number: usize,
    /// Bytes of all files that are done with.
    pub done: u64,
    /// Bytes of all files.
    pub of: u64,
}

/// How often a file is gone through from end to end: to look at it, to prove its dates, for its records, and to keep it.
const PASSES: u64 = 4;

/// Counts the bytes of an import as they are read, and stops it where somebody asks for that.
pub(super) struct Meter<'w> {
    tell: RefCell<&'w mut dyn FnMut(&Step<'_>) -> bool>,
    files: Vec<Rc<str>>,
    sizes: Vec<u64>,
    /// The file under way; once all are read, they are kept in the same order.
    number: Cell<usize>,
    /// Bytes read in all passes.
    read: Cell<u64>,
    stopped: Cell<bool>,
}

impl<'w> Meter<'w> {
    pub(super) fn new(sources: &[Source<'_>], tell: &'w mut dyn FnMut(&Step<'_>) -> bool) -> Self {
        Self {
            tell: RefCell::new(tell),
            files: sources.iter().map(|source| Rc::from(&*source.name)).collect(),
            sizes: sources.iter().map(|source| source.content.size()).collect(),
            number: Cell::new(0),
            read: Cell::new(0),
            stopped: Cell::new(false),
        }
    }

    /// The same file, its bytes counted.
    pub(super) fn watch<'m>(&'m self, source: &Source<'m>) -> Source<'m>
    where
        'w: 'm,
    {
        Source::new(source.name.clone(), Watched { content: source.content.clone(), meter: self })
    }

    /// A file has its records; what was not read of it need not be.
    pub(super) fn file_is_read(&self) {
        self.number.set(self.number.get() + 1);
        let before: u64 = self.sizes.iter().take(self.number.get()).sum();
        self.read.set(self.read.get().max(before * (PASSES - 1)));
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.stopped.get()
    }

    fn add(&self, bytes: usize) -> io::Result<()> {
        self.read.set(self.read.get() + bytes as u64);
        let of: u64 = self.sizes.iter().sum();
        let number = self.number.get();
        // Each file may be looked into more often than that, never less.
        let most: u64 = self.sizes.iter().take(number + 1).sum::<u64>() * PASSES;
        let step = Step {
            file: self.files.get(number).or(self.files.last()).map_or("", |name| &**name),
            number,
            done: self.read.get().min(most) / PASSES,
            of,
        };
        let goes_on = self.tell.try_borrow_mut().map_or(true, |mut tell| tell(&step));
        if !goes_on {
            self.stopped.set(true);
        }
        if self.is_stopped() { Err(io::Error::other("stopped")) } else { Ok(()) }
    }
}

struct Watched<'m, 'w> {
    content: Rc<dyn Content + 'm>,
    meter: &'m Meter<'w>,
}

impl fmt::Debug for Watched<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.content.fmt(f)
    }
}

impl Content for Watched<'_, '_> {
    fn size(&self) -> u64 {
        self.content.size()
    }

    fn open(&self) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(Reading { bytes: self.content.open()?, meter: self.meter }))
    }
}

struct Reading<'m, 'w> {
    bytes: Box<dyn Read + 'm>,
    meter: &'m Meter<'w>,
}

impl Read for Reading<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(buffer)?;
        self.meter.add(read)?;
        Ok(read)
    }
}
