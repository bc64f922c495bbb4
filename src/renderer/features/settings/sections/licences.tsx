import { Accordion, Text, TextInput } from '@mantine/core';
import { Search } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { fits, wordsOfQuery } from '../find.logic.ts';
import { labels } from '../labels.ts';
import classes from '../settings.module.css';

/** More are found by searching. */
const MOST = 60;

interface Licence {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly text: string;
}

/** Everything Drover is made with, and under what terms. */
export function Licences() {
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
      {all === null && (
        <Text size="sm" c="dimmed">
          {labels.licencesMissing}
        </Text>
      )}
      {all && (
        <>
          <TextInput
            size="xs"
            mb="xs"
            type="search"
            aria-label={labels.searchLicences}
            placeholder={labels.searchPackages(all.length)}
            leftSection={<Search size="1em" aria-hidden />}
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
          />
          {found.length === 0 && (
            <Text size="sm" c="dimmed">
              {labels.noPackages}
            </Text>
          )}
          <Accordion variant="contained">
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
              {labels.morePackages(found.length - MOST)}
            </Text>
          )}
        </>
      )}
    </div>
  );
}
