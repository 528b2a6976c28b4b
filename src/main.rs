//! The `pathquiz` program.

fn main() {}
