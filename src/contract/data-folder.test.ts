import { describe, expect, it } from 'vitest';
import { dataFolder } from './data-folder.ts';

describe('dataFolder', () => {
  const home = '/home/ann';

  it('takes DROVER_DATA on every system', () => {
    for (const platform of ['linux', 'darwin', 'win32']) {
      expect(dataFolder({ platform, env: { DROVER_DATA: '/d', XDG_DATA_HOME: '/x' }, home })).toBe('/d');
    }
  });

  it('follows XDG on Linux, and ignores a relative XDG_DATA_HOME', () => {
    expect(dataFolder({ platform: 'linux', env: {}, home })).toBe('/home/ann/.local/share/drover');
    expect(dataFolder({ platform: 'linux', env: { DROVER_DATA: '', XDG_DATA_HOME: '/x/' }, home })).toBe('/x/drover');
    expect(dataFolder({ platform: 'linux', env: { XDG_DATA_HOME: 'x' }, home })).toBe('/home/ann/.local/share/drover');
  });

  it('uses the places of macOS and Windows', () => {
    expect(dataFolder({ platform: 'darwin', env: { XDG_DATA_HOME: '/x' }, home: '/Users/ann' })).toBe(
      '/Users/ann/Library/Application Support/Drover',
    );
    expect(dataFolder({ platform: 'win32', env: { LOCALAPPDATA: 'C:\\L' }, home: 'C:\\Users\\ann' })).toBe(
      'C:\\L\\Drover\\Data',
    );
    expect(dataFolder({ platform: 'win32', env: {}, home: 'C:\\Users\\ann' })).toBe(
      'C:\\Users\\ann\\AppData\\Local\\Drover\\Data',
    );
  });
});
