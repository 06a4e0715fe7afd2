//! The page: each state as HTML, no part of a question becomes markup, errors are reported.

use super::{Client, Got, encoded, served};
use crate::hcpcs::DAY;

/// A page as a browser asks for it.
fn page(client: &Client, target: &str) -> Got {
    client.get(target)
}

/// Holds that it is a page of a status, and gives its text.
#[track_caller]
pub(super) fn text(target: &str, status: u16) -> String {
    let got = page(served(), target);
    assert_eq!(got.status, status, "{target}: {}", got.body);
    assert_eq!(got.content_type, "text/html; charset=utf-8", "{target}");
    got.body
}

#[track_caller]
pub(super) fn holds(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "no {part:?} in {text}");
    }
}

/// The head of the answer to a target.
fn head(target: &str) -> String {
    let request = format!("GET {target} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
    let raw = served().raw(request.as_bytes());
    let (head, _) = raw.split_once("\r\n\r\n").unwrap();
    head.to_ascii_lowercase()
}

#[test]
fn before_anything_is_asked() {
    let text = text("/", 200);
    holds(
        &text,
        &[
            "809 codes and modifiers",
            "power wheelchair",
            "/?coverage=D",
            "/?section=J",
            "Release",
            "2026-01",
        ],
    );
    assert!(!text.contains("No code matches"));
}

#[test]
fn an_answer_with_its_facets_and_reasons() {
    let text = text(&format!("/?q=glycopirolate&as_of={DAY}"), 200);
    holds(
        &text,
        &[
            "5 codes",
            "No code has “glycopirolate”. Showing glycopyrrolate.",
            "<mark>Glycopyrrolate</mark>",
            "corrected from glycopirolate in the long descriptor",
            "/codes/J1597?as_of=2026-02-01",
            "/?q=glycopirolate&#38;as_of=2026-02-01&#38;coverage=C",
            "/?q=glycopirolate&#38;as_of=2026-02-01&#38;exact=true",
            "valid since 2024-07-01",
            "Special coverage instructions apply",
        ],
    );
}

#[test]
fn a_filter_stays_with_the_form_and_can_be_taken_away() {
    let text = text("/?q=glycopyrrolate&coverage=d", 200);
    holds(
        &text,
        &[
            r#"<input type="hidden" form="ask" name="coverage" value="d">"#,
            "2 codes",
            // the other value can still be chosen, with its count
            "/?q=glycopyrrolate&#38;coverage=d&#38;coverage=C",
            r#"aria-current="true""#,
        ],
    );
}

#[test]
fn what_has_no_value_can_be_chosen_and_taken_away() {
    let list = text(&format!("/?terminated=true&as_of={DAY}"), 200);
    holds(&list, &["none given", "&#38;without=section"]);
    let chosen = text(&format!("/?q=discarded&without=section&as_of={DAY}"), 200);
    holds(
        &chosen,
        &[
            "data-code=\"JW\"",
            "none given",
            "data-key=\"section:none given\" aria-current",
        ],
    );
    assert!(!chosen.contains("data-code=\"J1640\""));
    holds(
        &text("/?without=colour", 400),
        &["`coverage`, `betos`, `rbcs` or `section`"],
    );
}

#[test]
fn pages_follow_each_other() {
    let first = text("/?section=J&limit=5", 200);
    holds(&first, &["1–5 of ", "limit=5&#38;offset=5"]);
    let second = text("/?section=J&limit=5&offset=5", 200);
    holds(&second, &["6–10 of ", r#"rel="prev""#]);
}

#[test]
fn nothing_found_says_why_and_what_is_near() {
    holds(
        &text("/?q=zzqxzz", 200),
        &["No code matches", "Not found: zzqxzz"],
    );
    holds(
        &text("/?q=J164O", 200),
        &["unknown", "Nearest: ", "/codes/J1640"],
    );
    let filtered = text("/?q=hemin&coverage=S", 200);
    holds(
        &filtered,
        &["1 code matches without the filters", r#"href="/?q=hemin""#],
    );
    let early = text("/?q=J1443&as_of=2026-02-01", 200);
    holds(&early, &["/codes/J1443", "terminated 20"]);
    holds(&text("/?q=99213", 200), &["a CPT number"]);
    let record = text("/codes/J1641?as_of=2026-02-01", 404);
    holds(
        &record,
        &[
            "no release that is indexed has J1641",
            "/codes/J1640?as_of=2026-02-01",
        ],
    );
}

#[test]
fn everything_about_a_code() {
    let text = text(&format!("/codes/j1640?as_of={DAY}"), 200);
    holds(
        &text,
        &[
            "J1640",
            "HCPCS_CVRG_CD",
            "Special coverage instructions apply",
            "Hemin injection (Panhematin), 1 mg",
            "Modifiers and when to use them",
            r#"href="/codes/JW?as_of=2026-02-01""#,
            r#"role="img" aria-label="Valid from 2006-01-01; 1 version in the releases""#,
            "As of 2026-02-01, release 2026-01/starter, 809 of about 9,000 codes",
        ],
    );
    let ended = self::text(&format!("/codes/J1443?as_of={DAY}"), 200);
    holds(&ended, &["terminated 2025-12-31"]);
}

#[test]
fn the_code_set_is_browsed() {
    holds(&text("/browse", 200), &["/browse/J", "/browse/modifiers"]);
    holds(&text("/browse/J", 200), &["J1000–J1999", "/browse/J15"]);
    let hundred = text(&format!("/browse/J15?as_of={DAY}"), 200);
    holds(&hundred, &["J1500–J1599", "/codes/J1597?as_of=2026-02-01"]);
    assert!(!hundred.contains("data-code=\"J1640\""));
    holds(&text("/browse/modifiers", 200), &["data-code=\"JW\""]);
    holds(&text("/browse/J99999", 404), &["no code begins with"]);
    holds(&text("/browse/é", 404), &["no code begins with"]);
    let record = text(&format!("/codes/J1597?as_of={DAY}"), 200);
    holds(
        &record,
        &["/browse/J15?as_of=", "rel=\"prev\"", "rel=\"next\""],
    );
}

#[test]
fn codes_are_compared() {
    let both = text(&format!("/compare?codes=J1596,J1597&as_of={DAY}"), 200);
    holds(
        &both,
        &["/codes/J1596?as_of=", "Long description", "differs"],
    );
    holds(&text("/compare", 200), &["Two to four codes"]);
    holds(&text("/compare?codes=99213", 400), &["a CPT number"]);
    holds(&text("/compare?codes=A9999,H9999", 404), &["no release"]);
    let many = "/compare?codes=J1596,J1597,J1640,E0601,J1885";
    holds(&text(many, 400), &["too many side by side"]);
}

#[test]
fn code_tables_are_explained() {
    let coverage = text("/tables/coverage", 200);
    holds(
        &coverage,
        &[
            "id=\"D\"",
            "Special coverage instructions apply",
            "/?coverage=D",
        ],
    );
    holds(&text("/tables/nothing", 404), &["there is no table"]);
}

#[test]
fn one_release_has_no_changes() {
    holds(&text("/changes", 200), &["nothing to compare it with"]);
}

#[test]
fn what_is_asked_never_becomes_markup() {
    for nasty in [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</title><script>alert(1)</script>",
        "&lt;script&gt;",
    ] {
        let nasty = encoded(nasty);
        for target in [
            format!("/?q={nasty}"),
            format!("/?q=hemin%20{nasty}&exact=true"),
            format!("/?codes={nasty}"),
            format!("/?q=hemin&rbcs={nasty}"),
            format!("/?{nasty}=1"),
            format!("/codes/{nasty}"),
            format!("/codes/J1640?as_of={nasty}"),
            format!("/changes?from={nasty}"),
            format!("/changes?field={nasty}"),
        ] {
            let got = page(served(), &target);
            let body = &got.body;
            for tag in ["<script>", "<img", "onmouseover='"] {
                assert!(!body.contains(tag), "{target}: {body}");
            }
        }
    }
}

#[test]
fn nothing_runs_that_is_not_the_pages_own() {
    for target in [
        "/",
        "/?q=hemin",
        "/codes/J1640",
        "/changes",
        "/codes/XXX",
        "/?limit=x",
    ] {
        let head = head(target);
        let policy = head
            .lines()
            .find_map(|line| line.strip_prefix("content-security-policy: "))
            .unwrap();
        for rule in [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ] {
            assert!(policy.contains(rule), "{target}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{policy}");
        let body = page(served(), target).body;
        for inline in [" style=", " onclick=", "<style", "<script>", "javascript:"] {
            assert!(!body.contains(inline), "{target}: {inline}");
        }
    }
}

#[test]
fn style_and_script_are_kept_for_ever() {
    let body = text("/", 200);
    let mut paths: Vec<&str> = body
        .split('"')
        .filter(|part| part.starts_with("/assets/"))
        .collect();
    paths.sort_unstable();
    assert_eq!(paths.len(), 3);
    for path in paths {
        let head = head(path);
        assert!(head.starts_with("http/1.1 200"), "{head}");
        assert!(head.contains("immutable"), "{head}");
    }
    let detail = served()
        .get("/assets/page.0000000000000000.css")
        .problem(404);
    assert!(detail.contains("reload the page"), "{detail}");
}

#[test]
fn mistakes_are_told_with_the_right_status() {
    for (target, status, said) in [
        ("/?q=x&lmit=3", 400, "did you mean `limit`?"),
        ("/?q=x&limit=1000", 400, "out of reach"),
        ("/?q=x&as_of=soon", 400, "`as_of` cannot be `soon`"),
        ("/?q=%zz", 400, "percent-encoded"),
        ("/?betos=O1EXX", 400, "`betos` cannot be `O1EXX`"),
        ("/codes/X0000000", 404, "not a HCPCS Level II code"),
        ("/codes/99213", 404, "a CPT number"),
        ("/codes/A0000", 404, "no release that is indexed has A0000"),
        ("/codes/J1640?day=1", 400, "there is as_of"),
        (
            "/changes?from=yesterday",
            400,
            "give a release, such as 2026-01",
        ),
        ("/changes?q=hemin", 400, "two releases are compared"),
    ] {
        let body = text(target, status);
        let body = body.replace("&#39;", "'");
        assert!(body.contains(said), "{target}: {body}");
    }
    holds(&text("/?q=hemin&limit=ten", 400), &[r#"value="hemin""#]);
    let words = encoded(&"word ".repeat(1000));
    holds(&text(&format!("/?q={words}"), 400), &["ask with at most"]);
}

#[test]
fn browsers_get_a_page_where_there_is_nothing_and_others_a_problem() {
    let asked = served()
        .agent
        .get(served().url("/nothing"))
        .header("accept", "text/html");
    let got = super::got(asked.call());
    assert_eq!(
        (got.status, got.content_type.as_str()),
        (404, "text/html; charset=utf-8")
    );
    served().get("/nothing").problem(404);
}

#[test]
fn the_home_page_shows_no_kind_as_chosen() {
    let kinds = |target: &str| {
        let page = served().get(target).body;
        let links = page
            .split("<a ")
            .filter(|own| own.contains("data-key=\"kind:"));
        let links: Vec<bool> = links.map(|own| own.contains("aria-current")).collect();
        links
    };
    assert_eq!(kinds("/"), [false, false]);
    assert_eq!(kinds("/?kind=modifier&kind=procedure"), [true, true]);
    assert_eq!(kinds("/?kind=procedure"), [true, false]);
}

#[test]
fn no_day_is_broken_on_any_page() {
    for target in [
        "/?q=glycopyrrolate&as_of=2026-02-01",
        "/codes/J1597?as_of=2026-02-01",
        "/compare?codes=J1596,J1597&as_of=2026-02-01",
        "/check?lines=J1443&as_of=2026-02-01",
        "/changes",
        "/browse",
    ] {
        let request =
            format!("GET {target} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
        let raw = served().raw(request.as_bytes());
        let main = raw.split("<main").nth(1).unwrap();
        let whole = main.matches("<span class=\"whole\">2026-").count();
        assert!(whole > 0, "{target}: {main}");
        // A day behind a blank would be one in running text, but for those of attributes.
        let texts = main.split('>').filter_map(|part| part.split('<').next());
        let broken = texts.filter(|text| text.contains(" 2026-"));
        assert_eq!(broken.collect::<Vec<_>>(), [""; 0], "{target}");
    }
}
