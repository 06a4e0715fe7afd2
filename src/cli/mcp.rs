//! `hcpcs mcp`: answers an agent over standard input and output.

use std::path::PathBuf;

use super::print::Outcome;
use super::{Run, place};

pub(crate) fn run(index: Option<PathBuf>) -> Run {
    hcpcs::server::serve_mcp(&place::ready(index)?)?;
    Ok(Outcome::Found)
}
