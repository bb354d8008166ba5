//! wirecopy
fn main() {}
