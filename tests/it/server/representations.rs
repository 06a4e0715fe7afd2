//! One answer in several representations: compressed, as CSV, not sent again; and the paths around
//! the interfaces.

use std::io::Read as _;

use ::hcpcs::server::ServeOptions;
use serde_json::Value;

use super::{Client, serve, served};
use crate::hcpcs::{DAY, starter_index};

/// A status, the head in lower case, and the body's bytes.
struct Raw {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Raw {
    fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines();
        lines.find_map(|line| line.strip_prefix(&format!("{name}: ")))
    }
}

fn ask(client: &Client, target: &str, heads: &str) -> Raw {
    let agent = &client.agent;
    let mut request = agent.get(client.url(target));
    for line in heads.lines() {
        let (name, value) = line.split_once(": ").unwrap();
        request = request.header(name, value);
    }
    let mut answer = request.call().unwrap();
    let head: Vec<String> = answer
        .headers()
        .iter()
        .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
        .collect();
    let mut body = Vec::new();
    let mut reader = answer.body_mut().as_reader();
    reader.read_to_end(&mut body).unwrap();
    Raw {
        status: answer.status().as_u16(),
        head: head.join("\n"),
        body,
    }
}

/// What is read as a question, of each interface.
const QUESTIONS: &[&str] = &[
    "/api/v1/search?q=injection&limit=100&as_of=2026-02-01",
    "/api/v1/search?q=injection&limit=100&as_of=2026-02-01&format=csv",
    "/api/v1/codes/J1640",
    "/api/v1/status",
    "/api/v1/tables/betos",
    "/api/hcpcs/v3/search?terms=inj&maxList=100",
    "/fhir/R4/metadata",
    "/openapi.json",
    "/?q=injection",
];

#[test]
fn long_answers_are_compressed_for_those_who_accept_it() {
    let client = served();
    for target in QUESTIONS {
        let plain = ask(client, target, "accept-encoding: identity");
        assert_eq!(plain.status, 200, "{target}");
        assert_eq!(plain.header("content-encoding"), None, "{target}");
        for encoding in ["gzip", "br"] {
            let packed = ask(client, target, &format!("accept-encoding: {encoding}"));
            if plain.body.len() > 1024 {
                assert_eq!(
                    packed.header("content-encoding"),
                    Some(encoding),
                    "{target}"
                );
                assert!(packed.body.len() * 2 < plain.body.len(), "{target}");
            } else {
                assert_eq!(packed.header("content-encoding"), None, "{target}");
            }
            let vary: Vec<&str> = packed
                .head
                .lines()
                .filter(|line| line.starts_with("vary"))
                .collect();
            assert!(
                vary.join(" ").contains("accept-encoding"),
                "{target}: {}",
                packed.head
            );
        }
    }
    let lines = client.post("/api/v1/batch", "text/plain", "hemin\n".repeat(50));
    assert_eq!(lines.body.lines().count(), 50);
}

#[test]
fn an_answer_that_a_client_has_is_not_sent_again() {
    let client = served();
    for target in QUESTIONS {
        let mut tags = Vec::new();
        for encoding in ["identity", "gzip", "br"] {
            let heads = format!("accept-encoding: {encoding}");
            let first = ask(client, target, &heads);
            let tag = first
                .header("etag")
                .unwrap_or_else(|| panic!("{target}"))
                .to_owned();
            assert_eq!(first.header("cache-control"), Some("no-cache"), "{target}");
            for held in [tag.clone(), format!("\"x\", {tag}"), "*".to_owned()] {
                let again = ask(client, target, &format!("{heads}\nif-none-match: {held}"));
                assert_eq!(again.status, 304, "{target} {held}");
                assert!(again.body.is_empty());
                assert_eq!(again.header("etag"), Some(tag.as_str()));
            }
            let other = ask(client, target, &format!("{heads}\nif-none-match: W/\"x\""));
            assert_eq!(other.status, 200, "{target}");
            let is_packed = first.header("content-encoding").is_some();
            assert!(!tags.contains(&tag) || !is_packed, "{target} {encoding}");
            tags.push(tag);
        }
    }
    // What is no answer to a question of the index has no tag.
    for target in ["/healthz", "/metrics", "/nothing", "/api/v1/codes/J0000"] {
        assert_eq!(ask(client, target, "").header("etag"), None, "{target}");
    }
}

