// Shows parsed Markdown as elements; nothing is ever put into the page as HTML text.

import { type ReactNode, useMemo } from "react";
import { type Block, blocksOf, plainSpans, type Span, spansOf } from "./parse";

function Spans({ spans }: { spans: Span[] }): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: spans have no identity of their own
  return spans.map((span, index) => <OneSpan key={index} span={span} />);
}

function OneSpan({ span }: { span: Span }): ReactNode {
  switch (span.type) {
    case "text":
      return span.text;
    case "strong":
      return (
        <strong>
          <Spans spans={span.spans} />
        </strong>
      );
    case "em":
      return (
        <em>
          <Spans spans={span.spans} />
        </em>
      );
    case "code":
      return <code>{span.text}</code>;
    case "break":
      return <br />;
    case "link":
      return (
        <a href={span.href} target="_blank" rel="noopener noreferrer nofollow">
          <Spans spans={span.spans} />
        </a>
      );
  }
}

function OneBlock({ block }: { block: Block }): ReactNode {
  switch (block.type) {
    case "paragraph":
      return (
        <p>
          <Spans spans={block.spans} />
        </p>
      );
    case "quote":
      return (
        <blockquote>
          <Spans spans={block.spans} />
        </blockquote>
      );
    case "heading":
      return (
        <p className="md-heading" data-level={block.level}>
          <Spans spans={block.spans} />
        </p>
      );
    case "code":
      return <pre>{block.text}</pre>;
    case "rule":
      return <hr />;
    case "list": {
      const items = block.items.map((spans, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: items have no identity of their own
        <li key={index}>
          <Spans spans={spans} />
        </li>
      ));
      return block.isOrdered ? <ol start={block.start}>{items}</ol> : <ul>{items}</ul>;
    }
  }
}

export function Markdown({ text }: { text: string }) {
  const blocks = useMemo(() => blocksOf(text), [text]);
  return (
    <div className="md">
      {blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no identity of their own
        <OneBlock key={index} block={block} />
      ))}
    </div>
  );
}

export const PlainText = ({ text }: { text: string }) => (
  <Spans spans={useMemo(() => plainSpans(text), [text])} />
);
export const InlineText = ({ text }: { text: string }) => (
  <Spans spans={useMemo(() => spansOf(text), [text])} />
);
