//! The members of objects that are sent as forms, which have no variants.

use indexmap::IndexMap;

use super::flat::{Choice, flatten};
use super::part::Part;
use super::{Schemas, below};
use crate::diagnostic::Diagnostics;
use crate::document::Cursor;
use crate::ir::Member;

/// How deep choices between objects are looked into.
const LIMIT: usize = 8;

impl<'d> Schemas<'d> {
    /// The members of what satisfies all of `parts`, and of all the variants that it may have. Those that
    /// not every variant requires are optional.
    pub(super) fn members_of_all(
        &mut self,
        parts: &[Part<'d>],
        hint: &[String],
        depth: usize,
        found: &mut Diagnostics,
    ) -> Vec<(Member, Cursor<'d>)> {
        if depth > 0 && !self.allowance.spend(found) {
            return Vec::new();
        }
        let mut flat = flatten(parts, found);
        let choices = self.choices(parts, &mut flat, found);
        let mut members = self.members_of(&flat, hint, found);
        if depth >= LIMIT {
            return members;
        }
        for choice in &choices {
            for (member, schema) in self.members_of_any(choice, hint, depth, found) {
                if !members.iter().any(|(other, _)| other.name == member.name) {
                    members.push((member, schema));
                }
            }
        }
        members
    }

    fn members_of_any(
        &mut self,
        choice: &Choice<'d>,
        hint: &[String],
        depth: usize,
        found: &mut Diagnostics,
    ) -> Vec<(Member, Cursor<'d>)> {
        let variants = self.variants(choice);
        let mut by_name: IndexMap<String, Vec<(Member, Cursor<'d>)>> = IndexMap::new();
        for variant in &variants {
            let parts = std::slice::from_ref(variant);
            for (member, schema) in self.members_of_all(parts, hint, depth + 1, found) {
                by_name.entry(member.name.clone()).or_default().push((member, schema));
            }
        }
        let mut members = Vec::new();
        for (name, uses) in by_name {
            let is_required = uses.len() == variants.len() && uses.iter().all(|(member, _)| member.required);
            let is_same = uses
                .iter()
                .all(|(member, _)| member.ty == uses[0].0.ty && member.constant == uses[0].0.constant);
            let mut member = uses[0].0.clone();
            if !is_same {
                let schemas: Vec<_> = uses.iter().map(|(_, schema)| Part::whole(schema)).collect();
                member.ty = self.one_of(&schemas, &below(hint, &name), found);
                member.constant = None;
                member.implied = false;
            }
            member.required = is_required;
            members.push((member, uses[0].1.clone()));
        }
        members
    }
}
