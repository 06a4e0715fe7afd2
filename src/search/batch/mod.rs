//! Many questions at once: lines in, a JSON object for each line out.

pub(crate) mod batch;
mod piece;
pub(crate) mod question;
mod question_header;
pub(crate) mod question_reader;
mod row_cells;
pub(crate) mod shared_id;
