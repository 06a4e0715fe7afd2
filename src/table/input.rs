//! Opens input: a text in any encoding, streamed, or the rows of a workbook; also from inside a
//! zip.

use std::io::{self, BufRead, Cursor, ErrorKind, Read as _};
use std::path::Path;

use super::archive::{Archive, LARGEST_ARCHIVE, is_archive};
use super::cells::Cells;
use super::cells::DELIMITERS;
use super::encoding::decode;
use super::foreign_text;
use super::sheet::{Book, is_workbook};
use super::sheet_choice::{ROWS_ABOVE, open_sheet, rows_above};
use super::sheet_rows::SheetRows;
use super::text_stream::{Source, TextStream, head};
use crate::error::{Error, Result};

/// How many bytes of a text are examined to tell whether it is a table.
const HEAD_OF_TEXT: u64 = 64 << 10;
/// How much of the first line of a text is examined, in bytes.
const LONGEST_FIRST_LINE: usize = 64 << 10;
/// The first bytes of files that are neither text nor workbook.
const OTHER_FILES: [&[u8]; 5] = [b"%PDF", b"\x89PNG", b"\xFF\xD8\xFF", b"\x1F\x8B", b"Rar!"];

/// A text or a table.
pub(crate) enum Input<R> {
    Text(TextStream<Source<R>>),
    Sheet(SheetRows),
}

/// The opened input, and what a user should know of it.
pub(crate) struct Opened<R> {
    pub(crate) input: Input<R>,
    pub(crate) notices: Vec<String>,
    /// Whether the input is empty.
    pub(crate) is_empty: bool,
}

/// Opens the input. Of the sheets of a workbook or the members of a zip, reads the one whose rows
/// have a header; `name` is the input's name in errors.
///
/// # Errors
/// It cannot be read, is too large, damaged, or neither a text, a workbook nor a zip of them.
pub(crate) fn open<R: BufRead>(
    mut input: R,
    name: &Path,
    is_header: &dyn Fn(&Cells) -> bool,
) -> Result<Opened<R>> {
    let fail = |cause| unreadable(name, cause);
    let first = head(&mut input).map_err(fail)?;
    let refuse = |reason: String| Error::source(name, reason);
    if !is_workbook(&first) {
        if OTHER_FILES
            .iter()
            .any(|own| first.starts_with(own) || own.starts_with(&first) && first.len() > 2)
        {
            return Err(refuse(
                "is no text and no table; give a text, a workbook or CSV".to_owned(),
            ));
        }
        return open_text(name, first, Source::Stream(input), Vec::new());
    }
    let mut bytes = first;
    let rest = input.take(LARGEST_ARCHIVE).read_to_end(&mut bytes);
    rest.map_err(fail)?;
    if bytes.len() as u64 > LARGEST_ARCHIVE {
        let reason = format!("is larger than {} MiB; split it", LARGEST_ARCHIVE >> 20);
        return Err(too_large(name, reason));
    }
    if is_archive(name, &bytes)? {
        return open_archive(name, &bytes, is_header);
    }
    let (rows, notices) = open_sheet(&bytes, is_header).map_err(|reason| sized(name, reason))?;
    Ok(Opened {
        is_empty: rows.is_empty(),
        input: Input::Sheet(rows),
        notices,
    })
}

/// A read error, by its kind.
pub(crate) fn unreadable(name: &Path, cause: io::Error) -> Error {
    if cause.kind() == ErrorKind::FileTooLarge {
        return too_large(name, cause.to_string());
    }
    Error::io(name, "cannot read", cause)
}

fn too_large(name: &Path, reason: String) -> Error {
    Error::TooLarge {
        path: name.to_owned(),
        reason,
    }
}

fn sized(name: &Path, reason: String) -> Error {
    if reason.starts_with("unpacks to more") {
        too_large(name, reason)
    } else {
        Error::source(name, reason)
    }
}

