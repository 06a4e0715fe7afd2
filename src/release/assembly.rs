//! Turns a member of a source, with the files next to it, into a release.

use std::path::{Path, PathBuf};

use super::damage::{ONE_IN, of_records};
use super::id::ReleaseId;
use super::identity::{Doubt, Identity, LEAST_CODES};
use super::member::{Content, Member};
use super::release::ReadOptions;
use super::release::Release;
use super::release::{LeftOut, Skipped};
use super::rows::Parsed;
use super::source::Source;
use super::{lines, noc_list, processing_notes, workbook};
use crate::codeset::Record;
use crate::error::{Error, Result};
use crate::table::sheet::Book;

impl Source {
    /// The members from which a release is read.
    pub(super) fn releases(&self) -> impl Iterator<Item = &Member> {
        self.members
            .iter()
            .filter(|member| matches!(member.content, Content::Text | Content::Sheet(_)))
    }

    /// Reads a release.
    pub(super) fn read(&self, member: &Member, options: &ReadOptions) -> Result<Release> {
        let path = self.path_of(member);
        let (parsed, hash) = rayon::join(|| parse(member), || hash(&member.bytes));
        let mut parsed = parsed.map_err(|reason| Error::source(&path, reason))?;
        if options.strict {
            check_strictly(&path, &parsed)?;
        }
        if parsed.records.is_empty() {
            return Err(Error::source(&path, nothing_read(&parsed)));
        }
        let (id, notice) = self.id(member, &parsed, options)?;
        let mut notices: Vec<String> = notice.into_iter().collect();
        notices.append(&mut parsed.notices);
        notices.extend(parsed.undefined.take().map(|undefined| undefined.reason));
        let mut damage = parsed.damage;
        let (joined, lacking) = self.join(&id, &mut parsed.records);
        notices.extend(joined);
        damage.extend(lacking);
        let is_text = member.content == Content::Text;
        if is_text && !parsed.has_continuations && parsed.records.len() >= LEAST_CODES {
            damage.push("none of its descriptors goes on on a second line".to_owned());
        }
        damage.extend(self.damage.iter().cloned());
        let (skipped, read) = (parsed.skipped.len(), parsed.records.len());
        if skipped * ONE_IN > read + skipped {
            damage.push(format!(
                "lines that cannot be read: {skipped}, beside {read} codes"
            ));
        }
        damage.extend(of_records(&parsed.records, is_text, &mut notices));
        Ok(Release {
            id,
            source: self.path.clone(),
            member: member.name.clone(),
            hash,
            records: parsed.records,
            skipped: parsed.skipped,
            unread: parsed.unread,
            damage,
            left_out: parsed.left_out,
            notices,
        })
    }

    /// The member's path, for messages only: a member's name may be anything.
    fn path_of(&self, member: &Member) -> PathBuf {
        let mut path = self.path.clone().into_os_string();
        if let Some(name) = &member.name {
            path.push("/");
            path.push(name);
        }
        path.into()
    }

    /// Which release a member is, and the notices about it.
    fn id(
        &self,
        member: &Member,
        parsed: &Parsed,
        options: &ReadOptions,
    ) -> Result<(ReleaseId, Option<String>)> {
        let own = self.path.file_name().unwrap_or_default().to_string_lossy();
        let identity = Identity {
            names: [member.name.as_deref().unwrap_or_default(), &own],
            sheet: &parsed.sheet,
            records: &parsed.records,
        };
        let release = identity.release(options.id.as_ref());
        release.map_err(|Doubt { reason, likely }| Error::WhichRelease {
            path: self.path_of(member),
            reason,
            likely: likely.map(|id| id.to_string()),
        })
    }

    /// Joins the files next to a release: processing notes and the list of NOC codes. Returns notices,
    /// and signs that the release lacks codes: those that the list in its own zip has.
    fn join(&self, id: &ReleaseId, records: &mut [Record]) -> (Vec<String>, Vec<String>) {
        let is_alone = self.releases().count() == 1;
        let is_its_own = |member: &Member| {
            let own = member.id();
            is_alone || own.map_or(self.is_one_release, |own| own.is_same_quarter(id))
        };
        let (mut notices, mut lacking) = (Vec::new(), Vec::new());
        for member in self.members.iter().filter(|member| is_its_own(member)) {
            match member.content {
                Content::ProcessingNotes => {
                    let notes = processing_notes::read(&member.bytes);
                    notices.extend(processing_notes::join(&notes, records));
                }
                Content::NocList(sheet) => {
                    let list = Book::open(&member.bytes)
                        .and_then(|mut book| noc_list::read(&mut book, sheet));
                    let name = member.name.as_deref().unwrap_or_default();
                    match list {
                        Ok(list) => {
                            let missing = list.missing_in(records);
                            if self.is_one_release {
                                lacking.extend(missing);
                            } else {
                                notices.extend(missing);
                            }
                            notices.extend(list.join(records));
                        }
                        Err(reason) => notices.push(format!("{name}: {reason}")),
                    }
                }
                _ => {}
            }
        }
        (notices, lacking)
    }
}

fn parse(member: &Member) -> Result<Parsed, String> {
    match member.content {
        Content::Sheet(sheet) => workbook::read(Book::open(&member.bytes)?, sheet),
        _ => Ok(lines::read(&member.bytes)),
    }
}

fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// Returns the first skipped line as an error.
fn check_strictly(path: &Path, parsed: &Parsed) -> Result<()> {
    let skipped = parsed.skipped.first().map(|own| (own.line, &own.reason));
    let unread = parsed.unread.first().map(|own| (own.line, &own.reason));
    let undefined = parsed.undefined.as_ref().map(|own| (own.line, &own.reason));
    match skipped.into_iter().chain(unread).chain(undefined).min() {
        None => Ok(()),
        Some((line, reason)) => Err(Error::Line {
            path: path.to_owned(),
            line,
            reason: reason.clone(),
        }),
    }
}

fn nothing_read(parsed: &Parsed) -> String {
    let LeftOut { cpt, cdt } = parsed.left_out;
    match parsed.skipped.first() {
        Some(Skipped { line, reason, .. }) => format!(
            "holds no HCPCS release that can be read; broken lines: {}, the first is line {line}: {reason}; download it again",
            parsed.skipped.len()
        ),
        None if cpt + cdt > 0 => "holds no HCPCS release: it has only CPT or CDT codes, which are not covered; give the zip that CMS publishes".to_owned(),
        None => no_release(None),
    }
}

/// Why a path gives no release.
pub(super) fn no_release(notice: Option<String>) -> String {
    let advice = "give the zip that CMS publishes, its text or its workbook";
    match notice {
        Some(notice) => format!("holds no HCPCS release that can be read: {notice}"),
        None => format!("holds no HCPCS release; {advice}"),
    }
}
