import { ActionIcon, Tooltip } from '@mantine/core';
import { Copy } from 'lucide-react';
import { type ComponentProps, memo, type ReactNode, useMemo, useRef } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import rehypeHighlight from 'rehype-highlight';
import rehypeSanitize from 'rehype-sanitize';
import remarkGfm from 'remark-gfm';
import { copyText } from './copy.ts';
import { labels } from './labels.ts';
import { Link } from './link.tsx';
import {
  cutTexts,
  isPlainLine,
  isTameMarkdown,
  leaveLongCodePlain,
  piecesOf,
  showHtmlAsText,
} from './markdown.logic.ts';
import classes from './markdown.module.css';
import { markdownBlocks, visible } from './text.logic.ts';

type RehypePlugins = ComponentProps<typeof ReactMarkdown>['rehypePlugins'];

const REMARK = [remarkGfm];
// Colours come after the sanitiser: what they add is ours.
const REHYPE: RehypePlugins = [
  showHtmlAsText,
  rehypeSanitize,
  leaveLongCodePlain,
  [rehypeHighlight, { detect: false }],
];
const REHYPE_LIVE: RehypePlugins = [showHtmlAsText, rehypeSanitize, cutTexts];

/** Drops nothing, so that a link that is not opened can still be shown with where it leads. */
const keepAddress = (address: string) => address;

const COMPONENTS: Components = {
  a: ({ href, children }) => <Link href={href}>{children}</Link>,
  img: ({ src, alt }) => (
    <span className={classes.picture}>
      {labels.picture(alt ?? '', typeof src === 'string' ? visible(src).slice(0, 300) : '')}
    </span>
  ),
  pre: ({ children }) => <CodeBlock>{children}</CodeBlock>,
  table: ({ children }) => (
    <div className={classes.scroll}>
      <table>{children}</table>
    </div>
  ),
};

/** Trees of what was shown lately: rows come and go while a list is scrolled, and reading Markdown takes long. */
const MOST_READ = 300;
const read = new Map<string, ReactNode>();

/** Null where it is no Markdown that can be read in a short time. */
function readMarkdown(text: string, live: boolean): ReactNode {
  if (isPlainLine(text)) return <p>{live ? piecesOf(text) : text}</p>;
  const key = live ? `live ${text}` : text;
  const known = read.get(key);
  if (known !== undefined) return known;
  let tree: ReactNode = null;
  try {
    if (isTameMarkdown(text)) {
      tree = ReactMarkdown({
        children: text,
        remarkPlugins: REMARK,
        rehypePlugins: live ? REHYPE_LIVE : REHYPE,
        components: COMPONENTS,
        urlTransform: keepAddress,
      });
    }
  } catch {
    // It nests deeper than there is stack: shown as it is written.
  }
  if (!live) {
    const [oldest] = read.keys();
    if (read.size >= MOST_READ && oldest !== undefined) read.delete(oldest);
    read.set(key, tree);
  }
  return tree;
}

/** Markdown of an agent: raw HTML is shown as text, pictures are not loaded, links show where they lead. */
export const Markdown = memo(function Markdown({ text, live = false }: { text: string; live?: boolean }) {
  const shown = useMemo(() => visible(text), [text]);
  const tree = useMemo(() => readMarkdown(shown, live), [shown, live]);
  return (
    <div className={classes.markdown} dir="auto">
      {tree ?? <pre className={classes.asWritten}>{shown}</pre>}
    </div>
  );
});

/** So much of a growing text is read as Markdown at every change; more is shown as it is written, its end only. */
const LONGEST_LIVE = 24_000;
const LIVE_END = 4000;

/** The same while it grows: only the last piece is drawn again. */
export function LiveMarkdown({ text }: { text: string }) {
  const blocks = useMemo(() => (text.length > LONGEST_LIVE ? [] : markdownBlocks(text)), [text]);
  const last = blocks.at(-1);
  if (last === undefined || last.length > LIVE_END) {
    return <pre className={classes.asWritten}>{visible(text.slice(-LIVE_END))}</pre>;
  }
  return blocks.map((block, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: text only grows at its end.
    <Markdown key={at} text={block} live />
  ));
}

function CodeBlock({ children }: { children: ReactNode }) {
  const box = useRef<HTMLPreElement>(null);
  return (
    <div className={classes.code}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <pre ref={box} tabIndex={0} dir="ltr">
        {children}
      </pre>
      <Tooltip label={labels.copyCode}>
        <ActionIcon
          className={classes.copy}
          size="sm"
          variant="default"
          aria-label={labels.copyCode}
          onClick={() => void copyText(box.current?.textContent ?? '')}
        >
          <Copy size="0.9em" aria-hidden />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