/// Opens the member of a zip that is a table, or the only readable one.
fn open_archive<R: BufRead>(
    name: &Path,
    bytes: &[u8],
    is_header: &dyn Fn(&Cells) -> bool,
) -> Result<Opened<R>> {
    let archive = Archive::open(name, bytes, LARGEST_ARCHIVE)?;
    let (mut readable, mut tables) = (Vec::new(), Vec::new());
    for index in 0..archive.len() {
        let member = archive.name(index);
        let file = member.rsplit('/').next().unwrap_or_default();
        if file.is_empty() || file.starts_with('.') || member.starts_with("__MACOSX/") {
            continue;
        }
        let path = name.join(&member);
        let head = archive
            .unpack(index, HEAD_OF_TEXT)
            .map_err(|reason| Error::source(&path, reason))?;
        let rows = if is_workbook(&head) {
            let bytes = archive
                .unpack_whole(index)
                .map_err(|reason| sized(&path, reason))?;
            let found = Book::open(&bytes).and_then(|mut book| {
                let sheets = 0..book.sheets();
                sheets
                    .map(|sheet| rows_above(&mut book, sheet))
                    .collect::<Result<Vec<_>, _>>()
            });
            found.unwrap_or_default().into_iter().flatten().collect()
        } else if decode(&head).text.contains('\0') {
            continue;
        } else {
            rows_of_text(&head)
        };
        readable.push((index, member));
        if rows.iter().any(is_header) {
            tables.push(index);
        }
    }
    let chosen = match (tables.as_slice(), readable.as_slice()) {
        ([one], _) | ([], [(one, _)]) => *one,
        _ => {
            let names: Vec<&str> = readable.iter().map(|(_, name)| name.as_str()).collect();
            let reason = format!(
                "holds {} files that may be meant ({}); unpack it and give one",
                names.len(),
                names.join(", ")
            );
            return Err(Error::source(name, reason));
        }
    };
    let member = name.join(archive.name(chosen));
    let bytes = archive
        .unpack_all(chosen)
        .map_err(|reason| sized(&member, reason))?;
    let others = readable.into_iter().filter(|(index, _)| *index != chosen);
    let others: Vec<String> = others.map(|(_, name)| name).collect();
    let mut notices = Vec::new();
    if !others.is_empty() {
        notices.push(format!("files of the zip not read: {}", others.join(", ")));
    }
    if is_workbook(&bytes) {
        let (rows, own) = open_sheet(&bytes, is_header).map_err(|reason| sized(&member, reason))?;
        notices.extend(own);
        return Ok(Opened {
            is_empty: rows.is_empty(),
            input: Input::Sheet(rows),
            notices,
        });
    }
    let mut text = Cursor::new(bytes);
    let first = head(&mut text).map_err(|cause| unreadable(&member, cause))?;
    open_text(&member, first, Source::Member(text), notices)
}

/// Opens a text, unless its first line shows that it is neither lines nor a table.
fn open_text<R: BufRead>(
    name: &Path,
    first: Vec<u8>,
    source: Source<R>,
    notices: Vec<String>,
) -> Result<Opened<R>> {
    let is_empty = first.is_empty();
    let mut text = TextStream::new(first, source);
    let begin = text.first_line(LONGEST_FIRST_LINE);
    let begin = begin.map_err(|cause| unreadable(name, cause))?;
    let line = String::from_utf8_lossy(begin.trim_ascii_start());
    match foreign_text::refusal(line.lines().next().unwrap_or_default()) {
        Some(reason) => Err(Error::source(name, reason)),
        None => Ok(Opened {
            input: Input::Text(text),
            notices,
            is_empty,
        }),
    }
}

/// The first rows of a text, cut by each delimiter.
fn rows_of_text(head: &[u8]) -> Vec<Cells> {
    let text = decode(head).text;
    let lines = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .take(ROWS_ABOVE);
    let mut rows = Vec::new();
    for line in lines {
        for delimiter in DELIMITERS {
            let mut cells = Cells::default();
            cells.add_line(line, delimiter, false);
            rows.push(cells);
        }
    }
    rows
}
