//! The fixed-width text and its traps.

use hcpcs::release::{ReadOptions, read};
use hcpcs::{Error, LeftOut};
use proptest::prelude::*;

use super::{read_as, read_lines, read_text, record, skipped};
use crate::made::{self, line};

const LONG: &str = "Injection, a drug that has a very long name, and that is given in a very large \
                    number of ways, none of which is any shorter than the one before it, and so on \
                    to the end of the third line";

#[test]
fn every_field_is_read() {
    let line = line("J1640", "Injection, hemin, 1 mg")
        .set(120, "51535700A")
        .set(129, "60-16 35-99 10.1  ")
        .set(147, "2049    4450.1  3350.5  ")
        .set(171, "1833(t)   ")
        .set(181, "310340610620630640900910")
        .set(205, "J164199213   25CPT  A9270")
        .set(230, "DYY20080101")
        .set(241, "ABCX20090101")
        .set(253, "0095O1E")
        .set(261, "1PLRA  7")
        .set(269, "200601012007020120261231C");
    let release = read_lines(&[line]);
    let record = serde_json::to_value(record(&release, "J1640")).unwrap();
    let fields = record.as_object().unwrap().iter();
    let mut fields: Vec<String> = fields
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    fields.sort();
    insta::assert_snapshot!(fields.join("\n"), @r#"
    action: "C"
    action_effective: "2007-02-01"
    added: "2006-01-01"
    anesthesia_base_units: 7
    asc_date: "2008-01-01"
    asc_group: "YY"
    betos: "O1E"
    carriers_manual: ["2049","4450.1","3350.5"]
    code: "J1640"
    coverage: "D"
    coverage_issues_manual: ["60-16","35-99","10.1"]
    cross_references: ["J1641","99213","25","CPT","A9270"]
    laboratory_certification: ["310","340","610","620","630","640","900","910"]
    long_descriptor: "Injection, hemin, 1 mg"
    mog_date: "2009-01-01"
    mog_group: "ABC"
    mog_policy: "X"
    multiple_pricing: "A"
    not_otherwise_classified: null
    pricing: ["51","53","57","00"]
    processing_note: {"number":"0095","text":null}
    record_identification: "3"
    sequence_number: 100
    short_descriptor: "Injection, hemin, 1 mg"
    statute: "1833(t)"
    terminated: "2026-12-31"
    type_of_service: ["1","P","L","R","A"]
    unread: []
    "#);
}

#[test]
fn descriptors_continue_over_lines() {
    let release = read_lines(&[
        line("J1640", LONG),
        line("JW", LONG),
        line("J1650", "Other"),
    ]);
    assert_eq!(record(&release, "J1640").long_descriptor, LONG);
    assert_eq!(record(&release, "JW").long_descriptor, LONG);
    assert_eq!(record(&release, "J1650").long_descriptor, "Other");
    assert_eq!(skipped(&release), []);
    let codes: Vec<&str> = release
        .records
        .iter()
        .map(|own| own.code.as_str())
        .collect();
    assert_eq!(codes, ["J1640", "J1650", "JW"]);
}

#[test]
fn lines_may_be_padded_trimmed_or_overlong() {
    let whole = read_lines(&[line("J1640", LONG), line("JW", "Drug wasted")]);
    let text = made::text(&[line("J1640", LONG), line("JW", "Drug wasted")]);
    let each = |change: &dyn Fn(&str) -> String| -> String { text.lines().map(change).collect() };
    let cut = |line: &str, length: usize| line[..length.min(line.len())].to_owned();
    for changed in [
        each(&|line| format!("{line}\n")),
        each(&|line| cut(line, 293) + "\r\n"),
        each(&|line| format!("{}\r\n", line.trim_end())),
        each(&|line| format!("{line:<546}\r\n")),
        each(&|line| format!("{line}\r\n\r\n")),
        format!("{text}\r\n"),
        format!("{text}{:<296}\r\n", ""),
        text.trim_end().to_owned(),
        format!("\u{FEFF}{text}"),
    ] {
        let release = read_text(changed);
        assert_eq!(release.records, whole.records);
        assert_eq!(skipped(&release), []);
    }
}

#[test]
fn prose_stands_above_the_records() {
    let mut text = b"Note regarding CMS\x92 2020 files\t\t\r\n\r\n*Inclusion or exclusion does not imply\xA0\
                     coverage of anything, and this line is so long that it could be one of the records below, \
                     which have three hundred and twenty columns.\r\n"
        .to_vec();
    text.extend(made::text(&[line("J1640", "Hemin")]).bytes());
    let release = read_text(&text);
    assert_eq!(release.records.len(), 1);
    assert_eq!(skipped(&release), []);
    assert_eq!(release.notices, [""; 0]);
}

#[test]
fn broken_lines_are_skipped_and_told() {
    let good = made::text(&[line("J1640", "Hemin")]);
    let other = made::text(&[line("J1650", LONG)]);
    let text = format!(
        "J1630 garbage\n{good}nonsense\n?????001003Text\n{}{}",
        other.split_once('\n').unwrap().1,
        made::text(&[
            line("J1660", "Bad").set(285, "20260231"),
            line("J1640", "Twice")
        ]),
    );
    let release = read_text(&text);
    assert_eq!(release.records.len(), 1);
    assert_eq!(
        skipped(&release),
        [
            (
                1,
                "columns 6–11 hold no sequence number and record identification"
            ),
            (3, "not a record line"),
            (4, "columns 1–5 hold no code"),
            (5, "continues `J1650`, whose first line is not before it"),
            (6, "continues `J1650`, whose first line is not before it"),
            (
                7,
                "J1660: TERM DT (HCPCS_TRMNTN_DT): `20260231` is not a date (YYYYMMDD)"
            ),
            (8, "J1640 a second time, first on line 2; the first is kept"),
        ]
    );
    assert_eq!(record(&release, "J1640").long_descriptor, "Hemin");
}

#[test]
fn lines_that_are_cut_or_run_together_are_reported() {
    let [first, second] =
        [line("J1640", "Hemin"), line("J1650", "Enoxaparin")].map(|own| made::text(&[own]));
    let text = format!(
        "{}{second}{}",
        first.trim_end_matches("\r\n"),
        &first[..150]
    );
    let release = read_text(&text);
    assert_eq!(release.records.len(), 2);
    let cut = "J1640: the line ends at column 150, before its added date";
    assert_eq!(skipped(&release), [(2, cut)]);
    let broken_off = "line 2: the text breaks off at column 150 of a record";
    let damage = [format!("line 2: {cut}"), broken_off.to_owned()];
    assert_eq!(release.damage[..2], damage);
    let overlong = first.replace("\r\n", "and more\r\n");
    let release = read_text(overlong);
    let told = "the text beyond column 320 is left out";
    assert_eq!(skipped(&release), [(1, told)]);
    assert_eq!(release.damage[0], format!("line 1: {told}"));
}

/// As five records are read whose lines end in CR alone, or that have no line ends at all.
#[test]
fn line_ends_of_all_kinds() {
    let records = [
        line("J1640", LONG),
        line("A0021", LONG),
        line("JW", "Drug wasted"),
    ];
    let text = made::text(&records);
    let whole = read_text(&text);
    for changed in [
        text.replace("\r\n", "\r"),
        text.replace("\r\n", "\n"),
        text.replace("\r\n", ""),
        text.replacen("\r\n", "\r", 2),
        format!("Prose\rabove\r{}", text.replace("\r\n", "\r")),
        format!("{text}\u{1A}"),
    ] {
        let release = read_text(&changed);
        assert_eq!(release.records, whole.records);
        assert_eq!((skipped(&release), &*release.damage), (vec![], &[][..]));
    }
}

/// Cut anywhere, a text is not whole; where a record ends, nothing shows it.
#[test]
fn a_text_that_is_cut() {
    let text = made::text(&[line("J1640", LONG), line("JW", LONG)]);
    let ends: Vec<usize> = text.match_indices("\r\n").map(|(at, _)| at).collect();
    // of the first continuation nothing says how long it is
    for cut in ends[1] + 3..text.len() {
        let release = read_text(&text[..cut]);
        let is_end = ends.iter().any(|end| (*end..=end + 2).contains(&cut));
        let line = &text[..cut].rsplit('\n').next().unwrap();
        // the blanks after the last field may be trimmed
        let is_trimmed = matches!(line.get(10..11), Some("3" | "7")) && line.len() >= 293;
        assert_eq!(
            release.damage.is_empty(),
            is_end || is_trimmed || line.trim().is_empty(),
            "{cut}"
        );
    }
}

#[test]
fn a_secondary_field_that_cannot_be_read_is_kept() {
    let release = read_lines(&[line("C9488", "Conivaptan")
        .set(231, "20170401")
        .set(240, " ")]);
    let record = record(&release, "C9488");
    assert_eq!(record.long_descriptor, "Conivaptan");
    assert_eq!(record.asc_group.unwrap().to_string(), "20");
    assert_eq!(record.asc_date, None);
    let value = hcpcs::UnreadValue {
        alias: "HCPCS_ASC_PMT_GRP_EFCTV_DT".to_owned(),
        value: "170401".to_owned(),
    };
    assert_eq!(record.unread, [value]);
    assert_eq!(skipped(&release), []);
    let unread = &release.unread[0];
    let reason =
        "C9488: HCPCS_ASC_PMT_GRP_EFCTV_DT: `170401` cannot be read and is kept as published";
    assert_eq!((unread.line, unread.reason.as_str()), (1, reason));
    // a date of validity that cannot be read is no secondary field
    for column in [269, 285] {
        let release = read_lines(&[
            line("A0001", "A"),
            line("J1640", "Hemin").set(column, "2026Q101"),
        ]);
        assert_eq!((release.records.len(), release.skipped.len()), (1, 1));
    }
}

#[test]
fn prose_above_the_records_is_no_broken_line() {
    let text = made::text(&[line("J1640", "Hemin")]);
    let prose = "CMS publishes these codes for the year 2018. ".repeat(20);
    let strict = ReadOptions {
        strict: true,
        ..ReadOptions::default()
    };
    let folder = tempfile::tempdir().unwrap();
    for above in [
        prose.as_bytes(),
        b"CMS\x92s files \x9D and \x81",
        b"C1 AND MORE\t",
    ] {
        let bytes = [above, b"\r\n", text.as_bytes()].concat();
        let path = made::file(folder.path(), "HCPC2018_JAN.txt", &bytes);
        let strict = ReadOptions {
            id: Some("2020-01".parse().unwrap()),
            ..strict.clone()
        };
        let release = read(&path, &strict);
        // the name says 2018, and the record was added in 2020
        let release = release.unwrap().remove(0);
        assert_eq!((release.records.len(), release.damage.len()), (1, 0));
    }
}

#[test]
fn the_continuations_of_a_skipped_line_go_with_it() {
    let release = read_lines(&[
        line("J1640", "Hemin"),
        line("J1650", LONG).set(269, "2026Q101"),
        line("J1640", LONG),
    ]);
    assert_eq!(release.skipped.len(), 2);
    assert_eq!(record(&release, "J1640").long_descriptor, "Hemin");
}

#[test]
fn every_second_line_broken() {
    let records: Vec<_> = (0..20)
        .map(|nth| line(&format!("J{:04}", 1000 + nth), "A drug"))
        .collect();
    let text: String = made::text(&records)
        .lines()
        .enumerate()
        .map(|(nth, line)| {
            if nth % 2 == 0 {
                format!("#{line}\n")
            } else {
                format!("{line}\n")
            }
        })
        .collect();
    let release = read_text(text);
    assert_eq!((release.records.len(), release.skipped.len()), (10, 10));
}

#[test]
fn dates_that_mean_none() {
    for none in ["00000000", "        ", "19000101"] {
        let release = read_lines(&[line("J1640", "Hemin").set(285, none)]);
        assert_eq!(release.records[0].terminated, None, "{none}");
    }
}

#[test]
fn other_code_sets_are_counted_and_left_out() {
    let release = read_lines(&[
        line("99213", LONG),
        line("0001U", "A test"),
        line("D0120", LONG),
        line("25", "A modifier"),
        line("J1640", "Hemin"),
    ]);
    assert_eq!(release.left_out, LeftOut { cpt: 3, cdt: 1 });
    assert_eq!(release.records.len(), 1);
    assert_eq!(skipped(&release), []);
}

#[test]
fn unlisted_values_are_kept() {
    let release = read_lines(&[line("J1640", "Hemin")
        .set(230, "?")
        .set(257, "ZZ9")
        .set(120, "77")]);
    let record = record(&release, "J1640");
    assert_eq!(record.coverage.unwrap().as_str(), "?");
    assert_eq!(record.betos.unwrap().as_str(), "ZZ9");
    assert_eq!(record.pricing[0].as_str(), "77");
}

#[test]
fn bytes_that_cp1252_does_not_define() {
    let mut text = made::text(&[line("J1640", "Hemin a 1 mg")]).into_bytes();
    let at = text.windows(3).position(|window| window == b" a ").unwrap() + 1;
    text[at] = 0x81;
    let release = read_text(&text);
    assert_eq!(
        record(&release, "J1640").long_descriptor,
        "Hemin \u{FFFD} 1 mg"
    );
    let told =
        "2 bytes that cp1252 does not define are read as \u{FFFD}; the first is 0x81 on line 1";
    text[at + 80] = 0x9D;
    assert_eq!(read_text(&text).notices, [told]);
    text[at] = 0xB5;
    text[at + 80] = b' ';
    assert_eq!(
        record(&read_text(&text), "J1640").long_descriptor,
        "Hemin µ 1 mg"
    );
}

#[test]
fn characters_beyond_ascii_do_not_move_columns() {
    let line = line("J1640", "Hémine “µ”").set(230, "D").set(257, "O1E");
    let utf8 = read_lines(std::slice::from_ref(&line));
    assert_eq!(record(&utf8, "J1640").coverage.unwrap().as_str(), "D");
    assert_eq!(record(&utf8, "J1640").long_descriptor, "Hémine “µ”");
    let text = made::text(&[line]);
    let cp1252 = encoding_rs::WINDOWS_1252.encode(&text).0.into_owned();
    assert_eq!(read_text(cp1252).records, utf8.records);
}

#[test]
fn strict_reading_stops_at_the_first_bad_line() {
    let folder = tempfile::tempdir().unwrap();
    let text = made::text(&[line("J1640", "Hemin")]) + "nonsense\r\n";
    let path = made::file(folder.path(), "HCPC2026_JAN.txt", text);
    let strict = ReadOptions {
        strict: true,
        ..ReadOptions::default()
    };
    let error = read(&path, &strict).unwrap_err();
    assert!(matches!(error, Error::Line { line: 2, .. }), "{error}");
    assert_eq!(
        error.to_string(),
        format!("{}: line 2: not a record line", path.display())
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let _ = read_as("HCPC2026_JAN.txt", &bytes);
        let mut text = made::text(&[line("J1640", "Hemin")]).into_bytes();
        text.extend(&bytes);
        let release = read_text(&text);
        prop_assert!(release.records.iter().any(|own| own.code.as_str() == "J1640"));
    }

    #[test]
    fn mutated_lines_are_read_without_a_panic(
        changes in prop::collection::vec((0usize..1_500, any::<u8>()), 1..60),
        end in 0usize..1_500,
    ) {
        let mut text = made::text(&[line("J1640", "Hemin"), line("JW", LONG)]).into_bytes();
        for (at, byte) in changes {
            if let Some(slot) = text.get_mut(at) {
                *slot = byte;
            }
        }
        text.truncate(end);
        if let Ok(releases) = read_as("HCPC2026_JAN.txt", &text) {
            let lines = text.split(|&byte| matches!(byte, b'\n' | b'\r')).count();
            prop_assert!(releases[0].records.len() <= 2);
            prop_assert!(releases[0].skipped.iter().all(|own| (1..=lines).contains(&own.line)));
        }
    }
}
