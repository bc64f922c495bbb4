import { ActionIcon, CloseButton, NativeSelect, NavLink, Text, TextInput, Title } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { ArrowLeft, Search } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useActions, useKeyHint } from '../../app/actions.ts';
import { goHome, openSettings, route } from '../../app/window-state.ts';
import { useProjects, useSettings, useValue } from '../../state/hooks.ts';
import { NARROW } from '../../ui/theme.ts';
import { Audit } from '../audit/audit.tsx';
import { Rules } from '../rules/rules.tsx';
import { AgentCards } from '../welcome/agent-cards.tsx';
import { useFound } from '../welcome/use-found.ts';
import { findSettings, fits, wordsOfQuery } from './find.logic.ts';
import { labels } from './labels.ts';
import { SearchContext } from './row.tsx';
import { About } from './sections/about.tsx';
import { Data } from './sections/data.tsx';
import { Licences } from './sections/licences.tsx';
import { ProjectPage } from './sections/project-page.tsx';
import { findProjects, Projects } from './sections/projects.tsx';
import { findActions, Shortcuts } from './sections/shortcuts.tsx';
import { FORM_KEYS, type FormKey, SECTIONS, SETTING_FORMS, type SectionName } from './setting-forms.ts';
import { SettingRow } from './setting-row.tsx';
import classes from './settings.module.css';

/** Those in the navigation; the others are reached from one of them. */
const NAV = SECTIONS.filter((section) => !('under' in section));

/** Everything that can be set, in sections; a search looks through all of them. */
export function SettingsPage() {
  const at = useValue(route);
  const [query, setQuery] = useState('');
  const scroller = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const keys = useKeyHint('tasks.search');
  useActions([{ name: 'tasks.search', words: () => labels.search, run: () => search.current?.focus() }]);
  const words = useMemo(() => wordsOfQuery(query), [query]);
  const shown = SECTIONS.find(({ name }) => name === at.section)?.name ?? 'general';
  const current = shown === 'licences' ? 'about' : shown;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another section begins at its top.
  useEffect(() => {
    scroller.current?.scrollTo(0, 0);
  }, [at, words]);
  return (
    <section className={classes.page} aria-label={labels.settings}>
      <Sections
        current={current}
        searching={words.length > 0}
        onChoose={(name) => {
          setQuery('');
          openSettings(name);
        }}
      />
      <div ref={scroller} className={classes.scroller}>
        <div className={classes.inner} data-fills={(words.length === 0 && shown === 'audit') || undefined}>
          <Title order={1} size="h3">
            {labels.settings}
          </Title>
          <TextInput
            ref={search}
            type="search"
            aria-keyshortcuts={keys.aria}
            aria-label={labels.search}
            placeholder={`${labels.search}${keys.suffix}`}
            leftSection={<Search size="1em" aria-hidden />}
            rightSection={
              query && <CloseButton size="sm" aria-label={labels.clearSearch} onClick={() => setQuery('')} />
            }
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' || event.key === 'ArrowDown') {
                if (focusFirst(scroller.current)) event.preventDefault();
                return;
              }
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

/** The control of the first setting that is shown: of several choices, the one that is chosen. */
function focusFirst(within: HTMLElement | null): boolean {
  const control = within?.querySelector('[data-control]');
  const first =
    control?.querySelector<HTMLElement>('input:checked') ?? control?.querySelector<HTMLElement>('input, button');
  first?.focus();
  return first != null;
}

interface SectionsProps {
  current: SectionName;
  searching: boolean;
  onChoose(name: SectionName): void;
}

/** The way to each section; in a narrow window a menu, which hides none. */
function Sections({ current, searching, onChoose }: SectionsProps) {
  const isNarrow = useMediaQuery(`(max-width: ${NARROW}em)`, false, { getInitialValueInEffect: false });
  if (isNarrow) {
    return (
      <nav className={classes.nav} aria-label={labels.sections}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={labels.back}
          aria-keyshortcuts="Escape"
          onClick={goHome}
        >
          <ArrowLeft size="1.1em" aria-hidden />
        </ActionIcon>
        <NativeSelect
          flex={1}
          aria-label={labels.section}
          value={current}
          onChange={(event) => onChoose(event.currentTarget.value as SectionName)}
          data={NAV.map(({ name, title }) => ({ value: name, label: title }))}
        />
      </nav>
    );
  }
  return (
    <nav className={classes.nav} aria-label={labels.sections}>
      <NavLink
        component="button"
        className={classes.navLink}
        label={labels.back}
        leftSection={<ArrowLeft size="1em" aria-hidden />}
        aria-keyshortcuts="Escape"
        onClick={goHome}
      />
      {NAV.map(({ name, title }) => (
        <NavLink
          key={name}
          component="button"
          className={classes.navLink}
          label={title}
          active={!searching && current === name}
          aria-current={!searching && current === name ? 'page' : undefined}
          onClick={() => onChoose(name)}
        />
      ))}
    </nav>
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
    rules: fits(words, 'Rules allow ask deny always asks protected test a command'),
    audit: fits(words, 'Audit log decisions approvals history export csv json'),
    data: fits(
      words,
      'Data place folder size database attachments log files workspaces outputs terminals clean up merged disk use backup back up now open',
    ),
    about: fits(words, 'About version address log file report a problem'),
    licences: fits(words, 'Open-source licences packages'),
  };
  const found = SECTIONS.map(({ name }) => ({
    name,
    keys: keys.filter((key) => SETTING_FORMS[key].section === name),
    extra: extras[name] ?? false,
  })).filter((section) => section.keys.length > 0 || section.extra);
  if (found.length === 0) {
    return (
      <Text c="dimmed" role="status">
        {labels.noMatch(query.trim())}
      </Text>
    );
  }
  return found.map((section) => <Section key={section.name} {...section} />);
}

const EXTRAS: Partial<Record<SectionName, () => React.ReactNode>> = {
  projects: () => <Projects />,
  rules: () => <Rules />,
  audit: () => <Audit />,
  shortcuts: () => <Shortcuts />,
  data: () => <Data />,
  about: () => <About />,
  licences: () => <Licences />,
};

/** What comes before the settings of a section. */
const LEADS: Partial<Record<SectionName, () => React.ReactNode>> = {
  agents: () => <InstalledAgents />,
};

function InstalledAgents() {
  return <AgentCards {...useFound()} />;
}

/** `extra`: with what a section has besides settings. */
function Section({ name, keys, extra }: { name: SectionName; keys: readonly FormKey[]; extra: boolean }) {
  const entries = useSettings() ?? [];
  const title = SECTIONS.find((section) => section.name === name)?.title;
  return (
    <div className={classes.section}>
      <Title order={2} size="h5">
        {title}
      </Title>
      {extra && LEADS[name]?.()}
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
