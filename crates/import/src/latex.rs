//! Signs, letters and words as LaTeX has them, for formulas in other forms.

/// Names of functions, which are upright and commands of their own.
pub(crate) const FUNCTIONS: [&str; 20] = [
    "sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "log", "ln", "lim", "max", "min", "exp", "det",
    "gcd", "arcsin", "arccos", "arctan",
];

/// A sign that opens or closes, after `\left` or `\right`.
pub(crate) fn delimiter(sign: &str) -> String {
    match sign {
        "" => ".".to_owned(),
        "{" => "\\{".to_owned(),
        "}" => "\\}".to_owned(),
        "‖" => "\\|".to_owned(),
        "⟨" | "〈" => "\\langle ".to_owned(),
        "⟩" | "〉" => "\\rangle ".to_owned(),
        "⌈" => "\\lceil ".to_owned(),
        "⌉" => "\\rceil ".to_owned(),
        "⌊" => "\\lfloor ".to_owned(),
        "⌋" => "\\rfloor ".to_owned(),
        sign => sign.to_owned(),
    }
}

/// Words in `\text{…}`.
pub(crate) fn text(words: &str) -> String {
    let mut out = String::new();
    for c in words.chars() {
        match c {
            '{' | '}' | '%' | '&' | '#' | '_' | '$' => {
                out.push('\\');
                out.push(c);
            }
            '\\' => out.push_str("\\backslash "),
            c => out.push(c),
        }
    }
    out
}

/// Signs as LaTeX has them.
pub(crate) fn symbols(words: &str) -> String {
    let mut out = String::new();
    for c in words.chars() {
        if let Some((_, name)) = SIGNS.iter().find(|(sign, _)| *sign == c) {
            out.push('\\');
            out.push_str(name);
            out.push(' ');
            continue;
        }
        match c {
            '{' | '}' | '%' | '&' | '#' | '_' | '$' => {
                out.push('\\');
                out.push(c);
            }
            '\\' => out.push_str("\\backslash "),
            '−' | '–' => out.push('-'),
            '\u{2061}'..='\u{2064}' | '\u{200B}' => {}
            '\u{A0}' => out.push(' '),
            '<' => out.push_str("\\lt "),
            '>' => out.push_str("\\gt "),
            c => out.push(letter(c).unwrap_or(c)),
        }
    }
    out
}

/// The letter that a letter of mathematical script stands for: italic and bold are LaTeX's own look.
fn letter(c: char) -> Option<char> {
    let code = c as u32;
    if !(0x1D400..=0x1D49B).contains(&code) && !(0x1D5A0..=0x1D66F).contains(&code) {
        return (c == 'ℎ').then_some('h');
    }
    let at = (code - if code < 0x1D5A0 { 0x1D400 } else { 0x1D5A0 }) % 52;
    char::from_u32(if at < 26 { u32::from(b'A') + at } else { u32::from(b'a') + at - 26 })
}

const SIGNS: [(char, &str); 80] = [
    ('α', "alpha"),
    ('β', "beta"),
    ('γ', "gamma"),
    ('δ', "delta"),
    ('ε', "varepsilon"),
    ('ϵ', "epsilon"),
    ('ζ', "zeta"),
    ('η', "eta"),
    ('θ', "theta"),
    ('ι', "iota"),
    ('κ', "kappa"),
    ('λ', "lambda"),
    ('μ', "mu"),
    ('ν', "nu"),
    ('ξ', "xi"),
    ('π', "pi"),
    ('ρ', "rho"),
    ('σ', "sigma"),
    ('τ', "tau"),
    ('υ', "upsilon"),
    ('φ', "varphi"),
    ('ϕ', "phi"),
    ('χ', "chi"),
    ('ψ', "psi"),
    ('ω', "omega"),
    ('Γ', "Gamma"),
    ('Δ', "Delta"),
    ('Θ', "Theta"),
    ('Λ', "Lambda"),
    ('Ξ', "Xi"),
    ('Π', "Pi"),
    ('Σ', "Sigma"),
    ('Φ', "Phi"),
    ('Ψ', "Psi"),
    ('Ω', "Omega"),
    ('∑', "sum"),
    ('∏', "prod"),
    ('∫', "int"),
    ('∬', "iint"),
    ('∭', "iiint"),
    ('∮', "oint"),
    ('⋃', "bigcup"),
    ('⋂', "bigcap"),
    ('∪', "cup"),
    ('∩', "cap"),
    ('×', "times"),
    ('÷', "div"),
    ('±', "pm"),
    ('∓', "mp"),
    ('⋅', "cdot"),
    ('∙', "bullet"),
    ('≤', "le"),
    ('≥', "ge"),
    ('≠', "ne"),
    ('≈', "approx"),
    ('≡', "equiv"),
    ('∞', "infty"),
    ('∂', "partial"),
    ('∇', "nabla"),
    ('∈', "in"),
    ('∉', "notin"),
    ('⊂', "subset"),
    ('⊆', "subseteq"),
    ('∀', "forall"),
    ('∃', "exists"),
    ('→', "to"),
    ('←', "leftarrow"),
    ('⇒', "Rightarrow"),
    ('⇔', "Leftrightarrow"),
    ('↔', "leftrightarrow"),
    ('∠', "angle"),
    ('△', "triangle"),
    ('⊥', "perp"),
    ('∥', "parallel"),
    ('∴', "therefore"),
    ('…', "ldots"),
    ('∅', "emptyset"),
    ('∝', "propto"),
    ('∖', "setminus"),
    ('′', "prime"),
];
