//! The page that checks: lines and files in, verdicts as a table, as CSV and as a workbook out.

use ::hcpcs::export::{TableCell, WorkbookWriter};
use calamine::{Data, Reader as _, Xlsx};

use super::{Client, Got, encoded, got, served};
use crate::hcpcs::Hcpcs;

/// What separates the fields of a form.
const BOUNDARY: &str = "----a-form-of-the-tests";

/// A field of a form: its name, the name of the file where it is one, and what it holds.
type Field<'f> = (&'f str, Option<&'f str>, &'f [u8]);

/// Sends a form as a browser does; and gives the page that comes of it.
fn send(client: &Client, fields: &[Field<'_>]) -> Got {
    got(post(client, fields))
}

fn post(
    client: &Client,
    fields: &[Field<'_>],
) -> Result<ureq::http::Response<ureq::Body>, ureq::Error> {
    let mut body = Vec::new();
    for (name, file, bytes) in fields {
        let file = file.map_or(String::new(), |file| format!("; filename=\"{file}\""));
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let request = client.agent.post(client.url("/check"));
    request.content_type(kind).send(&body[..])
}

fn lines(text: &str) -> Got {
    send(served(), &[("lines", None, text.as_bytes())])
}

#[track_caller]
fn holds(got: &Got, status: u16, parts: &[&str]) {
    assert_eq!(got.status, status, "{}", got.body);
    let body = got.body.replace("&#39;", "'").replace("&#38;", "&");
    for part in parts {
        assert!(body.contains(part), "no {part:?} in {body}");
    }
}

/// The markup before the repeated input.
const AGAIN: &str = "<textarea name=\"again\" hidden aria-label=\"The lines once more\">";
const TABLE: &str = "id,code,mod1,dos,charge\n\
                     a,J1640,JW,2026-02-01,10\n\
                     b,J1443,,2026-02-01,20\n\
                     c,E0601,RR,2026-02-01,30\n";

#[test]
fn lines_that_are_pasted_are_checked() {
    holds(
        &served().get("/check"),
        200,
        &["Codes, a list or claim lines", "8 MiB"],
    );
    let got = lines("J1640 JW 2026-02-01\nJ1443 2026-02-01\n99213\nZ9999");
    holds(
        &got,
        200,
        &[
            "4 pasted lines checked",
            "terminated",
            "/codes/J1443?as_of=2026-02-01",
            "out of scope",
            "2 lines without a day of service, judged as of",
            // what is pasted is in the form still
            "J1640 JW 2026-02-01\nJ1443",
        ],
    );
    let linked = served().get(&format!("/check?lines={}", encoded("J1640 JW\nA0000")));
    holds(&linked, 200, &["2 pasted lines", "/codes/J1640", "JW"]);
}

#[test]
fn a_list_in_one_line_is_a_line_a_code() {
    let got = lines("J1640, E0601; J1443");
    holds(
        &got,
        200,
        &[
            "3 pasted lines",
            "each code of the list is a line of its own",
        ],
    );
    assert!(!got.body.contains("modifier E0601"));
}

#[test]
fn a_table_keeps_its_columns_and_is_filtered() {
    let file = [("file", Some("claims.csv"), TABLE.as_bytes())];
    let got = send(served(), &file);
    holds(
        &got,
        200,
        &[
            "3 lines of claims.csv",
            "columns not read: charge",
            "<th scope=\"col\" class=\"given\">charge</th>",
            "<td class=\"given brief\" data-name=\"charge\">20</td>",
            "value=\"terminated\"",
        ],
    );
    // What filters sends the file again, out of the page itself.
    let again = field(&got.body, AGAIN, "<");
    let shown = [
        ("again_name", None, &b"claims.csv"[..]),
        ("again", None, again.as_bytes()),
        ("show", None, b""),
        ("show", None, b"terminated"),
    ];
    let got = send(served(), &shown);
    holds(
        &got,
        200,
        &[
            "3 lines of claims.csv",
            "<td class=\"given brief\" data-name=\"charge\">20</td>",
        ],
    );
    assert!(
        !got.body
            .contains("<td class=\"given brief\" data-name=\"charge\">10</td>")
    );
}

#[test]
fn every_door_writes_the_table_that_the_command_writes() {
    for (table, columns) in [
        (TABLE, &["checked_dos", "notice"][..]),
        (
            "code,dos,units,dose,description,paid amount\n\
             J1640,2026-02-01,3,3 mg,HEMIN INJ,1\n\
             J1443,2026-02-01,5,1 mg,GLYCOPYRROLATE,2\n",
            &["units_agree", "units_reason", "description_fit", "proposal"],
        ),
    ] {
        let hcpcs = Hcpcs::starter();
        let path = hcpcs.file("claims.csv", table);
        let args = ["check", "--csv"].map(std::ffi::OsStr::new);
        let written = hcpcs.run(args.into_iter().chain([path.as_os_str()])).stdout;
        let head = written.lines().next().unwrap();
        for column in columns {
            assert!(head.split(',').any(|own| own == *column), "{head}");
        }
        assert!(written.contains("columns not read: "), "{written}");
        let file = ("file", Some("claims.csv"), table.as_bytes());
        let page = send(served(), &[file, ("download", None, b"csv")]);
        let api = served().post("/api/v1/check?format=csv", "text/csv", table);
        for got in [page, api] {
            assert_eq!(
                (got.status, &*got.content_type),
                (200, "text/csv; charset=utf-8")
            );
            assert_eq!(got.body, written);
        }
    }
    let file = ("file", Some("claims.csv"), TABLE.as_bytes());
    let wrong = send(
        served(),
        &[file, ("show", None, b"wrong"), ("download", None, b"csv")],
    );
    // the notices are those of the whole input, also of the lines that are left out
    assert_eq!(wrong.body.lines().count(), 3, "{}", wrong.body);
    assert!(wrong.body.contains("b,J1443,") && wrong.body.contains("columns not read: charge"));
}

#[test]
fn lines_with_wrong_units_are_counted_and_filtered() {
    let table = b"code,dos,units,dose\nJ1640,2026-02-01,3,3 mg\nJ1640,2026-02-01,4,3 mg\n\
                  J1640,2026-02-01,0,\n";
    let file = ("file", Some("units.csv"), &table[..]);
    let got = send(served(), &[file, ("show", None, b"units")]);
    holds(&got, 200, &["3 lines of units.csv", "wrong by its units"]);
    let file = ("file", Some("units.csv"), &table[..]);
    let shown = [file, ("show", None, b"units"), ("download", None, b"csv")];
    let got = send(served(), &shown);
    assert_eq!(got.body.lines().count(), 3, "{}", got.body);
}

#[test]
fn charge_lines_are_counted_and_filtered() {
    let table = b"description,code,dos\nhemin,E0601,2026-02-01\nhemin,J1640,2026-02-01\n";
    let file = ("file", Some("charges.csv"), &table[..]);
    let got = send(served(), &[file, ("show", None, b"unlike")]);
    holds(
        &got,
        200,
        &[
            "unlike the description</span> <span class=\"count\">1<",
            "unlike its description",
        ],
    );
    assert_eq!(got.body.matches("<tr><td class=\"n\">").count(), 1);
    assert!(!got.body.contains("with a code proposed"), "{}", got.body);
}

#[test]
fn a_table_is_taken_along_as_a_workbook() {
    let file = ("file", Some("claims.csv"), TABLE.as_bytes());
    let answer = post(served(), &[file, ("download", None, b"xlsx")]);
    let mut answer = answer.unwrap();
    let disposition = answer.headers()["content-disposition"].to_str().unwrap();
    assert_eq!(disposition, "attachment; filename=\"verdicts.xlsx\"");
    let bytes = answer.body_mut().read_to_vec().unwrap();
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
    let rows = book.worksheet_range_at(0).unwrap().unwrap();
    assert_eq!(rows.height(), 4);
    let text = |row, column| rows.get((row, column)).unwrap().clone();
    assert_eq!(text(0, 4), Data::String("charge".to_owned()));
    assert_eq!(text(1, 1), Data::String("J1640".to_owned()));
    assert_eq!(text(2, 4), Data::String("20".to_owned()));
}

#[test]
fn a_workbook_is_checked_and_filtered_again() {
    let mut book = WorkbookWriter::new(["Code", "Charge"]).unwrap();
    let day = TableCell::Day("2026-02-01".parse().unwrap());
    for code in ["J1640", "J1443"] {
        book.row(&[TableCell::Text(code.to_owned()), day.clone()])
            .unwrap();
    }
    let bytes = book.finish().unwrap();
    let got = send(served(), &[("file", Some("list.xlsx"), &bytes)]);
    holds(
        &got,
        200,
        &["2 lines of list.xlsx", "/codes/J1640", "2026-02-01"],
    );
    let again = field(&got.body, AGAIN, "<");
    let fields = [
        ("again", None, again.as_bytes()),
        ("again_name", None, b"list.xlsx"),
        ("show", None, b"valid"),
    ];
    let got = send(served(), &fields);
    holds(&got, 200, &["2 lines of list.xlsx", "/codes/J1640"]);
    let broken = [("again", None, &b"***"[..])];
    holds(&send(served(), &broken), 400, &["choose the file again"]);
}

#[test]
fn what_cannot_be_read_is_said_in_the_page() {
    holds(&lines(" \n"), 400, &["there is nothing to check"]);
    holds(
        &lines("Item,Mod 1,DOS\nx,y,z\n"),
        400,
        &[
            "no column is known to hold the code",
            "code=NAME",
            "Check codes and claim lines",
        ],
    );
    let mapped = [
        ("lines", None, &b"Item,Mod 1,DOS\nJ1640,JW,2026-02-01\n"[..]),
        ("columns", None, b"code=Item"),
    ];
    holds(
        &send(served(), &mapped),
        200,
        &["1 pasted line", "/codes/J1640"],
    );
    holds(
        &send(served(), &[("file", Some("a.pdf"), b"%PDF-1.7\n\x01")]),
        400,
        &["is no text"],
    );
    let both = [
        ("file", Some("claims.csv"), TABLE.as_bytes()),
        ("lines", None, b"J1640"),
    ];
    holds(
        &send(served(), &both),
        200,
        &["the file is checked, and not the pasted lines"],
    );
    let day = [("lines", None, &b"J1640"[..]), ("as_of", None, b"soon")];
    holds(&send(served(), &day), 400, &["`as_of` cannot be `soon`"]);
    let other = [("lines", None, &b"J1640"[..]), ("download", None, b"pdf")];
    holds(&send(served(), &other), 400, &["give csv or xlsx"]);
    holds(
        &send(served(), &[("nothing", None, b"x")]),
        400,
        &["there is no parameter"],
    );
    holds(
        &served().get("/check?line=J1640"),
        400,
        &["there is no parameter `line`"],
    );
    // with lines and without them
    for lines in ["", "&lines=J1640"] {
        for (wrong, said) in [
            ("show=nonsense", "`show` cannot be `nonsense`"),
            ("download=pdf", "`download` cannot be `pdf`"),
            ("as_of=abc", "`as_of` cannot be `abc`"),
        ] {
            let got = served().get(&format!("/check?{wrong}{lines}"));
            holds(&got, 400, &[said]);
        }
        for show in ["not%20readable", "units", "wrong", "no%20code", "valid"] {
            holds(
                &served().get(&format!("/check?show={show}{lines}")),
                200,
                &[],
            );
        }
    }
    let plain = served().post("/check", "text/plain", "J1640");
    holds(&plain, 415, &["multipart/form-data"]);
}

#[test]
fn too_much_is_refused_with_what_takes_more() {
    let long = "J1640\n".repeat(2 << 20);
    let got = lines(&long);
    holds(&got, 413, &["takes 8 MiB at once", "/api/v1/check"]);
    let longer = "J1640\n".repeat(3 << 20);
    holds(&lines(&longer), 413, &["the form has more than 16 MiB"]);
}

#[test]
fn nothing_of_an_input_becomes_markup() {
    let nasty = "<script>alert(1)</script>";
    let table = format!("code,{nasty}\nJ1640,{nasty}\n{nasty},x\n");
    for got in [
        lines(&table),
        lines(nasty),
        send(served(), &[("file", Some(nasty), table.as_bytes())]),
        served().get(&format!("/check?lines={}", encoded(nasty))),
    ] {
        assert!(!got.body.contains("<script>alert"), "{}", got.body);
    }
}

/// The text between two others.
fn field<'t>(text: &'t str, before: &str, behind: &str) -> &'t str {
    let (_, rest) = text.split_once(before).unwrap();
    rest.split_once(behind).unwrap().0
}
