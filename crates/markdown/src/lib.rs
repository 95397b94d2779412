//! patra's Markdown: source text to model, and model to source text.
