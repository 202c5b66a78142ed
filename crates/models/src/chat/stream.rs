//! Putting a reply together, from one body or from server-sent events, and judging whether it is whole.

use serde_json::Value;

use super::{
    CallFault, ChatError, Reply, Request, ToolCall, Usage, estimated_tokens, schema,
    wire::{CallPiece, Piece},
};

/// More calls in one reply are no honest wish.
const CALLS_MAX: usize = 16;

/// A reply while it comes in.
#[derive(Default)]
pub struct Gathered {
    text: String,
    calls: Vec<(String, String, String)>,
    usage: Option<Usage>,
    finish: Option<String>,
    is_refused: bool,
}

impl Gathered {
    /// Takes one piece; returns the text it added.
    pub fn take(&mut self, json: &[u8]) -> Result<String, ChatError> {
        let piece: Piece = serde_json::from_slice(json).map_err(|error| match error.is_eof() {
            true => ChatError::CutOff,
            false => ChatError::Malformed,
        })?;
        if piece.error.is_some() {
            return Err(ChatError::CutOff);
        }
        self.usage = piece.usage.or(self.usage);
        let Some(choice) = piece.choices.into_iter().next() else { return Ok(String::new()) };
        self.finish = choice.finish_reason.or(self.finish.take());
        self.is_refused |= choice.delta.refusal.is_some_and(|text| !text.is_empty());
        for call in choice.delta.tool_calls.unwrap_or_default() {
            self.take_call(call)?;
        }
        let added = choice.delta.content.unwrap_or_default();
        self.text.push_str(&added);
        Ok(added)
    }

    fn take_call(&mut self, piece: CallPiece) -> Result<(), ChatError> {
        let index = piece.index.unwrap_or(self.calls.len());
        if index >= CALLS_MAX || index > self.calls.len() {
            return Err(ChatError::Malformed);
        }
        if index == self.calls.len() {
            self.calls.push(Default::default());
        }
        let (id, name, arguments) = &mut self.calls[index];
        id.push_str(&piece.id.unwrap_or_default());
        name.push_str(&piece.function.name.unwrap_or_default());
        arguments.push_str(&piece.function.arguments.unwrap_or_default());
        Ok(())
    }

    pub const fn is_finished(&self) -> bool {
        self.finish.is_some()
    }

    /// The reply, if it is whole and is what was asked for.
    pub fn reply(self, request: &Request) -> Result<Reply, ChatError> {
        if self.is_refused || self.finish.as_deref() == Some("content_filter") {
            return Err(ChatError::Refused);
        }
        match self.finish.as_deref() {
            None => return Err(ChatError::CutOff),
            Some("length") => return Err(ChatError::ReplyTooLong),
            Some(_) => {}
        }
        let calls: Vec<ToolCall> = self.calls.into_iter().map(|call| judged(call, request)).collect();
        if calls.is_empty() && self.text.trim().is_empty() {
            return Err(ChatError::Malformed);
        }
        let usage = self.usage.unwrap_or_else(|| Usage {
            prompt_tokens: request.estimated_tokens(),
            completion_tokens: estimated_tokens(&self.text),
        });
        let reply = Reply { text: self.text, calls, usage };
        if let Some(wanted) = request.json_schema.as_ref().filter(|_| reply.calls.is_empty())
            && !schema::conforms(&reply.json()?, &wanted.schema)
        {
            return Err(ChatError::Malformed);
        }
        Ok(reply)
    }
}

/// The call with what is wrong with it: it is refused by itself, and the model may do better.
fn judged((id, name, arguments): (String, String, String), request: &Request) -> ToolCall {
    let arguments = if arguments.trim().is_empty() { "{}" } else { &arguments };
    let read: Option<Value> = serde_json::from_str(arguments).ok();
    let is_json = read.is_some();
    let call = ToolCall { id, name, arguments: read.unwrap_or_default(), fault: None };
    let fault = match fault_of(&call, request) {
        Some(CallFault::Unknown) => Some(CallFault::Unknown),
        _ if !is_json => Some(CallFault::NotJson),
        other => other,
    };
    ToolCall { fault, ..call }
}

pub fn fault_of(call: &ToolCall, request: &Request) -> Option<CallFault> {
    match request.tools.iter().find(|tool| tool.name == call.name) {
        None => Some(CallFault::Unknown),
        Some(tool) => (!schema::conforms(&call.arguments, &tool.parameters)).then_some(CallFault::Shape),
    }
}

/// Lines of server-sent events; only `data` matters in this protocol.
#[derive(Default)]
pub struct Events {
    buffer: Vec<u8>,
}

impl Events {
    pub fn push(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }

    /// The data of the next whole line that has any.
    pub fn next(&mut self) -> Option<Vec<u8>> {
        loop {
            let end = self.buffer.iter().position(|byte| *byte == b'\n')?;
            let line: Vec<u8> = self.buffer.drain(..=end).collect();
            let line = line.trim_ascii();
            if let Some(data) = line.strip_prefix(b"data:") {
                return Some(data.trim_ascii().to_vec());
            }
        }
    }
}
