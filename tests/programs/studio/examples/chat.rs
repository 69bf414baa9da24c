//! A chat in which the model calls a function, whose arguments arrive in parts.

use std::collections::BTreeMap;
use studio::client_runtime::json;
use studio::studio::Client;
use studio::studio::types::{
    AssistantMessage, ChatRequest, ChatRequestToolChoiceKeyword, Tool, ToolCall, ToolCallFunction,
    ToolCallType, ToolFunction, ToolMessage, ToolType, UserMessage,
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let schema = BTreeMap::from([
        ("type".to_owned(), json!("object")),
        ("properties".to_owned(), json!({"city": {"type": "string"}})),
    ]);
    let weather = ToolFunction::new("weather").description("The weather now").parameters(schema);
    let mut messages = vec![UserMessage::new("What is the weather in Rome?").into()];
    let request = ChatRequest::new("chat-1", messages.clone())
        .tools(vec![Tool::new(ToolType::Function, weather)])
        .tool_choice(ChatRequestToolChoiceKeyword::Auto);

    let mut calls: BTreeMap<i64, ToolCall> = BTreeMap::new();
    let mut events = client.chat().completions().create(&request).send_events().await?;
    while let Some(event) = events.next().await {
        for part in event?.into_data().choices.remove(0).delta.tool_calls.unwrap_or_default() {
            let call = calls.entry(part.index).or_insert_with(|| {
                ToolCall::new("", ToolCallType::Function, ToolCallFunction::new("", ""))
            });
            call.id += &part.id.unwrap_or_default();
            let Some(function) = part.function else { continue };
            call.function.name += &function.name.unwrap_or_default();
            call.function.arguments += &function.arguments.unwrap_or_default();
        }
    }
    let calls: Vec<_> = calls.into_values().collect();
    messages.push(AssistantMessage::new().tool_calls(calls.clone()).into());
    for call in calls {
        println!("{}({})", call.function.name, call.function.arguments);
        messages.push(ToolMessage::new("24 °C and no cloud", &call.id).into());
    }
    let request = ChatRequest::new("chat-1", messages);
    let mut events = client.chat().completions().create(&request).send_events().await?;
    while let Some(event) = events.next().await {
        let delta = event?.into_data().choices.remove(0).delta;
        print!("{}", delta.content.unwrap_or_default());
    }
    println!();
    Ok(())
}
