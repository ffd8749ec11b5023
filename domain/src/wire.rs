//! Wire formats: encodings, JSON documents whose errors name the member at fault, pages of lists, and objects as the
//! rest of the service addresses them.

pub mod b64;
pub mod csv;
pub mod document;
pub mod json;
pub mod object;
pub mod page;
