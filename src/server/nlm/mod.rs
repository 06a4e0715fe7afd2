//! stub
pub(super) async fn search() -> &'static str { "" }
