//! Finds the nodes of a document that nothing has used.

use super::document::Document;
use super::fields::{self, UnknownKeyword};
use super::kind::{ChildKind, NodeKind, part};
use super::marks::Marks;
use super::meaning::{IgnoredReason, meaningless};
use super::node::{Node, Value};
use crate::diag::{NodeId, SpecPtr};
use std::collections::HashSet;

/// Which parts of a document became something, and what was told of it.
#[derive(Debug, Default)]
pub(crate) struct Reach {
    /// The operations that are emitted.
    pub(crate) operations: HashSet<NodeId>,
    /// The nodes that findings point at.
    pub(crate) told: HashSet<NodeId>,
    /// The nodes where something was left out: the nodes around it were not read to their end.
    pub(crate) left_out: HashSet<NodeId>,
}

/// A node that nothing has used, the outermost one.
#[derive(Debug)]
pub(crate) struct UnusedNode {
    pub(crate) at: SpecPtr,
    pub(crate) key: String,
    pub(crate) id: NodeId,
    pub(crate) cause: UnusedCause,
}

/// Why nothing has used a node, as far as its place says it.
#[derive(Debug)]
pub(crate) enum UnusedCause {
    /// OpenAPI has no such keyword there.
    Unknown(UnknownKeyword),
    /// `not` of a schema: a type cannot leave values out.
    Not,
    /// The generator knows the extension, but does not read it there.
    Extension,
    Other,
}

/// A node and what is known of it from above.
#[derive(Clone, Copy)]
pub(super) enum Sort<'k> {
    Of(NodeKind),
    /// A map or list of nodes of a kind; the flag says that extensions stand between them.
    Many(NodeKind, bool),
    /// A value below a keyword of a kind.
    Below(NodeKind, &'k str),
}

/// True for each kind of mark that is in or below a node.
#[derive(Clone, Copy, Default)]
struct MarksBelow {
    used: bool,
    left_out: bool,
}

impl MarksBelow {
    fn add(&mut self, other: Self) {
        self.used |= other.used;
        self.left_out |= other.left_out;
    }
}

struct UnreadVisitor<'d> {
    document: &'d Document,
    reach: &'d Reach,
    /// True for an extension that says something to the generator in its place.
    is_known: fn(&str) -> bool,
    /// The keys and indices down to the node at hand: few nodes need a pointer.
    way: Vec<TreeStep<'d>>,
    found: Vec<UnusedNode>,
}

#[derive(Clone, Copy)]
enum TreeStep<'d> {
    Key(&'d str),
    Index(usize),
}

impl Document {
    /// The unused nodes among those that were reached, extensions that are known by themselves included.
    pub(crate) fn unread(&self, reach: &Reach, is_known: fn(&str) -> bool) -> Vec<UnusedNode> {
        let (way, found) = (Vec::new(), Vec::new());
        let mut walk = UnreadVisitor { document: self, reach, is_known, way, found };
        walk.inside(Sort::Of(NodeKind::Document), &self.tree);
        walk.found
    }

    /// The node that a place leads to, also through references.
    pub(crate) fn id_at(&self, at: &SpecPtr) -> Option<NodeId> {
        self.through(at.clone()).map(|it| it.id())
    }
}

