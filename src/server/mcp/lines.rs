//! The lines between an agent and the protocol. A line that is no JSON-RPC message gets an error,
//! so that an agent does not wait forever for an answer.

use serde_json::{Value, json};
use tokio::io::{
    AsyncBufReadExt as _, AsyncRead, AsyncWriteExt as _, BufReader, DuplexStream, duplex, stdin,
    stdout,
};
use tokio::sync::mpsc::{Sender, channel};
use tokio::task::JoinHandle;

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

/// JSON-RPC's error for a line that is no message.
fn error(line: &[u8]) -> Option<Vec<u8>> {
    if line.trim_ascii().is_empty() {
        return None;
    }
    let (code, message, id) = match serde_json::from_slice::<Value>(line) {
        Err(cause) => (
            -32700,
            format!("the line is not JSON: {cause}"),
            Value::Null,
        ),
        Ok(message) if message["jsonrpc"] == "2.0" => return refused(&message),
        Ok(message) => {
            let reason = "the line is no message of JSON-RPC 2.0; send one object a line";
            (-32600, reason.to_owned(), message["id"].clone())
        }
    };
    Some(answer(code, &message, &id))
}

/// JSON-RPC's error for a message that the protocol would pass over or blame on something else.
fn refused(message: &Value) -> Option<Vec<u8>> {
    let id = message.get("id");
    let is_id = |id: &Value| id.is_string() || id.is_i64() || id.is_u64();
    if id.is_some_and(|id| !is_id(id)) {
        let reason = "an `id` is a text or a whole number";
        return Some(answer(-32600, reason, &Value::Null));
    }
    let is_call = message["method"] == "tools/call" && !message["params"].is_object();
    is_call.then(|| {
        let reason = "`tools/call` needs `params` with the tool's `name` and `arguments`";
        answer(-32602, reason, id.unwrap_or(&Value::Null))
    })
}

fn answer(code: i32, message: &str, id: &Value) -> Vec<u8> {
    let error = json!({"code": code, "message": message});
    let answer = json!({"jsonrpc": "2.0", "id": id, "error": error});
    format!("{answer}\n").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_message_gets_an_error() {
        let code = |line: &str| {
            let answer = serde_json::from_slice::<Value>(&error(line.as_bytes())?);
            answer.unwrap()["error"]["code"].as_i64()
        };
        assert_eq!(
            code("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\n"),
            None
        );
        assert_eq!(code("\n"), None);
        assert_eq!(code("nonsense\n"), Some(-32700));
        assert_eq!(code("{\"jsonrpc\":\"2.0\",\n"), Some(-32700));
        assert_eq!(code("\u{0}\n"), Some(-32700));
        assert_eq!(code("[]\n"), Some(-32600));
        assert_eq!(code("{\"id\":7}\n"), Some(-32600));
        for id in ["null", "1.5", "[1]"] {
            let line = format!("{{\"jsonrpc\":\"2.0\",\"id\":{id},\"method\":\"ping\"}}");
            assert_eq!(code(&line), Some(-32600), "{id}");
        }
        let call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\"}";
        assert_eq!(code(call), Some(-32602));
        let answer = error(b"{\"id\":7}").unwrap();
        assert!(String::from_utf8(answer).unwrap().contains("\"id\":7"));
    }
}
