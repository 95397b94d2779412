//! Fields: what Word computes and shows, by an instruction that it doesn't (ECMA-376, 17.16).

/// A field that is open.
#[derive(Clone, Debug, Default)]
pub(super) struct Field {
    /// The instruction.
    pub instruction: String,
    /// Whether its result has begun.
    pub shown: bool,
}

impl Field {
    /// The name of the field, in capitals.
    pub(super) fn name(&self) -> String {
        self.instruction.split_whitespace().next().unwrap_or_default().to_ascii_uppercase()
    }

    /// Whether the field is a table of contents.
    pub(super) fn is_contents(&self) -> bool {
        matches!(self.name().as_str(), "TOC" | "TOA" | "INDEX")
    }

    /// The address that the field leads to.
    pub(super) fn link(&self) -> Option<String> {
        if self.name() != "HYPERLINK" {
            return None;
        }
        let mut parts = arguments(&self.instruction).into_iter().skip(1).peekable();
        let mut address = None;
        while let Some(part) = parts.next() {
            match part.as_str() {
                // A place within a document, the words to show above it, the window to open it in.
                "\\l" | "\\o" | "\\t" => drop(parts.next()),
                switch if switch.starts_with('\\') => {}
                _ => address = address.or(Some(part)),
            }
        }
        address.filter(|address| !address.is_empty())
    }

    /// The fraction that `EQ \f(a,b)` sets, in LaTeX; `None` for what else such fields set.
    pub(super) fn fraction(&self) -> Option<String> {
        let rest = self.instruction.trim().strip_prefix("EQ")?.trim();
        let inside = rest.strip_prefix("\\f(").or_else(|| rest.strip_prefix("\\F("))?.strip_suffix(')')?;
        let (top, below) = inside.split_once([',', ';'])?;
        let simple = |part: &str| !part.contains(['\\', '(', ')', ',', '{', '}']);
        (simple(top) && simple(below)).then(|| format!("\\frac{{{}}}{{{}}}", top.trim(), below.trim()))
    }
}

/// The parts of an instruction; what stands in quotes is one.
fn arguments(instruction: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut part = String::new();
    let mut quoted = false;
    for c in instruction.chars() {
        match c {
            '"' | '“' | '”' => {
                quoted = !quoted;
                if !quoted {
                    parts.push(std::mem::take(&mut part));
                }
            }
            c if c.is_whitespace() && !quoted => {
                if !part.is_empty() {
                    parts.push(std::mem::take(&mut part));
                }
            }
            c => part.push(c),
        }
    }
    if !part.is_empty() {
        parts.push(part);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instructions_are_understood() {
        let field = |instruction: &str| Field { instruction: instruction.to_owned(), shown: false };
        assert_eq!(
            field(" HYPERLINK \"https://a.example/x y\" \\o \"tip\" ").link().as_deref(),
            Some("https://a.example/x y")
        );
        assert_eq!(field("HYPERLINK \\l \"_Toc1\"").link(), None);
        assert_eq!(field("PAGEREF _Toc1 \\h").link(), None);
        assert!(field(" TOC \\o \"1-3\"").is_contents());
        assert_eq!(field(" EQ \\f(1,2)").fraction().as_deref(), Some("\\frac{1}{2}"));
        assert_eq!(field("EQ \\s\\up5(a)").fraction(), None);
    }
}
