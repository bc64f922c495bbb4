import { Accordion, Text, TextInput } from '@mantine/core';
import { Search } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { SystemStatus } from '../../../../contract/system/state.ts';
import { useSession } from '../../../state/hooks.ts';
import { fits, wordsOfQuery } from '../find.logic.ts';
import { Row } from '../row.tsx';
import classes from '../settings.module.css';

const QUIET = { kind: 'quiet' } as const;
/** More are found by searching. */
const MOST = 60;

interface Licence {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly text: string;
}

/** What this is, and what it is made of. */
export function About() {
  const { client, connection } = useSession();
  const [status, setStatus] = useState<SystemStatus | null>(null);
  useEffect(() => {
    client.system.status().then(setStatus, () => {});
  }, [client]);
  const facts = [
    ['Version', status?.version ?? '…'],
    ['Shown in', connection.desktop === null ? 'a browser' : 'the desktop app'],
    ['Address', status?.address ?? '…'],
    ['Log file', status?.logFile ?? '…'],
  ] as const;
  return (
    <>
      <div className={classes.card}>
        {facts.map(([label, words]) => (
          <Row key={label} label={label} help="" state={QUIET}>
            {(naming) => (
              <Text size="sm" ta="end" className={classes.path} aria-labelledby={naming['aria-labelledby']} role="note">
                {words}
              </Text>
            )}
          </Row>
        ))}
      </div>
      <Licences />
    </>
  );
}

function Licences() {
  const [all, setAll] = useState<readonly Licence[] | null | undefined>(undefined);
  const [query, setQuery] = useState('');
  useEffect(() => {
    fetch('licences.json')
      .then((answer) => (answer.ok ? (answer.json() as Promise<Licence[]>) : null))
      .then(setAll, () => setAll(null));
  }, []);
  const found = useMemo(() => {
    const words = wordsOfQuery(query);
    return (all ?? []).filter(({ name, version, licence }) => fits(words, name, version, licence));
  }, [all, query]);
  return (
    <div>
      <Text component="h3" size="sm" fw={600} mt={0} mb="xs">
        Made with the work of others
      </Text>
      {all === null && (
        <Text size="sm" c="dimmed">
          The list of licences is missing.
        </Text>
      )}
      {all && (
        <>
          <TextInput
            size="xs"
            mb="xs"
            type="search"
            aria-label="Search licences"
            placeholder={`Search ${all.length} packages`}
            leftSection={<Search size="1em" aria-hidden />}
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
          />
          {found.length === 0 && (
            <Text size="sm" c="dimmed">
              No matching packages.
            </Text>
          )}
          <Accordion variant="contained" chevronPosition="left">
            {found.slice(0, MOST).map(({ name, version, licence, text }) => (
              <Accordion.Item key={`${name} ${version}`} value={`${name} ${version}`}>
                <Accordion.Control>
                  <Text span size="sm">
                    {name} {version}
                  </Text>{' '}
                  <Text span size="xs" c="dimmed">
                    {licence}
                  </Text>
                </Accordion.Control>
                <Accordion.Panel>
                  {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and can be reached by key for that. */}
                  <pre className={classes.licence} tabIndex={0}>
                    {text}
                  </pre>
                </Accordion.Panel>
              </Accordion.Item>
            ))}
          </Accordion>
          {found.length > MOST && (
            <Text size="xs" c="dimmed" mt="xs">
              {found.length - MOST} more; search to find them.
            </Text>
          )}
        </>
      )}
    </div>
  );
}
