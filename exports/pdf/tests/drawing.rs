//! SVG figures: what they become on the page, what is lost of them, and what is refused.

mod reader;

use lopdf::{Document, Object};
use patra_core::{Block, Code, Figure, Material, Practice, Section, Span};
use patra_pdf::{Pdf, PdfOptions, pdf};

fn made(svg: &[u8]) -> (Pdf, Vec<(Code, String)>) {
    let figure =
        Figure {
            source: "चित्र.svg".into(), alt: "एक चित्र".into(), span: Span::new(5, 9), ..Figure::default()
        };
    let section = Section { heading: "भाग".into(), blocks: vec![Block::Figure(figure)], ..Section::default() };
    let language = "hi".parse().expect("a tag");
    let mut material =
        Material { title: "चित्र".into(), language, sections: vec![section], ..Material::default() };
    material.assign_ids();
    let mut options = PdfOptions::default();
    options.media.insert("चित्र.svg".into(), svg.to_vec());
    let made = pdf(&material, &Practice::of(&material), &options).expect("a handout");
    assert!(made.warnings.iter().all(|problem| problem.span == Span::new(5, 9)), "{:?}", made.warnings);
    let told = made.warnings.iter().map(|problem| (problem.code, problem.message.to_string())).collect();
    (made.output, told)
}

fn svg(content: &str) -> Vec<u8> {
    format!("<svg xmlns='http://www.w3.org/2000/svg' width='200' height='100'>{content}</svg>").into_bytes()
}

#[track_caller]
fn whole(content: &str) -> Document {
    let (pdf, told) = made(&svg(content));
    assert_eq!(told, []);
    Document::load_mem(&pdf.bytes).expect("a PDF that loads")
}

/// The content streams of all forms, joined.
fn operators(document: &Document) -> String {
    let forms = document.objects.values().filter_map(|object| object.as_stream().ok());
    let forms = forms.filter(|stream| stream.dict.has(b"BBox"));
    forms.map(|stream| String::from_utf8_lossy(&stream.decompressed_content().expect("content")).into_owned()).collect()
}

/// An image of 6000 × 6000 grey pixels, as an element.
fn large_picture() -> String {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, 6000, 6000);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_compression(png::Compression::Fast);
    encoder.write_header().and_then(|mut out| out.write_image_data(&vec![0; 36_000_000])).expect("a PNG file");
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    file.resize(file.len().next_multiple_of(3), 0);
    let letter = |part: &[u8], at: u32| {
        let bits = part.iter().fold(0, |bits, byte| bits << 8 | u32::from(*byte));
        char::from(letters[(bits >> (18 - 6 * at) & 63) as usize])
    };
    let coded: String = file.chunks(3).flat_map(|part| (0..4).map(move |at| letter(part, at))).collect();
    format!("<image href='data:image/png;base64,{coded}' width='9' height='9'/>")
}

fn has(document: &Document, test: impl Fn(&lopdf::Dictionary) -> bool) -> bool {
    document.objects.values().any(|object| match object {
        Object::Dictionary(dictionary) => test(dictionary),
        Object::Stream(stream) => test(&stream.dict),
        _ => false,
    })
}

fn is(dictionary: &lopdf::Dictionary, key: &str, value: &str) -> bool {
    dictionary.get(key.as_bytes()).and_then(Object::as_name).is_ok_and(|name| name == value.as_bytes())
}

#[test]
fn letters_of_urdu_stand_from_right_to_left() {
    let operators = operators(&whole("<text x='20' y='50'>تعلیم</text>"));
    let lefts = operators.split(" 0 Tm").filter_map(|before| before.rsplit(' ').next()?.parse().ok());
    let lefts: Vec<f32> = lefts.collect();
    assert!(lefts.len() == 5 && lefts.is_sorted_by(|one, next| one > next), "{operators}");
}

