//! Shaping: from a word's text to its clusters, once for each distinct word.

use std::rc::Rc;

use foldhash::HashMap;
use harfrust::{Buffer, Direction, Language, Script, ShapeOptions, ShapePlan, ShaperFont, Tag};
use patra_core::{Phrase, plain_formula};
use patra_fonts::{FAMILIES, Family, Style, family_of};
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};
use unicode_script::UnicodeScript;
use unicode_segmentation::UnicodeSegmentation;

use super::cluster::{join_graphemes, split_long};
use super::script::{is_strong, sample, script_of};
use super::sign::{PLACEHOLDERS, is_sign};
use super::{Cluster, FaceId, Part, Word};
use crate::math::{Formula, Laid, typeset};

/// The tangent of the slope of what has no italic, in units of 1/16384 (11 degrees).
pub(crate) const SLANT: i32 = 3185;

/// What a word's shape depends on beside its text.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Setting {
    style: Style,
    language: u16,
    rtl: bool,
}

/// Shapes words and keeps them.
pub(crate) struct Shaper {
    fonts: Vec<Option<ShaperFont<'static, 'static>>>,
    /// Families to take letters from before all others, where they have them.
    given: Vec<&'static Family>,
    plans: HashMap<(FaceId, unicode_script::Script, bool, u16), Option<ShapePlan>>,
    words: HashMap<Setting, HashMap<Box<str>, Rc<Word>>>,
    /// Languages by number, each with the family its digits and punctuation are taken from.
    languages: Vec<(String, &'static Family)>,
    buffer: Option<Buffer>,
    next: u32,
    /// Letters of formulas.
    letters: HashMap<Cluster, Rc<Word>>,
    /// Formulas by their LaTeX, whether they stand alone, and their language; and why some can't be set.
    formulas: HashMap<(Box<str>, bool, u16), SetFormula>,
}

/// A formula that is laid out, or why it can't be.
type SetFormula = Result<Rc<Laid>, Phrase>;

/// The number of a language that the shaper knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct LanguageNumber(u16);

impl LanguageNumber {
    /// Its place among the [tags](Shaper::tags).
    pub(crate) fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// A stretch of a word in one face and script.
struct Stretch {
    start: usize,
    end: usize,
    face: FaceId,
    script: unicode_script::Script,
    /// Whether it is a sign that no font has, for which the face has a placeholder.
    lacking: bool,
}

impl Shaper {
    pub(crate) fn new() -> Self {
        Shaper {
            fonts: Vec::new(),
            given: Vec::new(),
            plans: HashMap::default(),
            words: HashMap::default(),
            languages: Vec::new(),
            buffer: None,
            next: 0,
            letters: HashMap::default(),
            formulas: HashMap::default(),
        }
    }

    /// Takes letters from these families before all others, and before any language is known.
    pub(crate) fn prefer(&mut self, families: Vec<&'static Family>) {
        self.given = families;
    }

    /// The family that texts of a script are set in: a preferred one that has its letters, or the embedded one for it.
    fn family_for(&mut self, script: &str) -> Option<&'static Family> {
        let letter = sample(script);
        let preferred = self.given.clone().into_iter().find(|family| {
            family.scripts.contains(&script)
                || letter.is_some_and(|letter| self.glyph(FaceId::of(family, Style::Regular), letter).is_some())
        });
        preferred.or_else(|| family_of(script))
    }

    /// A formula in running text of a size, or on lines of its own where `display` says so; or why it can't be set.
    pub(crate) fn formula(
        &mut self,
        tex: &str,
        display: bool,
        size: f32,
        language: LanguageNumber,
    ) -> Result<Formula, Phrase> {
        let tex = &*plain_formula(tex);
        let key = (Box::from(tex), display, language.0);
        let laid = match self.formulas.get(&key) {
            Some(known) => known.clone(),
            None => {
                let laid = typeset(tex, display, language, self).map(Rc::new);
                self.formulas.insert(key, laid.clone());
                laid
            }
        }?;
        self.next += 1;
        // Computer Modern is smaller than other designs of one size.
        Ok(Formula { number: self.next, laid, em: size * 1.16 })
    }

