//! Which groups of the runtime the crate needs.

use super::{
    AuthKind, AuthScheme, BodyFormat, Content, Context, Field, Input, InputValue, Model, ModelFile,
    ModelKind, Operation, Output, ParameterLocation, ParameterStyle, Resource, Returned, Target, Type,
    type_syntax,
};
use crate::runtime::{Group, Groups};

/// The groups that the crate needs: those of operations and models with the feature that these are compiled
/// with, all others in any case.
pub(super) fn plan(
    context: &Context<'_>,
    auth: &[AuthScheme],
    operations: &[Operation],
    models: &[Model],
    model_files: &[ModelFile],
    resources: &[Resource],
) -> Groups {
    let of_crate = of_crate(context, auth).into_iter().map(|group| (group, None));
    let of_operations = operations.iter().flat_map(|operation| {
        let feature = &resources[operation.resource.0].feature;
        of_operation(operation).into_iter().map(|group| (group, Some(feature.clone())))
    });
    let of_models = model_files.iter().flat_map(|file| {
        let feature = file.resource.map(|id| &resources[id.0].feature);
        let groups = file.models.iter().filter_map(|id| of_model(&models[id.0].kind));
        groups.map(move |group| (group, feature.cloned()))
    });
    let features = resources.iter().filter(|resource| resource.parent.is_none()).count();
    Groups::of(of_crate.chain(of_operations).chain(of_models), features)
}

/// What is not a matter of single operations or models.
fn of_crate(context: &Context<'_>, auth: &[AuthScheme]) -> Vec<Group> {
    let mut groups: Vec<Group> = auth.iter().flat_map(of_scheme).collect();
    // Variables of the environment are read together with credentials.
    groups.extend(context.config.environment.base_url.iter().map(|_| Group::Auth));
    groups.extend(context.api.uses(type_syntax::is_base64).then_some(Group::Base64Values));
    groups.extend(context.api.uses(type_syntax::is_time).then_some(Group::Dates));
    groups.extend(context.api.uses(type_syntax::is_tuple).then_some(Group::Tuples));
    groups.extend(context.api.webhooks.webhooks().next().map(|_| Group::Webhooks));
    groups.extend(context.api.uses(type_syntax::is_free_object).then_some(Group::JsonObjects));
    groups
}

fn of_operation(operation: &Operation) -> Vec<Group> {
    let mut groups: Vec<Group> = of_response(&operation.returned);
    groups.extend(operation.inputs.iter().flat_map(|input| of_target(&input.target)));
    groups.extend(operation.constants.iter().flat_map(|constant| of_target(&constant.target)));
    let values = operation.inputs.iter().map(|input| &input.value);
    groups.extend(values.filter(|value| !matches!(value, InputValue::Typed(_))).map(|_| Group::Uploads));
    let takes_null = |input: &Input| matches!(&input.value, InputValue::Typed(Type::Option(_)));
    groups.extend(operation.inputs.iter().filter(|input| takes_null(input)).map(|_| Group::Nullable));
    groups.extend(operation.object_body.iter().map(|_| Group::Bodies));
    let has_error_body = operation.errors.iter().any(|error| error.body.is_some());
    groups.extend(has_error_body.then_some(Group::ErrorBodies));
    groups.extend(operation.pages.iter().map(|_| Group::Pages));
    groups.extend(operation.events.iter().map(|_| Group::Events));
    groups
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

fn of_target(target: &Target) -> Vec<Group> {
    match target {
        Target::Parameter { location, style } => {
            let of_location = match location {
                ParameterLocation::Path | ParameterLocation::Query => None,
                ParameterLocation::Header => Some(Group::HeaderParameters),
                ParameterLocation::Cookie => Some(Group::Cookies),
            };
            of_location.into_iter().chain(of_style(*style)).collect()
        }
        Target::FormField { style } => of_style(*style).into_iter().chain([Group::Forms]).collect(),
        Target::Part { .. } => vec![Group::Multipart],
        Target::Property | Target::Properties => vec![Group::Bodies],
        Target::Body { format, .. } => vec![match format {
            BodyFormat::Json | BodyFormat::Text => Group::Bodies,
            BodyFormat::JsonLines => Group::JsonLinesBodies,
            BodyFormat::Bytes => Group::Uploads,
        }],
    }
}

fn of_style(style: ParameterStyle) -> Option<Group> {
    (!style.is_default()).then_some(Group::Styles)
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
        Content::Json(_) => None,
        Content::Empty => Some(Group::EmptyResponses),
        Content::Text => Some(Group::TextResponses),
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
