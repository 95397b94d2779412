//! Content streams: a page's operators as printpdf writes them (ISO 32000-2, 7.8.2).

use lopdf::{Document, Object, Stream};
use printpdf::{Mm, Op, PdfDocument, PdfPage, PdfSaveOptions};

use super::file::pack;

/// The content stream of a page's operators, packed. Operators take thirty times as much memory as what is made of them, so
/// no more than a page's are held.
pub(crate) fn content(ops: Vec<Op>, sheet: (f32, f32)) -> Result<Stream, std::io::Error> {
    let mut document = printed(vec![page(ops, sheet)]);
    let contents = document.get_pages().into_values().next().and_then(|page| {
        let page = document.get_dictionary(page).ok()?;
        page.get(b"Contents").and_then(Object::as_reference).ok()
    });
    let stream = contents.and_then(|id| document.objects.remove(&id));
    let mut stream = match stream {
        Some(Object::Stream(stream)) => stream,
        _ => Stream::new(lopdf::Dictionary::new(), Vec::new()),
    };
    pack(&mut stream)?;
    Ok(stream)
}

/// A document of as many empty pages, to put content streams and all else into.
pub(crate) fn bare(count: usize, sheet: (f32, f32)) -> Document {
    printed((0..count).map(|_| page(Vec::new(), sheet)).collect())
}

fn page(ops: Vec<Op>, (width, height): (f32, f32)) -> PdfPage {
    let points = |points: f32| Mm::from(printpdf::Pt(points));
    PdfPage::new(points(width), points(height), ops)
}

fn printed(pages: Vec<PdfPage>) -> Document {
    let mut printed = PdfDocument::new("");
    printed.pages = pages;
    // The pages hold the operators that printpdf has no names for.
    let options = PdfSaveOptions { optimize: false, subset_fonts: false, secure: false, image_optimization: None };
    printed.to_lopdf_document(&options, &mut Vec::new())
}
