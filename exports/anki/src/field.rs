//! The fields of the note types: names, order and ids.
//!
//! Frozen. Anki pairs fields by their ids and refuses to update notes where the order differs, so no field may be added,
//! taken away or moved; a reserve field may be given a name, since its id stays. The ids were the first eight bytes of
//! SHA-1 of `patra/<note type>/field/<name>`, modulo 2^53.

/// A field of a note type.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    pub name: &'static str,
    pub id: i64,
}

/// What parts the fields of a note, in the one column that Anki has for them.
pub(crate) const PARTING: char = '\u{1f}';

/// How many fields stand after the one for the page of the handout.
pub(crate) const AFTER_PAGE: usize = 3;

/// How many fields stand between the one for the headings and the one for the page.
pub(crate) const CONTEXT_TO_PAGE: usize = 8;

/// The fields that every note type ends with.
pub(crate) const SHARED: usize = 15;

// What the shared fields hold: what else belongs to the answer, help, where the item stands, where the material comes from,
// the language and its direction, the item's id, a sound; the locale in which the card is read aloud, empty for none; the
// question and the answer in another edition; the page of the handout; and three fields for what is yet to come.

/// The fields of [`NoteType::Basic`].
pub(crate) const BASIC: [Field; 17] = [
    Field { name: "Question", id: 6_625_342_919_903_538 },
    Field { name: "Answer", id: 7_260_524_360_015_827 },
    Field { name: "Details", id: 7_435_966_173_873_318 },
    Field { name: "Hint", id: 229_411_176_265_436 },
    Field { name: "Context", id: 4_306_933_195_316_399 },
    Field { name: "Source", id: 3_650_007_996_058_637 },
    Field { name: "Language", id: 4_303_363_026_126_645 },
    Field { name: "Direction", id: 5_691_036_981_419_559 },
    Field { name: "Id", id: 7_377_694_471_391_291 },
    Field { name: "Audio", id: 8_787_826_093_765_063 },
    Field { name: "Speech", id: 7_897_763_124_468_428 },
    Field { name: "Translation", id: 6_024_621_776_919_463 },
    Field { name: "Translated answer", id: 4_437_445_162_641_384 },
    Field { name: "Page", id: 6_600_144_808_988_612 },
    Field { name: "Reserve 2", id: 7_086_941_528_077_039 },
    Field { name: "Reserve 3", id: 8_706_645_258_247_866 },
    Field { name: "Reserve 4", id: 3_326_177_997_484_413 },
];

/// The fields of [`NoteType::Reversed`].
pub(crate) const REVERSED: [Field; 19] = [
    Field { name: "Question", id: 625_882_099_367_258 },
    Field { name: "Answer", id: 878_967_074_610_483 },
    Field { name: "Reverse question", id: 4_925_878_386_943_936 },
    Field { name: "Reverse answer", id: 7_157_721_352_034_850 },
    Field { name: "Details", id: 7_359_453_564_431_416 },
    Field { name: "Hint", id: 2_471_967_715_352_675 },
    Field { name: "Context", id: 2_487_803_556_253_815 },
    Field { name: "Source", id: 599_736_982_046_650 },
    Field { name: "Language", id: 3_631_131_070_407_051 },
    Field { name: "Direction", id: 675_844_346_462_222 },
    Field { name: "Id", id: 482_600_741_283_974 },
    Field { name: "Audio", id: 2_426_113_961_618_547 },
    Field { name: "Speech", id: 2_487_994_692_456_311 },
    Field { name: "Translation", id: 3_570_670_946_006_316 },
    Field { name: "Translated answer", id: 6_348_977_665_978_616 },
    Field { name: "Page", id: 3_527_998_602_064_232 },
    Field { name: "Reserve 2", id: 4_347_240_028_334_728 },
    Field { name: "Reserve 3", id: 8_224_342_017_612_268 },
    Field { name: "Reserve 4", id: 2_096_168_933_157_730 },
];

