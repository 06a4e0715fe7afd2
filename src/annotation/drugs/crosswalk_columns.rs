//! The columns of the ASP NDC–HCPCS crosswalk, by which its tables are known.

use crate::annotation::csv_table::{Column, Sheet, column};
use crate::table::sheet::Book;

pub(super) const CODE: usize = 0;
pub(super) const NDC: usize = 1;
pub(super) const BRAND: usize = 2;
pub(super) const LABELER: usize = 3;
pub(super) const DOSAGE: usize = 4;
pub(super) const SIZE: usize = 5;
pub(super) const QUANTITY: usize = 6;
pub(super) const UNITS: usize = 7;
pub(super) const PACKAGE_UNITS: usize = 8;

/// The short descriptor is left out: the release has it.
pub(super) const COLUMNS: [Column; 9] = [
    column("code", &["CODE", "HCPCSCODE", "HCPCS"], true),
    column("NDC", &["NDC2", "NDC", "NDC1"], true),
    column("drug name", &["DRUGNAME", "BRANDNAME"], true),
    column("labeler name", &["LABELERNAME", "LABELER"], false),
    column("HCPCS dosage", &["HCPCSDOSAGE", "DOSAGE"], false),
    column("package size", &["PKGSIZE", "PACKAGESIZE"], false),
    column(
        "package quantity",
        &["PKGQTY", "PACKAGEQUANTITY", "PACKAGEQTY"],
        false,
    ),
    column("billing units", &["BILLUNITS", "BILLINGUNITS"], false),
    column(
        "billing units per package",
        &["BILLUNITSPKG", "BILLINGUNITSPERPACKAGE", "BILLINGUNITSPKG"],
        false,
    ),
];

/// Columns by which a crosswalk is known that lacks others, and one that only a release has.
const KEYS: [Column; 3] = [
    column("code", COLUMNS[CODE].headings, true),
    column("NDC", COLUMNS[NDC].headings, true),
    column("long description", &["LONGDESCRIPTION"], false),
];

/// The row of a crosswalk's headings, which has the code and the NDC and lacks another needed column.
pub(super) fn incomplete(book: &mut Book<'_>) -> Option<usize> {
    let sheet = Sheet::open(book, &KEYS)?;
    sheet.places[2].is_none().then_some(sheet.header)
}

/// Whether a file's beginning is that of a crosswalk, by its headings or by its title.
pub(crate) fn is_crosswalk(head: &str) -> bool {
    let title = head.lines().next().unwrap_or_default().to_lowercase();
    (title.contains("ndc") && title.contains("hcpcs") && title.contains("crosswalk"))
        || is_table(&mut Book::text(head))
}

/// Whether a workbook or a table has the headings of a crosswalk.
pub(crate) fn is_table(book: &mut Book<'_>) -> bool {
    Sheet::open(book, &COLUMNS).is_some() || incomplete(book).is_some()
}
