//! The limit to compare the server with: an axum handler that gives the same bytes to everybody,
//! over the same HTTP, on as many threads. `fixed_body ADDRESS BYTES`.

use std::error::Error;

use axum::Router;
use axum::body::Bytes;
use axum::http::header;
use axum::response::IntoResponse as _;
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (address, length) = (arguments.next(), arguments.next());
    let address = address.ok_or("give an address and a number of bytes")?;
    let length = length.ok_or("give a number of bytes")?.parse()?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(serve(&address, Bytes::from(vec![b' '; length])))
}

async fn serve(address: &str, body: Bytes) -> Result<(), Box<dyn Error>> {
    let handler =
        async move || ([(header::CONTENT_TYPE, "application/json")], body).into_response();
    let router: Router = Router::new().fallback(handler);
    let service = TowerToHyperService::new(router);
    let listener = TcpListener::bind(address).await?;
    loop {
        let (socket, _) = listener.accept().await?;
        socket.set_nodelay(true)?;
        let service = service.clone();
        tokio::spawn(async move {
            let connection = http1::Builder::new();
            // What goes wrong with a connection is its client's concern.
            let _ = connection
                .serve_connection(TokioIo::new(socket), service)
                .await;
        });
    }
}
