//! The names of the bodies of errors.

use std::collections::BTreeMap;

use super::scope::Scope;
use super::{ErrorNames, TypeNames, reserved};
use crate::ir::{Api, TypeId};

/// Names every body of an error: by its type, unless the enum has a variant of that name anyway.
pub(super) fn decide(api: &Api, types: &[TypeNames]) -> BTreeMap<TypeId, ErrorNames> {
    let mut variants = Scope::reserving(reserved::ERROR_VARIANTS);
    let mut decoders = Scope::reserving(reserved::ERROR_METHODS);
    let bodies = api.error_types().into_iter();
    bodies
        .map(|id| {
            let TypeNames { ident, module, .. } = &types[id.0];
            let variant = variants.take([ident.to_string(), format!("{ident}Body")]);
            let decoder = decoders.take([module.to_string(), format!("{module}_body")]);
            (id, ErrorNames { variant, decoder })
        })
        .collect()
}
