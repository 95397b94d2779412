//! Which language a text is in, as far as its script tells.

use patra_core::Language;

/// The language that the script of most letters stands for; `None` where there is no letter of a script known here.
pub(crate) fn language(text: &str) -> Option<Language> {
    const TAGS: [&str; 11] = ["hi", "bn", "pa", "gu", "or", "ta", "te", "kn", "ml", "ur", "en"];
    let mut counts = [0_usize; TAGS.len()];
    for c in text.chars() {
        let script = match c {
            'a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{24F}' => 10,
            '\u{900}'..='\u{97F}' => 0,
            '\u{980}'..='\u{9FF}' => 1,
            '\u{A00}'..='\u{A7F}' => 2,
            '\u{A80}'..='\u{AFF}' => 3,
            '\u{B00}'..='\u{B7F}' => 4,
            '\u{B80}'..='\u{BFF}' => 5,
            '\u{C00}'..='\u{C7F}' => 6,
            '\u{C80}'..='\u{CFF}' => 7,
            '\u{D00}'..='\u{D7F}' => 8,
            '\u{600}'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{FB50}'..='\u{FDFF}' => 9,
            _ => continue,
        };
        counts[script] += 1;
    }
    // Latin letters stand in Hindi text too, in names and code; the text is Latin only where most letters are.
    let (script, count) = counts.iter().enumerate().max_by_key(|&(index, count)| (*count, std::cmp::Reverse(index)))?;
    if *count == 0 { None } else { TAGS[script].parse().ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_tells_the_language() {
        let tag = |text: &str| language(text).map(|l| l.to_string());
        assert_eq!(tag("BPO एक सेवा है").as_deref(), Some("hi"));
        assert_eq!(tag("एक BPO service"), Some("en".into()));
        assert_eq!(tag("এটি বাংলা").as_deref(), Some("bn"));
        assert_eq!(tag("یہ اردو ہے").as_deref(), Some("ur"));
        assert_eq!(tag("ਪੰਜਾਬੀ").as_deref(), Some("pa"));
        assert_eq!(tag("123 …"), None);
    }
}
