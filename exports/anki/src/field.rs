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

/// The fields that every note type ends with.
pub(crate) const SHARED: usize = 12;

/// The fields of [`NoteType::Basic`].
pub(crate) const BASIC: [Field; 14] = [
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
    Field { name: "Reserve 1", id: 6_600_144_808_988_612 },
    Field { name: "Reserve 2", id: 7_086_941_528_077_039 },
    Field { name: "Reserve 3", id: 8_706_645_258_247_866 },
    Field { name: "Reserve 4", id: 3_326_177_997_484_413 },
];

/// The fields of [`NoteType::Gap`].
pub(crate) const GAP: [Field; 13] = [
    Field { name: "Text", id: 8_849_562_242_317_408 },
    Field { name: "Details", id: 7_747_775_532_809_743 },
    Field { name: "Hint", id: 333_307_985_517_070 },
    Field { name: "Context", id: 680_490_506_692_711 },
    Field { name: "Source", id: 6_559_272_505_361_914 },
    Field { name: "Language", id: 7_001_872_967_512_657 },
    Field { name: "Direction", id: 7_189_297_775_379_061 },
    Field { name: "Id", id: 8_913_767_774_144_860 },
    Field { name: "Audio", id: 288_211_454_085_081 },
    Field { name: "Reserve 1", id: 8_584_006_025_437_914 },
    Field { name: "Reserve 2", id: 3_845_271_263_298_430 },
    Field { name: "Reserve 3", id: 1_355_267_465_868_578 },
    Field { name: "Reserve 4", id: 5_666_220_466_421_412 },
];

/// The fields of [`NoteType::Choice`].
pub(crate) const CHOICE: [Field; 15] = [
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
    Field { name: "Reserve 1", id: 4_472_657_282_566_023 },
    Field { name: "Reserve 2", id: 2_172_174_937_463_417 },
    Field { name: "Reserve 3", id: 3_425_962_964_185_171 },
    Field { name: "Reserve 4", id: 2_822_305_898_479_729 },
];

/// The fields of [`NoteType::Comparison`].
pub(crate) const COMPARISON: [Field; 16] = [
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
    Field { name: "Reserve 1", id: 5_049_399_102_184_906 },
    Field { name: "Reserve 2", id: 6_954_861_696_204_021 },
    Field { name: "Reserve 3", id: 392_491_202_682_817 },
    Field { name: "Reserve 4", id: 8_803_685_685_305_504 },
];
#[cfg(test)]
mod tests {
    use super::*;
    use crate::guid::{digest, hex};

    #[test]
    fn fields_are_frozen() {
        let all: Vec<String> = [&BASIC[..], &GAP, &CHOICE, &COMPARISON]
            .concat()
            .iter()
            .map(|field| format!("{}={}", field.name, field.id))
            .collect();
        let parts: Vec<&str> = all.iter().map(String::as_str).collect();
        assert_eq!(hex(&digest(&parts), 16), "9e367af602153411");
        for fields in [&BASIC[..], &GAP, &CHOICE, &COMPARISON] {
            let names = |fields: &[Field]| fields.iter().map(|f| f.name).collect::<Vec<_>>();
            assert_eq!(names(&fields[fields.len() - SHARED..]), names(&BASIC[BASIC.len() - SHARED..]));
        }
        let ids: std::collections::BTreeSet<_> =
            [&BASIC[..], &GAP, &CHOICE, &COMPARISON].concat().iter().map(|f| f.id).collect();
        assert_eq!(ids.len(), all.len());
    }
}
