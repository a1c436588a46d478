//! Security: the schemes of a document, and which of them an operation needs.

use crate::diagnostic::Diagnostics;
use crate::document::{Cursor, Pointer};
use crate::ir::{
    ApiKeyLocation, OAuthFlow, SecurityRequirement, SecurityScheme, SecuritySchemeId, SecuritySchemeKind,
};

/// The schemes of a document, and what operations need that do not say so themselves.
pub(super) struct SecuritySchemes {
    schemes: Vec<SecurityScheme>,
    /// Declared, but of an unsupported type: reported once, not at every use.
    unsupported: Vec<String>,
    default: Vec<SecurityRequirement>,
}

impl SecuritySchemes {
    /// Lowers the schemes and the requirements of the document at `root`.
    pub(super) fn lower(root: &Cursor<'_>, diagnostics: &mut Diagnostics) -> Self {
        let declared = root.get("components").and_then(|components| components.get("securitySchemes"));
        let mut security = Self { schemes: Vec::new(), unsupported: Vec::new(), default: Vec::new() };
        for (name, scheme) in declared.iter().flat_map(Cursor::members) {
            let kind = if scheme.is_broken() { None } else { lower_kind(&scheme.follow(), diagnostics) };
            match kind {
                Some(kind) => security.schemes.push(SecurityScheme {
                    name: name.to_owned(),
                    kind,
                    description: super::docs::docs(&scheme).description,
                }),
                None => security.unsupported.push(name.to_owned()),
            }
        }
        if let Some(requirements) = root.get("security") {
            security.default = security.requirements(&requirements, diagnostics);
        }
        security
    }

    /// What `operation` needs: its own requirements, or else those of the document.
    pub(super) fn of(
        &self,
        operation: &Cursor<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Vec<SecurityRequirement> {
        match operation.get("security") {
            Some(requirements) => self.requirements(&requirements, diagnostics),
            None => self.default.clone(),
        }
    }

    /// The supported schemes.
    pub(super) fn schemes(&self) -> &[SecurityScheme] {
        &self.schemes
    }

    /// An empty requirement among others means that none has to be met; alone it is no requirement.
    ///
    /// What cannot be met is left out: a caller meets another one. Where there is no other, that is an error.
    fn requirements(&self, list: &Cursor<'_>, diagnostics: &mut Diagnostics) -> Vec<SecurityRequirement> {
        let mut requirements = Vec::new();
        let mut undeclared = Vec::new();
        for item in list.items() {
            match self.requirement(&item) {
                Ok(requirement) if !requirements.contains(&requirement) => requirements.push(requirement),
                Ok(_) => {}
                Err(missing) => undeclared.extend(missing),
            }
        }
        for place in undeclared {
            let message = format!("the security scheme `{}` is not declared", place.key());
            let help = "declare it in `components/securitySchemes`, or correct its name";
            if requirements.iter().all(|requirement| requirement.schemes.is_empty()) {
                diagnostics.error("security-scheme-undeclared", place, message, help);
            } else {
                diagnostics.warning("security-scheme-undeclared", place, message, help);
            }
        }
        if requirements.iter().all(|requirement| requirement.schemes.is_empty()) {
            requirements.clear();
        }
        requirements
    }

    /// The requirement at `item`; the schemes of it that nobody declares, when it has such. Those that are
    /// declared but unsupported were reported.
    fn requirement<'d>(&self, item: &Cursor<'d>) -> Result<SecurityRequirement, Vec<Cursor<'d>>> {
        let mut schemes = Vec::new();
        let mut missing = Vec::new();
        let mut is_possible = true;
        for (name, scopes) in item.members() {
            let key = self.key_of(item, name);
            let Some(id) = self.schemes.iter().position(|scheme| scheme.name == key) else {
                is_possible = false;
                if !self.unsupported.contains(&key) {
                    missing.push(scopes);
                }
                continue;
            };
            let scopes = scopes.items().filter_map(|scope| scope.as_str().map(str::to_owned)).collect();
            schemes.push((SecuritySchemeId(id), scopes));
        }
        if is_possible { Ok(SecurityRequirement { schemes }) } else { Err(missing) }
    }

    /// The name of a scheme that a requirement names, or refers to by a URI (OpenAPI 3.2).
    fn key_of(&self, item: &Cursor<'_>, name: &str) -> String {
        let is_name = self.schemes.iter().any(|scheme| scheme.name == name);
        let target = if is_name || !name.contains('#') { None } else { item.resolve(name) };
        let parent = Pointer::default().child("components").child("securitySchemes");
        let component = target.filter(|target| target.pointer().parent() == Some(parent));
        component.map_or_else(|| name.to_owned(), |target| target.key().to_owned())
    }
}