#[test]
fn shapes_are_paths() {
    let document = whole(
        "<g transform='translate(10 20)'><rect width='50' height='30' fill='#ff0000' stroke='blue' stroke-width='2' \
         stroke-dasharray='4 2' stroke-linecap='round'/></g><path d='M0 0Q10 10 20 0' fill='none' stroke='#000'/>",
    );
    let operators = operators(&document);
    for expected in
        ["1 0 0 -1 0 100 cm", "1 0 0 1 10 20 cm", "1 0 0 rg", "0 0 1 RG", "[4 2 ] 0 d", "1 J", "6.6667 6.6667"]
    {
        assert!(operators.contains(expected), "no `{expected}` in {operators}");
    }
    assert!(has(&document, |d| is(d, "S", "Figure") && d.has(b"Alt")));
}

#[test]
fn gradients_opacity_clips_masks_and_tiles_are_kept() {
    let document = whole(
        "<defs><linearGradient id='l'><stop offset='.2' stop-color='red'/><stop offset='.5' stop-color='lime'/>\
         <stop offset='1' stop-color='blue' stop-opacity='.5'/></linearGradient>\
         <radialGradient id='r'><stop stop-color='white'/><stop offset='1'/></radialGradient>\
         <pattern id='p' width='10' height='10' patternUnits='userSpaceOnUse'><circle r='3' cx='5' cy='5'/></pattern>\
         <clipPath id='c'><circle cx='50' cy='50' r='40'/></clipPath>\
         <clipPath id='c2'><circle cx='50' cy='50' r='40'/><circle cx='90' cy='50' r='40'/></clipPath>\
         <mask id='m'><rect width='200' height='50' fill='white'/></mask></defs>\
         <rect width='20' height='20' fill='url(#l)'/><rect x='20' width='20' height='20' fill='url(#r)'/>\
         <rect x='40' width='50' height='50' fill='url(#p)'/><g clip-path='url(#c)' opacity='.5'><rect width='90' height='90'/>\
         <rect width='90' height='20' fill='red'/></g><rect mask='url(#m)' width='60' height='90' fill='green'/>\
         <rect clip-path='url(#c2)' width='160' height='90' fill='green'/>",
    );
    assert!(operators(&document).contains("W n"));
    assert!(has(&document, |d| d.get(b"Shading").and_then(Object::as_dict).is_ok()));
    assert!(has(&document, |d| d.get(b"PatternType").and_then(Object::as_i64).is_ok_and(|kind| kind == 1)));
    for kind in ["Luminosity", "Alpha"] {
        assert!(has(&document, |d| d.get(b"SMask").and_then(Object::as_dict).is_ok_and(|mask| is(mask, "S", kind))));
    }
    assert!(has(&document, |d| d.get(b"ca").and_then(Object::as_float).is_ok_and(|opacity| opacity == 0.5)));
}

#[test]
fn words_are_words() {
    let (pdf, told) = made(&svg("<style>.big { font-size: 20px; font-weight: bold } text { fill: #123456 }</style>\
         <g font-size='10'><text x='100' y='50' text-anchor='middle' class='big'>जल चक्र</text>\
         <text x='10' y='90'>वर्षा <tspan font-weight='bold' fill='red'>और  भाप</tspan></text></g>"));
    assert_eq!(told, []);
    let texts = reader::texts(&pdf.bytes);
    for cluster in ["क्र", "र्षा", "भा"] {
        assert!(texts.iter().any(|text| text.trim() == cluster), "no `{cluster}` in {texts:?}");
    }
    let document = Document::load_mem(&pdf.bytes).expect("a PDF that loads");
    let operators = operators(&document);
    assert!(operators.contains("20 Tf") && operators.contains("10 Tf"), "{operators}");
    assert!(operators.contains("0.0705882 0.2039216 0.3372549 rg"), "{operators}");
    // Half of the words stand before the middle.
    let place = operators.split("1 0 0 -1 ").nth(2).and_then(|rest| rest.split(' ').next()?.parse::<f32>().ok());
    assert!(place.is_some_and(|x| (50.0..80.0).contains(&x)), "{place:?}");
}

