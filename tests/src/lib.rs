//! Acceptance tests of Tegata against a running edge. The tests themselves are in `tests/`.
