//! The environment variables that a client reads: those of `client.yaml`, or else some by the client's name.

use super::PlanCx;
use crate::config::Client;
use crate::ir::{Scheme, SchemeKind};
use crate::name::snake;
use std::collections::HashSet;

/// The environment variables of a client.
#[derive(Debug)]
pub(crate) struct EnvironmentPlan {
    /// Replaces the server's URL.
    pub(crate) base_url: String,
    /// In the order of the schemes.
    pub(crate) credentials: Vec<CredentialVariables>,
}

/// The environment variables of a credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum CredentialVariables {
    /// It is set in code only.
    Nothing,
    Key(String),
    Basic {
        user: String,
        password: String,
    },
}

impl CredentialVariables {
    pub(crate) fn names(&self) -> impl Iterator<Item = &String> {
        let (first, second) = match self {
            Self::Nothing => (None, None),
            Self::Key(it) => (Some(it), None),
            Self::Basic { user, password } => (Some(user), Some(password)),
        };
        first.into_iter().chain(second)
    }
}

pub(super) fn plan(cx: PlanCx<'_>, client: &Client) -> EnvironmentPlan {
    let module = cx.names.module.text().to_uppercase();
    let base_url = client.base_url_variable.clone();
    let base_url = base_url.unwrap_or_else(|| format!("{module}_BASE_URL"));
    let stated = client.auth.iter().flat_map(|it| [&it.variable, &it.password_variable]);
    let stated = stated.chain(client.params.iter().map(|it| &it.variable)).flatten();
    let mut used: HashSet<String> = stated.cloned().chain([base_url.clone()]).collect();
    let schemes = &cx.api.schemes;
    let mut credentials: Vec<_> = schemes.iter().map(|it| of_config(client, it)).collect();
    // Not in the order of the document, which means nothing.
    let mut order: Vec<_> = (0..schemes.len()).collect();
    order.sort_by_key(|index| &schemes[*index].key);
    for index in order {
        if credentials[index] == CredentialVariables::Nothing {
            credentials[index] = of_name(&module, &schemes[index], &used);
            used.extend(credentials[index].names().cloned());
        }
    }
    EnvironmentPlan { base_url, credentials }
}

fn of_config(client: &Client, scheme: &Scheme) -> CredentialVariables {
    let stated = client.auth.iter().find(|it| it.scheme == scheme.key);
    match stated.map(|it| (it.variable.clone(), it.password_variable.clone())) {
        Some((Some(user), Some(password))) => CredentialVariables::Basic { user, password },
        Some((Some(variable), None)) => CredentialVariables::Key(variable),
        Some((None, _)) | None => CredentialVariables::Nothing,
    }
}

/// Variables of the client's name; of that and the scheme's, where another credential has them.
fn of_name(module: &str, scheme: &Scheme, used: &HashSet<String>) -> CredentialVariables {
    let key = snake(&scheme.key).to_uppercase();
    let is_token =
        scheme.flow.is_some() || ["TOKEN", "OAUTH"].iter().any(|word| key.contains(word));
    let suffix = if is_token { "_TOKEN" } else { "_API_KEY" };
    let own = format!("{module}_{key}");
    let mut found = match scheme.kind {
        SchemeKind::Basic => vec![of_user(module), of_user(&own)],
        SchemeKind::Bearer
        | SchemeKind::Header(_)
        | SchemeKind::Query(_)
        | SchemeKind::Cookie(_) => {
            let is_said = ["TOKEN", "KEY"].iter().any(|it| key.ends_with(it));
            let own_alone = is_said.then(|| own.clone());
            let names = [Some(format!("{module}{suffix}")), own_alone, Some(own + suffix)];
            names.into_iter().flatten().map(CredentialVariables::Key).collect()
        }
    }
    .into_iter();
    let is_free = |it: &CredentialVariables| it.names().all(|it| !used.contains(it));
    let is_variable = |it: &CredentialVariables| {
        it.names().all(|it| it.chars().all(|it| it.is_ascii_alphanumeric() || it == '_'))
    };
    found.find(|it| is_free(it) && is_variable(it)).unwrap_or(CredentialVariables::Nothing)
}

fn of_user(prefix: &str) -> CredentialVariables {
    CredentialVariables::Basic {
        user: format!("{prefix}_USERNAME"),
        password: format!("{prefix}_PASSWORD"),
    }
}

#[cfg(test)]
mod tests {
    use crate::{Source, Text, generate};

    /// The variables in the service of a client whose schemes are given in an order of the document.
    fn variables(schemes: &[&str], config: Option<&str>) -> Vec<String> {
        let keys = schemes.iter().filter_map(|it| it.split(':').next());
        let used: Vec<_> = keys.map(|it| format!("{{{it}: []}}")).collect();
        let document = format!(
            "openapi: 3.0.3\ninfo: {{title: test, version: '1'}}\n\
             servers: [{{url: 'https://acme.example'}}]\n\
             security: [{}]\n\
             paths: {{/jobs: {{get: {{responses: {{'204': {{description: done}}}}}}}}}}\n\
             components: {{securitySchemes: {{{}}}}}\n",
            used.join(", "),
            schemes.join(", ")
        );
        let text = |name: &str, text: &str| Text {
            name: name.to_owned(),
            bytes: text.as_bytes().to_owned(),
        };
        let source = Source {
            vendor: "acme".to_owned(),
            document: text("openapi.yaml", &document),
            client: config.map(|it| text("client.yaml", it)),
            ..Source::default()
        };
        let output = generate(&source).output.expect("the document has no errors");
        let all: Vec<_> = output.files.iter().map(|it| it.text.as_str()).collect();
        let mut found: Vec<_> = all
            .iter()
            .flat_map(|it| it.split('"'))
            .filter(|it| it.starts_with("ACME") && !it.ends_with("BASE_URL"))
            .map(str::to_owned)
            .collect();
        found.sort();
        found.dedup();
        found
    }

    const ALPHA: &str = "alpha: {type: apiKey, in: header, name: X-Key}";
    const BASIC: &str = "basic: {type: http, scheme: basic}";
    const TOKEN: &str = "access_token: {type: http, scheme: bearer}";
    const ZETA: &str = "zeta: {type: apiKey, in: query, name: key}";

    #[test]
    fn variables_are_named_after_the_client_whatever_the_order_of_the_schemes() {
        let wanted =
            ["ACME_API_KEY", "ACME_PASSWORD", "ACME_TOKEN", "ACME_USERNAME", "ACME_ZETA_API_KEY"];
        assert_eq!(variables(&[ALPHA, BASIC, TOKEN, ZETA], None), wanted);
        assert_eq!(variables(&[ZETA, TOKEN, BASIC, ALPHA], None), wanted);
    }

    #[test]
    fn a_variable_that_client_yaml_gives_is_nobody_elses() {
        let config = "auth: [{scheme: zeta, variable: ACME_API_KEY}]";
        let found = variables(&[ALPHA, ZETA], Some(config));
        assert_eq!(found, ["ACME_ALPHA_API_KEY", "ACME_API_KEY"]);
    }

    #[test]
    fn a_scheme_whose_name_says_it_is_a_key_needs_no_second_word() {
        let zeta = ZETA.replace("zeta", "zeta_key");
        assert_eq!(variables(&[ALPHA, &zeta], None), ["ACME_API_KEY", "ACME_ZETA_KEY"]);
    }
}
