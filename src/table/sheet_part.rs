//! Which part of a workbook in a zip (`.xlsx`) holds a sheet, by its place among the sheets.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

/// The unpacked bytes of the two parts that say it.
const MOST_BYTES: u64 = 4 << 20;

/// The part that lists the sheets.
const WORKBOOK: &str = "xl/workbook.xml";

type Zip<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// The name of the part of a sheet.
pub(super) fn part_of_sheet(zip: &mut Zip<'_>, sheet: usize) -> Option<String> {
    let workbook = text_of(zip, WORKBOOK)?;
    let relations = text_of(zip, "xl/_rels/workbook.xml.rels")?;
    part_of(&workbook, &relations, sheet)
}

/// Whether the numbers of days begin in 1904, as in workbooks of older Macintoshes.
pub(super) fn counts_from_1904(bytes: &[u8]) -> bool {
    let workbook = ZipArchive::new(Cursor::new(bytes)).ok();
    let workbook = workbook.and_then(|mut zip| text_of(&mut zip, WORKBOOK));
    workbook.is_some_and(|text| {
        let mut tags = tags(&text, "workbookPr");
        tags.any(|own| matches!(attribute(own, "date1904"), Some("1" | "true")))
    })
}

fn text_of(zip: &mut Zip<'_>, name: &str) -> Option<String> {
    let part = zip.by_name(name).ok()?;
    let mut text = String::new();
    part.take(MOST_BYTES).read_to_string(&mut text).ok()?;
    Some(text)
}

fn part_of(workbook: &str, relations: &str, sheet: usize) -> Option<String> {
    let id = id_of_relation(tags(workbook, "sheet").nth(sheet)?)?;
    let target = tags(relations, "Relationship")
        .find(|own| attribute(own, "Id") == Some(id))
        .and_then(|own| attribute(own, "Target"))?;
    Some(match target.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None => format!("xl/{target}"),
    })
}

/// The tags of a name, whatever the prefix.
fn tags<'x>(xml: &'x str, name: &'x str) -> impl Iterator<Item = &'x str> {
    let tags = xml.split('<').skip(1);
    tags.filter(move |own| {
        let own = own.split([' ', '\t', '\r', '\n', '/', '>']).next();
        own.and_then(|own| own.rsplit(':').next()) == Some(name)
    })
}

/// The attribute of a sheet that names its relation: mostly `r:id`.
fn id_of_relation(tag: &str) -> Option<&str> {
    let mut names = tag.split_whitespace().filter_map(|own| own.split_once('='));
    let (name, _) = names.find(|(name, _)| name.ends_with(":id"))?;
    attribute(tag, name)
}

/// The value of a tag's attribute.
pub(super) fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    tag.match_indices(name).find_map(|(at, _)| {
        let is_begin = tag[..at].ends_with([' ', '\t', '\r', '\n']);
        let value = tag[at + name.len()..].trim_start().strip_prefix('=')?;
        let value = value.trim_start();
        let quote = value
            .chars()
            .next()
            .filter(|own| matches!(own, '"' | '\''))?;
        let value = value[1..].split(quote).next()?;
        is_begin.then_some(value)
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn days_from_1904_are_known_by_the_workbook() {
        for (properties, expected) in [
            ("<workbookPr date1904=\"1\"/>", true),
            ("<x:workbookPr a=\"b\" date1904='true'>", true),
            ("<workbookPr date1904=\"0\"/>", false),
            ("<workbookPr/><sheet name=\"date1904\"/>", false),
        ] {
            let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
            let options = zip::write::SimpleFileOptions::default();
            zip.start_file(WORKBOOK, options).unwrap();
            zip.write_all(properties.as_bytes()).unwrap();
            let bytes = zip.finish().unwrap().into_inner();
            assert_eq!(counts_from_1904(&bytes), expected, "{properties}");
        }
    }

    #[test]
    fn a_sheet_is_in_the_part_that_its_relation_names() {
        let workbook = "<workbook><sheets><sheet name=\"A b\" sheetId=\"7\" r:id=\"rId2\"/>\
                        <x:sheet x:id='rId1' name='B'/><sheet name=\"C\"/></sheets></workbook>";
        let relations = "<Relationships><Relationship Id=\"rId1\" Target=\"/xl/worksheets/one.xml\"/>\
                         <Relationship Target=\"worksheets/sheet9.xml\" Id=\"rId2\"/></Relationships>";
        let parts = (0..4).map(|at| part_of(workbook, relations, at));
        let expected = [
            Some("xl/worksheets/sheet9.xml"),
            Some("xl/worksheets/one.xml"),
        ];
        for (part, expected) in parts.zip(expected.into_iter().chain([None, None])) {
            assert_eq!(part.as_deref(), expected);
        }
    }
}
