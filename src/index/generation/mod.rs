//! A generation is one immutable file, and the switch to it is atomic.

pub(crate) mod blocks;
pub(crate) mod bundle;
pub(crate) mod disk;
pub(crate) mod indexed_release;
pub(crate) mod indexed_source;
pub(crate) mod joint_postings;
pub(crate) mod manifest;
pub(crate) mod packing;
mod postings;
pub(crate) mod reader;
pub(crate) mod shortcomings;
pub(crate) mod status;
pub(crate) mod verification;
pub(crate) mod write_lock;
