//! `hcpcs search`, and the answers of the library.

mod charge_lines;
mod code_lists;
mod codes;
mod crosswalks;
mod doses;
mod drug_codes;
mod filters;
mod hidden;
mod kinds;
mod left_out;
mod near_misses;
mod output;
mod paging;
mod pasted_rows;
mod plain_speech;
mod properties;
mod ranges;
mod respelled;
mod trade_lines;
mod words;
