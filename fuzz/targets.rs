//! What is fuzzed: each function takes any bytes and must neither panic nor take long.
//!
//! `fuzz/fuzz_targets/` gives them to libFuzzer, and `tests/it/fuzz.rs` to a mutator of its own that
//! needs nothing but the stable toolchain.

use std::fmt::Write as _;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;

use hcpcs::annotation::{SourceKind, parse, recognise};
use hcpcs::claims::ClaimReader;
use hcpcs::index::{Sources, build_index, verify};
use hcpcs::release::{ReadOptions, read};
use hcpcs::search::{BatchOptions, ListQuery};
use hcpcs::server::{Listen, ServeOptions, Server};
use hcpcs::{CodeSpan, Manifest, Query, QueryRequest, Release, Searcher};

/// A target by its name, which is that of its corpus below `fuzz/corpus/`.
pub(crate) type Target = (&'static str, fn(&[u8]));

/// All targets.
pub(crate) const TARGETS: [Target; 10] = [
    ("release_text", release_text),
    ("workbook", workbook),
    ("crosswalk", crosswalk),
    ("note", note),
    ("query", query),
    ("claim_line", claim_line),
    ("x12", x12),
    ("nlm_constraint", nlm_constraint),
    ("fhir_body", fhir_body),
    ("index_files", index_files),
];

/// A folder of this process, below which each thread has its own.
fn folder() -> PathBuf {
    static FOLDER: OnceLock<tempfile::TempDir> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        let memory = Path::new("/dev/shm");
        let made = if memory.is_dir() {
            tempfile::tempdir_in(memory)
        } else {
            tempfile::tempdir()
        };
        made.unwrap()
    });
    let own = folder
        .path()
        .join(format!("{:?}", std::thread::current().id()));
    fs::create_dir_all(&own).unwrap();
    own
}

/// The index of the starter set.
fn index() -> &'static Path {
    static INDEX: OnceLock<PathBuf> = OnceLock::new();
    INDEX.get_or_init(|| {
        let index = folder().join("index");
        let releases = vec![Release::starter().unwrap()];
        let annotations = hcpcs::annotation::shipped().unwrap();
        build_index(
            &index,
            Sources {
                releases,
                annotations,
            },
        )
        .unwrap();
        index
    })
}

fn searcher() -> &'static Searcher {
    static SEARCHER: OnceLock<Searcher> = OnceLock::new();
    SEARCHER.get_or_init(|| Searcher::load(index()).unwrap())
}

fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder().join(name);
    fs::write(&path, bytes).unwrap();
    path
}

/// The text of a release, as fixed-width lines or as a table.
pub(crate) fn release_text(bytes: &[u8]) {
    for name in ["HCPC2026_JAN.txt", "HCPC2026_JAN.csv"] {
        let _ = read(&file(name, bytes), &ReadOptions::default());
    }
}

/// A workbook or a zip.
pub(crate) fn workbook(bytes: &[u8]) {
    for name in ["HCPC2026_JAN.xlsx", "HCPC2026_JAN.zip"] {
        let _ = read(&file(name, bytes), &ReadOptions::default());
    }
}

/// A crosswalk, and other tables of annotations.
pub(crate) fn crosswalk(bytes: &[u8]) {
    annotation(
        bytes,
        &[
            SourceKind::DrugProducts,
            SourceKind::Rbcs,
            SourceKind::Synonyms,
        ],
    );
}

/// A clinical note or a record page.
pub(crate) fn note(bytes: &[u8]) {
    annotation(bytes, &[SourceKind::ClinicalNote, SourceKind::RecordPage]);
}

fn annotation(bytes: &[u8], kinds: &[SourceKind]) {
    let _ = recognise(bytes);
    for kind in kinds {
        let _ = parse(Path::new("x"), *kind, bytes);
    }
}

/// A question in words, as JSON and in a batch, a beginning to complete, a list, codes.
pub(crate) fn query(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let searcher = searcher();
    for exact in [false, true] {
        let query = Query {
            text: text.clone().into_owned(),
            exact,
            explain: true,
            facets: true,
            ..Query::default()
        };
        let _ = searcher.search(&query);
    }
    let _ = searcher.suggest(&text, 10, None);
    let words = text.clone().into_owned();
    let _ = searcher.list(
        &ListQuery {
            words,
            ..ListQuery::default()
        },
        |_| true,
    );
    let _ = text.parse::<CodeSpan>();
    let _ = serde_json::from_slice::<QueryRequest>(bytes).map(Query::try_from);
    let _ = searcher.batch(bytes, &mut std::io::sink(), &BatchOptions::default());
}

