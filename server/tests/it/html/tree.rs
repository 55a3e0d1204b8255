//! A page as a browser reads it, and two of them beside each other.

use std::collections::BTreeSet;

use html5ever::driver::ParseOpts;
use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use markup5ever_rcdom::{Handle, NodeData, RcDom};

use super::words::{marks, same_if_marked, soft};

/// One thing in a page.
#[derive(Debug, PartialEq)]
enum Item {
    /// An element begins, with its attributes by name.
    Open(String, Vec<(String, String)>),
    Close,
    Text(String),
    Comment(String),
}

/// A page.
pub(super) struct Tree {
    items: Vec<Item>,
    /// Its forms that are posted.
    pub(super) forms: Vec<Form>,
}

/// A form that is posted as its fields.
#[derive(Clone, Debug)]
pub(super) struct Form {
    pub(super) action: String,
    id: Option<String>,
    pub(super) fields: Vec<Field>,
}

/// A field of it, as it would be sent.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    Area,
    Line,
    /// Chosen, hidden or ticked.
    Set,
}

impl Tree {
    /// Reads a page: with scripts, as most browsers do, or without.
    pub(super) fn read(html: &str, scripting: bool) -> Self {
        let tree_builder = TreeBuilderOpts { scripting_enabled: scripting, ..TreeBuilderOpts::default() };
        let options = ParseOpts { tree_builder, ..ParseOpts::default() };
        let page = html5ever::parse_document(RcDom::default(), options).one(html);
        let mut tree = Self { items: Vec::new(), forms: Vec::new() };
        let mut loose = Vec::new();
        tree.walk(&page.document, None, &mut loose);
        for (form, field) in loose {
            if let Some(form) = tree.forms.iter_mut().find(|known| known.id.as_deref() == Some(&form)) {
                form.fields.push(field);
            }
        }
        tree
    }

    /// How many elements it has.
    pub(super) fn elements(&self) -> usize {
        self.items.iter().filter(|item| matches!(item, Item::Open(..))).count()
    }

    /// The numbers of the texts that stand in it.
    pub(super) fn marks(&self) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        for item in &self.items {
            match item {
                Item::Text(text) | Item::Comment(text) => found.extend(marks(text)),
                Item::Open(_, attributes) => {
                    found.extend(attributes.iter().flat_map(|(_, value)| marks(value)));
                }
                Item::Close => {}
            }
        }
        found
    }

    /// Where the hostile page says anything else than the harmless one; `None` if nowhere.
    pub(super) fn differs(&self, hostile: &Self) -> Option<String> {
        for (at, (one, other)) in self.items.iter().zip(&hostile.items).enumerate() {
            let same = match (one, other) {
                (Item::Open(one, these), Item::Open(other, those)) => {
                    one == other
                        && these.len() == those.len()
                        && these.iter().zip(those).all(|((n, a), (m, b))| n == m && same_if_marked(a, b))
                }
                (Item::Text(one), Item::Text(other)) | (Item::Comment(one), Item::Comment(other)) => {
                    same_if_marked(one, other)
                }
                (Item::Close, Item::Close) => true,
                _ => false,
            };
            if !same {
                let before = self.items[at.saturating_sub(3)..at].iter().map(|it| format!("{it:?}"));
                let before = before.collect::<Vec<_>>().join(" ");
                let (one, other) = apart(&format!("{one:?}"), &format!("{other:?}"));
                return Some(format!("after {before}\n  harmless: {one}\n  hostile:  {other}"));
            }
        }
        let (one, other) = (self.items.len(), hostile.items.len());
        (one != other).then(|| format!("{one} things on the harmless page, {other} on the hostile one"))
    }

    fn walk(&mut self, node: &Handle, mut form: Option<usize>, loose: &mut Vec<(String, Field)>) {
        match &node.data {
            NodeData::Text { contents } => self.items.push(Item::Text(contents.borrow().to_string())),
            NodeData::Comment { contents } => self.items.push(Item::Comment(contents.to_string())),
            NodeData::Element { name, attrs, template_contents, .. } => {
                let name = name.local.to_string();
                let pairs =
                    attrs.borrow().iter().map(|a| (a.name.local.to_string(), a.value.to_string())).collect();
                let attributes: Vec<(String, String)> = pairs;
                // Whether what was asked for is there before the first piece of the page, or comes in a
                // script of its own, is a matter of moments. What gets out of such a script is no part
                // of it, and is looked at.
                if name == "script" && text(node).starts_with("__RESOLVED_RESOURCES[") {
                    return;
                }
                if name == "form" {
                    form = self.begin(&attributes);
                }
                if let Some(field) = field(node, &name, &attributes) {
                    match (of(&attributes, "form"), form) {
                        (Some(id), _) => loose.push((id.to_owned(), field)),
                        (None, Some(form)) => self.forms[form].fields.push(field),
                        (None, None) => {}
                    }
                }
                self.items.push(Item::Open(name, attributes));
                for child in template_contents.borrow().iter() {
                    self.walk(child, form, loose);
                }
                for child in node.children.borrow().iter() {
                    self.walk(child, form, loose);
                }
                self.items.push(Item::Close);
            }
            NodeData::Document => {
                for child in node.children.borrow().iter() {
                    self.walk(child, form, loose);
                }
            }
            NodeData::Doctype { .. } | NodeData::ProcessingInstruction { .. } => {}
        }
    }

    fn begin(&mut self, attributes: &[(String, String)]) -> Option<usize> {
        if of(attributes, "method") != Some("post") || of(attributes, "enctype").is_some() {
            return None;
        }
        let action = of(attributes, "action").unwrap_or_default().to_owned();
        let id = of(attributes, "id").map(str::to_owned);
        self.forms.push(Form { action, id, fields: Vec::new() });
        Some(self.forms.len() - 1)
    }
}

