import { CloseButton, NavLink, Text, TextInput, Title } from '@mantine/core';
import { Search } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useProjects, useSettings, useValue } from '../../state/hooks.ts';
import { openSettings, route } from '../../ui/window-state.ts';
import { findSettings, fits, wordsOfQuery } from './find.logic.ts';
import { SearchContext } from './row.tsx';
import { About } from './sections/about.tsx';
import { Data } from './sections/data.tsx';
import { ProjectPage } from './sections/project-page.tsx';
import { findProjects, Projects } from './sections/projects.tsx';
import { findActions, Shortcuts } from './sections/shortcuts.tsx';
import { FORM_KEYS, type FormKey, SECTIONS, SETTING_FORMS, type SectionName } from './setting-forms.ts';
import { SettingRow } from './setting-row.tsx';
import classes from './settings.module.css';

/** Everything that can be set, in sections; a search looks through all of them. */
export function SettingsPage() {
  const at = useValue(route);
  const [query, setQuery] = useState('');
  const scroller = useRef<HTMLDivElement>(null);
  const nav = useRef<HTMLElement>(null);
  const words = useMemo(() => wordsOfQuery(query), [query]);
  const shown = SECTIONS.find(({ name }) => name === at.section)?.name ?? 'general';
  // biome-ignore lint/correctness/useExhaustiveDependencies: another section begins at its top.
  useEffect(() => {
    scroller.current?.scrollTo(0, 0);
    // In a narrow window the sections stand in a row that scrolls.
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [at, words]);
  return (
    <section className={classes.page} aria-label="Settings">
      <nav ref={nav} className={classes.nav} aria-label="Sections of the settings">
        {SECTIONS.map(({ name, title }) => (
          <NavLink
            key={name}
            component="button"
            className={classes.navLink}
            label={title}
            active={words.length === 0 && shown === name}
            aria-current={words.length === 0 && shown === name ? 'page' : undefined}
            onClick={() => {
              setQuery('');
              openSettings(name);
            }}
          />
        ))}
      </nav>
      <div ref={scroller} className={classes.scroller}>
        <div className={classes.inner}>
          <Title order={1} size="h3">
            Settings
          </Title>
          <TextInput
            type="search"
            aria-label="Search settings"
            placeholder="Search settings: what they are called, do, or are set to"
            leftSection={<Search size="1em" aria-hidden />}
            rightSection={query && <CloseButton size="sm" aria-label="Clear the search" onClick={() => setQuery('')} />}
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Escape' || query === '') return;
              event.stopPropagation();
              setQuery('');
            }}
          />
          <SearchContext.Provider value={words}>
            {words.length > 0 ? (
              <Found words={words} query={query} />
            ) : at.projectId !== null && shown === 'projects' ? (
              <ProjectPage key={at.projectId} projectId={at.projectId} />
            ) : (
              <Section name={shown} keys={keysIn(shown)} extra />
            )}
          </SearchContext.Provider>
        </div>
      </div>
    </section>
  );
}

function keysIn(name: SectionName): FormKey[] {
  return FORM_KEYS.filter((key) => SETTING_FORMS[key].section === name);
}

function Found({ words, query }: { words: readonly string[]; query: string }) {
  const entries = useSettings() ?? [];
  const projects = useProjects() ?? [];
  const keys = findSettings(entries, words);
  const extras: Partial<Record<SectionName, boolean>> = {
    projects: findProjects(projects, words).length > 0,
    shortcuts: findActions(words).length > 0,
    data: fits(words, 'Data place folder size database attachments log files workspaces backup back up now open'),
    about: fits(words, 'About version licences packages address log file'),
  };
  const found = SECTIONS.map(({ name }) => ({
    name,
    keys: keys.filter((key) => SETTING_FORMS[key].section === name),
    extra: extras[name] ?? false,
  })).filter((section) => section.keys.length > 0 || section.extra);
  if (found.length === 0) {
    return (
      <Text c="dimmed" role="status">
        No settings match “{query.trim()}”. Try one word of it.
      </Text>
    );
  }
  return found.map((section) => <Section key={section.name} {...section} />);
}

const EXTRAS: Partial<Record<SectionName, () => React.ReactNode>> = {
  projects: () => <Projects />,
  shortcuts: () => <Shortcuts />,
  data: () => <Data />,
  about: () => <About />,
};

/** `extra`: with what a section has besides settings. */
function Section({ name, keys, extra }: { name: SectionName; keys: readonly FormKey[]; extra: boolean }) {
  const entries = useSettings() ?? [];
  const title = SECTIONS.find((section) => section.name === name)?.title;
  return (
    <div className={classes.section}>
      <Title order={2} size="h5">
        {title}
      </Title>
      {keys.length > 0 && (
        <div className={classes.card}>
          {keys.map((key) => {
            const entry = entries.find((one) => one.key === key);
            return entry && <SettingRow key={key} name={key} entry={entry} />;
          })}
        </div>
      )}
      {extra && EXTRAS[name]?.()}
    </div>
  );
}
