//! The ASP NDC–HCPCS crosswalk: brands, labelers, NDCs and billing units of a code's drug products.

use super::crosswalk_columns::{COLUMNS, incomplete};
use super::crosswalk_row::product;
use super::drug_product::DrugProduct;
use super::{exchanged_columns, quarter};
use crate::annotation::csv_table::Sheet;
use crate::annotation::source::Source;
use crate::error::Result;
use crate::table::sheet::Book;

/// Reads the products of a crosswalk; leaves out and counts rows of CPT numbers.
pub(crate) fn parse(book: &mut Book<'_>, source: &mut Source) -> Result<Vec<DrugProduct>> {
    let Some(sheet) = Sheet::open(book, &COLUMNS) else {
        return source.refuse(match incomplete(book) {
            Some(line) => format!(
                "line {line} has the code and the NDC of a crosswalk, but no column for the drug \
                 name; add one, such as `Drug Name`"
            ),
            None => "none of the first 30 rows has the headings of a crosswalk; \
                 it needs columns for the code, the NDC and the drug name"
                .to_owned(),
        });
    };
    let lacking = sheet.lacks(&COLUMNS);
    let is_full = lacking.is_none();
    source.notices.extend(lacking);
    source.notices.extend(sheet.passes_over());
    quarter::take(&sheet.preamble, source);
    let mut products = Vec::new();
    let (mut broken, mut restored) = (Vec::new(), 0);
    let cut = sheet.each_row(
        |row| {
            source.rows += 1;
            match product(row) {
                Ok(Some((product, is_restored))) => {
                    restored += usize::from(is_restored);
                    products.push(product);
                }
                Ok(None) => source.left_out_cpt += 1,
                Err(reason) => source.skip(row.line, reason),
            }
        },
        |line, reason| broken.push((line, reason.to_owned())),
    );
    source.damage.extend(cut);
    source.take_broken(broken);
    source.check_rows();
    source.damage.extend(exchanged_columns::signs(&products));
    if products.is_empty() {
        let reason = "no row has a product of a HCPCS Level II code";
        source.damage.push(reason.to_owned());
    }
    let unread = products.iter().filter(|own| own.package().is_none());
    let unread = unread.count();
    if unread > 0 && is_full {
        source.notices.push(format!(
            "products whose size, quantity or billing units are not numbers above zero, so that \
             they give no units: {unread}"
        ));
    }
    if restored > 0 {
        source.notices.push(format!(
            "NDCs whose leading zeros a spreadsheet had taken away, which are given back: {restored}"
        ));
    }
    let own = products
        .iter()
        .filter(|product| product.ndc.is_none())
        .count();
    if own > 0 {
        source.notices.push(format!(
            "products kept by the maker's own number, which takes the place of an NDC: {own}"
        ));
    }
    Ok(products)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::crosswalk_columns::is_crosswalk;
    use super::*;
    use crate::annotation::source::SourceKind;

    const HEADINGS: &str = "_2026_CODE,Short Description,LABELER NAME,NDC2,Drug Name,HCPCS dosage,PKG SIZE,PKG QTY,BILLUNITS,BILLUNITSPKG";
    const HEMIN: &str = "J1640,\"Hemin, 1 mg\",Recordati Rare Diseases Inc.,55292-0702-55, Panhematin ,1 MG,1,1,336,336";

    fn read(text: &str) -> (Vec<DrugProduct>, Source) {
        let path = Path::new("ASP crosswalk April 2026.csv");
        let mut source = Source::new(path, SourceKind::DrugProducts);
        let products = parse(&mut Book::text(text), &mut source).unwrap();
        (products, source)
    }

    #[test]
    fn a_product_with_hundreds_of_commas() {
        let commas = ",".repeat(300);
        let text = format!(
            "January 2026 ASP NDC - HCPCS Crosswalk{commas}\r\n\"     Effective January 1, 2026 through March 31, 2026\"{commas}\r\n{commas}\r\n{HEADINGS}{commas}\r\n{HEMIN}{commas}\r\n{commas}\r\n"
        );
        assert!(is_crosswalk(&text));
        let (products, source) = read(&text);
        let [product] = &products[..] else {
            panic!("{products:?}")
        };
        assert_eq!(product.code.as_str(), "J1640");
        assert_eq!(product.brand, "Panhematin");
        assert_eq!(product.labeler, "Recordati Rare Diseases Inc.");
        assert_eq!(product.ndc.unwrap().to_string(), "55292-0702-55");
        assert_eq!(
            (product.dosage.as_str(), product.billing_units.as_str()),
            ("1 MG", "336")
        );
        assert_eq!(source.title, "January 2026 ASP NDC - HCPCS Crosswalk");
        assert_eq!(source.label.as_deref(), Some("2026-01"));
        // the name says another quarter
        assert_eq!(
            (source.rows, source.skipped.len(), source.notices.len()),
            (1, 0, 1)
        );
    }

    #[test]
    fn moved_headings_and_missing_columns() {
        let text = "\n\nNotes\nDrug Name,NDC,2023_Code\nPanhematin,55292070255,J1640\n";
        assert!(is_crosswalk(text));
        let (products, source) = read(text);
        assert_eq!(products[0].brand, "Panhematin");
        assert!(products[0].labeler.is_empty());
        assert_eq!(source.label.as_deref(), Some("2026-04"), "from the name");
        assert_eq!(
            source.notices,
            [
                "columns that the file lacks: labeler name, HCPCS dosage, package size, package quantity, billing units, billing units per package"
            ]
        );
    }

    #[test]
    fn of_two_columns_for_one_thing_the_other_is_named() {
        let text =
            "Drug Name,NDC2,_2026_CODE,NDC,_2025_CODE\nPanhematin,55292-0702-55,J1640,x,J1641\n";
        let (products, source) = read(text);
        assert_eq!(products[0].ndc.unwrap().to_string(), "55292-0702-55");
        let expected =
            "columns that are not read, as another one is taken for the same: NDC, _2025_CODE";
        assert!(
            source.notices.contains(&expected.to_owned()),
            "{:?}",
            source.notices
        );
    }

    #[test]
    fn bad_rows_are_skipped_with_line_and_reason() {
        let rows = [
            "90371,x,GRIFOLS,13533-0636-01,HyperHepB,1 ML,1,1,1,1",
            "J1640,x,x,5529-702-55,Panhematin,1 MG,1,1,1,1",
            "J164,x,x,55292-0702-55,Panhematin,1 MG,1,1,1,1",
            "J1640,x,x,,Panhematin,1 MG,1,1,1,1",
            "J1640,x,x,55292-0702-55,,1 MG,1,1,1,1",
            "J1640",
            "Q4217,x,x,WF004,WoundFix®,1 SQ CM,4,1,4,4",
            "E0601,x,x,6409602,Vaqta,1 ML,1,10,1,10",
            "Q4150,x,x,70120004,AlloWrap,1,1,1,1,1",
            "J1640,x,x,5.52921E+10,Panhematin,1 MG,1,1,1,1",
        ];
        let (products, source) = read(&format!("{HEADINGS}\n{}\n", rows.join("\n")));
        assert_eq!(
            (source.rows, source.left_out_cpt, products.len()),
            (10, 1, 3)
        );
        assert_eq!(products[0].product_number.as_deref(), Some("WF004"));
        assert_eq!(products[0].ndc, None);
        assert_eq!(products[1].ndc.unwrap().to_string(), "00006-4096-02");
        assert_eq!(products[2].product_number.as_deref(), Some("70120004"));
        let skipped = source.skipped_in_words();
        assert_eq!(
            skipped,
            [
                "3: `5529-702-55`: not an NDC, which has 5, 4 and 2 digits such as 55292-0702-55",
                "4: `J164`: not a HCPCS Level II code (a letter and four digits, or a modifier of two characters)",
                "5: J1640 without an NDC",
                "6: J1640 55292-0702-55 without a drug name",
                "7: J1640 without an NDC",
                "11: `5.52921E+10` is a number that a spreadsheet has shortened, its digits are lost; format the column as text and export it again",
            ]
        );
    }

    #[test]
    fn a_crosswalk_without_drug_names_is_known_and_says_what_it_lacks() {
        for text in [
            "CODE,NDC\nJ1640,55292-0702-55\n",
            "ASP NDC-HCPCS Crosswalk\n_2026_CODE,NDC2\nJ1640,55292-0702-55\n",
            "NDC\tHCPCS\n55292-0702-55\tJ1640\n",
        ] {
            assert!(is_crosswalk(text), "{text}");
            let mut source = Source::new(Path::new("x.csv"), SourceKind::DrugProducts);
            let error = parse(&mut Book::text(text), &mut source).unwrap_err();
            let error = error.to_string();
            assert!(error.contains("no column for the drug name"), "{error}");
        }
        let release = "HCPC,NDC,LONG DESCRIPTION\nJ1640,x,Hemin\n";
        assert!(!is_crosswalk(release));
    }

    #[test]
    fn a_crosswalk_by_its_title_without_headings() {
        let text = "January 2026 ASP NDC - HCPCS Crosswalk\nJ1640,55292-0702-55\n";
        assert!(is_crosswalk(text));
        let mut source = Source::new(Path::new("x.csv"), SourceKind::DrugProducts);
        let error = parse(&mut Book::text(text), &mut source)
            .unwrap_err()
            .to_string();
        assert!(error.contains("headings"), "{error}");
    }
}
