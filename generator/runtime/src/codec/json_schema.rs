//! JSON Schemas of types, for clients that bring them. The crate of the client depends on schemars, and this one does not.

/// Reads the schemas of a client for `json_schema!`: `json_schemas!("schemas.json")`.
#[macro_export]
macro_rules! json_schemas {
    ($file:literal) => {
        static SCHEMAS: ::std::sync::LazyLock<$crate::Json> = ::std::sync::LazyLock::new(|| {
            include_str!($file).parse().expect("the generator has written JSON")
        });

        fn schema(
            name: &str,
            parts: &[(&str, fn(&mut ::schemars::SchemaGenerator) -> ::schemars::Schema)],
            generator: &mut ::schemars::SchemaGenerator,
        ) -> ::schemars::Schema {
            let mut schema = SCHEMAS["$defs"][name].clone();
            refer(&mut schema, parts, generator);
            schema.try_into().expect("the generator has written a schema")
        }

        /// Has references lead to where the generator puts what they mean.
        fn refer(
            it: &mut $crate::Json,
            parts: &[(&str, fn(&mut ::schemars::SchemaGenerator) -> ::schemars::Schema)],
            generator: &mut ::schemars::SchemaGenerator,
        ) {
            if let Some(items) = it.as_array_mut() {
                items.iter_mut().for_each(|it| refer(it, parts, generator));
            }
            let Some(map) = it.as_object_mut() else { return };
            map.values_mut().for_each(|it| refer(it, parts, generator));
            let target = map.get("$ref").and_then($crate::Json::as_str).unwrap_or_default();
            let name = target.strip_prefix("#/$defs/").unwrap_or_default();
            let Some((_, part)) = parts.iter().find(|it| it.0 == name) else { return };
            let part = part(generator);
            match part.get("$ref") {
                Some(target) => *map.get_mut("$ref").expect("it is there") = target.clone(),
                // The generator refers to nothing.
                None => {
                    map.remove("$ref");
                    map.insert("allOf".to_owned(), $crate::Json::Array(vec![part.to_value()]));
                }
            }
        }
    };
}

/// Implements the trait of schemars for a type, given the types that its schema refers to: `json_schema!(Pet(Kind, Owner))`.
#[macro_export]
macro_rules! json_schema {
    ($name:ident $(($($part:ident),*))?) => {
        impl ::schemars::JsonSchema for $name {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn schema_id() -> ::std::borrow::Cow<'static, str> {
                concat!(module_path!(), "::", stringify!($name)).into()
            }
            fn json_schema(generator: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                schema(
                    stringify!($name),
                    &[$($((stringify!($part), |it| it.subschema_for::<$part>())),*)?],
                    generator,
                )
            }
        }
    };
}