/// Another index, and another limit, give another tag.
#[test]
fn a_tag_is_of_its_index() {
    let target = "/api/v1/search?q=hemin";
    let tag = |client: &Client| ask(client, target, "").header("etag").unwrap().to_owned();
    let hcpcs =
        crate::hcpcs::Hcpcs::new().release(&[crate::made::line("J1640", "Injection, hemin, 1 mg")]);
    let other = super::serve_folder(hcpcs.index());
    let uncapped = serve(ServeOptions {
        folder: starter_index().to_owned(),
        caps: false,
        ..ServeOptions::default()
    });
    let tags = [tag(served()), tag(&other), tag(&uncapped)];
    assert!(
        tags[0] != tags[1] && tags[1] != tags[2] && tags[0] != tags[2],
        "{tags:?}"
    );
}

#[test]
fn tables_are_csv_where_they_are_asked_for() {
    let client = served();
    for (target, rows) in [
        (format!("/api/v1/search?q=injection&limit=7&as_of={DAY}"), 7),
        (
            format!("/api/v1/search?section=J&betos=O1E&as_of={DAY}&limit=40"),
            40,
        ),
        (format!("/api/v1/search?q=J1640,J0000&as_of={DAY}"), 2),
    ] {
        let by_name = ask(client, &format!("{target}&format=csv"), "");
        let by_accept = ask(client, &target, "accept: text/csv");
        assert_eq!(by_name.body, by_accept.body, "{target}");
        assert_eq!(
            by_name.header("content-type"),
            Some("text/csv; charset=utf-8")
        );
        let mut table = csv::Reader::from_reader(&by_name.body[..]);
        let at = table
            .headers()
            .unwrap()
            .iter()
            .position(|name| name == "code")
            .unwrap();
        let codes: Vec<String> = table
            .records()
            .map(|row| row.unwrap()[at].to_owned())
            .collect();
        assert_eq!(codes.len(), rows, "{target}");
        let json = client.get(&target).json();
        let hits: Vec<&Value> = json["hits"]
            .as_array()
            .unwrap()
            .iter()
            .map(|hit| &hit["code"])
            .collect();
        assert!(
            hits.iter().all(|hit| codes.iter().any(|code| *hit == code)),
            "{target}"
        );
        // A table has no place for what was cut; a header says it.
        let is_cut = json["total"].as_u64().unwrap() > hits.len() as u64;
        let says_so = by_name.head.contains("codes are shown");
        assert_eq!(says_so, is_cut, "{target}: {}", by_name.head);
        let json = ask(client, &target, "accept: application/json");
        assert_eq!(json.header("content-type"), Some("application/json"));
    }
    let code = ask(client, "/api/v1/codes/J1640", "accept: text/csv");
    let table = String::from_utf8(code.body).unwrap();
    assert!(
        table.starts_with("code,as_of,status,release,field,alias,value,meaning,notice\n"),
        "{table}"
    );
    assert!(
        table.contains("HCPCS_CVRG_CD,D,Special coverage"),
        "{table}"
    );
    let lines = "code,mod1,dos,claim\nJ1640,JW,2026-02-01,A7\nJ0000,,2026-02-01,A8\n";
    let checked = client.post("/api/v1/check?format=csv", "text/csv", lines);
    assert_eq!(checked.content_type, "text/csv; charset=utf-8");
    let mut table = csv::Reader::from_reader(checked.body.as_bytes());
    let names: Vec<String> = table.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(names[..4], ["code", "mod1", "dos", "claim"]);
    assert_eq!(table.records().count(), 2);
    for target in [
        "/api/v1/search?q=x&format=xml",
        "/api/v1/codes/J1640?format=xml",
    ] {
        let detail = client.get(target).problem(400);
        assert!(detail.contains("`format` cannot be `xml`"), "{detail}");
    }
}

#[test]
fn a_slash_at_the_end_does_not_matter() {
    for target in [
        "/api/v1/status",
        "/fhir/R4/metadata",
        "/openapi.json",
        "/healthz",
    ] {
        let plain = served().get(target);
        let with = served().get(&format!("{target}/"));
        assert_eq!((plain.status, &plain.body), (200, &with.body), "{target}");
    }
    assert_eq!(served().get("/api/v1/search/?q=hemin").status, 200);
    assert_eq!(served().get("/tables/").status, 200);
    assert_eq!(served().get("/").status, 200);
}

