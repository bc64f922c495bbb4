import { Button, Group, Popover, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { copyText } from './copy.ts';
import { labels } from './labels.ts';
import classes from './markdown.module.css';
import { openableAddress, ownAddress, visible } from './text.logic.ts';

const LONGEST = 2000;

interface LinkProps {
  href: string | undefined;
  /** Made by Drover, to something that runs on this machine. */
  own?: boolean;
  children: ReactNode;
}

/** A link of an agent: where it leads is shown, and it is opened only from there. */
export function Link({ href, own = false, children }: LinkProps) {
  const [asking, setAsking] = useState(false);
  const address = own ? ownAddress(href ?? '') : openableAddress(href);
  if (address === null) {
    return (
      <span>
        {children}
        {href ? <span className={classes.target}> ({visible(href).slice(0, 300)})</span> : null}
      </span>
    );
  }
  const isBare = typeof children === 'string' && address.startsWith(children);
  const ask = (event: React.MouseEvent) => {
    event.preventDefault();
    setAsking(true);
  };
  return (
    <>
      <Popover
        opened={asking}
        onChange={setAsking}
        withArrow
        closeOnEscape={false}
        trapFocus
        returnFocus
        shadow="md"
        width="min(26rem, 90vw)"
      >
        <Popover.Target>
          <a href={address} title={address} rel="noopener noreferrer" onClick={ask} onAuxClick={ask}>
            {children}
          </a>
        </Popover.Target>
        <Popover.Dropdown
          aria-label={labels.openLink}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            // It closes this and nothing behind it.
            event.stopPropagation();
            setAsking(false);
          }}
        >
          <Text size="xs" ff="monospace" className={classes.address} dir="ltr">
            {address.slice(0, LONGEST)}
            {address.length > LONGEST && '…'}
          </Text>
          <Group gap="xs" mt="xs">
            <Button
              size="compact-xs"
              data-autofocus
              onClick={() => {
                setAsking(false);
                window.open(address, '_blank', 'noopener,noreferrer');
              }}
            >
              {labels.openInBrowser}
            </Button>
            <Button size="compact-xs" variant="default" onClick={() => void copyText(address)}>
              {labels.copyAddress}
            </Button>
          </Group>
        </Popover.Dropdown>
      </Popover>
      {!isBare && !own && <span className={classes.target}> ({new URL(address).host})</span>}
    </>
  );
}
