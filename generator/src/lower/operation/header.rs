//! The headers that answers declare.

use crate::document::Cursor;
use crate::ir::ResponseHeader;
use crate::lower::docs;

use super::status::Answer;

/// The headers of `answers`, each once, with the statuses that have it.
pub(super) fn lower<'a, 'd: 'a>(answers: impl Iterator<Item = &'a Answer<'d>>) -> Vec<ResponseHeader> {
    let mut headers: Vec<ResponseHeader> = Vec::new();
    for answer in answers {
        let declared = answer.target.get("headers");
        for (name, place) in declared.iter().flat_map(Cursor::members) {
            match headers.iter_mut().find(|header| header.name.eq_ignore_ascii_case(name)) {
                Some(header) => header.statuses.push(answer.status),
                None => headers.push(ResponseHeader {
                    name: name.to_owned(),
                    statuses: vec![answer.status],
                    docs: docs::docs(&place),
                    examples: docs::examples(&place.follow()),
                }),
            }
        }
    }
    headers
}
