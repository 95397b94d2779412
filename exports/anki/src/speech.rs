//! The voice that reads a card aloud.

use patra_core::Language;

/// The locale that Anki asks a device's voices for, such as `hi_IN`: the region that the language names, else the one where
/// voices for it are found most. `None` where no system has a voice for the language.
pub(crate) fn locale(language: &Language) -> Option<String> {
    const REGIONS: [(&str, &str); 15] = [
        ("as", "IN"),
        ("bn", "IN"),
        ("en", "US"),
        ("gu", "IN"),
        ("hi", "IN"),
        ("kn", "IN"),
        ("ml", "IN"),
        ("mr", "IN"),
        ("ne", "NP"),
        ("or", "IN"),
        ("pa", "IN"),
        ("sa", "IN"),
        ("ta", "IN"),
        ("te", "IN"),
        ("ur", "PK"),
    ];
    let tag = language.to_string();
    let named = tag.split('-').skip(1).find(|part| part.len() == 2);
    let usual = REGIONS.iter().find(|(primary, _)| *primary == language.primary()).map(|(_, region)| *region);
    let region = named.or(usual)?;
    Some(format!("{}_{region}", language.primary()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_is_what_anki_asks_for() {
        let of = |tag: &str| locale(&tag.parse().expect("a tag"));
        assert_eq!(of("hi").as_deref(), Some("hi_IN"));
        assert_eq!(of("en-IN").as_deref(), Some("en_IN"));
        assert_eq!(of("pa-Arab-PK").as_deref(), Some("pa_PK"));
        assert_eq!(of("kok"), None);
    }
}
