//! The Python classes of the model's parts.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;

macro_rules! classes {
    ($($module:literal { $($field:ident = $class:literal,)* })*) => {
        /// The classes, looked up once.
        pub(crate) struct Classes {
            $($(pub(crate) $field: Py<PyAny>,)*)*
        }

        impl Classes {
            /// The classes of the package. They are looked up at the first use, not at import, since the package's
            /// modules import the native one first.
            pub(crate) fn of(py: Python<'_>) -> PyResult<&'static Classes> {
                static CLASSES: PyOnceLock<Classes> = PyOnceLock::new();
                CLASSES.get_or_try_init(py, || {
                    $(let module = py.import(concat!("patra.", $module))?;
                    $(let $field = module.getattr($class)?.unbind();)*)*
                    Ok(Classes { $($($field,)*)* })
                })
            }
        }
    };
}

classes! {
    "text" {
        text = "Text",
        strong = "Strong",
        emphasis = "Emphasis",
        superscript = "Superscript",
        subscript = "Subscript",
        strikeout = "Strikeout",
        code = "Code",
        math_run = "MathRun",
        link = "Link",
        gap = "Gap",
        tagged = "Tagged",
        line_break = "Break",
    }
    "model" {
        section = "Section",
        definition = "Definition",
        entry = "Entry",
        terms = "Terms",
        subject = "Subject",
        aspect = "Aspect",
        comparison = "Comparison",
        column = "Column",
        row = "Row",
        table = "Table",
        list_item = "ListItem",
        list = "List",
        paragraph = "Paragraph",
        verse = "Verse",
        note = "Note",
        quote = "Quote",
        code_block = "CodeBlock",
        math = "Math",
        region = "Region",
        figure = "Figure",
        choice = "Choice",
        question = "Question",
        cloze = "Cloze",
    }
    "practice" {
        item = "Item",
        members = "Members",
        row_cell = "RowCell",
        gap_answer = "GapAnswer",
        choices = "Choices",
    }
    "errors" {
        diagnostic = "Diagnostic",
        model_error = "ModelError",
        export_error = "ExportError",
        internal_error = "InternalError",
    }
}
