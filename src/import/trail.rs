use std::io::{self, Read};

/// Bytes a row may have. A longer one is a quote that is never closed, and must not take all memory.
const MOST_OF_A_ROW: usize = 128 * 1024 * 1024;

/// Passes text on and keeps it from the beginning of the row under way: for the line the row stands on, for the quotes in
/// it, and to write it as it was.
pub(super) struct Trail<R> {
    inner: R,
    /// Text that is kept, behind `passed` bytes that are no longer wanted.
    kept: Vec<u8>,
    passed: usize,
    /// The place in the text of the first byte wanted.
    from: u64,
    /// Line ends before it.
    lines: u64,
    line_end: u8,
    quote: u8,
    delimiter: u8,
    /// The reader above was told that the text has ended.
    ended: bool,
    /// It has not; the row is too long.
    cut: bool,
}

impl<R: Read> Trail<R> {
    pub(super) fn new(inner: R, line_end: u8, quote: u8, delimiter: u8) -> Self {
        Self {
            inner,
            kept: Vec::new(),
            passed: 0,
            from: 0,
            lines: 0,
            line_end,
            quote,
            delimiter,
            ended: false,
            cut: false,
        }
    }

    fn wanted(&self) -> &[u8] {
        self.kept.get(self.passed..).unwrap_or_default()
    }

    /// Text from the first byte wanted to a place.
    pub(super) fn text_to(&self, place: u64) -> &[u8] {
        let length = usize::try_from(place.saturating_sub(self.from)).unwrap_or(usize::MAX);
        self.wanted().get(..length).unwrap_or_else(|| self.wanted())
    }

    /// Lets go of what is before a place and of the line ends behind it; returns where the text goes on, and the line
    /// ends before that. Places do not go back.
    pub(super) fn pass_to(&mut self, place: u64) -> (u64, u64) {
        self.let_go_to(place);
        let blank = self.wanted().iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        self.let_go_to(self.from + blank as u64);
        (self.from, self.lines)
    }

    /// Lets go of what is before a place.
    pub(super) fn let_go_to(&mut self, place: u64) {
        let length = self.text_to(place).len();
        let gone = self.wanted().get(..length).unwrap_or_default();
        self.lines += gone.iter().filter(|byte| **byte == self.line_end).count() as u64;
        self.from += length as u64;
        self.passed += length;
    }

    /// Whether a row that ends at a place ends because the text does, within a quote.
    pub(super) fn is_left_open(&self, end: u64) -> bool {
        let row = self.text_to(end);
        let odd = || row.iter().filter(|byte| **byte == self.quote).count() % 2 == 1;
        // A quote opens a cell only where the cell begins: `15" screen` is text.
        let begins = |pair: &[u8]| {
            pair.last() == Some(&self.quote)
                && pair.first().is_some_and(|b| *b == self.delimiter || matches!(b, b'\r' | b'\n'))
        };
        let opened = || row.first() == Some(&self.quote) || row.windows(2).any(begins);
        self.ended && row.len() == self.wanted().len() && (self.cut || (odd() && opened()))
    }

    /// Lines from the first byte wanted to the end of the text, without blank ones there.
    pub(super) fn lines_to_the_end(&mut self) -> io::Result<usize> {
        let (mut ends, mut lines, line_end) = (0, 0, self.line_end);
        let mut count = |text: &[u8]| {
            for byte in text {
                if *byte == line_end {
                    ends += 1;
                } else if !byte.is_ascii_whitespace() {
                    lines = ends + 1;
                }
            }
        };
        count(self.wanted());
        let mut buffer = vec![0; 64 * 1024];
        loop {
            let read = self.inner.read(&mut buffer)?;
            if read == 0 {
                return Ok(lines);
            }
            count(buffer.get(..read).unwrap_or_default());
        }
    }
}

impl<R: Read> Read for Trail<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.cut |= self.wanted().len() > MOST_OF_A_ROW;
        self.ended |= self.cut;
        if self.ended {
            return Ok(0);
        }
        let read = self.inner.read(buffer)?;
        self.ended = read == 0;
        // Moved only when it is worth it: each byte once for each time it is kept.
        if self.passed > self.kept.len() / 2 {
            self.kept.drain(..self.passed);
            self.passed = 0;
        }
        self.kept.extend_from_slice(buffer.get(..read).unwrap_or_default());
        Ok(read)
    }
}
