import { ActionIcon, Tooltip } from '@mantine/core';
import { Copy } from 'lucide-react';
import { type ComponentProps, memo, type ReactNode, useMemo, useRef } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import rehypeHighlight from 'rehype-highlight';
import rehypeSanitize from 'rehype-sanitize';
import remarkGfm from 'remark-gfm';
import { copyText } from './copy.ts';
import classes from './markdown.module.css';
import { markdownBlocks, openableAddress, visible } from './text.logic.ts';

type RehypePlugins = ComponentProps<typeof ReactMarkdown>['rehypePlugins'];

const REMARK = [remarkGfm];
// Colours come after the sanitiser: what they add is ours.
const REHYPE: RehypePlugins = [rehypeSanitize, [rehypeHighlight, { detect: false }]];
const REHYPE_LIVE: RehypePlugins = [rehypeSanitize];

/** Drops nothing, so that a link that is not opened can still be shown with where it leads. */
const keepAddress = (address: string) => address;

const COMPONENTS: Components = {
  a: ({ href, children }) => <Link href={href}>{children}</Link>,
  img: ({ src, alt }) => (
    <span className={classes.picture}>
      Picture{alt ? ` “${alt}”` : ''}, not loaded: {typeof src === 'string' ? visible(src).slice(0, 300) : ''}
    </span>
  ),
  pre: ({ children }) => <CodeBlock>{children}</CodeBlock>,
  table: ({ children }) => (
    <div className={classes.scroll}>
      <table>{children}</table>
    </div>
  ),
};

/** Markdown of an agent: raw HTML is shown as text, pictures are not loaded, links show where they lead. */
export const Markdown = memo(function Markdown({ text, live = false }: { text: string; live?: boolean }) {
  return (
    <div className={classes.markdown} dir="auto">
      <ReactMarkdown
        remarkPlugins={REMARK}
        rehypePlugins={live ? REHYPE_LIVE : REHYPE}
        components={COMPONENTS}
        urlTransform={keepAddress}
      >
        {visible(text)}
      </ReactMarkdown>
    </div>
  );
});

/** The same while it grows: only the last piece is drawn again. */
export function LiveMarkdown({ text }: { text: string }) {
  const blocks = useMemo(() => markdownBlocks(text), [text]);
  return blocks.map((block, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: text only grows at its end.
    <Markdown key={at} text={block} live />
  ));
}

function Link({ href, children }: { href: string | undefined; children: ReactNode }) {
  const address = openableAddress(href);
  if (address === null) {
    return (
      <span>
        {children}
        {href ? <span className={classes.target}> ({visible(href).slice(0, 300)})</span> : null}
      </span>
    );
  }
  const isBare = typeof children === 'string' && address.startsWith(children);
  return (
    <>
      <a
        href={address}
        title={address}
        rel="noopener noreferrer"
        target="_blank"
        onClick={(event) => {
          event.preventDefault();
          window.open(address, '_blank', 'noopener,noreferrer');
        }}
      >
        {children}
      </a>
      {!isBare && <span className={classes.target}> ({new URL(address).host})</span>}
    </>
  );
}

function CodeBlock({ children }: { children: ReactNode }) {
  const box = useRef<HTMLPreElement>(null);
  return (
    <div className={classes.code}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <pre ref={box} tabIndex={0} dir="ltr">
        {children}
      </pre>
      <Tooltip label="Copy code">
        <ActionIcon
          className={classes.copy}
          size="sm"
          variant="default"
          aria-label="Copy code"
          onClick={() => void copyText(box.current?.textContent ?? '')}
        >
          <Copy size="0.9em" aria-hidden />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
