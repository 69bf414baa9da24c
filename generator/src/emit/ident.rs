//! Names as tokens.

use crate::name::RustIdent;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt};

impl ToTokens for RustIdent {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let ident = match self.is_keyword() {
            true => Ident::new_raw(self.text(), Span::call_site()),
            false => Ident::new(self.text(), Span::call_site()),
        };
        tokens.append(ident);
    }
}
