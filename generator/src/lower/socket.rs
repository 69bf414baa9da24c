//! Sockets: operations that open one, with the messages that go over it.

use super::LowerCx;
use super::response::Responses;
use super::schema::schema;
use crate::ir::{Messages, Socket, Success};
use crate::load::{NodeRef, Reported};

/// The socket that this operation opens, if it opens one.
pub(super) fn of<'a>(
    cx: &mut LowerCx<'a>,
    operation: &NodeRef<'a>,
) -> Result<Option<Responses>, Reported> {
    if !operation.notes().socket {
        return Ok(None);
    }
    let response = operation.entries("responses").map(|(_, it)| it).next();
    let sent = messages(cx, operation.child("requestBody"))?;
    let received = messages(cx, response)?;
    Ok(Some(Responses {
        success: Success::Socket(Socket { sent, received }),
        terminals: Vec::new(),
        sentinels: Vec::new(),
        errors: Vec::new(),
        accept: None,
        headers: Vec::new(),
    }))
}

/// The messages of one direction: texts by their schema, and bytes.
fn messages<'a>(cx: &mut LowerCx<'a>, holder: Option<NodeRef<'a>>) -> Result<Messages, Reported> {
    let mut messages = Messages::default();
    let Some(holder) = holder else { return Ok(messages) };
    holder.use_it();
    for (mime, entry) in holder.entries("content") {
        entry.use_it();
        let Some(inner) = entry.child("schema") else { continue };
        match mime {
            "application/json" => messages.json = Some(schema(cx, &inner)?.whole()),
            "text/plain" => messages.words = Some(schema(cx, &inner)?.whole()),
            _ => {
                inner.pass_over();
                messages.binary = true;
            }
        }
    }
    Ok(messages)
}
