//! Everything about one code: details, annotations, history, nearest codes.

pub(crate) mod annotations;
pub(crate) mod crosswalks;
pub(crate) mod field_values;

pub(crate) mod details;

pub(crate) mod missing_code;
pub(crate) mod nearest;
pub(crate) mod versions;
