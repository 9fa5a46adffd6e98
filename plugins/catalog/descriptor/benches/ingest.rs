//! Times reading.

fn main() {}
