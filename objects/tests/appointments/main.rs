//! Appointments in the customer's object and at its provider, while a zone's rules change. The rules are set once for a
//! whole process, so these tests are a program of their own.

mod outage;
mod support;
mod zones;