#[test]
fn what_is_left_out_is_told() {
    let (_, told) = made(&svg(
        "<defs><filter id='blur'><feGaussianBlur stdDeviation='2'/></filter></defs><rect width='9' height='9' filter='url(#blur)'/>\
         <image href='https://example.org/a.png' width='10' height='10'/><image href='/etc/hostname' width='10' height='10'/>\
         <foreignObject width='9' height='9'><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>\
         <image href='data:image/webp;base64,AAAA' width='10' height='10'/>",
    ));
    let all: String = told.iter().map(|(_, message)| format!("{message}\n")).collect();
    assert!(told.iter().all(|(code, _)| *code == Code::DrawingLesser), "{told:?}");
    for part in ["`blur`", "https://example.org/a.png", "/etc/hostname", "foreignObject", "image/webp"] {
        assert!(all.contains(part), "no `{part}` in {all}");
    }
}

#[test]
fn a_picture_in_a_picture_is_kept() {
    let png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";
    let document = whole(&format!("<image href='data:image/png;base64,{png}' width='50' height='50'/>"));
    assert!(has(&document, |d| is(d, "Subtype", "Image")));
}

#[test]
fn a_picture_that_many_pages_show_is_held_once() {
    let mut png = Vec::new();
    let mut encoder = png::Encoder::new(&mut png, 2, 2);
    encoder.set_color(png::ColorType::Rgb);
    encoder.write_header().and_then(|mut writer| writer.write_image_data(&[7; 12])).expect("a PNG file");
    let drawn = svg("<rect width='9' height='9'/><text x='9' y='50'>चित्र</text>");
    let figure = |source: &str| {
        Block::Figure(Figure { source: source.into(), alt: "चित्र".into(), ..Figure::default() })
    };
    let blocks = (0..60).map(|i| figure(if i % 2 == 0 { "एक.png" } else { "दो.svg" })).collect();
    let section = Section { heading: "भाग".into(), blocks, ..Section::default() };
    let language = "hi".parse().expect("a tag");
    let material =
        Material { title: "चित्र".into(), language, sections: vec![section], ..Material::default() };
    let mut options = PdfOptions::default();
    options.media = [("एक.png".to_owned(), png), ("दो.svg".to_owned(), drawn)].into();
    let made = pdf(&material, &Practice::of(&material), &options).expect("a handout");
    assert!(made.warnings.is_empty() && made.output.page_count > 3, "{:?}", made.warnings);
    let document = Document::load_mem(&made.output.bytes).expect("a PDF that loads");
    let of = |kind| {
        let streams = document.objects.values().filter_map(|object| object.as_stream().ok());
        streams.filter(|stream| is(&stream.dict, "Subtype", kind)).count()
    };
    assert_eq!((of("Image"), of("Form")), (1, 1));
    let figures = document.objects.values().filter_map(|object| object.as_dict().ok());
    assert_eq!(figures.filter(|element| is(element, "S", "Figure")).count(), 60);
}