impl<'d> UnreadVisitor<'d> {
    /// Visits the content of a node, and returns whether any of it was used.
    fn inside(&mut self, sort: Sort<'d>, node: &'d Node) -> MarksBelow {
        let marks = &self.document.marks;
        let mut all = MarksBelow {
            used: marks.is_used(node.id),
            left_out: self.reach.left_out.contains(&node.id),
        };
        if marks.is_whole(node.id) && matches!(sort, Sort::Below(..)) {
            return all;
        }
        match &node.value {
            Value::Map(map) => {
                for (key, child) in map {
                    all.add(self.entry(sort, key, child));
                }
            }
            Value::List(list) => {
                for (index, child) in list.iter().enumerate() {
                    all.add(self.child(sort, sort.item(), child, TreeStep::Index(index)));
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {}
        }
        all
    }

    fn entry(&mut self, sort: Sort<'d>, key: &'d str, child: &'d Node) -> MarksBelow {
        let is_name =
            matches!(sort, Sort::Many(_, extended) if !(extended && key.starts_with("x-")));
        if !is_name && key.starts_with("x-") {
            return self.extension(sort, key, child);
        }
        let is_used = self.document.marks.is_used(child.id);
        if !is_used && sort.meaningless(key).is_some() && !self.is_used_below(child) {
            return MarksBelow::default();
        }
        self.child(sort, sort.entry(key), child, TreeStep::Key(key))
    }

    /// Extensions that nobody knows are told by themselves, and so is what one has in it.
    fn extension(&mut self, sort: Sort<'d>, key: &'d str, node: &'d Node) -> MarksBelow {
        let used = self.is_used_below(node);
        let says_something = node.as_bool() != Some(false);
        let is_silent = used
            || matches!(sort, Sort::Below(..))
            || self.document.marks.is_listed(node.id)
            || self.reach.told.contains(&node.id);
        if says_something && !is_silent && (self.is_known)(key) {
            self.way.push(TreeStep::Key(key));
            self.found.push(self.unread(node.id, UnusedCause::Extension));
            self.way.pop();
        }
        MarksBelow { used, left_out: false }
    }

    fn child(
        &mut self,
        above: Sort<'d>,
        sort: Sort<'d>,
        node: &'d Node,
        step: TreeStep<'d>,
    ) -> MarksBelow {
        if let Sort::Of(NodeKind::Operation) = sort
            && !self.reach.operations.contains(&node.id)
        {
            return MarksBelow { used: false, left_out: true };
        }
        let before = self.found.len();
        self.way.push(step);
        let found = self.inside(sort, node);
        let is_piece = matches!(
            sort,
            Sort::Of(
                NodeKind::Schema
                    | NodeKind::Parameter
                    | NodeKind::Header
                    | NodeKind::Response
                    | NodeKind::Body
            )
        );
        let may_be_idle = matches!(sort, Sort::Of(NodeKind::Tag | NodeKind::PathItem));
        let listed = self.document.marks.is_listed(node.id) || (may_be_idle && !found.used);
        if (found.left_out && is_piece) || !found.used || listed {
            self.found.truncate(before);
        }
        let is_silent =
            || found.used || found.left_out || listed || self.reach.told.contains(&node.id);
        if !is_silent() {
            let cause = above.cause(step);
            if !self.is_component() || matches!(cause, UnusedCause::Unknown(_)) {
                self.found.push(self.unread(node.id, cause));
            }
        }
        self.way.pop();
        found
    }

    fn unread(&self, id: NodeId, cause: UnusedCause) -> UnusedNode {
        let at = self.way.iter().fold(SpecPtr::root(), |at, step| match step {
            TreeStep::Key(key) => at.child(key),
            TreeStep::Index(index) => at.item(*index),
        });
        let keys = self.way.iter().rev().find_map(|it| match it {
            TreeStep::Key(key) => Some((*key).to_owned()),
            TreeStep::Index(_) => None,
        });
        UnusedNode { at: at.written(), key: keys.unwrap_or_default(), id, cause }
    }

    /// True if this is a component: components that nothing refers to are reported in another way.
    fn is_component(&self) -> bool {
        matches!(self.way[..], [TreeStep::Key("components"), ..]) && self.way.len() <= 3
    }

    fn is_used_below(&self, node: &Node) -> bool {
        is_used_below(&self.document.marks, node)
    }
}

/// True if a node or anything below it was used.
pub(super) fn is_used_below(marks: &Marks, node: &Node) -> bool {
    marks.is_used(node.id)
        || match &node.value {
            Value::Map(map) => map.values().any(|it| is_used_below(marks, it)),
            Value::List(list) => list.iter().any(|it| is_used_below(marks, it)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => false,
        }
}

impl<'k> Sort<'k> {
    pub(super) fn entry(self, key: &'k str) -> Self {
        match self {
            Self::Of(kind) => match part(kind, key) {
                Some(ChildKind::One(kind) | ChildKind::OneUnlessBool(kind)) => Self::Of(kind),
                Some(ChildKind::Many(kind)) => Self::Many(kind, false),
                Some(ChildKind::Extended(kind)) => Self::Many(kind, true),
                None => Self::Below(kind, key),
            },
            Self::Many(kind, _) => Self::Of(kind),
            Self::Below(..) => self,
        }
    }

    /// Why the node behind a step is not used.
    fn cause(self, step: TreeStep<'_>) -> UnusedCause {
        match (self, step) {
            (Self::Of(NodeKind::Schema), TreeStep::Key("not")) => UnusedCause::Not,
            (Self::Of(kind), TreeStep::Key(key)) => {
                fields::unknown(kind, key).map_or(UnusedCause::Other, UnusedCause::Unknown)
            }
            (Self::Of(_) | Self::Many(..) | Self::Below(..), _) => UnusedCause::Other,
        }
    }

    pub(super) fn item(self) -> Self {
        match self {
            Self::Many(kind, _) => Self::Of(kind),
            Self::Of(_) | Self::Below(..) => self,
        }
    }

    pub(super) fn meaningless(self, key: &str) -> Option<IgnoredReason> {
        match self {
            Self::Of(kind) => meaningless(kind, None, key),
            Self::Many(..) => None,
            Self::Below(kind, above) => meaningless(kind, Some(above), key),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Text;
    use crate::config::Client;
    use crate::diag::{Sink, SourceId};
    use crate::load::tree;
    use crate::name::Lock;

    fn document(yaml: &str) -> Document {
        let text = Text { name: String::new(), bytes: yaml.into() };
        let tree = tree(&text, SourceId::Document, &mut Sink::default()).expect("it is YAML");
        Document::new(tree, Client::default(), Lock::default())
    }

    fn unread(document: &Document, reach: &Reach) -> Vec<String> {
        document.unread(reach, |_| false).into_iter().map(|it| it.at.text()).collect()
    }

    const SCHEMA: &str =
        "info: {title: T}\ncomponents: {schemas: {A: {type: string, title: t, odd: {a: [b]}}}}";

    #[test]
    fn what_is_read_with_openapiv3_is_used_when_it_is_asked_for() {
        let document = document(SCHEMA);
        let a = document.at(&SpecPtr::parse("/components/schemas/A")).expect("it is there");
        document.root().child("info").and_then(|it| it.scalar("title"));
        assert_eq!(unread(&document, &Reach::default()), Vec::<String>::new());
        let keys = a.schema(&mut Sink::default()).expect("it is a schema");
        let ty = "/components/schemas/A/type".to_owned();
        let odd = "/components/schemas/A/odd".to_owned();
        assert_eq!(unread(&document, &Reach::default()), [ty, odd.clone()]);
        assert_eq!(keys.typ(), Some("string"));
        assert_eq!(unread(&document, &Reach::default()), [odd]);
    }

    #[test]
    fn a_value_that_is_taken_as_it_is_is_used_with_all_below_it() {
        let document = document(SCHEMA);
        let a = document.at(&SpecPtr::parse("/components/schemas/A")).expect("it is there");
        assert_eq!((a.text("type"), a.flag("odd"), a.text("odd")), (Some("string"), false, None));
        let left = unread(&document, &Reach::default());
        assert_eq!(left, ["/info", "/components/schemas/A/odd"]);
        a.json("odd");
        document.root().child("info").and_then(|it| it.scalar("title"));
        assert_eq!(unread(&document, &Reach::default()), Vec::<String>::new());
    }

    #[test]
    fn what_stands_in_a_tag_is_unread_if_the_tag_is_used() {
        let document = document("tags: [{name: a, kind: nav, odd: 1}, {name: b, odd: 2}]");
        let tag = document.root().items("tags").next().expect("it is there");
        tag.text("name");
        assert_eq!(unread(&document, &Reach::default()), ["/tags/0/odd"]);
    }

    #[test]
    fn what_is_told_or_passed_over_is_not_unread() {
        let document = document(SCHEMA);
        let a = document.at(&SpecPtr::parse("/components/schemas/A")).expect("it is there");
        a.text("type");
        let told = a.id_of("odd").expect("it is there");
        let info = document.root().child("info").expect("it is there");
        assert_eq!(unread(&document, &Reach::default()).len(), 2);
        info.pass_over();
        let reach = Reach { told: HashSet::from([told]), ..Reach::default() };
        assert_eq!(unread(&document, &reach), Vec::<String>::new());
    }
}
