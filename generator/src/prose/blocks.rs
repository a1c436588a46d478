//! Reads Markdown as blocks with their text already written.
//!
//! Clean Markdown comes in; a tree of the few kinds of blocks that we write
//! goes out. Headings become bold paragraphs here, and every code block is alike.

use pulldown_cmark::{Alignment, CodeBlockKind, Event, Options, Parser, Tag, TagEnd, TextMergeStream};

use super::inline::Inline;

/// How text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// As it stands on a page.
    Page,
    /// The same without emphasis, whose ends do not survive in every neighborhood.
    Unstressed,
    /// On one line.
    Line,
    /// As it stands in a cell of a table.
    Cell,
}

/// A part of a text.
#[derive(Debug)]
pub(super) enum Block {
    Paragraph(String),
    Code(String),
    Quote(Vec<Block>),
    List { start: Option<u64>, is_tight: bool, items: Vec<Vec<Block>> },
    Table { alignments: Vec<Alignment>, rows: Vec<Vec<String>> },
    Rule,
}

/// How deep blocks may be nested; deeper ones are taken for siblings.
const DEPTH_LIMIT: usize = 12;

/// What the parsers of rustdoc and of most pages know.
pub(super) fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES
}

/// Reads `text`.
pub(super) fn parse(text: &str, dialect: Dialect) -> Vec<Block> {
    let mut reader =
        Reader { dialect, open: vec![Container::new(Frame::Root)], inline: None, code: None, skipped: 0 };
    for event in TextMergeStream::new(Parser::new_ext(text, options())) {
        reader.event(event);
    }
    reader.flush();
    reader.open.into_iter().next().map(|root| root.blocks).unwrap_or_default()
}

struct Reader {
    dialect: Dialect,
    open: Vec<Container>,
    /// The text that is being read.
    inline: Option<Inline>,
    /// The code block or the block of HTML that is being read.
    code: Option<String>,
    /// How many containers beyond the limit are open.
    skipped: usize,
}

struct Container {
    frame: Frame,
    blocks: Vec<Block>,
}

enum Frame {
    Root,
    Quote,
    List { start: Option<u64>, is_tight: bool, items: Vec<Vec<Block>> },
    Item,
    Table { alignments: Vec<Alignment>, rows: Vec<Vec<String>> },
}

impl Container {
    fn new(frame: Frame) -> Self {
        Self { frame, blocks: Vec::new() }
    }
}

impl Reader {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) if self.code.is_some() => {
                self.code.get_or_insert_default().push_str(&text);
            }
            Event::Rule => self.block(Block::Rule),
            event => self.inline().event(&event),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => {
                self.flush();
                self.loosen();
                self.inline();
            }
            Tag::Heading { .. } => {
                self.flush();
                self.inline().start(&Tag::Strong);
            }
            Tag::CodeBlock(CodeBlockKind::Indented | CodeBlockKind::Fenced(_)) | Tag::HtmlBlock => {
                self.flush();
                self.code = Some(String::new());
            }
            Tag::BlockQuote(_) | Tag::FootnoteDefinition(_) => self.open(Frame::Quote),
            Tag::List(start) => self.open(Frame::List { start, is_tight: true, items: Vec::new() }),
            Tag::Item => self.open(Frame::Item),
            Tag::Table(alignments) => self.open(Frame::Table { alignments, rows: Vec::new() }),
            Tag::TableHead | Tag::TableRow => self.row(),
            Tag::TableCell => self.inline = Some(Inline::new(Dialect::Cell)),
            tag => self.inline().start(&tag),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.flush(),
            TagEnd::Heading(_) => {
                self.inline().end(TagEnd::Strong);
                self.flush();
            }
            TagEnd::CodeBlock => {
                let code = self.code.take().unwrap_or_default();
                self.block(Block::Code(code));
            }
            // What is left of HTML is shown as it was written.
            TagEnd::HtmlBlock => {
                let html = self.code.take().unwrap_or_default();
                self.inline().text(&html);
                self.flush();
            }
            TagEnd::BlockQuote(_)
            | TagEnd::FootnoteDefinition
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::Table => self.close(),
            TagEnd::TableHead | TagEnd::TableRow => {}
            TagEnd::TableCell => self.cell(),
            tag => self.inline().end(tag),
        }
    }

    fn inline(&mut self) -> &mut Inline {
        let dialect = self.dialect;
        self.inline.get_or_insert_with(|| Inline::new(dialect))
    }

    /// Ends the text that is being read. In a tight list it has no paragraph of its own.
    fn flush(&mut self) {
        let text = self.inline.take().map(Inline::finish).unwrap_or_default();
        if !text.is_empty() {
            self.block(Block::Paragraph(text));
        }
    }

    fn block(&mut self, block: Block) {
        if self.inline.is_some() {
            self.flush();
        }
        if let Some(container) = self.open.last_mut() {
            container.blocks.push(block);
        }
    }

    fn open(&mut self, frame: Frame) {
        self.flush();
        // An item is where its list is.
        let is_too_deep = self.open.len() >= DEPTH_LIMIT && !matches!(frame, Frame::Item);
        if is_too_deep || self.skipped > 0 {
            self.skipped += 1;
        } else {
            self.open.push(Container::new(frame));
        }
    }

    fn close(&mut self) {
        self.flush();
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        let Some(Container { frame, blocks }) = self.open.pop() else { return };
        match frame {
            Frame::Root => self.open.push(Container { frame, blocks }),
            Frame::Quote if blocks.is_empty() => {}
            Frame::Quote => self.block(Block::Quote(blocks)),
            Frame::List { start, is_tight, items } => self.block(Block::List { start, is_tight, items }),
            Frame::Table { alignments, rows } => self.block(Block::Table { alignments, rows }),
            Frame::Item => {
                if let Some(Container { frame: Frame::List { items, .. }, .. }) = self.open.last_mut() {
                    items.push(blocks);
                }
            }
        }
    }

    /// Paragraphs with space between them make a list loose.
    fn loosen(&mut self) {
        if let [
            ..,
            Container { frame: Frame::List { is_tight, .. }, .. },
            Container { frame: Frame::Item, .. },
        ] = self.open.as_mut_slice()
        {
            *is_tight = false;
        }
    }

    fn row(&mut self) {
        if let Some(Container { frame: Frame::Table { rows, .. }, .. }) = self.open.last_mut() {
            rows.push(Vec::new());
        }
    }

    fn cell(&mut self) {
        let text = self.inline.take().map(Inline::finish).unwrap_or_default();
        let frame = self.open.last_mut().map(|container| &mut container.frame);
        match frame {
            Some(Frame::Table { rows, .. }) => {
                if let Some(row) = rows.last_mut() {
                    row.push(text);
                }
            }
            // The table is nested too deep to be one.
            _ => self.block(Block::Paragraph(text)),
        }
    }
}
