//! Compression of answers, by gzip or brotli as the client accepts it.

use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};

/// The fewest bytes of an answer that is worth it.
const LEAST: u64 = 1 << 10;
/// How hard it is tried: half of what is to be won, in a tenth of the time.
const LEVEL: i32 = 4;

/// Compresses longer answers. Streams of lines are left alone: a line that waits in the compressor
/// is one that the client waits for.
pub(crate) fn compression() -> CompressionLayer<impl Predicate> {
    let worth = SizeAbove::new(LEAST)
        .and(NotForContentType::const_new("application/x-ndjson"))
        .and(NotForContentType::SSE);
    CompressionLayer::new()
        .quality(CompressionLevel::Precise(LEVEL))
        .compress_when(worth)
}
