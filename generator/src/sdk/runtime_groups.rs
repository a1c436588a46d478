//! Which groups of the runtime the crate needs.

use std::collections::BTreeSet;

use super::{
    AuthKind, AuthScheme, BodyFormat, Content, Context, Field, Input, InputValue, Model, ModelKind,
    Operation, Output, ParameterLocation, Returned, Target, Type, type_syntax,
};
use crate::runtime::{self, Group};

/// The groups that these parts of the crate need, and those that the groups need themselves.
pub(super) fn plan(
    context: &Context<'_>,
    auth: &[AuthScheme],
    operations: &[Operation],
    models: &[Model],
) -> BTreeSet<Group> {
    let mut groups: Vec<Group> = auth.iter().flat_map(of_scheme).collect();
    // Variables of the environment are read together with credentials.
    groups.extend(context.config.environment.base_url.iter().map(|_| Group::Auth));
    for operation in operations {
        groups.extend(operation.inputs.iter().filter_map(|input| of_target(&input.target)));
        groups.extend(operation.constants.iter().filter_map(|constant| of_target(&constant.target)));
        let values = operation.inputs.iter().map(|input| &input.value);
        groups.extend(values.filter(|value| !matches!(value, InputValue::Typed(_))).map(|_| Group::Uploads));
        let takes_null = |input: &Input| matches!(&input.value, InputValue::Typed(Type::Option(_)));
        groups.extend(operation.inputs.iter().filter(|input| takes_null(input)).map(|_| Group::Nullable));
        groups.extend(operation.object_body.iter().map(|_| Group::Bodies));
        let has_error_body = operation.errors.iter().any(|error| error.body.is_some());
        groups.extend(has_error_body.then_some(Group::ErrorBodies));
        groups.extend(operation.pages.iter().map(|_| Group::Pages));
        groups.extend(operation.events.iter().map(|_| Group::Events));
        groups.extend(of_response(&operation.returned));
    }
    groups.extend(models.iter().filter_map(|model| of_model(&model.kind)));
    if context.api.uses(type_syntax::is_base64) {
        groups.push(Group::Base64Values);
    }
    if context.api.uses(type_syntax::is_time) {
        groups.push(Group::Dates);
    }
    if context.api.uses(type_syntax::is_free_object) {
        groups.push(Group::JsonObjects);
    }
    runtime::with_needs(groups)
}

fn of_scheme(scheme: &AuthScheme) -> Vec<Group> {
    match scheme.kind {
        // OpenID Connect is OAuth 2 with more: its tokens are requested in the same way.
        AuthKind::OAuth2 { .. } | AuthKind::OpenIdConnect => vec![Group::OAuth],
        AuthKind::Bearer | AuthKind::Basic | AuthKind::ApiKey { .. } | AuthKind::MutualTls => {
            vec![Group::Auth]
        }
    }
}

fn of_target(target: &Target) -> Option<Group> {
    match target {
        Target::Parameter { location: ParameterLocation::Cookie, .. } => Some(Group::Cookies),
        Target::Parameter { .. } => None,
        Target::FormField { .. } => Some(Group::Forms),
        Target::Part { .. } => Some(Group::Multipart),
        Target::Property | Target::Properties => Some(Group::Bodies),
        Target::Body { format, .. } => Some(match format {
            BodyFormat::Json | BodyFormat::Text => Group::Bodies,
            BodyFormat::JsonLines => Group::JsonLinesBodies,
            BodyFormat::Bytes => Group::Uploads,
        }),
    }
}

fn of_response(returned: &Returned) -> Vec<Group> {
    match &returned.output {
        Output::One(content) => of_content(content).into_iter().collect(),
        Output::Several(several) => {
            let contents = several.variants.iter().filter_map(|variant| of_content(&variant.content));
            contents.chain([Group::SeveralResponses]).collect()
        }
    }
}

fn of_content(content: &Content) -> Option<Group> {
    match content {
        Content::Empty | Content::Text | Content::Json(_) => None,
        Content::Download => Some(Group::Downloads),
        Content::Events(_) => Some(Group::Events),
        Content::JsonLines(_) => Some(Group::JsonLines),
    }
}

fn of_model(kind: &ModelKind) -> Option<Group> {
    match kind {
        ModelKind::Enum(_) => Some(Group::Enums),
        ModelKind::Union(_) => Some(Group::Unions),
        ModelKind::Alias(_) | ModelKind::Newtype(_) => None,
        ModelKind::Struct(object) => object.fields.iter().any(Field::keeps_null).then_some(Group::Nullable),
    }
}