    /// A word of one cluster that is not shaped.
    pub(crate) fn made(&mut self, cluster: Cluster) -> Rc<Word> {
        if let Some(known) = self.letters.get(&cluster) {
            return Rc::clone(known);
        }
        self.next += 1;
        let word = Rc::new(Word {
            number: self.next,
            advance: cluster.advance,
            rtl: false,
            space: 260,
            mark_first: false,
            leading: 0.0,
            ascent: 900,
            descent: -300,
            clusters: vec![cluster.clone()],
        });
        self.letters.insert(cluster, Rc::clone(&word));
        word
    }

    /// The number of a language, by its tag.
    pub(crate) fn language(&mut self, language: &patra_core::Language) -> LanguageNumber {
        let tag = language.to_string();
        let known = self.languages.iter().position(|(known, _)| *known == tag);
        let at = known.unwrap_or_else(|| {
            let family = self.family_for(script_of(language)).unwrap_or(&FAMILIES[0]);
            self.languages.push((tag, family));
            self.languages.len() - 1
        });
        LanguageNumber(u16::try_from(at).unwrap_or(0))
    }

    /// The tags of the languages met, by number.
    pub(crate) fn tags(&self) -> Vec<String> {
        self.languages.iter().map(|(tag, _)| tag.clone()).collect()
    }

    /// The family that a language is usually set in.
    pub(crate) fn family(&self, language: LanguageNumber) -> &'static Family {
        self.languages.get(usize::from(language.0)).map_or(&FAMILIES[0], |(_, family)| family)
    }

    /// A word, shaped. Its text holds no space that a line could end at, and is of one direction.
    ///
    /// Characters that no font has are added to `missing`. A placeholder is drawn for a [sign](is_sign), and nothing for a
    /// letter.
    pub(crate) fn word(
        &mut self,
        text: &str,
        style: Style,
        language: LanguageNumber,
        rtl: bool,
        missing: &mut Vec<char>,
    ) -> Rc<Word> {
        let setting = Setting { style, language: language.0, rtl };
        if let Some(word) = self.words.get(&setting).and_then(|words| words.get(text)) {
            return Rc::clone(word);
        }
        let before = missing.len();
        let word = Rc::new(self.shape(text, style, language, rtl, missing));
        // A word that lacks a character is shaped again for each place, so that each place is reported.
        if missing.len() == before {
            self.words.entry(setting).or_default().insert(text.into(), Rc::clone(&word));
        }
        word
    }

    fn shape(
        &mut self,
        text: &str,
        style: Style,
        language: LanguageNumber,
        rtl: bool,
        missing: &mut Vec<char>,
    ) -> Word {
        let stretches = self.stretches(text, style, language, missing);
        let mut clusters = Vec::new();
        for stretch in &stretches {
            self.shape_stretch(text, stretch, style, language, rtl, &mut clusters);
        }
        let clusters = split_long(join_graphemes(text, clusters, rtl));
        let faces = || stretches.iter().filter_map(|stretch| stretch.face.face());
        let fallback = FaceId::of(self.family(language), style);
        // A space is as wide as those of the text: an emoji's would be wider than the emoji.
        let last = stretches.last().filter(|last| !last.lacking && !last.face.is_pictorial());
        let last = last.map_or(fallback, |stretch| stretch.face);
        let space = self.space(last).or_else(|| self.space(fallback)).unwrap_or(260);
        let home = fallback.face();
        self.next += 1;
        Word {
            number: self.next,
            advance: clusters.iter().fold(0_i32, |sum, cluster| sum.saturating_add(cluster.advance)),
            rtl,
            space,
            mark_first: clusters.first().is_some_and(|cluster| has_nonspacing_mark(&cluster.text)),
            leading: faces().map(|face| face.family.leading).fold(0.0, f32::max),
            ascent: faces().chain(home).map(|face| face.ascent).max().unwrap_or(900),
            descent: faces().chain(home).map(|face| face.descent).min().unwrap_or(-300),
            clusters,
        }
    }

