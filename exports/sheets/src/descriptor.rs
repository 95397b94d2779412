//! The descriptor of the sheets: `datapackage.json` as Data Package 2.0 and Table Schema 2.0 have it.

use std::collections::BTreeMap;

use patra_core::Material;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::guard::GUARD;
use crate::{Column, ColumnKind, Error, ErrorKind, Reference, Schema, Sheet, SheetFile, Titles};

const PACKAGE_PROFILE: &str = "https://datapackage.org/profiles/2.0/datapackage.json";
const RESOURCE_PROFILE: &str = "https://datapackage.org/profiles/2.0/dataresource.json";
const SCHEMA_PROFILE: &str = "https://datapackage.org/profiles/2.0/tableschema.json";
const DIALECT_PROFILE: &str = "https://datapackage.org/profiles/2.0/tabledialect.json";

/// The format of the files that are described.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileFormat {
    /// CSV, with the guard before cells that need one, or without.
    Csv { guarded: bool },
    #[cfg(feature = "parquet")]
    Parquet,
}

#[derive(Serialize)]
struct Package<'a> {
    #[serde(rename = "$schema")]
    profile: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    id: &'a str,
    title: String,
    languages: [String; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    created: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    contributors: Vec<Contributor<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    licenses: Vec<Licence<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sources: Vec<Origin<'a>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    keywords: &'a [String],
    #[serde(rename = "patra:guard", skip_serializing_if = "Option::is_none")]
    guard: Option<GuardNote>,
    resources: Vec<Resource>,
}

#[derive(Serialize)]
struct Contributor<'a> {
    title: &'a str,
    roles: [&'static str; 1],
}

#[derive(Serialize)]
struct Licence<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
}

#[derive(Serialize)]
struct Origin<'a> {
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
}

#[derive(Serialize)]
struct GuardNote {
    prefix: char,
    description: &'static str,
}

#[derive(Serialize)]
struct Resource {
    #[serde(rename = "$schema")]
    profile: &'static str,
    name: &'static str,
    path: String,
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'static str,
    titles: Labels,
    description: &'static str,
    format: &'static str,
    mediatype: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<&'static str>,
    bytes: usize,
    hash: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    dialect: Option<Dialect>,
    schema: TableSchema,
    #[serde(rename = "patra:base", skip_serializing_if = "BTreeMap::is_empty")]
    base: BTreeMap<String, String>,
}