/// The fields of [`NoteType::Typed`].
pub(crate) const TYPED: [Field; 18] = [
    Field { name: "Question", id: 7_739_559_830_528_930 },
    Field { name: "Answer", id: 5_673_699_738_942_536 },
    Field { name: "Typed", id: 4_259_875_973_583_679 },
    Field { name: "Details", id: 3_548_847_742_482_951 },
    Field { name: "Hint", id: 3_534_142_561_117_585 },
    Field { name: "Context", id: 186_935_705_938_519 },
    Field { name: "Source", id: 7_535_226_614_268_097 },
    Field { name: "Language", id: 6_858_368_991_233_969 },
    Field { name: "Direction", id: 2_651_844_949_097_111 },
    Field { name: "Id", id: 5_713_183_702_916_661 },
    Field { name: "Audio", id: 3_824_602_432_151_682 },
    Field { name: "Speech", id: 1_700_910_723_267_161 },
    Field { name: "Translation", id: 3_075_482_859_808_645 },
    Field { name: "Translated answer", id: 1_764_964_672_082_322 },
    Field { name: "Page", id: 3_598_266_073_510_423 },
    Field { name: "Reserve 2", id: 5_251_382_198_080_126 },
    Field { name: "Reserve 3", id: 8_828_492_847_931_017 },
    Field { name: "Reserve 4", id: 3_242_852_074_747_269 },
];

/// The fields of [`NoteType::Gap`].
pub(crate) const GAP: [Field; 16] = [
    Field { name: "Text", id: 8_849_562_242_317_408 },
    Field { name: "Details", id: 7_747_775_532_809_743 },
    Field { name: "Hint", id: 333_307_985_517_070 },
    Field { name: "Context", id: 680_490_506_692_711 },
    Field { name: "Source", id: 6_559_272_505_361_914 },
    Field { name: "Language", id: 7_001_872_967_512_657 },
    Field { name: "Direction", id: 7_189_297_775_379_061 },
    Field { name: "Id", id: 8_913_767_774_144_860 },
    Field { name: "Audio", id: 288_211_454_085_081 },
    Field { name: "Speech", id: 1_642_493_227_795_525 },
    Field { name: "Translation", id: 4_218_956_913_143_422 },
    Field { name: "Translated answer", id: 4_108_569_250_956_372 },
    Field { name: "Page", id: 8_584_006_025_437_914 },
    Field { name: "Reserve 2", id: 3_845_271_263_298_430 },
    Field { name: "Reserve 3", id: 1_355_267_465_868_578 },
    Field { name: "Reserve 4", id: 5_666_220_466_421_412 },
];

/// The fields of [`NoteType::Choice`].
pub(crate) const CHOICE: [Field; 18] = [
    Field { name: "Question", id: 4_403_485_470_458_600 },
    Field { name: "Choices", id: 5_309_209_371_091_733 },
    Field { name: "Explanation", id: 3_004_105_952_569_751 },
    Field { name: "Details", id: 5_929_125_121_186_170 },
    Field { name: "Hint", id: 2_972_123_998_257_821 },
    Field { name: "Context", id: 912_620_688_765_339 },
    Field { name: "Source", id: 7_225_611_819_222_241 },
    Field { name: "Language", id: 1_827_484_228_158_291 },
    Field { name: "Direction", id: 1_164_340_539_027_650 },
    Field { name: "Id", id: 1_054_008_702_011_222 },
    Field { name: "Audio", id: 945_783_360_107_748 },
    Field { name: "Speech", id: 6_473_653_948_299_895 },
    Field { name: "Translation", id: 2_893_838_615_934_775 },
    Field { name: "Translated answer", id: 4_604_827_469_422_961 },
    Field { name: "Page", id: 4_472_657_282_566_023 },
    Field { name: "Reserve 2", id: 2_172_174_937_463_417 },
    Field { name: "Reserve 3", id: 3_425_962_964_185_171 },
    Field { name: "Reserve 4", id: 2_822_305_898_479_729 },
];