    /// A word that draws nothing and is `advance` font units wide: room to write its like by hand.
    pub(crate) fn blank(
        &mut self,
        text: &str,
        advance: i32,
        style: Style,
        language: LanguageNumber,
        rtl: bool,
    ) -> Word {
        let home = FaceId::of(self.family(language), style);
        let face = home.face();
        self.next += 1;
        Word {
            number: self.next,
            clusters: vec![Cluster { text: text.into(), parts: Box::default(), advance }],
            advance,
            rtl,
            space: self.space(home).unwrap_or(260),
            mark_first: false,
            leading: 0.0,
            ascent: face.map_or(900, |face| face.ascent),
            descent: face.map_or(-300, |face| face.descent),
        }
    }

    /// A word whose first code stands for `before` too, and whose last code for `after`, neither of which is drawn.
    pub(crate) fn said(&mut self, word: &Word, before: &str, after: &str) -> Word {
        self.next += 1;
        let mut clusters = word.clusters.clone();
        if let Some(first) = clusters.first_mut() {
            first.text = format!("{before}{}", first.text).into();
        }
        if let Some(last) = clusters.last_mut() {
            last.text = format!("{}{after}", last.text).into();
        }
        Word { number: self.next, clusters, ..*word }
    }

    /// A word with a wider space after it.
    pub(crate) fn spaced(&mut self, word: &Word, times: f32) -> Word {
        self.next += 1;
        Word { number: self.next, clusters: word.clusters.clone(), space: (word.space as f32 * times) as i32, ..*word }
    }

    /// Some clusters of a word that is broken across lines.
    pub(crate) fn part(&mut self, word: &Word, clusters: std::ops::Range<usize>) -> Word {
        self.next += 1;
        let clusters = word.clusters[clusters].to_vec();
        Word {
            number: self.next,
            advance: clusters.iter().fold(0_i32, |sum, cluster| sum.saturating_add(cluster.advance)),
            mark_first: clusters.first().is_some_and(|cluster| has_nonspacing_mark(&cluster.text)),
            clusters,
            ..*word
        }
    }

    fn space(&mut self, id: FaceId) -> Option<i32> {
        self.glyph(id, ' ').map(|glyph| id.face().map_or(260, |face| face.advance(glyph)))
    }

    fn font(&mut self, id: FaceId) -> Option<&ShaperFont<'static, 'static>> {
        let at = usize::from(id.0);
        if self.fonts.len() <= at {
            self.fonts.resize_with(at + 1, || None);
        }
        let slot = self.fonts.get_mut(at)?;
        if slot.is_none() {
            *slot = Some(ShaperFont::new(&id.face()?.font).with_scale(1000));
        }
        slot.as_ref()
    }

    fn glyph(&mut self, id: FaceId, c: char) -> Option<u16> {
        self.font(id)?
            .nominal_glyph(u32::from(c))
            .and_then(|glyph| u16::try_from(glyph.to_u32()).ok())
            .filter(|g| *g != 0)
    }

    fn covers(&mut self, id: FaceId, grapheme: &str) -> bool {
        grapheme.chars().all(|c| is_invisible(c) || self.glyph(id, c).is_some())
    }