fn lower_kind(scheme: &Cursor<'_>, diagnostics: &mut Diagnostics) -> Option<SecuritySchemeKind> {
    match scheme.str("type") {
        Some("http") => http(scheme, diagnostics),
        Some("apiKey") => api_key(scheme, diagnostics),
        Some("oauth2") => Some(SecuritySchemeKind::OAuth2 { flows: flows(scheme) }),
        Some("openIdConnect") => {
            let url = scheme.str("openIdConnectUrl").unwrap_or_default().to_owned();
            Some(SecuritySchemeKind::OpenIdConnect { url })
        }
        Some("mutualTLS") => Some(SecuritySchemeKind::MutualTls),
        other => {
            let kind = other.unwrap_or("none");
            diagnostics.error(
                "security-scheme-unknown",
                scheme,
                format!("security schemes of the type `{kind}` are not supported"),
                "use `http`, `apiKey`, `oauth2`, `openIdConnect` or `mutualTLS`",
            );
            None
        }
    }
}

/// The names of HTTP schemes are not case-sensitive (RFC 9110, section 11.1).
fn http(scheme: &Cursor<'_>, diagnostics: &mut Diagnostics) -> Option<SecuritySchemeKind> {
    let name = scheme.str("scheme").unwrap_or_default();
    if name.eq_ignore_ascii_case("bearer") {
        return Some(SecuritySchemeKind::Bearer);
    }
    if name.eq_ignore_ascii_case("basic") {
        return Some(SecuritySchemeKind::Basic);
    }
    diagnostics.error(
        "security-http-scheme",
        scheme,
        format!("the HTTP authentication scheme `{name}` is not supported"),
        "describe another scheme beside it, such as `bearer`",
    );
    None
}

fn api_key(scheme: &Cursor<'_>, diagnostics: &mut Diagnostics) -> Option<SecuritySchemeKind> {
    let location = match scheme.str("in") {
        Some("header") => Some(ApiKeyLocation::Header),
        Some("query") => Some(ApiKeyLocation::Query),
        Some("cookie") => Some(ApiKeyLocation::Cookie),
        _ => None,
    };
    let name = scheme.str("name").filter(|name| !name.is_empty());
    let (Some(location), Some(name)) = (location, name) else {
        diagnostics.error(
            "security-api-key",
            scheme,
            "the API key has no `name`, or an `in` other than `header`, `query` or `cookie`",
            "add a `name` and a valid `in`",
        );
        return None;
    };
    Some(SecuritySchemeKind::ApiKey { location, name: name.to_owned() })
}

fn flows(scheme: &Cursor<'_>) -> Vec<OAuthFlow> {
    let flows = scheme.get("flows");
    let flows = flows.iter().flat_map(Cursor::members).filter(|(kind, _)| !kind.starts_with("x-"));
    flows
        .map(|(kind, flow)| OAuthFlow {
            kind: kind.to_owned(),
            token_url: flow.str("tokenUrl").map(str::to_owned),
            scopes: flow
                .get("scopes")
                .iter()
                .flat_map(Cursor::members)
                .map(|(scope, _)| scope.to_owned())
                .collect(),
        })
        .collect()
}
