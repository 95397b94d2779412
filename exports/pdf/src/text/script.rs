//! Scripts: which a language is written in, and by which letter a font is known to have one.

/// A letter by which it is told whether a font is made for a script.
pub(super) fn sample(script: &str) -> Option<char> {
    Some(match script {
        "Latn" => 'n',
        "Grek" => 'α',
        "Cyrl" => 'н',
        "Deva" => 'क',
        "Beng" => 'ক',
        "Gujr" => 'ક',
        "Guru" => 'ਕ',
        "Orya" => 'କ',
        "Taml" => 'க',
        "Telu" => 'క',
        "Knda" => 'ಕ',
        "Mlym" => 'ക',
        "Arab" | "Aran" => 'ک',
        "Hani" | "Hans" | "Hant" | "Jpan" => '一',
        "Hira" => 'あ',
        "Hang" | "Kore" => '한',
        "Hebr" => 'א',
        "Thai" => 'ก',
        "Tibt" => 'ཀ',
        "Sinh" => 'ක',
        "Mtei" => 'ꯀ',
        "Olck" => 'ᱚ',
        "Tirh" => '𑒏',
        _ => return None,
    })
}

/// The script a language is usually written in, by ISO 15924 code.
pub(super) fn script_of(language: &patra_core::Language) -> &str {
    if let Some(script) = language.script() {
        return script;
    }
    match language.primary() {
        "hi" | "mr" | "ne" | "sa" | "kok" | "mai" | "bho" | "doi" | "brx" | "awa" | "mag" | "bgc" | "raj" => "Deva",
        "bn" | "as" | "mni" => "Beng",
        "gu" => "Gujr",
        "pa" => "Guru",
        "or" => "Orya",
        "ta" => "Taml",
        "te" => "Telu",
        "kn" => "Knda",
        "ml" => "Mlym",
        "sat" => "Olck",
        "ur" | "ks" | "sd" | "ar" | "fa" => "Arab",
        _ => "Latn",
    }
}

pub(super) fn is_strong(script: unicode_script::Script) -> bool {
    use unicode_script::Script;
    !matches!(script, Script::Common | Script::Inherited | Script::Unknown)
}