    /// Divides a word by the faces and scripts that its graphemes want.
    fn stretches(
        &mut self,
        text: &str,
        style: Style,
        language: LanguageNumber,
        missing: &mut Vec<char>,
    ) -> Vec<Stretch> {
        let home = self.family(language);
        let strong = text.chars().map(|c| c.script()).find(|script| is_strong(*script));
        let mut current = strong;
        let mut stretches: Vec<Stretch> = Vec::new();
        for (start, grapheme) in text.grapheme_indices(true) {
            let own = grapheme.chars().map(|c| c.script()).find(|script| is_strong(*script));
            if own.is_some() {
                current = own;
            }
            let script = current.unwrap_or(unicode_script::Script::Common);
            let by_script = current.and_then(|script| self.family_for(script.short_name()));
            let given = self.given.clone();
            let wanted = [by_script, Some(home)].into_iter().flatten().chain(given).chain(FAMILIES.iter());
            let mut face = None;
            for family in wanted {
                let id = FaceId::of(family, style);
                if self.covers(id, grapheme) {
                    face = Some(id);
                    break;
                }
            }
            let Some(face) = face else {
                let end = start + grapheme.len();
                if is_sign(grapheme) {
                    missing.extend(grapheme.chars().find(|c| !is_invisible(*c)));
                    if let Some(face) = self.placeholder().map(|(face, _)| face) {
                        stretches.push(Stretch { start, end, face, script, lacking: true });
                    }
                    continue;
                }
                let lacking = grapheme.chars().filter(|c| !is_invisible(*c));
                let lacking: Vec<char> = lacking
                    .filter(|c| {
                        !self
                            .given
                            .clone()
                            .into_iter()
                            .chain(FAMILIES)
                            .any(|family| self.glyph(FaceId::of(family, style), *c).is_some())
                    })
                    .collect();
                // Each character may have a glyph somewhere, and yet no face have all of the grapheme's.
                missing.extend(if lacking.is_empty() { grapheme.chars().skip(1).take(1).collect() } else { lacking });
                continue;
            };
            let end = start + grapheme.len();
            match stretches.last_mut() {
                Some(last) if last.face == face && last.script == script && last.end == start && !last.lacking => {
                    last.end = end;
                }
                _ => stretches.push(Stretch { start, end, face, script, lacking: false }),
            }
        }
        stretches
    }

    /// The glyph that is drawn for a sign that no font has, and its face.
    fn placeholder(&mut self) -> Option<(FaceId, u16)> {
        let drawn = PLACEHOLDERS.into_iter().flat_map(|c| FAMILIES.iter().map(move |family| (c, family)));
        drawn
            .map(|(c, family)| (c, FaceId::of(family, Style::Regular)))
            .find_map(|(c, face)| Some((face, self.glyph(face, c)?)))
    }

