//! Units, look-alikes and lists on the page: what is calculated beside a record and taken along.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};

use super::page::{holds, text};
use super::{Got, served};
use crate::hcpcs::{DAY, Hcpcs};

#[test]
fn units_are_calculated_beside_a_record() {
    let plain = text(&format!("/codes/J1597?as_of={DAY}"), 200);
    holds(
        &plain,
        &[
            "One unit is <strong>0.1 mg</strong>",
            "action=\"/codes/J1597#units\"",
        ],
    );
    assert!(!plain.contains("billing advice"));
    let asked = format!("/codes/J1597?as_of={DAY}&dose=0.45+mg&vial=0.2+mg");
    holds(
        &text(&asked, 200),
        &[
            "5 units",
            "of 0.1 mg for 0.45 mg",
            "J1597 JW",
            "discarded",
            "3 of 0.2 mg, 0.15 mg left",
            "not billing advice",
            // what was typed stays
            "value=\"0.45 mg\"",
        ],
    );
    let by_weight = format!("/codes/J1597?as_of={DAY}&weight=70+kg&per_kg=0.004+mg");
    holds(&text(&by_weight, 200), &["3 units", "for 0.28 mg"]);
    for (fields, status, said) in [
        ("dose=much", 400, "much"),
        (
            "dose=1+mg&weight=70+kg&per_kg=1+mg",
            400,
            "give one of them",
        ),
        ("ndc=00000-0000-00", 404, "none is indexed"),
        ("vials=x", 400, "`vials` cannot be `x`"),
        ("dose=1+mg&dose=2+mg", 400, "given twice"),
        ("doses=1", 400, "there is as_of, product, dose"),
    ] {
        let body = text(&format!("/codes/J1597?as_of={DAY}&{fields}"), status);
        assert!(
            body.replace("&#39;", "'").contains(said),
            "{fields}: {body}"
        );
    }
    // what states no unit has no calculator
    assert!(!text("/codes/E0601", 200).contains("id=\"units\""));
    let nasty = "/codes/J1597?dose=%3Cscript%3E&product=%3Cscript%3E";
    assert!(!text(nasty, 400).contains("<script>"));
}

#[test]
fn look_alikes_are_a_table() {
    let record = text(&format!("/codes/J1597?as_of={DAY}"), 200);
    holds(
        &record,
        &[
            "class=\"grid alikes\"",
            "/codes/J1596?as_of=2026-02-01",
            "<td class=\"unit\">0.1 mg</td>",
            "<del><span class=\"away\">has not </span>",
            "/compare?codes=J1597%2CJ1596&#38;as_of=2026-02-01",
        ],
    );
}

#[test]
fn a_row_has_its_unit_and_the_units_of_a_dose() {
    holds(&text("/?q=J1597", 200), &["One unit is 0.1 mg"]);
    let dosed = text(&format!("/?q=glycopyrrolate+0.4+mg&as_of={DAY}"), 200);
    holds(
        &dosed,
        &[
            "Dose understood: <strong>0.4 mg</strong>",
            "<b>4 units</b> of 0.1 mg",
        ],
    );
    assert!(!dosed.contains("Not found: 0.4 mg"), "{dosed}");
}

#[test]
fn a_list_is_sorted_sized_and_printed() {
    let list = text(
        &format!("/?section=J&coverage=C&sort=code&as_of={DAY}"),
        200,
    );
    holds(
        &list,
        &[
            "data-key=\"sort:code\" aria-current=\"true\"",
            "data-key=\"size:25\" aria-current=\"true\"",
            "&#38;limit=100",
            "<dt>As of</dt><dd>2026-02-01</dd>",
            "<dt>Release</dt><dd>2026-01/starter, 809 of about 9,000 codes</dd>",
            "Coverage C Carrier judgment",
            "<dt>Rows</dt><dd>1–25 of ",
            "/list.csv?as_of=2026-02-01&#38;sort=code",
        ],
    );
    let asked = text("/?q=J1640+E0601", 200);
    holds(&asked, &["as asked", "In the list"]);
    let unknown = text("/?q=J1640+Z9999", 200);
    holds(
        &unknown,
        &["1 code, and 1 of the list that no code answers"],
    );
}

#[test]
fn a_list_is_taken_along_as_the_command_writes_it() {
    let target = format!("/list.csv?q=glycopyrrolate&as_of={DAY}");
    let got: Got = served().get(&target);
    assert_eq!(
        (got.status, &*got.content_type),
        (200, "text/csv; charset=utf-8")
    );
    let ran = Hcpcs::starter().run([
        "search",
        "glycopyrrolate",
        "--csv",
        "--limit",
        "all",
        "--as-of",
        DAY,
    ]);
    for (own, command) in got.body.lines().zip(ran.stdout.lines()) {
        assert!(own.starts_with(command), "{own}\n{command}");
    }
    assert_eq!(got.body.lines().count(), ran.stdout.lines().count());
    let first = got.body.lines().nth(1).unwrap();
    assert!(
        first.ends_with("0.1 mg,,2026-02-01,2026-01/starter,\"release 2026-01/starter: 809 of about 9,000 codes\""),
        "{first}"
    );
    // all of it, and not a page
    let all = served().get(&format!("/list.csv?section=J&limit=25&as_of={DAY}"));
    assert!(all.body.lines().count() > 100);
    let client = served();
    let mut book = client
        .agent
        .get(client.url("/list.xlsx?q=hemin"))
        .call()
        .unwrap();
    let bytes = book.body_mut().read_to_vec().unwrap();
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let rows = book.worksheet_range_at(0).unwrap().unwrap();
    assert_eq!(rows.get((1, 1)), Some(&Data::String("J1640".to_owned())));
    let wrong = served().get("/list.csv?lmit=3");
    assert_eq!(
        (wrong.status, &*wrong.content_type),
        (400, "text/html; charset=utf-8")
    );
}
