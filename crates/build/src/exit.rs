//! How a run ended.

use std::process::ExitCode;

/// How a run of the command ended. Of several, the last in this order counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
#[must_use]
pub enum Exit {
    /// All was done; there may have been warnings.
    #[default]
    Done,
    /// A material has errors.
    Material,
    /// A file could not be read or written.
    File,
    /// The command was used wrongly.
    Usage,
}

impl Exit {
    /// The code that the process ends with: 0 done, 1 the material has errors, 2 wrong usage, 3 a file could not be read
    /// or written.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Exit::Done => 0,
            Exit::Material => 1,
            Exit::Usage => 2,
            Exit::File => 3,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit.code())
    }
}
