import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { api } from '../contract/api.ts';
import { createProgram } from './program.ts';

/** The verbs that make each call, or why there is none. Everything a client can do, a person can do from a terminal. */
const VERBS: Record<string, readonly [verb: string, ...more: string[]] | { none: string }> = {
  'system.status': ['status'],
  'system.openLink': ['open'],
  'system.makeWay': { none: 'an app that was updated asks it of the Drover in the background' },
  'system.openers': { none: 'only the menus of the settings ask for it' },
  'pause.get': ['status'],
  'pause.begin': ['pause'],
  'pause.end': ['resume'],
  'pause.log': ['pause'],
  'tasks.create': ['task create'],
  'tasks.edit': ['task edit'],
  'tasks.start': ['task start'],
  'tasks.stop': ['task stop'],
  'tasks.stopCheck': ['task stop-check'],
  'tasks.resume': ['task resume'],
  'tasks.unblock': ['task unblock'],
  'tasks.rerun': ['task rerun'],
  'tasks.remove': ['task delete'],
  'tasks.move': ['task move'],
  'tasks.schedule': ['task schedule'],
  'tasks.archive': ['task archive', 'task unarchive'],
  'tasks.done': ['task done', 'task undone'],
  'tasks.message': ['task message'],
  'tasks.list': ['task list', 'task move'],
  'tasks.get': ['task show', 'task wait', 'attachment list', 'message list'],
  'tasks.runs': ['task runs'],
  'tasks.log': ['task log'],
  'tasks.blob': ['task log'],
  'messages.edit': ['message edit'],
  'messages.move': ['message move'],
  'messages.send': ['message send'],
  'messages.remove': ['message remove'],
  'sessions.open': ['session open'],
  'sessions.takeOver': ['session take-over'],
  'sessions.giveBack': ['session give-back'],
  'items.list': ['item list'],
  'items.add': ['item add'],
  'items.set': ['item set'],
  'items.note': ['item note'],
  'processes.list': ['process list'],
  'processes.end': ['process end'],
  'projects.add': ['project add'],
  'projects.sample': ['project sample'],
  'projects.list': ['project list'],
  'projects.get': ['project show'],
  'projects.trust': ['project trust', 'project untrust'],
  'projects.branches': ['project branches'],
  'projects.git': ['project git'],
  'projects.set': ['project set'],
  'projects.remove': ['project remove'],
  'attachments.add': ['attachment add', 'task create', 'task message'],
  'attachments.remove': ['attachment remove'],
  'approvals.list': ['approval list'],
  'approvals.get': ['approval show'],
  'approvals.answer': ['approval allow', 'approval deny', 'approval answer'],
  'approvals.export': ['approval export'],
  'rules.list': ['rule list'],
  'rules.add': ['rule add'],
  'rules.set': ['rule set'],
  'rules.remove': ['rule remove'],
  'rules.try': ['rule try'],
  'data.describe': ['data'],
  'data.backUp': ['backup'],
  'data.open': { none: 'for a page in a browser; `data --open` opens the folder itself' },
  'cleanUp.preview': ['clean'],
  'cleanUp.measure': ['clean'],
  'cleanUp.remove': ['clean'],
  'landings.preview': ['task land'],
  'landings.land': ['task land'],
  'landings.undo': ['task undo-landing'],
  'workspaces.list': ['workspace list'],
  'workspaces.recorded': { none: 'only completion asks for it; `workspace list` shows more' },
  'workspaces.get': ['workspace show'],
  'workspaces.remove': ['workspace remove'],
  'workspaces.open': { none: 'for a page in a browser; `workspace open` opens the folder itself' },
  'workspaces.folder': ['workspace open'],
  'workspaces.changes': ['workspace changes'],
  'workspaces.files': ['workspace files'],
  'workspaces.fileDiff': ['workspace diff', 'task diff'],
  'checkpoints.list': ['task diff'],
  'checkpoints.changes': ['task diff'],
  'checkpoints.fileDiff': { none: 'the window shows one file at a time; `task diff` shows all of them' },
  'checkpoints.text': ['task diff'],
  'terminals.list': ['terminal list'],
  'terminals.get': ['terminal show', 'terminal attach'],
  'terminals.open': ['terminal open'],
  'terminals.rename': ['terminal rename'],
  'terminals.reorder': ['terminal move'],
  'terminals.resize': { none: 'an attached terminal has the size of the screen it is shown on' },
  'terminals.restart': ['terminal restart'],
  'terminals.close': ['terminal close'],
  'terminals.send': ['terminal send'],
  'terminals.file': { none: 'for a link in the window' },
  'terminals.openFile': { none: 'for a link in the window, shown in a browser' },
  'terminals.read': ['terminal read'],
  'agents.list': ['agent list'],
  'agents.get': ['agent show'],
  'agents.commands': ['agent commands'],
  'agents.resume': ['agent resume'],
  'settings.list': ['config list'],
  'settings.get': ['config get'],
  'settings.set': ['config set', 'config unset'],
  'events.subscribe': ['task log', 'task wait'],
};

