#!/usr/bin/env node
// What electron-builder wants of fpm for a Debian package, done by dpkg-deb, which every Debian has: fpm is a Ruby gem
// that is in no distribution. Called with fpm's arguments.
import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { capture } from '../electron/capture.mjs';

/** Options without a value. */
const FLAGS = new Set(['--force', '--debug']);
/** Options that may come more than once. */
const LISTS = new Set(['-d', '--deb-recommends']);
/** @type {Record<string, string>} */
const SCRIPTS = { '--after-install': 'postinst', '--after-remove': 'postrm' };

const { options, lists, inputs } = readArguments(process.argv.slice(2));
if (options['-t'] !== 'deb') {
  process.stderr.write('Only Debian packages can be made without fpm.\n');
  process.exit(1);
}
const scratch = mkdtempSync(join(tmpdir(), 'drover-deb-'));
try {
  const root = join(scratch, 'root');
  for (const { from, to } of inputs) place(from, join(root, to));
  const about = join(root, 'DEBIAN');
  mkdirSync(about, { recursive: true, mode: 0o755 });
  for (const [option, name] of Object.entries(SCRIPTS)) {
    const script = options[option];
    if (script === undefined) continue;
    copyFileSync(script, join(about, name));
    chmodSync(join(about, name), 0o755);
  }
  const kilobytes = (await capture('du', ['-sk', root])).split('\t')[0] ?? '0';
  writeFileSync(join(about, 'control'), control(kilobytes));
  const compression = `-Z${options['--deb-compression'] ?? 'xz'}`;
  await capture('dpkg-deb', ['--root-owner-group', compression, '--build', root, String(options['--package'])]);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** @param {string[]} words */
function readArguments(words) {
  /** @type {Record<string, string>} */
  const options = {};
  /** @type {Record<string, string[]>} */
  const lists = {};
  /** @type {{ from: string, to: string }[]} */
  const inputs = [];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (FLAGS.has(word)) continue;
    if (word.startsWith('-')) {
      const value = words.shift() ?? '';
      if (LISTS.has(word)) lists[word] = [...(lists[word] ?? []), value];
      else options[word] = value;
    } else {
      const cut = word.lastIndexOf('=/');
      inputs.push({ from: word.slice(0, cut), to: word.slice(cut + 1) });
    }
  }
  return { options, lists, inputs };
}

/**
 * @param {string} from a file, or a folder whose content is meant
 * @param {string} to
 */
function place(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
  // What fpm's callers leave in temporary files is often for their own eyes only.
  if (statSync(to).isFile()) chmodSync(to, statSync(to).mode | 0o444);
}

/** @param {string} kilobytes installed size */
function control(kilobytes) {
  const [short = '', ...long] = String(options['--description']).trim().split('\n');
  const fields = {
    Package: options['--name'],
    Version: options['--version'],
    Architecture: options['--architecture'],
    Maintainer: options['--maintainer'],
    'Installed-Size': kilobytes,
    Depends: lists['-d']?.join(', '),
    Recommends: lists['--deb-recommends']?.join(', '),
    Section: options['--category'] ?? 'default',
    Priority: options['--deb-priority'],
    Homepage: options['--url'],
    Description: [short, ...long.map((line) => ` ${line.trim() || '.'}`)].join('\n'),
  };
  const lines = Object.entries(fields).filter(([, value]) => value !== undefined && value !== '');
  return `${lines.map(([name, value]) => `${name}: ${value}`).join('\n')}\n`;
}
