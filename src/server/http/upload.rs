//! `Upload`: the fields and the file of a form, read completely while it holds a stream slot.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest as _, Multipart};
use axum::http::{HeaderMap, Request, StatusCode, header};
use tokio::sync::OwnedSemaphorePermit;

use super::line_stream::next_frame;
use super::problem::Problem;
use super::stream_slots::{Allowance, StreamSlots};

/// How long a form waits for a slot before it is answered 503.
const MAX_WAIT: Duration = Duration::from_secs(5);
/// The maximum of fields of a form.
const MOST_FIELDS: usize = 32;

/// A form as sent.
pub(crate) struct Upload {
    pub(crate) fields: Vec<UploadField>,
    /// Held until the answer is ready, which limits how many forms are in memory.
    pub(crate) slot: OwnedSemaphorePermit,
}

/// A field of a form.
pub(crate) struct UploadField {
    pub(crate) name: String,
    /// The file name, if it is a file.
    pub(crate) file: Option<String>,
    pub(crate) bytes: Bytes,
}

/// Reads a form of `multipart/form-data` up to a size limit in bytes.
///
/// # Errors
///
/// Other requests hold all slots, or the body is not a form, is too long, incomplete or too slow.
pub(crate) async fn read(
    slots: &Arc<StreamSlots>,
    headers: &HeaderMap,
    body: Body,
    most: usize,
) -> Result<Upload, Problem> {
    let too_long = || {
        let detail = format!("the form has more than {} MiB; send less", most >> 20);
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, detail)
    };
    let least = hyper::body::Body::size_hint(&body).lower();
    if usize::try_from(least).is_ok_and(|least| least > most) {
        return Err(too_long());
    }
    let slot = slots.acquire(MAX_WAIT).await.ok_or_else(Problem::busy)?;
    let allowance = Allowance::new(Arc::clone(slots));
    let mut body = body;
    let mut whole = Vec::new();
    loop {
        let Some(next) = next_frame(&mut body, &allowance).await else {
            let detail = "the form took too long; send it sooner";
            return Err(Problem::new(StatusCode::REQUEST_TIMEOUT, detail));
        };
        let Some(frame) = next else { break };
        let frame = frame.map_err(|_| Problem::bad("the form breaks off; send it whole"))?;
        if let Ok(part) = frame.into_data() {
            if whole.len() + part.len() > most {
                return Err(too_long());
            }
            allowance.earn(part.len());
            whole.extend_from_slice(&part);
        }
    }
    let mut request = Request::new(Body::from(whole));
    if let Some(kind) = headers.get(header::CONTENT_TYPE) {
        let headers = request.headers_mut();
        headers.insert(header::CONTENT_TYPE, kind.clone());
    }
    let fields = fields(request).await?;
    Ok(Upload { fields, slot })
}

async fn fields(mut request: Request<Body>) -> Result<Vec<UploadField>, Problem> {
    // The body that was read is within the limit.
    axum::extract::DefaultBodyLimit::disable().apply(&mut request);
    let form = Multipart::from_request(request, &()).await;
    let mut form = form.map_err(|_| {
        let detail = "the form is not sent as `multipart/form-data`";
        Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail)
    })?;
    let broken = |_| Problem::bad("the form cannot be read; send it as a browser does");
    let mut fields = Vec::new();
    while let Some(field) = form.next_field().await.map_err(broken)? {
        if fields.len() == MOST_FIELDS {
            let detail = format!("the form has more than {MOST_FIELDS} fields");
            return Err(Problem::bad(detail));
        }
        fields.push(UploadField {
            name: field.name().unwrap_or_default().to_owned(),
            file: field.file_name().map(str::to_owned),
            bytes: field.bytes().await.map_err(broken)?,
        });
    }
    Ok(fields)
}
