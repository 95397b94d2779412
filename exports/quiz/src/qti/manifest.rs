//! The manifest: what is in the package (IMS Content Packaging 1.1), with the ids as the author has them (IEEE LOM).

use patra_core::Material;

use super::{DECLARATION, Entry};
use crate::escape::{one_line, xml_of};
use crate::loss::Losses;

/// The manifest.
pub(super) fn write(material: &Material, test: &str, entries: &[Entry<'_>], losses: &mut Losses) -> String {
    let language = xml_of(&material.language.to_string());
    let mut out = format!(
        "{DECLARATION}<manifest xmlns=\"http://www.imsglobal.org/xsd/imscp_v1p1\" identifier=\"manifest-{test}\">\n  \
         <metadata>\n    <schema>QTIv2.1 Package</schema>\n    <schemaversion>1.0.0</schemaversion>\n"
    );
    out.push_str(&lom(material.id.as_str(), &one_line(&material.title.to_plain(), losses), &language));
    out.push_str("  </metadata>\n  <organizations/>\n  <resources>\n");
    out.push_str(&format!(
        "    <resource identifier=\"resource-{test}\" type=\"imsqti_test_xmlv2p1\" href=\"assessment.xml\">\n      \
         <file href=\"assessment.xml\"/>\n"
    ));
    for entry in entries {
        out.push_str(&format!("      <dependency identifierref=\"resource-{}\"/>\n", entry.name));
    }
    out.push_str("    </resource>\n");
    for entry in entries {
        let name = &entry.name;
        out.push_str(&format!(
            "    <resource identifier=\"resource-{name}\" type=\"imsqti_item_xmlv2p1\" href=\"items/{name}.xml\">\n      \
             <metadata>\n"
        ));
        out.push_str(&lom(entry.question.id.as_str(), &entry.title, &language));
        out.push_str(&format!("      </metadata>\n      <file href=\"items/{name}.xml\"/>\n"));
        for picture in &entry.pictures {
            out.push_str(&format!("      <file href=\"media/{picture}\"/>\n"));
        }
        out.push_str("    </resource>\n");
    }
    out.push_str("  </resources>\n</manifest>\n");
    out
}

fn lom(id: &str, title: &str, language: &str) -> String {
    format!(
        "<lom xmlns=\"http://ltsc.ieee.org/xsd/LOM\"><general><identifier><catalog>patra</catalog><entry>{}</entry>\
         </identifier><title><string language=\"{language}\">{}</string></title><language>{language}</language>\
         </general></lom>\n",
        xml_of(id),
        xml_of(title)
    )
}
