//! Codecs of structs: tables over the runtime's reader and writer.

use super::types::{self, From};
use super::{enums, multipart};
use crate::plan::{Absence, FieldPlan, StructPlan};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote};

/// The codec of a struct.
pub(super) fn record(it: &StructPlan<'_>) -> TokenStream {
    let json = it.forms.has_json().then(|| json(it));
    let parts = it.forms.has_parts().then(|| multipart::form(it));
    quote!(#json #parts)
}

fn json(it: &StructPlan<'_>) -> TokenStream {
    let name = it.ident;
    let label = name.text();
    let fields = it.fields.iter().map(|it| it.wire_name);
    let open = it.extra.as_ref().map(|it| match it.is_undocumented {
        true => quote!(
            const OPEN: bool = true;
            const UNDOCUMENTED: bool = true;
        ),
        false => quote!(
            const OPEN: bool = true;
        ),
    });
    let required = it.fields.iter().enumerate().filter(|(_, it)| it.is_expected);
    let required: Vec<_> = required.map(|(index, _)| Literal::usize_unsuffixed(index)).collect();
    let required = (!required.is_empty())
        .then(|| quote!(const REQUIRED: &'static [usize] = &[#(#required),*];));
    let (read, write) = (read(it), write(it));
    quote! {
        records!(#name);
        impl codec::Record for #name {
            const NAME: &'static str = #label;
            const FIELDS: &'static [&'static str] = &[#(#fields),*];
            #required
            #open
            #read
            #write
        }
    }
}

/// A local name that no field of the struct bears.
fn free(it: &StructPlan<'_>, wanted: &str) -> Ident {
    let taken = it.fields.iter().any(|it| it.ident.text() == wanted);
    let name = if taken { format!("{wanted}_") } else { wanted.to_owned() };
    Ident::new(&name, Span::call_site())
}

fn read(it: &StructPlan<'_>) -> TokenStream {
    let (object, field) = (free(it, "object"), free(it, "field"));
    let locals = it.kept().map(|field| {
        let name = field.ident;
        match field.absence {
            Absence::Patch | Absence::EmptyText => {
                quote!(let mut #name = client_runtime::Patch::Absent;)
            }
            Absence::Never | Absence::Null | Absence::Omitted => quote!(let mut #name = None;),
        }
    });
    let extra_local =
        it.extra.is_some().then(|| quote!(let mut additional_properties = BTreeMap::new();));
    let mut arms: Vec<TokenStream> = it.fields.iter().map(|it| read_field(it, &object)).collect();
    arms.extend(it.extra.iter().map(|it| match &it.value.codec {
        Some(codec) => {
            let codec = types::codec(codec, From::Types);
            quote!(#object.additional_properties_as::<#codec, _>(&mut additional_properties))
        }
        None => quote!(#object.additional_properties(&mut additional_properties)),
    }));
    let step = steps(&object, &field, arms);
    let bare: Vec<_> =
        it.kept().filter(|it| it.absence == Absence::Never).map(|it| it.ident).collect();
    let complete = match &bare[..] {
        [] => TokenStream::new(),
        [one] => quote!(let Some(#one) = #one else { return #object.incomplete(); };),
        _ => quote!(let (#(Some(#bare)),*) = (#(#bare),*) else { return #object.incomplete(); };),
    };
    let extra = it.extra.is_some().then(|| quote!(additional_properties));
    let all = it.kept().map(|it| it.ident.to_token_stream()).chain(extra);
    quote! {
        #[inline]
        fn read(#object: &mut codec::Reader<'_>) -> Option<Self> {
            #(#locals)*
            #extra_local
            #step
            #complete
            Some(Self { #(#all),* })
        }
    }
}

/// The loop over the members of an object.
fn steps(object: &Ident, field: &Ident, arms: Vec<TokenStream>) -> TokenStream {
    match &arms[..] {
        [] => return quote!(while #object.next().is_some() {}),
        [only] => return quote!(while #object.next().is_some() { #only; }),
        _ => {}
    }
    let last = arms.len() - 1;
    let arms = arms.into_iter().enumerate().map(|(index, arm)| {
        let index = match index == last {
            true => quote!(_),
            false => Literal::usize_unsuffixed(index).into_token_stream(),
        };
        quote!(#index => #arm)
    });
    quote!(while let Some(#field) = #object.next() { match #field { #(#arms,)* } })
}

fn read_field(field: &FieldPlan<'_>, object: &Ident) -> TokenStream {
    if let Some(constant) = field.constant {
        let value = enums::literal(constant);
        return quote!(#object.constant(&#value));
    }
    let name = field.ident;
    let codec = field.codec.as_ref().map(|it| types::codec(it, From::Types));
    match (field.absence, codec) {
        (Absence::Never, None) => quote!(#object.value(&mut #name)),
        (Absence::Never, Some(codec)) => quote!(#object.value_as::<#codec, _>(&mut #name)),
        (Absence::Null | Absence::Omitted, None) => quote!(#object.optional(&mut #name)),
        (Absence::Null | Absence::Omitted, Some(codec)) => {
            quote!(#object.optional_as::<#codec, _>(&mut #name))
        }
        (Absence::Patch, None) => quote!(#object.patch(&mut #name)),
        (Absence::Patch, Some(codec)) => quote!(#object.patch_as::<#codec, _>(&mut #name)),
        (Absence::EmptyText, None) => quote!(#object.clearable(&mut #name)),
        (Absence::EmptyText, Some(codec)) => quote!(#object.clearable_as::<#codec, _>(&mut #name)),
    }
}

fn write(it: &StructPlan<'_>) -> TokenStream {
    let fields = it.fields.iter().map(write_field);
    let extra = it.extra.iter().map(|it| match &it.value.codec {
        Some(codec) => {
            let codec = types::codec(codec, From::Types);
            quote!(object.additional_properties_as::<#codec, _>(&self.additional_properties);)
        }
        None => quote!(object.additional_properties(&self.additional_properties);),
    });
    let lines: Vec<_> = fields.chain(extra).collect();
    let object = if lines.is_empty() { quote!(_) } else { quote!(object) };
    quote! {
        #[inline]
        fn write(&self, #object: &mut codec::Writer<'_>) { #(#lines)* }
    }
}

fn write_field(field: &FieldPlan<'_>) -> TokenStream {
    let wire_name = field.wire_name;
    if let Some(constant) = field.constant {
        let value = enums::literal(constant);
        return quote!(object.constant(#wire_name, &#value););
    }
    let name = field.ident;
    let object = if field.is_read_only { quote!(object.read_only()) } else { quote!(object) };
    let codec = field.codec.as_ref().map(|it| types::codec(it, From::Types));
    match (field.absence, codec) {
        (Absence::Never | Absence::Null, None) => {
            quote!(#object.field(#wire_name, &self.#name);)
        }
        (Absence::Never, Some(codec)) => {
            quote!(#object.field_as::<#codec, _>(#wire_name, &self.#name);)
        }
        (Absence::Null, Some(codec)) => {
            quote!(#object.field_as::<codec::Nullable<#codec>, _>(#wire_name, &self.#name);)
        }
        (Absence::Omitted, None) => quote!(#object.optional(#wire_name, &self.#name);),
        (Absence::Omitted, Some(codec)) => {
            quote!(#object.optional_as::<#codec, _>(#wire_name, &self.#name);)
        }
        (Absence::Patch, None) => quote!(#object.patch(#wire_name, &self.#name);),
        (Absence::Patch, Some(codec)) => {
            quote!(#object.patch_as::<#codec, _>(#wire_name, &self.#name);)
        }
        (Absence::EmptyText, None) => quote!(#object.clearable(#wire_name, &self.#name);),
        (Absence::EmptyText, Some(codec)) => {
            quote!(#object.clearable_as::<#codec, _>(#wire_name, &self.#name);)
        }
    }
}
