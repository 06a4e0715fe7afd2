//! `/api/v1/units`: the answers of the command line, byte for byte.

use crate::hcpcs::{DAY, Hcpcs};

use super::served;

#[test]
fn the_bytes_of_the_command_line() {
    let asked = format!("/api/v1/units?code=J9035&dose=305+mg&vial=100mg&as_of={DAY}");
    let got = served().get(&asked);
    assert_eq!((got.status, &*got.content_type), (200, "application/json"));
    let args = [
        "units", "J9035", "305 mg", "--vial", "100mg", "--as-of", DAY,
    ];
    assert_eq!(got.json(), Hcpcs::starter().json(&args));
    let by_weight = format!("/api/v1/units?code=J9035&weight=70kg&per_kg=5mg&dose=&as_of={DAY}");
    assert_eq!(served().get(&by_weight).json()["units"], 35);
}

#[test]
fn what_has_no_answer() {
    for (query, status, part) in [
        ("", 400, "neither a code nor an NDC is given; give one"),
        ("code=J9035&dose=", 200, ""),
        (
            "code=J9035&dose=2ml",
            400,
            "cannot be counted in units of 10 mg",
        ),
        ("code=J9035&dose=-1mg", 400, "is not more than zero"),
        ("code=J9035&dose=5&dose=6", 400, "`dose` is given twice"),
        (
            "code=J9035&much=5",
            400,
            "there is no parameter `much`; there is code, ndc",
        ),
        (
            "code=J9035&vials=x",
            400,
            "`vials` cannot be `x`; give a number",
        ),
        (
            "code=J9035&as_of=soon",
            400,
            "`as_of` cannot be `soon`; give a day",
        ),
        ("code=J3490&dose=5mg", 404, "states no billing unit"),
        (
            "code=J0000&dose=5mg",
            404,
            "no release that is indexed has J0000",
        ),
        ("ndc=51754-6001-04&vials=3", 404, "none is indexed"),
        ("ndc=x", 400, "not an NDC"),
    ] {
        let got = served().get(
            &format!("/api/v1/units?{query}&as_of={DAY}").replace("soon&as_of=2026-02-01", "soon"),
        );
        if status == 200 {
            assert_eq!(got.status, 200, "{query}");
        } else {
            let detail = got.problem(status);
            assert!(detail.contains(part), "{query}: {detail}");
        }
    }
}
