import { type MantineColorsTuple, virtualColor } from '@mantine/core';

/**
 * The colours that Mantine's parts are drawn with. A hue says a state and nothing else: amber needs a person, red is a
 * failure or a danger, green is done, blue is running. Everything that can be pressed is in ink.
 */
const amber: MantineColorsTuple = [
  '#fff8e6',
  '#ffefcc',
  '#ffe0a1',
  '#ffcd6b',
  '#fbb93f',
  '#efa01b',
  '#d98608',
  '#a65f00',
  '#8a4d00',
  '#6f3c00',
];

const red: MantineColorsTuple = [
  '#fff1f0',
  '#fde3e1',
  '#fac5c2',
  '#f59c97',
  '#ee6f69',
  '#e24c45',
  '#d0342c',
  '#c02a22',
  '#a3211b',
  '#851915',
];

const green: MantineColorsTuple = [
  '#ecfaf1',
  '#d7f3e1',
  '#aee5c3',
  '#7dd3a0',
  '#4fbe7f',
  '#2fa865',
  '#1f8a50',
  '#1a7544',
  '#155f38',
  '#104b2c',
];

const blue: MantineColorsTuple = [
  '#eff5ff',
  '#dceaff',
  '#b7d3ff',
  '#8ab6fb',
  '#5f99f3',
  '#3f80e8',
  '#2c6bd4',
  '#215ab8',
  '#1a4a99',
  '#143b7c',
];

const gray: MantineColorsTuple = [
  '#f7f8f9',
  '#eff1f3',
  '#e4e7ea',
  '#d9dde1',
  '#c5cbd1',
  '#9aa2ab',
  '#79828c',
  '#5b636b',
  '#3d444b',
  '#22272c',
];

const dark: MantineColorsTuple = [
  '#e3e5e8',
  '#c6cad0',
  '#a3aab2',
  '#7d858e',
  '#42474f',
  '#32363c',
  '#26292e',
  '#1b1d20',
  '#17181b',
  '#111214',
];

/** Mantine takes other shades of a colour in the dark, so ink has two of its own. */
const inkOnLight: MantineColorsTuple = [
  '#f5f6f7',
  '#eceef1',
  '#e1e4e8',
  '#ced3d9',
  '#a4abb4',
  '#737c86',
  '#4c545d',
  '#262b31',
  '#3b424a',
  '#191d21',
];

const inkOnDark: MantineColorsTuple = [
  '#f1f2f4',
  '#e9ebee',
  '#d5d8dc',
  '#dfe2e6',
  '#e3e5e8',
  '#e3e5e8',
  '#e3e5e8',
  '#ffffff',
  '#a3aab2',
  '#565c64',
];

export const colors = {
  'ink-on-light': inkOnLight,
  'ink-on-dark': inkOnDark,
  ink: virtualColor({ name: 'ink', light: 'ink-on-light', dark: 'ink-on-dark' }),
  needs: amber,
  danger: red,
  done: green,
  running: blue,
  // Under the names that Mantine has for them too: it takes some by itself.
  orange: amber,
  yellow: amber,
  red,
  teal: green,
  green,
  blue,
  gray,
  dark,
};
