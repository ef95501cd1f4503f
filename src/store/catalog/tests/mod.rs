//! What no test through the front door can reach: items of any shape, rows of any content, a database at its limit.

mod limits;
mod names;
mod rows;
