//! Which operations stand for all others on the front page and in the guide.

use super::{Content, InputValue, Operation, OperationId, Output, Resource, ResourceId};

/// The operations that are shown where any would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Featured {
    /// The operation that the front page shows: the one that most callers come for.
    pub front: Option<OperationId>,
    /// The operation that anything is shown on which all of them have: the one that takes least and
    /// returns a value.
    pub call: Option<OperationId>,
    /// The one that takes least and returns its list page by page.
    pub pages: Option<OperationId>,
    /// One that sends a file.
    pub upload: Option<OperationId>,
    /// One that returns a file.
    pub download: Option<OperationId>,
    /// One that returns a stream.
    pub stream: Option<OperationId>,
}

impl Featured {
    /// All of them; an operation may be there more than once.
    pub fn all(&self) -> impl Iterator<Item = OperationId> {
        [self.front, self.call, self.pages, self.upload, self.download, self.stream].into_iter().flatten()
    }
}

/// Chooses among `operations`; the front page shows the one with the id `front`, when there is one.
pub(super) fn choose(operations: &[Operation], resources: &[Resource], front: Option<&str>) -> Featured {
    let first = |is_it: &dyn Fn(&Operation) -> bool| operations.iter().position(is_it).map(OperationId);
    let least = |is_it: &dyn Fn(&Operation) -> bool| {
        let fitting = operations.iter().enumerate().filter(|(_, operation)| is_it(operation));
        fitting
            .min_by_key(|(_, operation)| operation.arguments().count())
            .map(|(index, _)| OperationId(index))
    };
    let returns_value = |operation: &Operation| {
        content(operation).is_some_and(|content| matches!(content, Content::Json(_)))
            && !operation.docs.text.is_deprecated
    };
    let takes = |value: fn(&InputValue) -> bool| {
        move |operation: &Operation| operation.inputs.iter().any(|input| value(&input.value))
    };
    let takes_file = takes(|value| matches!(value, InputValue::File | InputValue::Files));
    let takes_bytes = takes(|value| matches!(value, InputValue::Bytes));
    let call = least(&returns_value).or_else(|| first(&|_| true));
    let creates_or_lists = operations.iter().enumerate().filter(|(_, operation)| {
        ["POST", "GET"].contains(&operation.http_method.as_str())
            && returns_value(operation)
            && !has_path_parameters(operation)
    });
    let of_first_group = creates_or_lists
        .min_by_key(|(_, operation)| (top_of(operation, resources), operation.http_method != "POST"))
        .map(|(index, _)| OperationId(index));
    Featured {
        front: front.and_then(|id| first(&|operation| operation.id == id)).or(of_first_group).or(call),
        call,
        pages: least(&|operation| operation.pages.is_some()),
        upload: first(&takes_file).or_else(|| first(&takes_bytes)),
        download: first(&|operation| content(operation) == Some(&Content::Download))
            .or_else(|| first(&may_return_file)),
        stream: first(&|operation| content(operation).is_some_and(Content::is_stream)),
    }
}

/// The group at the top that an operation is in.
fn top_of(operation: &Operation, resources: &[Resource]) -> ResourceId {
    let mut top = operation.resource;
    while let Some(parent) = resources[top.0].parent {
        top = parent;
    }
    top
}

fn has_path_parameters(operation: &Operation) -> bool {
    operation.path.contains('{')
}

/// What every response of the operation has in it.
fn content(operation: &Operation) -> Option<&Content> {
    operation.returned.output.content()
}

fn may_return_file(operation: &Operation) -> bool {
    match &operation.returned.output {
        Output::One(content) => *content == Content::Download,
        Output::Several(output) => output.variants.iter().any(|variant| variant.content == Content::Download),
    }
}
