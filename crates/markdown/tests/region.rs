//! Regions of pictures: what is read as one, and what is told where it can't be.

use patra_core::{Block, Code, Rectangle, Source};
use patra_markdown::{ReadOptions, read};

fn figure(attributes: &str) -> (patra_core::Figure, Vec<Code>) {
    let source = Source::new(format!("---\ntitle: t\nlanguage: hi\n---\n\n{attributes}\n![हृदय](a.png)\n"));
    let read = read(&source, &ReadOptions::default());
    let material = read.material.expect("a figure");
    let [Block::Figure(figure)] = &material.sections[0].blocks[..] else { unreachable!("one figure: {material:?}") };
    (figure.clone(), read.diagnostics.iter().map(|problem| problem.code).collect())
}

#[test]
fn a_region_has_a_place_an_id_and_a_name() {
    let (figure, codes) =
        figure("{region=\"24% 18.5% 30% 0.25% #left बायाँ *अलिंद*\"}\n{region=\"0% 0% 100% 100% दायाँ\"}");
    assert_eq!(codes, []);
    let [left, right] = &figure.regions[..] else { unreachable!("two: {figure:?}") };
    assert_eq!((left.id.as_str(), left.name.to_plain().as_str()), ("left", "बायाँ अलिंद"));
    assert_eq!(left.name.runs().len(), 2);
    assert_eq!(Some(left.at), Rectangle::new(2400, 1850, 3000, 25));
    assert_eq!((right.id.as_str(), Some(right.at)), ("दायाँ", Rectangle::new(0, 0, 10_000, 10_000)));
}

#[test]
fn a_region_that_is_none_is_an_error() {
    for value in [
        "",
        "10% 10% 10% क",
        "10% 10% 10% 10%",
        "10 10 10 10 क",
        "10% 10% 95% 10% क",
        "10% 10% 0% 10% क",
        "1.234% 1% 1% 1% क",
        "-1% 1% 1% 1% क",
        "10% 10% 10% 10% #1 क",
    ] {
        let (figure, codes) = figure(&format!("{{region=\"{value}\"}}"));
        assert_eq!((figure.regions.len(), codes.as_slice()), (0, &[Code::Attribute][..]), "{value}");
    }
}