#[test]
fn hostile_pictures_are_refused_or_shown() {
    let head =
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' width='9' height='9'>";
    let chain: String =
        (1..40).map(|i| format!("<g id='a{i}'><use href='#a{}'/><use href='#a{}'/></g>", i - 1, i - 1)).collect();
    let laughs: String = (1..12).map(|i| format!("<!ENTITY e{i} '{}'>", format!("&e{};", i - 1).repeat(10))).collect();
    let refused = [
        ("a million paths", format!("{head}{}</svg>", "<path d='M0 0h1v1z'/>".repeat(1_000_000))),
        ("deep", format!("{head}{}{}</svg>", "<g>".repeat(100_000), "</g>".repeat(100_000))),
        ("use", format!("{head}<g id='a0'><path d='M0 0h1v1z'/></g>{chain}<use href='#a39'/></svg>")),
        ("itself", format!("{head}<g id='a'><g><use href='#a'/></g></g></svg>")),
        ("entities", format!("<!DOCTYPE svg [<!ENTITY e0 'ha'>{laughs}]>{head}<text>&e11;</text></svg>")),
        (
            "one entity",
            format!(
                "<!DOCTYPE svg [<!ENTITY e '{}'>]>{head}<text>{}</text></svg>",
                "x".repeat(10_000),
                "&e;".repeat(10_000)
            ),
        ),
        (
            "an entity with what ends one in it",
            format!(
                "<!DOCTYPE svg [<!ENTITY e \">{}\">] >{head}<text>{}</text></svg>",
                "x".repeat(50_000),
                "&e;".repeat(1_000)
            ),
        ),
        (
            "markers",
            format!(
                "{head}<marker id='m'>{}</marker><path marker-mid='url(#m)' d='M0 0{}'/></svg>",
                "<path d='M0 0h1v1z'/>".repeat(5_000),
                "L1 1".repeat(50_000)
            ),
        ),
        (
            "clips",
            format!(
                "{head}<clipPath id='c'>{}</clipPath>{}</svg>",
                "<path d='M0 0h1v1z'/>".repeat(1_000),
                "<path clip-path='url(#c)' d='M0 0h1v1z'/>".repeat(1_000)
            ),
        ),
        (
            "styles",
            format!("{head}<style>{}</style>{}</svg>", "a b c d{fill:red}".repeat(5_000), "<g/>".repeat(10_000)),
        ),
        (
            "a long declaration",
            format!("{head}<style>*{{fill:{}}}</style>{}</svg>", "x".repeat(100_000), "<g/>".repeat(10_000)),
        ),
        (
            "a long style handed on",
            format!("{head}<g stroke-dasharray='{}'>{}</g></svg>", "1 ".repeat(50_000), "<g/>".repeat(10_000)),
        ),
        (
            "a long style of words",
            format!(
                "{head}<text><tspan stroke-dasharray='{}'>{}</tspan></text></svg>",
                "1 ".repeat(10_000),
                "<tspan>a</tspan>".repeat(4_000)
            ),
        ),
        ("large pictures in it", format!("{head}{}</svg>", large_picture().repeat(9))),
        ("no size", "<svg xmlns='http://www.w3.org/2000/svg' width='0' height='NaN'/>".to_owned()),
        ("half", format!("{head}<g>")),
        ("UTF-16", "\u{FEFF}<svg".to_owned()),
    ];
    for (what, file) in refused {
        let start = std::time::Instant::now();
        let (pdf, told) = made(file.as_bytes());
        assert!(told.len() == 1 && told[0].0 == Code::MissingFigure, "{what}: {told:?}");
        assert!(!told[0].1.contains("neither a PNG"), "{what} is not read as SVG at all");
        assert!(start.elapsed().as_secs() < 30, "{what}");
        assert!(reader::text(&reader::pages(&pdf.bytes)[0]).contains("एक चित्र"), "{what}");
    }
    let shown = [
        ("vast", "<svg xmlns='http://www.w3.org/2000/svg' width='1000000000' height='1000000000'><rect width='9' height='9'/></svg>".to_owned()),
        ("no numbers", format!("{head}<rect width='NaN' height='1e99'/><path d='M0 0L1e39 inf'/><circle r='-1'/></svg>")),
        ("nested", format!("{head}{}<rect width='9' height='9'/>{}</svg>", "<g opacity='.9'>".repeat(60), "</g>".repeat(60))),
        ("dashes", format!("{head}<path d='M0 0h9' stroke='red' stroke-dasharray='0.0000001'/></svg>")),
        ("self-painted", format!("{head}<pattern id='p' width='2' height='2'><rect width='1' height='1' fill='url(#p)'/></pattern><rect width='9' height='9' fill='url(#p)'/></svg>")),
        ("many", format!("{head}{}</svg>", "<path d='M0 0h1v1z'/>".repeat(20_000))),
    ];
    for (what, file) in shown {
        let start = std::time::Instant::now();
        let (pdf, told) = made(file.as_bytes());
        assert!(told.is_empty(), "{what}: {told:?}");
        assert!(start.elapsed().as_secs() < 30, "{what}");
        assert!(Document::load_mem(&pdf.bytes).is_ok(), "{what}");
    }
}
