//! The line protocol, free of I/O policy: splitting bytes into lines, classifying a line, encoding one.

pub(crate) mod call_id;
pub(crate) mod capability;
pub(crate) mod encode;
pub(crate) mod frame;
pub(crate) mod lines;
mod members;
