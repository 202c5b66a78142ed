//! The shapes of the OpenAI chat protocol: what is sent, and what comes back whole or in pieces.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Message, Request, ToolCall, Usage};

pub fn body(model: &str, request: &Request, max_tokens: u32, is_streaming: bool) -> Value {
    let mut body = json!({
        "model": model,
        "messages": request.messages.iter().map(message).collect::<Vec<_>>(),
        "max_tokens": max_tokens,
        "temperature": request.temperature,
        "stream": is_streaming,
    });
    if is_streaming {
        body["stream_options"] = json!({ "include_usage": true });
    }
    if !request.tools.is_empty() {
        let tool = |tool: &super::Tool| {
            let function = json!({ "name": tool.name, "description": tool.description, "parameters": tool.parameters });
            json!({ "type": "function", "function": function })
        };
        body["tools"] = request.tools.iter().map(tool).collect();
    }
    if let Some(schema) = &request.json_schema {
        let schema = json!({ "name": schema.name, "strict": true, "schema": schema.schema });
        body["response_format"] = json!({ "type": "json_schema", "json_schema": schema });
    }
    body
}

fn message(message: &Message) -> Value {
    let mut out = json!({ "role": message.role, "content": message.text });
    if !message.calls.is_empty() {
        let call = |call: &ToolCall| {
            let function = json!({ "name": call.name, "arguments": call.arguments.to_string() });
            json!({ "id": call.id, "type": "function", "function": function })
        };
        out["tool_calls"] = message.calls.iter().map(call).collect();
    }
    if let Some(id) = &message.answers {
        out["tool_call_id"] = json!(id);
    }
    out
}

/// A whole reply, or one piece of a stream: they differ in the name of what was said.
#[derive(Deserialize)]
pub struct Piece {
    #[serde(default)]
    pub choices: Vec<Choice>,
    #[serde(default)]
    pub usage: Option<Usage>,
    /// Some servers tell a failure inside a stream.
    #[serde(default)]
    pub error: Option<Value>,
}

#[derive(Deserialize)]
pub struct Choice {
    #[serde(default, alias = "message")]
    pub delta: Said,
    #[serde(default)]
    pub finish_reason: Option<String>,
}

#[derive(Default, Deserialize)]
pub struct Said {
    #[serde(default)]
    pub content: Option<String>,
    #[serde(default)]
    pub refusal: Option<String>,
    #[serde(default)]
    pub tool_calls: Option<Vec<CallPiece>>,
}

#[derive(Deserialize)]
pub struct CallPiece {
    #[serde(default)]
    pub index: Option<usize>,
    #[serde(default)]
    pub id: Option<String>,
    #[serde(default)]
    pub function: FunctionPiece,
}

#[derive(Default, Deserialize)]
pub struct FunctionPiece {
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub arguments: Option<String>,
}

/// Whether an error's body says that the request doesn't fit the model.
pub fn says_too_long(body: &[u8]) -> bool {
    let code =
        serde_json::from_slice::<Value>(body).ok().and_then(|it| it["error"]["code"].as_str().map(str::to_owned));
    code.as_deref() == Some("context_length_exceeded")
}
