//! What is asked of a model and what comes back, whatever protocol carries it.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::ChatError;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The desk's instructions.
    System,
    User,
    /// What the model said before.
    #[serde(rename = "assistant")]
    Model,
    /// What a tool that it called answered.
    Tool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    pub role: Role,
    pub text: String,
    /// What the model asked for in this message.
    pub calls: Vec<ToolCall>,
    /// For a tool's answer: the call's id.
    pub answers: Option<String>,
}

impl Message {
    pub fn new(role: Role, text: impl Into<String>) -> Self {
        Self { role, text: text.into(), calls: Vec::new(), answers: None }
    }

    /// What a tool answered.
    pub fn answer(call: &ToolCall, text: impl Into<String>) -> Self {
        Self { answers: Some(call.id.clone()), ..Self::new(Role::Tool, text) }
    }

    /// What the model said, as it is given back to it with the answers of its tools.
    pub fn said(reply: &Reply) -> Self {
        Self { calls: reply.calls.clone(), ..Self::new(Role::Model, reply.text.clone()) }
    }

    fn tokens(&self) -> u32 {
        let calls = self.calls.iter().map(|call| estimated_tokens(&call.arguments.to_string()) + TOKENS_PER_MESSAGE);
        calls.fold(estimated_tokens(&self.text) + TOKENS_PER_MESSAGE, u32::saturating_add)
    }
}

/// Something the model may ask for; it is carried out by the caller, or not.
#[derive(Clone, Debug, PartialEq)]
pub struct Tool {
    pub name: String,
    pub description: String,
    /// JSON schema of the arguments.
    pub parameters: Value,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ToolCall {
    pub id: String,
    pub name: String,
    pub arguments: Value,
    /// Why it may not be carried out.
    pub fault: Option<CallFault>,
}

/// What is wrong with a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CallFault {
    /// The tool was never offered.
    Unknown,
    /// The arguments are no JSON.
    NotJson,
    /// They are not of the tool's schema.
    Shape,
}

/// The shape a reply must have.
#[derive(Clone, Debug, PartialEq)]
pub struct JsonSchema {
    pub name: String,
    pub schema: Value,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    pub messages: Vec<Message>,
    pub tools: Vec<Tool>,
    pub json_schema: Option<JsonSchema>,
    /// Of the reply.
    pub max_tokens: u32,
    pub temperature: f32,
}

impl Request {
    /// Plain text in, plain text out.
    pub fn new(messages: Vec<Message>, max_tokens: u32) -> Self {
        Self { messages, tools: Vec::new(), json_schema: None, max_tokens, temperature: 0.0 }
    }

    /// A guess on the safe side at what is sent.
    pub fn estimated_tokens(&self) -> u32 {
        let texts = self.messages.iter().map(Message::tokens);
        let tools = self.tools.iter().map(|tool| {
            estimated_tokens(&tool.description) + estimated_tokens(&tool.parameters.to_string()) + TOKENS_PER_MESSAGE
        });
        let schema = self.json_schema.iter().map(|schema| estimated_tokens(&schema.schema.to_string()));
        texts.chain(tools).chain(schema).fold(0, u32::saturating_add)
    }
}

/// What one request may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// From connecting to the last byte.
    pub time: Duration,
    /// Request and reply together.
    pub tokens: u32,
}

impl Budget {
    /// Tokens the reply may have.
    pub(super) fn left_for_reply(self, request: &Request) -> Result<u32, ChatError> {
        match self.tokens.saturating_sub(request.estimated_tokens()).min(request.max_tokens) {
            0 => Err(ChatError::RequestTooLong),
            left => Ok(left),
        }
    }
}

/// Role and separators, in common chat formats.
const TOKENS_PER_MESSAGE: u32 = 6;
/// Common vocabularies take four letters of English in one token; three is on the safe side.
const ASCII_PER_TOKEN: usize = 3;

/// A guess on the safe side: how many tokens a text has differs with each model.
pub fn estimated_tokens(text: &str) -> u32 {
    let ascii = text.bytes().filter(u8::is_ascii).count();
    let others = text.chars().filter(|symbol| !symbol.is_ascii()).count();
    u32::try_from(ascii.div_ceil(ASCII_PER_TOKEN) + others).unwrap_or(u32::MAX)
}

/// As the server counted them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usage {
    #[serde(default)]
    pub prompt_tokens: u32,
    #[serde(default)]
    pub completion_tokens: u32,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reply {
    pub text: String,
    pub calls: Vec<ToolCall>,
    /// Estimated when the server counts none.
    pub usage: Usage,
}

impl Reply {
    /// The text as JSON, for a request with a schema.
    ///
    /// # Errors
    /// [`ChatError::Malformed`] when it isn't of this shape.
    pub fn json<T: serde::de::DeserializeOwned>(&self) -> Result<T, ChatError> {
        serde_json::from_str(self.text.trim()).map_err(|_| ChatError::Malformed)
    }
}