    /// Shapes a stretch and adds its clusters, each with the byte in the word's text at which it begins.
    fn shape_stretch(
        &mut self,
        text: &str,
        stretch: &Stretch,
        style: Style,
        language: LanguageNumber,
        rtl: bool,
        out: &mut Vec<(usize, Cluster)>,
    ) {
        let direction = if rtl { Direction::RightToLeft } else { Direction::LeftToRight };
        let script = Script::from_iso15924_tag(Tag::new(
            &stretch.script.short_name().as_bytes().first_chunk::<4>().map_or(*b"Zyyy", |tag| *tag),
        ));
        let tag = self.languages.get(usize::from(language.0)).and_then(|(tag, _)| Language::new(tag));
        let Some(face) = stretch.face.face() else { return };
        if self.font(stretch.face).is_none() {
            return;
        }
        if stretch.lacking {
            // One code, with the sign itself as its text: whoever searches or copies the paper finds it.
            if let Some((_, glyph)) = self.placeholder() {
                let part = Part { face: stretch.face, glyph, x: 0, y: 0, slanted: false };
                let text = text.get(stretch.start..stretch.end).unwrap_or_default().into();
                let advance = face.advance(glyph);
                out.push((stretch.start, Cluster { text, parts: Box::from([part]), advance }));
            }
            return;
        }
        let key = (stretch.face, stretch.script, rtl, language.0);
        let plan = self
            .plans
            .entry(key)
            .or_insert_with(|| Some(ShapePlan::new(&face.font, direction, script, tag.as_ref(), &[])));
        let Some(Some(font)) = self.fonts.get(usize::from(stretch.face.0)) else { return };

        let mut buffer = self.buffer.take().unwrap_or_default();
        buffer.reset();
        buffer.push_str(&text[stretch.start..stretch.end]);
        buffer.set_direction(direction);
        buffer.set_script(script);
        buffer.set_language(tag);
        if harfrust::shape(font, &mut buffer, ShapeOptions::new().plan(plan.as_ref())).is_err() {
            self.buffer = Some(buffer);
            return;
        }

        let slope = matches!(style, Style::Italic | Style::BoldItalic) && !stretch.face.is_italic();
        let glyphs = buffer.glyph_infos().iter().zip(buffer.glyph_positions());
        let mut shaped: Vec<(usize, Vec<Part>, i32)> = Vec::new();
        for (info, position) in glyphs {
            let at = stretch.start + info.cluster as usize;
            if shaped.last().is_none_or(|(cluster, ..)| *cluster != at) {
                shaped.push((at, Vec::new(), 0));
            }
            let Some((_, parts, advance)) = shaped.last_mut() else { continue };
            let glyph = u16::try_from(info.glyph_id).unwrap_or(0);
            if !face.outline(glyph).is_empty() {
                let y = position.y_offset;
                let lean = if slope { y * SLANT / 16384 } else { 0 };
                let x = advance.saturating_add(position.x_offset + lean);
                parts.push(Part { face: stretch.face, glyph, x, y, slanted: slope });
            }
            *advance = advance.saturating_add(position.x_advance);
        }
        self.buffer = Some(buffer);
        if rtl {
            shaped.reverse();
        }
        for i in 0..shaped.len() {
            let end = shaped.get(i + 1).map_or(stretch.end, |next| next.0);
            let (start, parts, advance) = (shaped[i].0, std::mem::take(&mut shaped[i].1), shaped[i].2);
            let text = text.get(start..end).unwrap_or_default();
            out.push((start, Cluster { text: text.into(), parts: parts.into(), advance }));
        }
    }
}

pub(crate) fn has_nonspacing_mark(text: &str) -> bool {
    text.chars().any(is_nonspacing_mark)
}

pub(super) fn is_nonspacing_mark(c: char) -> bool {
    c.general_category() == GeneralCategory::NonspacingMark
}