/// The fields of [`NoteType::Comparison`].
pub(crate) const COMPARISON: [Field; 19] = [
    Field { name: "Question", id: 324_135_671_833_075 },
    Field { name: "Asked", id: 8_642_833_148_368_335 },
    Field { name: "Answer", id: 1_129_666_711_620_952 },
    Field { name: "Row", id: 3_029_557_816_677_720 },
    Field { name: "Details", id: 209_957_771_439_988 },
    Field { name: "Hint", id: 1_731_104_331_565_849 },
    Field { name: "Context", id: 2_341_687_472_636_140 },
    Field { name: "Source", id: 8_307_543_990_812_608 },
    Field { name: "Language", id: 8_637_347_747_656_866 },
    Field { name: "Direction", id: 1_914_882_905_279_286 },
    Field { name: "Id", id: 8_103_264_607_226_702 },
    Field { name: "Audio", id: 5_464_724_018_142_794 },
    Field { name: "Speech", id: 8_789_123_497_262_626 },
    Field { name: "Translation", id: 8_876_374_506_008_697 },
    Field { name: "Translated answer", id: 5_732_814_785_891_543 },
    Field { name: "Page", id: 5_049_399_102_184_906 },
    Field { name: "Reserve 2", id: 6_954_861_696_204_021 },
    Field { name: "Reserve 3", id: 392_491_202_682_817 },
    Field { name: "Reserve 4", id: 8_803_685_685_305_504 },
];

/// The fields of [`NoteType::Occlusion`].
pub(crate) const OCCLUSION: [Field; 18] = [
    Field { name: "Question", id: 3_320_972_144_953_863 },
    Field { name: "Picture", id: 822_706_865_657_237 },
    Field { name: "Answer", id: 3_559_152_232_667_037 },
    Field { name: "Details", id: 3_701_264_528_394_854 },
    Field { name: "Hint", id: 9_006_453_079_062_142 },
    Field { name: "Context", id: 7_786_913_527_722_712 },
    Field { name: "Source", id: 8_350_564_133_831_727 },
    Field { name: "Language", id: 8_629_191_219_753_099 },
    Field { name: "Direction", id: 318_230_248_328_567 },
    Field { name: "Id", id: 1_699_325_238_451_990 },
    Field { name: "Audio", id: 8_320_209_935_780_284 },
    Field { name: "Speech", id: 5_836_521_279_295_699 },
    Field { name: "Translation", id: 2_553_311_527_836_070 },
    Field { name: "Translated answer", id: 142_813_406_949_981 },
    Field { name: "Page", id: 554_800_466_557_381 },
    Field { name: "Reserve 2", id: 5_406_349_952_216_251 },
    Field { name: "Reserve 3", id: 2_123_857_881_738_100 },
    Field { name: "Reserve 4", id: 7_497_506_688_062_441 },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guid::{digest, hex};

    #[test]
    fn fields_are_frozen() {
        let all: Vec<String> = [&BASIC[..], &REVERSED, &TYPED, &GAP, &CHOICE, &COMPARISON, &OCCLUSION]
            .concat()
            .iter()
            .map(|field| format!("{}={}", field.name, field.id))
            .collect();
        let parts: Vec<&str> = all.iter().map(String::as_str).collect();
        assert_eq!(hex(&digest(&parts), 16), "ebf684ae859b7745");
        for fields in [&BASIC[..], &REVERSED, &TYPED, &GAP, &CHOICE, &COMPARISON, &OCCLUSION] {
            let names = |fields: &[Field]| fields.iter().map(|f| f.name).collect::<Vec<_>>();
            assert_eq!(names(&fields[fields.len() - SHARED..]), names(&BASIC[BASIC.len() - SHARED..]));
        }
        let ids: std::collections::BTreeSet<_> =
            [&BASIC[..], &REVERSED, &TYPED, &GAP, &CHOICE, &COMPARISON, &OCCLUSION]
                .concat()
                .iter()
                .map(|f| f.id)
                .collect();
        assert_eq!(ids.len(), all.len());
    }
}
