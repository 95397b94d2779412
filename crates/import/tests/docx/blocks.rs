use patra_core::{Block, Code};

use crate::archive::{Document, blocks, paragraph, paragraphs, run, said};

const STYLES: &str = "<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val=\"22\"/><w:lang w:val=\"en-IN\" \
    w:bidi=\"hi-IN\"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type=\"paragraph\" w:styleId=\"T\"><w:name \
    w:val=\"Title\"/></w:style><w:style w:type=\"paragraph\" w:styleId=\"Uberschrift1\"><w:name w:val=\"heading \
    1\"/><w:rPr><w:b/></w:rPr></w:style><w:style w:type=\"paragraph\" w:styleId=\"Mine\"><w:name w:val=\"Mine\"/><w:basedOn \
    w:val=\"Uberschrift1\"/><w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr></w:style><w:style w:type=\"paragraph\" \
    w:styleId=\"C\"><w:name w:val=\"caption\"/></w:style>";

fn styled(style: &str, words: &str) -> String {
    paragraph(&format!("<w:pStyle w:val=\"{style}\"/>"), words)
}

#[test]
fn headings_follow_styles_and_what_styles_are_based_on() {
    let body = styled("T", "Rivers")
        + &styled("Uberschrift1", "In the north")
        + &paragraph("", "They rise in the mountains.")
        + &styled("Mine", "The Yamuna")
        + &paragraph("", "It flows through Delhi.");
    let material = Document::new(&body).part("styles", STYLES).material();
    assert_eq!(material.title.to_plain(), "Rivers");
    let [section] = material.sections.as_slice() else { panic!("one section: {material:?}") };
    assert_eq!(section.heading.to_plain(), "In the north");
    assert_eq!(section.sections[0].heading.to_plain(), "The Yamuna");
    assert_eq!(material.language.to_string(), "en");
}

#[test]
fn large_letters_are_headings_and_are_guessed() {
    let body = format!("<w:p>{}</w:p>", run("<w:sz w:val=\"32\"/>", "Soil"))
        + &paragraph("", "Soil is made of small stones and of what has lived in it.")
        + &format!("<w:p>{}</w:p>", run("<w:sz w:val=\"32\"/>", "Air"))
        + &paragraph("", "Air is a mixture of gases that we can neither see nor smell.");
    let read = Document::new(&body).part("styles", STYLES).read();
    let material = read.read.material.as_ref().expect("there are words");
    let headings: Vec<String> = material.sections.iter().map(|section| section.heading.to_plain()).collect();
    assert_eq!(headings, ["Soil", "Air"]);
    assert!(read.read.diagnostics.iter().any(|found| found.code == Code::Guessed), "{}", said(&read));
}

#[test]
fn merged_cells_hold_in_each_of_their_cells() {
    let cell =
        |properties: &str, words: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", paragraph("", words));
    let body = format!(
        "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>{}{}{}</w:tr><w:tr>{}{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>",
        cell("", "Day"),
        cell("", "Morning"),
        cell("", "Evening"),
        cell("<w:vMerge w:val=\"restart\"/>", "Monday"),
        cell("", "Sums"),
        cell("", "Games"),
        cell("<w:vMerge/>", ""),
        cell("<w:gridSpan w:val=\"2\"/>", "Songs"),
    );
    let material = Document::new(&(paragraph("", "The week:") + &body)).material();
    let mut words = Vec::new();
    for block in blocks(&material) {
        block.texts(&mut |text, _| words.push(text.to_plain()));
    }
    let count = |word: &str| words.iter().filter(|words| *words == word).count();
    assert_eq!((count("Monday"), count("Songs"), count("Games")), (2, 2, 1), "{words:?}");
}

fn drawing(id: &str, alt: &str) -> String {
    format!(
        "<w:r><w:drawing><wp:inline><wp:docPr id=\"1\" name=\"Picture 1\" descr=\"{alt}\"/><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip \
         r:embed=\"{id}\"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
}

#[test]
fn pictures_come_along_with_their_captions() {
    let body = format!(
        "<w:p>{}</w:p>{}<w:p>{}{}</w:p>",
        drawing("p", "A leaf"),
        styled("C", "Figure 1: a leaf of the banyan"),
        run("", "Drawn by hand: "),
        drawing("e", "A root")
    );
    let read = Document::new(&body)
        .part("styles", STYLES)
        .link("p", "image", "media/image1.png")
        .link("e", "image", "media/image2.emf")
        .raw("word/media/image1.png", b"\x89PNG")
        .raw("word/media/image2.emf", b"emf")
        .read();
    let material = read.read.material.as_ref().expect("there are words");
    let Some(Block::Figure(figure)) = blocks(material).into_iter().find(|block| matches!(block, Block::Figure(_)))
    else {
        panic!("no figure: {material:?}")
    };
    assert_eq!((figure.source.as_str(), figure.alt.as_str()), ("media/notes-1.png", "A leaf"));
    assert_eq!(figure.caption.as_ref().map(|text| text.to_plain()).as_deref(), Some("Figure 1: a leaf of the banyan"));
    assert_eq!(read.media.keys().collect::<Vec<_>>(), ["media/notes-1.png"]);
    assert!(said(&read).contains("image2.emf") && paragraphs(material).join("").contains("A root"));
}

#[test]
fn text_boxes_come_after_their_paragraph_once() {
    let shown = format!("<wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx>", paragraph("", "Wash your hands."));
    let body = format!(
        "<w:p>{}<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing>{shown}</w:drawing></mc:Choice><mc:Fallback><w:pict>{shown}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
        run("", "Before each meal:")
    );
    let words = paragraphs(&Document::new(&body).material());
    assert_eq!(words.iter().filter(|words| words.contains("Wash your hands.")).count(), 1, "{words:?}");
}

#[test]
fn headers_and_tables_of_contents_are_left_out_with_a_word() {
    let contents = "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Table of \
                    Contents\"/></w:docPartObj></w:sdtPr><w:sdtContent><w:p><w:r><w:t>Soil 3</w:t></w:r></w:p></w:sdtContent></w:sdt>";
    let body = contents.to_owned() + &paragraph("", "Soil is alive.");
    let header = "<w:hdr xmlns:w=\"w\"><w:p><w:r><w:t>Govt. School, Ranchi</w:t></w:r></w:p></w:hdr>";
    let read =
        Document::new(&body).link("h", "header", "header1.xml").raw("word/header1.xml", header.as_bytes()).read();
    let material = read.read.material.as_ref().expect("there are words");
    assert_eq!(paragraphs(material), ["Soil is alive."]);
    let said = said(&read);
    assert!(said.contains("Govt. School, Ranchi") && said.contains("table of contents"), "{said}");
}

#[test]
fn properties_are_front_matter() {
    let core = "<cp:coreProperties xmlns:cp=\"cp\" xmlns:dc=\"dc\" xmlns:t=\"t\"><dc:title>Our fields</dc:title><dc:creator>Sunita \
                Devi; R. Paul</dc:creator><cp:keywords>soil, class 6</cp:keywords><t:modified>2026-02-03T08:00:00Z</t:modified></cp:coreProperties>";
    let material = Document::new(&paragraph("", "Soil is alive.")).raw("docProps/core.xml", core.as_bytes()).material();
    assert_eq!(material.title.to_plain(), "Our fields");
    assert_eq!(material.authors, ["Sunita Devi", "R. Paul"]);
    assert_eq!(material.tags, ["soil", "class 6"]);
    assert_eq!(material.updated.map(|day| day.to_string()).as_deref(), Some("2026-02-03"));
}