/// Characters that draw nothing, so that a face need not have them: joiners, direction marks, selectors.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::super::cluster::LONGEST_CLUSTER;
    use super::*;

    fn shape(text: &str, tag: &str) -> Rc<Word> {
        let mut shaper = Shaper::new();
        let language = shaper.language(&tag.parse().expect("a tag"));
        let mut missing = Vec::new();
        let rtl = tag == "ur";
        let word = shaper.word(text, Style::Regular, language, rtl, &mut missing);
        assert!(missing.is_empty(), "{missing:?}");
        word
    }

    fn texts(word: &Word) -> Vec<&str> {
        word.clusters.iter().map(|cluster| &*cluster.text).collect()
    }

    #[test]
    fn a_cluster_is_an_akshara() {
        assert_eq!(texts(&shape("क्षत्रिय", "hi")), ["क्ष", "त्रि", "य"]);
        assert_eq!(texts(&shape("विद्यार्थी", "hi")), ["वि", "द्या", "र्थी"]);
        assert_eq!(texts(&shape("BPO-सेवा", "hi")), ["B", "P", "O", "-", "से", "वा"]);
    }

    #[test]
    fn the_text_of_all_clusters_is_the_text() {
        for (text, tag) in [
            ("श्रृंखला", "hi"),
            ("कोऽहम्", "sa"),
            ("বিশ্ববিদ্যালয়", "bn"),
            ("தமிழ்நாடு", "ta"),
            ("മലയാളത്തിൽ", "ml"),
            ("تعلیم", "ur"),
            ("office", "en"),
        ] {
            let word = shape(text, tag);
            assert_eq!(word.text(), text);
            assert!(word.clusters.iter().all(|cluster| cluster.advance >= 0), "{text}");
        }
    }

    #[test]
    fn a_word_is_shaped_once() {
        let mut shaper = Shaper::new();
        let language = shaper.language(&"hi".parse().expect("a tag"));
        let mut missing = Vec::new();
        let first = shaper.word("शब्द", Style::Regular, language, false, &mut missing);
        let second = shaper.word("शब्द", Style::Regular, language, false, &mut missing);
        assert!(Rc::ptr_eq(&first, &second));
        assert_ne!(first.number, shaper.word("शब्द", Style::Bold, language, false, &mut missing).number);
    }

    #[test]
    fn a_character_that_no_font_has_is_told() {
        let mut shaper = Shaper::new();
        let language = shaper.language(&"hi".parse().expect("a tag"));
        let mut missing = Vec::new();
        shaper.word("क漢ख", Style::Regular, language, false, &mut missing);
        assert_eq!(missing, ['漢']);
    }

    #[test]
    fn a_sign_that_no_font_has_is_drawn_as_a_placeholder() {
        let mut shaper = Shaper::new();
        let language = shaper.language(&"hi".parse().expect("a tag"));
        for (text, sign) in [("जल\u{1F8B2}", '\u{1F8B2}'), ("\u{1D173}जल", '\u{1D173}'), ("क\u{1FC00}ख", '\u{1FC00}')]
        {
            let mut missing = Vec::new();
            let word = shaper.word(text, Style::Regular, language, false, &mut missing);
            assert_eq!(missing, [sign], "{text}");
            assert_eq!(word.text(), text);
            let drawn = word.clusters.iter().find(|cluster| cluster.text.contains(sign)).expect("a cluster");
            assert!(drawn.parts.len() == 1 && drawn.advance > 100, "{drawn:?}");
        }
    }

    #[test]
    fn teachers_signs_have_glyphs() {
        for text in
            ["✅", "📌", "😊", "①", "⑳", "Ⅳ", "♪", "🇮🇳", "👨‍👩‍👧", "👍🏽", "1️⃣", "♂", "❌", "⒜", "ⓐ", "☀️", "➕", "🙏"]
        {
            assert!(!shape(text, "hi").clusters.is_empty(), "{text}");
        }
        let (plain, pictured) = (shape("जल", "hi"), shape("📌", "hi"));
        assert_eq!(plain.space, pictured.space, "a space after an emoji is a space of the text");
    }

    #[test]
    fn letters_of_scheduled_languages_have_fonts() {
        for (text, tag) in [("ᱥᱟᱱᱛᱟᱲᱤ", "sat"), ("ꯃꯤꯇꯩꯂꯣꯟ", "mni"), ("𑒧𑒻𑒟𑒱𑒪𑒲", "mai")]
        {
            assert_eq!(shape(text, tag).text(), text);
        }
    }

    #[test]
    fn no_syllable_of_a_word_has_a_dotted_circle() {
        let words = [("ବାର୍ଷିକ", "or"), ("ଚକ୍କୁ", "or"), ("ବସ୍ତୁ", "or"), ("ईंट", "hi"), ("ᱥᱟᱱᱛᱟᱲᱤ", "sat"), ("ꯃꯤꯇꯩ", "mni")];
        for (text, tag) in words {
            let mut shaper = Shaper::new();
            for part in shape(text, tag).clusters.iter().flat_map(|cluster| &cluster.parts) {
                assert_ne!(shaper.glyph(part.face, '\u{25CC}'), Some(part.glyph), "{text}");
            }
        }
    }

    #[test]
    fn a_letter_with_very_many_marks_has_many_codes() {
        let text = format!("क{}", "\u{902}".repeat(100_000));
        let word = shape(&text, "hi");
        assert_eq!(word.text(), text);
        assert!(word.clusters.len() > 1000);
        assert!(word.clusters.iter().all(|cluster| cluster.parts.len() <= LONGEST_CLUSTER));
    }
}