/// Claim lines of all forms.
pub(crate) fn claim_line(bytes: &[u8]) {
    check_lines(bytes);
}

/// A whole X12 837, and segments after an envelope's first, from which the separators come.
pub(crate) fn x12(bytes: &[u8]) {
    const HEAD: &[u8] = b"ISA*00*          *00*          *ZZ*PROVIDER       *ZZ*PAYER          *260101*1200*^*00501*000000001*0*P*:~";
    check_lines(bytes);
    check_lines(&[HEAD, bytes].concat());
}

fn check_lines(bytes: &[u8]) {
    let mut lines = ClaimReader::new(bytes);
    for _ in 0..1000 {
        match lines.next_line() {
            Ok(Some(line)) => {
                if let Ok(claim) = line.claim {
                    let _ = searcher().check(&claim);
                }
            }
            _ => return,
        }
    }
}

/// The constraint `q` of NLM's path.
pub(crate) fn nlm_constraint(bytes: &[u8]) {
    let mut query = String::new();
    for byte in bytes.iter().take(2000) {
        let _ = write!(query, "%{byte:02x}");
    }
    is_answered(
        &format!("GET /api/hcpcs/v3/search?terms=&q={query} HTTP/1.1\r\nhost: localhost\r\n\r\n"),
        b"",
    );
}

/// The body of FHIR's operations.
pub(crate) fn fhir_body(bytes: &[u8]) {
    for operation in [
        "ValueSet/$expand",
        "ValueSet/$validate-code",
        "CodeSystem/$lookup",
    ] {
        let length = bytes.len();
        let head = format!(
            "POST /fhir/R4/{operation} HTTP/1.1\r\nhost: localhost\r\ncontent-length: {length}\r\n\r\n"
        );
        is_answered(&head, bytes);
    }
}

/// Sends a request to a server of this process; an answer that says that the program failed, or
/// none, is a fault.
fn is_answered(head: &str, body: &[u8]) {
    static ADDRESS: OnceLock<SocketAddr> = OnceLock::new();
    let address = ADDRESS.get_or_init(|| {
        let server = Server::bind(ServeOptions {
            folder: index().to_owned(),
            listen: Listen::Address(SocketAddr::from(([127, 0, 0, 1], 0))),
            ..ServeOptions::default()
        });
        let server = server.unwrap();
        let address = server.address().unwrap();
        std::thread::spawn(move || server.run(std::future::pending()));
        address
    });
    let mut stream = TcpStream::connect(address).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(30)))
        .unwrap();
    let head = head.replacen("\r\n", "\r\nconnection: close\r\n", 1);
    stream.write_all(&[head.as_bytes(), body].concat()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let line = String::from_utf8_lossy(&answer[..answer.len().min(200)]).into_owned();
    assert!(
        line.starts_with("HTTP/1.1 2") || line.starts_with("HTTP/1.1 4"),
        "{line}"
    );
}

/// A manifest, or a data file with the manifest that vouches for it: the first byte says which.
pub(crate) fn index_files(bytes: &[u8]) {
    let Some((kind, bytes)) = bytes.split_first() else {
        return;
    };
    let folder = folder().join("damaged");
    fs::create_dir_all(&folder).unwrap();
    let manifest = Manifest::read(index()).unwrap();
    let data = folder.join(&manifest.generation);
    if kind % 2 == 0 {
        fs::write(folder.join(Manifest::FILE), bytes).unwrap();
        fs::write(&data, "x").unwrap();
    } else {
        fs::copy(index().join(Manifest::FILE), folder.join(Manifest::FILE)).unwrap();
        let mut whole = fs::read(index().join(&manifest.generation)).unwrap();
        // The place of each pair of bytes is spread over the file.
        for (at, pair) in bytes.chunks(2).enumerate() {
            let place = (usize::from(pair[0]) * 65_537 + at * 4099) % whole.len();
            whole[place] ^= pair.last().copied().unwrap_or(1);
        }
        fs::write(&data, whole).unwrap();
    }
    let read = Manifest::read(&folder);
    let is_whole =
        read.is_ok_and(|manifest| verify(&folder, &manifest).is_ok_and(|it| it.is_whole));
    assert_eq!(is_whole, Searcher::load(&folder).is_ok());
    // Opened without a look at all bytes it may answer what was damaged, and never panics.
    if let Ok(searcher) = Searcher::open(&folder) {
        let text = "injection hemin".to_owned();
        let _ = searcher.search(&Query {
            text,
            ..Query::default()
        });
    }
}
