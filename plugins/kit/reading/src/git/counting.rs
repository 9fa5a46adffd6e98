use std::io::{BufRead, Read, Result};

/// Knows how far it has been read.
#[derive(Debug)]
pub struct Counting<R> {
    inner: R,
    read: u64,
}

impl<R> Counting<R> {
    pub const fn new(inner: R) -> Self {
        Self { inner, read: 0 }
    }

    /// How many bytes have been read.
    pub const fn position(&self) -> u64 {
        self.read
    }
}

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let count = self.inner.read(buffer)?;
        self.read += count as u64;
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Counting<R> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.read += count as u64;
        self.inner.consume(count);
    }
}
