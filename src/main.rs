//! `hcpcs`, the program: it calls the command line and nothing else.

fn main() {}
