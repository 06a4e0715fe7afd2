//! `hcpcs status`: what is indexed, from which files, when, how large.

use std::path::PathBuf;

use hcpcs::index::{IndexStatus, Verification, verify};
use hcpcs::search::Age;
use hcpcs::{Manifest, counted};

use super::args::StatusArguments;
use super::print::{CODE, DIM, Failure, HEADING, Outcome, Printer, WARNING};
use super::{Run, folders, output};

pub(crate) fn run(
    arguments: &StatusArguments,
    index: Option<PathBuf>,
    printer: &mut Printer,
) -> Run {
    let folder = folders::index_folder(index)?;
    let manifest = Manifest::read(&folder)?;
    let verification = verify(&folder, &manifest)?;
    if arguments.verify {
        show(&verification, arguments.json, printer)?;
        printer.finish()?;
        verification.check(&folder)?;
        return Ok(Outcome::Found);
    }
    verification.check(&folder)?;
    if arguments.json {
        printer.line(output::json(&IndexStatus::new(manifest))?)?;
        return Ok(Outcome::Found);
    }
    let Manifest {
        codes,
        versions,
        bytes,
        built,
        generation,
        program,
        format,
        ..
    } = &manifest;
    for (name, value) in [
        (
            "Index",
            format!(
                "{} ({generation}, {:.1} MB)",
                folder.display(),
                megabytes(*bytes)
            ),
        ),
        (
            "Built",
            format!("{built} by hcpcs {program}, format {format}"),
        ),
        (
            "Codes",
            format!("{codes} in {}", counted(versions, "version")),
        ),
    ] {
        printer.line(format!("{HEADING}{name:<9}{HEADING:#}{value}"))?;
    }
    printer.line(format!("\n{HEADING}Releases{HEADING:#}"))?;
    for release in &manifest.releases {
        printer.line(format!(
            "{CODE}{}{CODE:#}  {}",
            release.id,
            release.source.display()
        ))?;
        if let Some(lacking) = release.lacking() {
            wrapped(&format!("{WARNING}{lacking}{WARNING:#}"), printer)?;
        }
        let member = release
            .member
            .as_deref()
            .map_or(String::new(), |name| format!("{name}, "));
        let mut line = format!(
            "{member}{}, {}, {} terminated, {} skipped, {} of CPT or CDT left out",
            counted(release.procedures, "procedure"),
            counted(release.modifiers, "modifier"),
            release.terminated,
            counted(release.skipped, "line"),
            release.left_out
        );
        if release.unread > 0 {
            line += &format!(", {} kept as published", counted(release.unread, "value"));
        }
        wrapped(&line, printer)?;
        for damage in &release.damage {
            wrapped(&format!("{WARNING}{damage}{WARNING:#}"), printer)?;
        }
        wrapped(&format!("{DIM}blake3 {}{DIM:#}", release.hash), printer)?;
        for notice in &release.notices {
            wrapped(&format!("{WARNING}{notice}{WARNING:#}"), printer)?;
        }
    }
    if let Some(other) = manifest.other_analysis() {
        wrapped(
            &format!("{WARNING}the index has {other}{WARNING:#}"),
            printer,
        )?;
    }
    if let Some(age) = manifest.age().filter(Age::is_notable) {
        wrapped(&format!("{WARNING}{age}{WARNING:#}"), printer)?;
    }
    sources(&manifest, printer)?;
    Ok(Outcome::Found)
}

/// Shows the verification of the index's file, part by part.
fn show(verification: &Verification, json: bool, printer: &mut Printer) -> Result<(), Failure> {
    if json {
        printer.line(output::json(verification)?)?;
        return Ok(());
    }
    let Verification {
        generation,
        bytes,
        hash,
        expected_hash,
        parts,
        is_whole,
        ..
    } = verification;
    let state = |is_whole| if is_whole { "whole" } else { "DAMAGED" };
    printer.line(format!("{generation}, {bytes} bytes: {}", state(*is_whole)))?;
    printer.line(format!("  blake3 {hash}"))?;
    if !is_whole {
        printer.line(format!("  written {expected_hash}"))?;
    }
    for part in parts {
        let state = state(part.is_whole);
        printer.line(format!("  {}, {} bytes: {state}", part.name, part.bytes))?;
    }
    Ok(())
}

fn sources(manifest: &Manifest, printer: &mut Printer) -> Result<(), Failure> {
    if manifest.sources.is_empty() {
        return Ok(());
    }
    printer.line(format!("\n{HEADING}Annotations{HEADING:#}"))?;
    for source in &manifest.sources {
        let head = format!("{CODE}{}{CODE:#}  {}", source.kind, source.label());
        let options = textwrap::Options::new(printer.width()).subsequent_indent("  ");
        for line in textwrap::wrap(&head, options) {
            printer.line(line)?;
        }
        let mut line = format!(
            "{}, {}",
            source.source.display(),
            counted(source.rows, "row")
        );
        for (count, what) in [
            (source.skipped, "skipped"),
            (source.left_out, "of CPT or CDT left out"),
        ] {
            if count > 0 {
                line += &format!(", {count} {what}");
            }
        }
        wrapped(&line, printer)?;
        if !source.unknown_codes.is_empty() {
            let codes = source.unknown_codes.join(" ");
            wrapped(
                &format!("{WARNING}in no release: {codes}{WARNING:#}"),
                printer,
            )?;
        }
        for notice in &source.notices {
            wrapped(notice, printer)?;
        }
    }
    Ok(())
}

fn wrapped(text: &str, printer: &mut Printer) -> Result<(), Failure> {
    let options = textwrap::Options::new(printer.width())
        .initial_indent("  ")
        .subsequent_indent("  ");
    for line in textwrap::wrap(text, options) {
        printer.line(line)?;
    }
    Ok(())
}

fn megabytes(bytes: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "shown with one decimal")]
    let bytes = bytes as f64;
    bytes / 1e6
}