#[test]
fn requests_are_measured() {
    let client = super::serve_folder(starter_index());
    client.get("/api/v1/codes/J1640");
    client.get("/api/v1/codes/J0000");
    client.get("/nothing");
    client.get("/nothing/\"}else");
    let text = client.get("/metrics").body;
    for expected in [
        "hcpcs_http_requests_total{route=\"/api/v1/codes/{code}\",method=\"GET\",status=\"200\"} 1\n",
        "hcpcs_http_requests_total{route=\"/api/v1/codes/{code}\",method=\"GET\",status=\"404\"} 1\n",
        "hcpcs_http_requests_total{route=\"none\",method=\"GET\",status=\"404\"} 2\n",
        "hcpcs_http_request_duration_seconds_bucket{route=\"/api/v1/codes/{code}\",le=\"+Inf\"} 2\n",
        "hcpcs_http_request_duration_seconds_count{route=\"/api/v1/codes/{code}\"} 2\n",
        "release=\"2026-01/starter\"",
        "hcpcs_index_codes 809\n",
        "hcpcs_index_reloads_total 0\n",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
    // Each line is a comment or a name, labels and a number.
    for line in text.lines().filter(|line| !line.starts_with("# ")) {
        let (_, number) = line.rsplit_once(' ').unwrap();
        assert!(number.parse::<f64>().is_ok(), "{line}");
    }
    let icon = client.get("/favicon.ico");
    assert_eq!((icon.status, &*icon.content_type), (200, "image/svg+xml"));
}

#[cfg(unix)]
#[test]
fn a_unix_socket_is_served() {
    use std::io::Write as _;
    use std::os::unix::net::UnixStream;

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hcpcs.sock");
    let listen = format!("unix:{}", path.display());
    // What an ended server left behind is no hindrance.
    drop(std::os::unix::net::UnixListener::bind(&path).unwrap());
    let server = ::hcpcs::server::Server::bind(ServeOptions {
        folder: starter_index().to_owned(),
        listen: listen.parse().unwrap(),
        ..ServeOptions::default()
    });
    let server = server.unwrap();
    assert_eq!(
        (server.listen().to_string(), server.address()),
        (listen.clone(), None)
    );
    let second = ::hcpcs::server::Server::bind(ServeOptions {
        folder: starter_index().to_owned(),
        listen: listen.parse().unwrap(),
        ..ServeOptions::default()
    });
    assert!(second.is_err(), "somebody listens there");
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = std::thread::spawn(move || {
        server.run(async {
            let _ = stopped.await;
        })
    });
    let mut stream = UnixStream::connect(&path).unwrap();
    let request = "GET /healthz HTTP/1.1\r\nhost: any.example\r\nconnection: close\r\n\r\n";
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(
        answer.starts_with("HTTP/1.1 200") && answer.ends_with("ok\n"),
        "{answer}"
    );
    stop.send(()).unwrap();
    running.join().unwrap().unwrap();
    assert!(!path.exists(), "the socket is removed");
}

/// A proxy may offer the server under a path; all that it names itself lies there too.
#[test]
fn all_paths_lie_under_a_base_path() {
    let client = serve(ServeOptions {
        folder: starter_index().to_owned(),
        base_path: "/tools/hcpcs".to_owned(),
        ..ServeOptions::default()
    });
    for target in [
        "/",
        "/api/v1/status",
        "/codes/J1640",
        "/fhir/R4/metadata",
        "/openapi.json",
    ] {
        let inside = client.get(&format!("/tools/hcpcs{target}"));
        assert_eq!(inside.status, 200, "{target}");
        let outside = client.get(target).problem(404);
        assert!(outside.contains("/tools/hcpcs/"), "{outside}");
    }
    let same = client.get("/tools/hcpcs/api/v1/search?q=hemin&as_of=2026-02-01");
    assert_eq!(
        same.body,
        served().get("/api/v1/search?q=hemin&as_of=2026-02-01").body
    );
    let description = client.get("/tools/hcpcs/openapi.json").json();
    assert_eq!(description["servers"][0]["url"], "/tools/hcpcs");
    // Each address of a page is asked for, and is there.
    let mut seen = 0;
    for page in [
        "/",
        "/?q=glycopyrrolate",
        "/codes/J1640",
        "/changes",
        "/browse",
        "/tables/betos",
    ] {
        let body = client.get(&format!("/tools/hcpcs{page}")).body;
        assert!(
            !body.contains("=\"/\"") && body.contains("data-home=\"/tools/hcpcs/\""),
            "{page}"
        );
        for part in body.split("=\"/").skip(1) {
            let address = part
                .split('"')
                .next()
                .unwrap()
                .replace("&amp;", "&")
                .replace("&#38;", "&");
            assert!(address.starts_with("tools/hcpcs/"), "{page}: {address}");
            seen += 1;
        }
        let style = body
            .split("href=\"")
            .find(|part| part.contains(".css"))
            .unwrap();
        let style = style.split('"').next().unwrap();
        assert_eq!(client.get(style).status, 200, "{style}");
    }
    assert!(seen > 30, "{seen}");
    let text = client.get("/tools/hcpcs/metrics").body;
    assert!(
        text.contains("/codes/{code}\",method=\"GET\",status=\"200\"} 2"),
        "{text}"
    );
    for wrong in ["hcpcs", "/a b", "/../x"] {
        let bound = ::hcpcs::server::Server::bind(ServeOptions {
            folder: starter_index().to_owned(),
            listen: "0".parse().unwrap(),
            base_path: wrong.to_owned(),
            ..ServeOptions::default()
        });
        assert!(
            bound.err().unwrap().to_string().contains("base path"),
            "{wrong}"
        );
    }
}

/// In no answer does an object have a name twice: readers would see the one or the other.
#[test]
fn no_object_has_a_name_twice() {
    use std::collections::HashSet;
    use std::fmt;

    use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

    #[derive(Clone, Copy)]
    struct Once;

    impl<'de> DeserializeSeed<'de> for Once {
        type Value = ();
        fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
            deserializer.deserialize_any(self)
        }
    }

    impl<'de> Visitor<'de> for Once {
        type Value = ();
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("JSON")
        }
        fn visit_unit<E>(self) -> Result<(), E> {
            Ok(())
        }
        fn visit_bool<E>(self, _: bool) -> Result<(), E> {
            Ok(())
        }
        fn visit_i64<E>(self, _: i64) -> Result<(), E> {
            Ok(())
        }
        fn visit_u64<E>(self, _: u64) -> Result<(), E> {
            Ok(())
        }
        fn visit_f64<E>(self, _: f64) -> Result<(), E> {
            Ok(())
        }
        fn visit_str<E>(self, _: &str) -> Result<(), E> {
            Ok(())
        }
        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
            while list.next_element_seed(self)?.is_some() {}
            Ok(())
        }
        fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<(), A::Error> {
            let mut names = HashSet::new();
            while let Some(name) = object.next_key::<String>()? {
                if !names.insert(name.clone()) {
                    return Err(A::Error::custom(format!("`{name}` is there twice")));
                }
                object.next_value_seed(self)?;
            }
            Ok(())
        }
    }

    let hcpcs = crate::hcpcs::Hcpcs::new();
    let release = hcpcs.file(
        "HCPC2026_JAN_ANWEB.txt",
        crate::made::text(&[crate::made::line("J1640", "Injection, hemin, 1 mg")]),
    );
    let crosswalk = "2026_CODE,HCPCS dosage,NDC2,Drug Name,LABELER NAME,PKG SIZE,PKG QTY,\
                     BILLUNITS,BILLUNITSPKG\nJ1640,1 MG,55292-0702-55,Panhematin,Recordati,1,1,350,350\n";
    let crosswalk = hcpcs.file("crosswalk.csv", crosswalk);
    let command = ["index".as_ref(), release.as_os_str(), crosswalk.as_os_str()];
    hcpcs.run(command).code(0);
    let client = super::serve_folder(hcpcs.index());
    for target in [
        "/api/v1/search?q=hemin+7+mg&facets&explain",
        "/api/v1/search?q=J1640+J0000",
        "/api/v1/codes/J1640",
        "/api/v1/history/J1640",
        "/api/v1/units?ndc=55292-0702-55&vials=2&as_of=2026-02-01",
        "/api/v1/units?code=J1640&dose=400mg&vial=350mg&as_of=2026-02-01",
        "/api/v1/diff?old=2026-01&new=2026-01",
        "/api/v1/suggest?q=hem",
        "/api/v1/tables/betos",
        "/api/v1/status",
        "/openapi.json",
        "/fhir/R4/metadata",
        "/fhir/R4/CodeSystem/hcpcs",
    ] {
        let got = client.get(target);
        assert_eq!(got.status, 200, "{got:?}");
        let mut reader = serde_json::Deserializer::from_str(&got.body);
        let read = Once.deserialize(&mut reader);
        assert!(read.is_ok(), "{target}: {read:?}");
    }
}
