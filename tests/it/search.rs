//! `hcpcs search`, and the answers of the library.

mod charge_lines;
mod codes;
mod filters;
mod hidden;
mod output;
mod paging;
mod properties;
mod words;