/// Two texts from shortly before they differ.
fn apart(one: &str, other: &str) -> (String, String) {
    let at = soft(one).chars().zip(soft(other).chars()).take_while(|(a, b)| a == b).count();
    let part = |text: &str| text.chars().skip(at.saturating_sub(60)).take(160).collect::<String>();
    (part(one), part(other))
}

fn of<'a>(attributes: &'a [(String, String)], name: &str) -> Option<&'a str> {
    attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// What a browser would send for an element.
fn field(node: &Handle, element: &str, attributes: &[(String, String)]) -> Option<Field> {
    let name = of(attributes, "name")?.to_owned();
    let (value, kind) = match element {
        "textarea" => (text(node), Kind::Area),
        "select" => (chosen(node)?, Kind::Set),
        "input" => {
            let value = of(attributes, "value").unwrap_or_default().to_owned();
            match of(attributes, "type").unwrap_or("text") {
                "hidden" => (value, Kind::Set),
                "checkbox" | "radio" => (of(attributes, "checked").map(|_| value)?, Kind::Set),
                "file" | "submit" => return None,
                _ => (value, Kind::Line),
            }
        }
        _ => return None,
    };
    Some(Field { name, value, kind })
}

/// The option that is chosen; the first if none is.
fn chosen(select: &Handle) -> Option<String> {
    let children = select.children.borrow();
    let options: Vec<_> = children
        .iter()
        .filter_map(|child| match &child.data {
            NodeData::Element { attrs, .. } => {
                let attrs = attrs.borrow();
                let of =
                    |name: &str| attrs.iter().find(|a| &*a.name.local == name).map(|a| a.value.to_string());
                Some((of("selected").is_some(), of("value").unwrap_or_else(|| text(child))))
            }
            _ => None,
        })
        .collect();
    options.iter().find(|(chosen, _)| *chosen).or(options.first()).map(|(_, value)| value.clone())
}

fn text(node: &Handle) -> String {
    let children = node.children.borrow();
    let texts = children.iter().filter_map(|child| match &child.data {
        NodeData::Text { contents } => Some(contents.borrow().to_string()),
        _ => None,
    });
    texts.collect()
}
