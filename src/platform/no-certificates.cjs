// Stands for the libraries that read certificates of authenticators (xtask/src/build.rs): src/platform/passkeys.js turns away what
// would need them, before it comes to them.
