//! `hcpcs serve` and `hcpcs mcp`: answers over HTTP, and an agent over standard input and output.

use std::path::PathBuf;
use std::sync::Arc;

use hcpcs::server::{ServeOptions, Server, stopped};

use super::args::ServeArguments;
use super::print::{self, Outcome};
use super::{Run, folders};

pub(crate) fn run(arguments: &ServeArguments, index: Option<PathBuf>) -> Run {
    let server = Server::bind(ServeOptions {
        folder: folders::ready(index)?,
        listen: arguments.listen.clone(),
        hosts: arguments.hosts.clone(),
        cors: arguments.cors.clone(),
        base_path: arguments.base_path.clone(),
        caps: !arguments.no_cap,
        access_log: !arguments.quiet,
        log: Arc::new(print::note),
        ..ServeOptions::default()
    })?;
    let listen = server.listen();
    print::note(&format!("listening on {listen} (Ctrl-C ends it)"));
    server.run(stopped())?;
    print::note("ended; all requests are answered");
    Ok(Outcome::Found)
}

#[cfg(feature = "mcp")]
pub(crate) fn mcp(index: Option<PathBuf>) -> Run {
    hcpcs::server::serve_mcp(&folders::ready(index)?)?;
    Ok(Outcome::Found)
}
