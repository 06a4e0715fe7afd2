//! Compression of answers, by gzip or brotli as the client accepts it.

use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};

/// The minimum size of an answer that is compressed, in bytes.
const LEAST: u64 = 1 << 10;
/// The compression level: half of the possible gain, in a tenth of the time.
const LEVEL: i32 = 4;

/// Compresses longer answers. Line streams are left alone, because a client would wait for lines
/// that are buffered in the compressor.
pub(crate) fn compression() -> CompressionLayer<impl Predicate> {
    let worth = SizeAbove::new(LEAST)
        .and(NotForContentType::const_new("application/x-ndjson"))
        .and(NotForContentType::SSE);
    CompressionLayer::new()
        .quality(CompressionLevel::Precise(LEVEL))
        .compress_when(worth)
}
