import { describe, expect, it } from 'vitest';
import type { Project } from '../../contract/project/state.ts';
import { itemStatus } from '../../contract/task/state.ts';
import { containingProject, matchProject } from './choose-project.ts';
import { checkItemStatus, ITEM_STATUSES } from './ids.ts';
import { readItems } from './items-file.ts';
import { readDuration, readWhole } from './numbers.ts';
import { readSettingValue } from './setting-value.ts';

describe('statuses', () => {
  it('are those of the contract', () => {
    expect(ITEM_STATUSES).toEqual(itemStatus.options);
  });

  it('takes only the words of the contract for a status', () => {
    expect(checkItemStatus('in_progress')).toBe('in_progress');
    for (const word of ['in-progress', 'done', 'Completed', '']) {
      expect(() => checkItemStatus(word)).toThrow(`“${word}” is not a status of an item.`);
    }
  });
});

describe('numbers', () => {
  it('reads times', () => {
    expect(['90', '1.5', '500ms', '10m', '2h', '3s'].map((text) => readDuration(text, '--timeout'))).toEqual([
      90_000, 1500, 500, 600_000, 7_200_000, 3000,
    ]);
    for (const text of ['', 'm', '-5', '5 m', '1d', '1e3']) {
      expect(() => readDuration(text, '--timeout')).toThrow(
        `--timeout must be a time such as 90s, 10m or 2h, not “${text}”.`,
      );
    }
  });

  it('reads whole numbers', () => {
    expect(readWhole('7', '--retries', 0, 50)).toBe(7);
    expect(() => readWhole('51', '--retries', 0, 50)).toThrow(
      '--retries must be a whole number from 0 to 50, not “51”.',
    );
    expect(() => readWhole('1.5', '--from', 0, Number.MAX_SAFE_INTEGER)).toThrow(
      '--from must be a whole number from 0 on, not “1.5”.',
    );
  });
});

describe('readItems', () => {
  it('takes a line for an item, and list marks off', () => {
    expect(
      readItems('# Steps\n\n- one\r\n* two\n1. three\n2) four\n- [ ] five\n- [x] six\n  seven - 8\n-nine\n'),
    ).toEqual(['one', 'two', 'three', 'four', 'five', 'six', 'seven - 8', '-nine']);
  });
});

describe('readSettingValue', () => {
  it.each([
    ['5', 4, 5],
    ['five', 4, 'five'],
    ['5', 'text', '5'],
    ['null', null, null],
    ['null', 'text', 'null'],
    ['opus', null, 'opus'],
    ['true', false, true],
    ['yes', false, 'yes'],
  ])('%s, where the default is %j, is %j', (text, fallback, value) => {
    expect(readSettingValue(text, fallback)).toBe(value);
  });
});

describe('projects', () => {
  const project = (id: string, name: string, path: string) => ({ id, name, path }) as Project;
  const projects = [
    project('p00000001', 'api', '/src/api'),
    project('p00000002', 'web', '/src/web'),
    project('p00000003', 'web', '/src/api/web'),
  ];

  it('are found by id, name and path', () => {
    expect(matchProject(projects, 'p00000002', '/x').path).toBe('/src/web');
    expect(matchProject(projects, 'api', '/x').id).toBe('p00000001');
    expect(matchProject(projects, '../web', '/src/web').id).toBe('p00000002');
    expect(() => matchProject(projects, 'web', '/x')).toThrow('Several projects are named “web”; name one by its id.');
    expect(() => matchProject(projects, 'none', '/x')).toThrow(
      'There is no project with the id, name or path “none”. `drover project list` shows all.',
    );
  });

  it('contain a folder: the innermost does', () => {
    expect(containingProject(projects, '/src/api')?.id).toBe('p00000001');
    expect(containingProject(projects, '/src/api/lib/deep')?.id).toBe('p00000001');
    expect(containingProject(projects, '/src/api/web/x')?.id).toBe('p00000003');
    expect(containingProject(projects, '/src/apian')).toBeUndefined();
  });
});