#[derive(Serialize)]
pub(crate) struct Labels {
    pub(crate) en: &'static str,
    pub(crate) hi: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Dialect {
    #[serde(rename = "$schema")]
    profile: &'static str,
    header: bool,
    delimiter: char,
    line_terminator: &'static str,
    quote_char: char,
    double_quote: bool,
    skip_initial_space: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TableSchema {
    #[serde(rename = "$schema")]
    profile: &'static str,
    fields: Vec<Field>,
    missing_values: [&'static str; 1],
    primary_key: Vec<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    foreign_keys: Vec<ForeignKey>,
}

#[derive(Serialize)]
struct Field {
    name: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'static str,
    titles: Labels,
    description: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    constraints: Option<Constraints>,
}

#[derive(Serialize)]
struct Constraints {
    required: bool,
}

#[derive(Serialize)]
pub(crate) struct ForeignKey {
    fields: Vec<&'static str>,
    reference: Target,
}

#[derive(Serialize)]
struct Target {
    resource: &'static str,
    fields: Vec<&'static str>,
}

/// The bytes of `datapackage.json`: JSON indented by two spaces.
pub(crate) fn descriptor(
    material: &Material,
    sheets: &[Sheet<'_>],
    files: &[SheetFile],
    format: FileFormat,
) -> Result<Vec<u8>, Error> {
    let language = &material.language;
    let resources = sheets.iter().zip(files).map(|(sheet, file)| resource(sheet, file, format, material));
    let package = Package {
        profile: PACKAGE_PROFILE,
        // A name is for machines; an id in another script serves as the `id` alone.
        name: Some(format!("{}.{}", material.id, language.to_string().to_lowercase())).filter(|name| name.is_ascii()),
        id: material.id.as_str(),
        title: material.title.to_plain(),
        languages: [language.to_string()],
        created: material.updated.map(|day| format!("{day}T00:00:00Z")),
        contributors: material.authors.iter().map(|title| Contributor { title, roles: ["author"] }).collect(),
        licenses: material.licence.iter().map(|licence| licence_of(licence)).collect(),
        sources: material
            .source
            .iter()
            .map(|title| Origin { title, path: Some(title.as_str()).filter(|t| is_url(t)) })
            .collect(),
        keywords: &material.tags,
        guard: (format == FileFormat::Csv { guarded: true }).then_some(GuardNote {
            prefix: GUARD,
            description: "Text cells that a spreadsheet or data-frame library would alter or run, and those that begin \
                          with the prefix, have the prefix before them. Take one from the start of every text cell \
                          that begins with it.",
        }),
        resources: resources.collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&package)
        .map_err(|error| Error::new(ErrorKind::Backend(error.to_string()), Vec::new()))?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn resource(sheet: &Sheet<'_>, file: &SheetFile, format: FileFormat, material: &Material) -> Resource {
    let schema = sheet.schema();
    let (format, mediatype, csv) = match format {
        FileFormat::Csv { .. } => ("csv", "text/csv", true),
        #[cfg(feature = "parquet")]
        FileFormat::Parquet => ("parquet", "application/vnd.apache.parquet", false),
    };
    Resource {
        profile: RESOURCE_PROFILE,
        name: schema.name.as_str(),
        path: file.name.clone(),
        kind: "table",
        title: schema.titles.get(&material.language),
        titles: labels(schema.titles),
        description: schema.description,
        format,
        mediatype,
        encoding: csv.then_some("utf-8"),
        bytes: file.bytes.len(),
        hash: format!("sha256:{}", hexadecimal(&Sha256::digest(&file.bytes))),
        dialect: csv.then_some(Dialect {
            profile: DIALECT_PROFILE,
            header: true,
            delimiter: ',',
            line_terminator: "\r\n",
            quote_char: '"',
            double_quote: true,
            skip_initial_space: false,
        }),
        schema: TableSchema {
            profile: SCHEMA_PROFILE,
            fields: schema.columns.iter().map(|column| field(column, material)).collect(),
            missing_values: [""],
            primary_key: schema.primary_key(),
            foreign_keys: schema.references.iter().map(|reference| foreign_key(schema, reference)).collect(),
        },
        // What is edited in a spreadsheet comes back; nobody edits Parquet.
        base: if csv { crate::base::base(sheet) } else { BTreeMap::new() },
    }
}

fn field(column: &'static Column, material: &Material) -> Field {
    Field {
        name: column.name,
        kind: match column.kind {
            ColumnKind::Text => "string",
            ColumnKind::Integer => "integer",
            ColumnKind::Number => "number",
            ColumnKind::Truth => "boolean",
            ColumnKind::Date => "date",
        },
        title: column.titles.get(&material.language),
        titles: labels(column.titles),
        description: column.description,
        constraints: column.required.then_some(Constraints { required: true }),
    }
}

/// A key of another sheet, with the edition where every row has one. Where it may be missing it stands alone: readers
/// differ on a key that is missing in part.
pub(crate) fn foreign_key(schema: &'static Schema, reference: &Reference) -> ForeignKey {
    let target = reference.sheet.schema();
    let required = schema.columns.iter().any(|c| c.name == reference.column && c.required);
    let (mut fields, mut keys) = (Vec::new(), Vec::new());
    if required {
        fields.extend(["material_id", "language"]);
        keys.extend(["material_id", "language"]);
    }
    if !fields.contains(&reference.column) {
        fields.push(reference.column);
        keys.push(target.key);
    }
    // A sheet that refers to itself names no resource.
    let resource = if target.name == schema.name { "" } else { target.name.as_str() };
    ForeignKey { fields, reference: Target { resource, fields: keys } }
}

/// A licence by its name where it can be one (SPDX and Open Definition ids can), by its address, or by its wording.
fn licence_of(licence: &str) -> Licence<'_> {
    let is_name = licence.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_'));
    if is_url(licence) {
        Licence { name: None, path: Some(licence), title: None }
    } else if is_name {
        Licence { name: Some(licence), path: None, title: None }
    } else {
        Licence { name: Some("LicenseRef-other"), path: None, title: Some(licence) }
    }
}

fn is_url(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://")) && !text.contains(char::is_whitespace)
}

pub(crate) fn labels(titles: Titles) -> Labels {
    Labels { en: titles.en, hi: titles.hi }
}

fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}
