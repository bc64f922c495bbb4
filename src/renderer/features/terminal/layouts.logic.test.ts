import { expect, it } from 'vitest';
import {
  type Layout,
  layoutFor,
  layoutIn,
  orderWith,
  readLayouts,
  showing,
  splitWith,
  withLayout,
  withoutActive,
} from './layouts.logic.ts';

const of = (active: string | null, panes: string[] = [], direction: Layout['direction'] = 'row') => ({
  active,
  panes,
  direction,
});

it('keeps the layouts that were changed last, and no more of them than is of use', () => {
  let layouts = readLayouts(null);
  for (let at = 0; at < 200; at += 1) layouts = withLayout(layouts, `p${at}`, of(`k${at}`, [`k${at}`, 'k']));
  layouts = withLayout(layouts, 'p170', of('again', [], 'column'));
  expect(layouts.length).toBe(50);
  expect(layoutIn(layouts, 'p170').active).toBe('again');
  expect(layoutIn(layouts, 'p199').active).toBe('k199');
  expect(layoutIn(layouts, 'p0').active).toBeNull();
  expect(readLayouts(JSON.stringify(layouts))).toEqual(layouts);
});

it.each(['', '{', '5', '{"a":1}', '[1,null,["a"],["a",5],[5,{}]]'])('passes over %s', (text) => {
  expect(readLayouts(text)).toEqual([]);
});

it('reads what is odd as if it were not there', () => {
  const odd = JSON.stringify([['p', { active: 5, panes: ['a', 5, 'b', 'c', 'd', 'e'], direction: 'diagonal' }]]);
  expect(layoutIn(readLayouts(odd), 'p')).toEqual(of(null, ['a', 'b', 'c', 'd']));
});

it('has one in sight to begin with, and leaves out those that are gone', () => {
  expect(layoutFor(of(null), [])).toEqual(of(null));
  expect(layoutFor(of(null), ['a', 'b'])).toEqual(of('a', ['a']));
  expect(layoutFor(of('b', ['a', 'b', 'b', 'gone']), ['a', 'b', 'c'])).toEqual(of('b', ['a', 'b']));
  expect(layoutFor(of('gone', ['gone', 'b', 'c']), ['a', 'b', 'c'])).toEqual(of('b', ['b', 'c']));
});

it('splits, shows in a pane what is asked for, and takes panes away', () => {
  let layout = layoutFor(of(null), ['a', 'b', 'c', 'd', 'e']);
  layout = splitWith(layout, 'b', 'row');
  expect(layout).toEqual(of('b', ['a', 'b']));
  layout = splitWith(showing(layout, 'a'), 'c', 'column');
  expect(layout).toEqual(of('c', ['a', 'c', 'b'], 'column'));
  layout = showing(layout, 'd');
  expect(layout).toEqual(of('d', ['a', 'd', 'b'], 'column'));
  layout = showing(layout, 'b');
  expect(layout).toEqual(of('b', ['a', 'd', 'b'], 'column'));
  expect(splitWith(splitWith(layout, 'e', 'row'), 'f', 'row').panes).toHaveLength(4);
  layout = withoutActive(layout);
  expect(layout).toEqual(of('d', ['a', 'd'], 'column'));
  expect(withoutActive(showing(layout, 'a'))).toEqual(of('d', ['d'], 'column'));
});

it('moves one to the place of another', () => {
  expect(orderWith(['a', 'b', 'c'], 'a', 1)).toEqual(['b', 'a', 'c']);
  expect(orderWith(['a', 'b', 'c'], 'a', 2)).toEqual(['b', 'c', 'a']);
  expect(orderWith(['a', 'b', 'c'], 'c', 0)).toEqual(['c', 'a', 'b']);
});
