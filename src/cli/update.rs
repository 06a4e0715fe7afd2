//! `hcpcs update`: adds new sources to the index.

use std::path::PathBuf;
use std::time::Instant;

use hcpcs::ReadOptions;
use hcpcs::index::{UpdateOptions, update_index};

use super::args::UpdateArguments;
#[cfg(feature = "download")]
use super::print::Failure;
use super::print::{self, Outcome, Printer};
use super::update_output::{print_end, print_report};
use super::{Run, folders, output, progress, sources, sources_report};

pub(crate) fn run(
    arguments: &UpdateArguments,
    index: Option<PathBuf>,
    printer: &mut Printer,
) -> Run {
    let begun = Instant::now();
    let folder = folders::named_with_index(index)?;
    let reading = ReadOptions {
        strict: arguments.strict,
        id: arguments.release.clone(),
    };
    #[cfg(feature = "download")]
    let fetch = || newest_release(arguments);
    #[cfg(feature = "download")]
    let fetched = arguments.from_cms.then(fetch).transpose()?;
    #[cfg(not(feature = "download"))]
    let fetched = None;
    let paths: Vec<PathBuf> = arguments.paths.iter().cloned().chain(fetched).collect();
    let read = || sources::named(&paths, &arguments.synonyms, &reading);
    let new = progress::watch("reading", read)?;
    sources_report::report(&new);
    if !folders::has_index(&folder) && !arguments.dry_run {
        folders::build_starter(&folder)?;
        print::note(&format!(
            "no index in {}: built one from the starter set first",
            folder.display()
        ));
    }
    let options = UpdateOptions {
        force: arguments.force,
        dry_run: arguments.dry_run,
        on_wait: || print::note("another process writes the index; waiting for it"),
    };
    let report = progress::watch("updating", || update_index(&folder, new, &options))?;
    if arguments.json {
        printer.line(output::json(&report)?)?;
    } else {
        print_report(&report, printer)?;
        printer.finish()?;
        print_end(&report, &folder, begun.elapsed().as_millis());
    }
    Ok(if report.changed {
        Outcome::Found
    } else {
        Outcome::Nothing
    })
}

/// Fetches the newest release from CMS into the data folder; returns its path.
#[cfg(feature = "download")]
fn newest_release(arguments: &UpdateArguments) -> Result<PathBuf, Failure> {
    use hcpcs::download::{DownloadOptions, download, newest};

    let mut options = DownloadOptions {
        timeout: std::time::Duration::from_secs(arguments.timeout.max(1)),
        ..DownloadOptions::default()
    };
    if let Some(page) = &arguments.page {
        options.page.clone_from(page);
    }
    let offer = progress::watch("reading CMS's page", || newest(&options))?;
    print::note(&format!(
        "the newest release is {}: {}",
        offer.id, offer.url
    ));
    let folder = folders::data_folder()?;
    let done = progress::bytes(|tell| download(&offer, &folder, &options, tell))?;
    let path = done.path.display();
    print::note(&if done.is_new {
        format!("kept as {path}")
    } else {
        format!("{path} is still the newest")
    });
    Ok(done.path)
}
