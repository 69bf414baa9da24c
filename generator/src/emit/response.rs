//! Responses of a call: the format of each kind, and what asks for it.

use super::types::{self, From};
use super::{EmitCx, waiting};
use crate::ir::{ItemFraming, Operation, Setting, SettingPlace};
use crate::name::RustIdent;
use crate::plan::{FormatPlan, OperationPlan, ResponsePlan, WireType};
use proc_macro2::TokenStream;
use quote::quote;

/// The format of the response that `send` gives, in the words of the runtime's macro.
pub(super) fn usual(cx: EmitCx<'_>, plan: &OperationPlan<'_>) -> TokenStream {
    match (&plan.response.format, &plan.page, &plan.state) {
        (FormatPlan::Json(it), Some(_), _) => {
            let page = types::rust_type(cx, &it.ty, From::Outside);
            quote!(pages #page)
        }
        (FormatPlan::Json(it), None, Some(state)) => {
            let (value, state) =
                (types::rust_type(cx, &it.ty, From::Outside), waiting::state(cx, state));
            quote!(json #value, state #state)
        }
        (it, ..) => format(cx, it),
    }
}

/// The terminals for other kinds of response.
pub(super) fn others(
    cx: EmitCx<'_>,
    builder: &RustIdent,
    plan: &OperationPlan<'_>,
) -> Option<TokenStream> {
    let others = plan.others.iter().map(|it| format(cx, &it.format));
    (!plan.others.is_empty()).then(|| quote!(runtime::terminals!(#builder { #(#others),* });))
}

/// The format of a response, in the words of the runtime's macro.
fn format(cx: EmitCx<'_>, format: &FormatPlan<'_>) -> TokenStream {
    let coded = |it: &WireType| {
        let (ty, codec) =
            (types::rust_type(cx, &it.ty, From::Outside), types::as_codec(it, From::Outside));
        quote!(#ty #codec)
    };
    match format {
        FormatPlan::Nothing => quote!(nothing),
        FormatPlan::Json(it) => {
            let it = coded(it);
            quote!(json #it)
        }
        FormatPlan::Text => quote!(text),
        FormatPlan::Bytes => quote!(bytes),
        FormatPlan::Events(it) => {
            let it = coded(it);
            quote!(events #it)
        }
        FormatPlan::Lines(it, framing) => {
            let it = coded(it);
            match framing {
                ItemFraming::Lines => quote!(lines #it),
                ItemFraming::Values => quote!(values #it),
                ItemFraming::Array => quote!(array #it),
                ItemFraming::Text => quote!(text_lines),
            }
        }
        FormatPlan::Outcome(id) => {
            let name = cx.names.ty(*id);
            quote!(response_enum types::#name)
        }
        FormatPlan::Socket(_) => quote!(socket),
    }
}

/// The fields of an operation that describe its responses.
pub(super) fn fields(operation: &Operation, plan: &OperationPlan<'_>) -> Vec<TokenStream> {
    let mut fields = Vec::new();
    let accept = plan.response.accept;
    if accept != "application/json" {
        fields.push(quote!(accept: Some(#accept)));
    }
    if let Some(setting) = plan.response.setting.map(setting) {
        fields.push(quote!(setting: Some(#setting)));
    }
    if !plan.others.is_empty() {
        let terminals = plan.others.iter().map(terminal);
        fields.push(quote!(terminals: &[#(#terminals),*]));
    }
    if !operation.sentinels.is_empty() {
        let sentinels = &operation.sentinels;
        fields.push(quote!(sentinels: &[#(#sentinels),*]));
    }
    fields
}

/// Another kind of response, and what asks for it.
fn terminal(it: &ResponsePlan<'_>) -> TokenStream {
    let kind = match it.format {
        FormatPlan::Events(_) => quote!(Events),
        FormatPlan::Lines(..) => quote!(Lines),
        FormatPlan::Bytes => quote!(Bytes),
        FormatPlan::Nothing
        | FormatPlan::Json(_)
        | FormatPlan::Text
        | FormatPlan::Outcome(_)
        | FormatPlan::Socket(_) => quote!(Text),
    };
    let accept = it.accept;
    let setting = it.setting.map(setting).map(|it| quote!(.setting(#it)));
    quote!(runtime::Terminal::new(runtime::ResponseKind::#kind, #accept) #setting)
}

fn setting(it: &Setting) -> TokenStream {
    let name = &it.name;
    let (value, word) = match it.value.as_str() {
        Some(word) => (true, Some(quote!(.word(#word)))),
        None => (it.value == true, None),
    };
    let always = it.always.then(|| quote!(.always()));
    let made = match it.place {
        SettingPlace::Body => quote!(body(#name, #value)),
        SettingPlace::Query => quote!(query(#name, #value)),
        SettingPlace::Header => quote!(header(#name, #value)),
    };
    quote!(runtime::Setting::#made #word #always)
}