/** Verbs that call nothing, and why. */
const NO_CALL: Record<string, string> = {
  serve: 'starts Drover',
  doctor: 'works without a running Drover',
  completion: 'prints a script',
  'daemon install': 'asks systemd, whether Drover runs or not',
  'daemon uninstall': 'asks systemd, whether Drover runs or not',
};

const calls = Object.entries(api).flatMap(([noun, verbs]) => Object.keys(verbs).map((call) => `${noun}.${call}`));

interface Leaf {
  name: string;
  /** The module of the command, as the tree imports it. */
  module: string;
}

/** Every verb with the file that it loads. */
function leaves(): Leaf[] {
  const found: Leaf[] = [];
  const program = createProgram({
    version: '1',
    columns: () => 100,
    writeOut() {},
    writeErr() {},
    async dispatch() {},
  });
  const walk = (command: Command, words: readonly string[]) => {
    if (command.commands.length === 0) {
      const name = words.join(' ');
      found.push({ name, module: path.join(import.meta.dirname, 'commands', `${words.join('/')}.ts`) });
    }
    for (const one of command.commands) walk(one, [...words, one.name()]);
  };
  walk(program, []);
  return found;
}

/** The text of a command's module and of all of ours that it needs. */
function sourceOf(file: string, seen = new Set<string>()): string {
  if (seen.has(file)) return '';
  seen.add(file);
  const text = readFileSync(file, 'utf8');
  const needed = [...text.matchAll(/from '(\.[^']+\.ts)'/g)].map(([, from = '']) =>
    path.resolve(path.dirname(file), from),
  );
  const own = needed.filter((one) => /src\/(cli|contract\/connection)\//.test(one.replaceAll(path.sep, '/')));
  return [text, ...own.map((one) => sourceOf(one, seen))].join('\n');
}

describe('calls and verbs', () => {
  it('every call has a verb, or a reason why not', () => {
    expect(Object.keys(VERBS).sort()).toEqual(calls.sort());
    for (const [call, verbs] of Object.entries(VERBS)) {
      if ('none' in verbs) expect(verbs.none, call).toMatch(/\w{4}/);
    }
  });

  it('every verb is there and makes the call', () => {
    const verbs = new Map(leaves().map(({ name, module }) => [name, module]));
    for (const [call, named] of Object.entries(VERBS)) {
      if ('none' in named) continue;
      for (const name of named) {
        const file = verbs.get(name);
        expect(file, `${call}: drover ${name}`).toBeDefined();
        const source = sourceOf(file ?? '').replaceAll(/\s+/g, '');
        expect(source.includes(`.${call}(`) || source.includes(`client.${call}`), `drover ${name} calls ${call}`).toBe(
          true,
        );
      }
    }
  });

  it('every verb makes a call, or has a reason why not', () => {
    const calling = new Set(Object.values(VERBS).flatMap((verbs) => ('none' in verbs ? [] : verbs)));
    for (const { name } of leaves()) {
      expect(calling.has(name) || NO_CALL[name] !== undefined, `drover ${name}`).toBe(true);
    }
  });
});
