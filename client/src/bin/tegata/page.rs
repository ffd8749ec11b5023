//! What the local pages of the Viewer and of the agent have in common: the frame of every page, the texts in the person's
//! language, the entrance, and how such a program is opened and ended. The pages themselves are in `open` and `machine`.

pub(crate) mod door;
pub(crate) mod frame;
pub(crate) mod opening;
pub(crate) mod session;
