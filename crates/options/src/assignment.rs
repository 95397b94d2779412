//! An option with a value.

use patra_core::Span;

use crate::declaration::{OptionSpec, Values};
use crate::options::Options;
use crate::value::Value;

/// An option with a value that it takes.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Assignment {
    /// The option.
    pub option: &'static OptionSpec,
    /// Its value.
    pub value: Value,
    /// Place of the value in the file of a book; [`Span::NONE`] where it comes from elsewhere.
    pub span: Span,
}

impl Assignment {
    /// An option with a value of its own kind, as [`OptionSpec::parse`] gives it. A value of another kind sets nothing.
    #[must_use]
    pub fn new(option: &'static OptionSpec, value: Value, span: Span) -> Self {
        Assignment { option, value, span }
    }

    /// Whether it is of this option.
    #[must_use]
    pub fn is_of(&self, option: &OptionSpec) -> bool {
        self.option.name == option.name
    }

    /// Puts the value into the options.
    pub(crate) fn apply(&self, options: &mut Options) {
        match (&self.option.values, &self.value) {
            (Values::Switch(set), Value::On) => set(options),
            (Values::One(_) | Values::Several(..), Value::Choice(choice)) => (choice.set)(options),
            (Values::Several(_, clear), Value::None) => clear(options),
            (Values::Whole(set), Value::Whole(number)) => set(options, *number),
            (Values::Count(set), Value::Count(count)) => set(options, *count),
            (Values::Lengths(lengths), Value::Lengths(millimetres)) => (lengths.set)(options, millimetres),
            (Values::NameOrFile(_, set), Value::Path(name)) => set(options, name.clone()),
            (Values::Files(set), Value::Path(path)) => set(options, path.into()),
            (values, value) => debug_assert!(false, "{value:?} is not of {values:?}"),
        }
    }
}
