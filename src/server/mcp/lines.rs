//! The lines between an agent and the protocol. A line that is no JSON-RPC message gets an error,
//! so that an agent does not wait forever for an answer.

use tokio::io::{
    AsyncBufReadExt as _, AsyncRead, AsyncWriteExt as _, BufReader, DuplexStream, duplex, stdin,
    stdout,
};
use tokio::sync::mpsc::{Sender, channel};
use tokio::task::JoinHandle;

use super::message::error;

/// How many bytes, and how many lines, may be queued between the tasks.
const BYTES: usize = 64 << 10;
const LINES: usize = 16;

/// Standard input and output, connected to the protocol.
pub(super) struct Lines {
    /// The protocol's input and output.
    pub(super) transport: (DuplexStream, DuplexStream),
    /// Ends when everything is written.
    pub(super) written: JoinHandle<()>,
}

/// Starts passing on lines.
pub(super) fn lines() -> Lines {
    let (to_protocol, reading) = duplex(BYTES);
    let (writing, from_protocol) = duplex(BYTES);
    let (lines, mut queue) = channel::<Vec<u8>>(LINES);
    tokio::spawn(take(to_protocol, lines.clone()));
    tokio::spawn(give(from_protocol, lines));
    let written = tokio::spawn(async move {
        let mut output = stdout();
        while let Some(line) = queue.recv().await {
            if output.write_all(&line).await.is_err() || output.flush().await.is_err() {
                return;
            }
        }
    });
    Lines {
        transport: (reading, writing),
        written,
    }
}

/// Passes the agent's messages on to the protocol, and answers lines that are none.
async fn take(mut to_protocol: DuplexStream, answers: Sender<Vec<u8>>) {
    let mut input = BufReader::new(stdin());
    while let Some(line) = next(&mut input).await {
        let passed = match error(&line) {
            Some(answer) => answers.send(answer).await.is_ok(),
            None => to_protocol.write_all(&line).await.is_ok(),
        };
        if !passed {
            return;
        }
    }
}

/// Passes the protocol's messages on to the agent.
async fn give(from_protocol: DuplexStream, lines: Sender<Vec<u8>>) {
    let mut output = BufReader::new(from_protocol);
    while let Some(line) = next(&mut output).await {
        if lines.send(line).await.is_err() {
            return;
        }
    }
}

async fn next(input: &mut BufReader<impl AsyncRead + Unpin>) -> Option<Vec<u8>> {
    let mut line = Vec::new();
    let length = input.read_until(b'\n', &mut line).await.ok()?;
    // The last line may have no end.
    if !line.ends_with(b"\n") {
        line.push(b'\n');
    }
    (length > 0).then_some(line)
}
