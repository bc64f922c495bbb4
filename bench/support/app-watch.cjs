// Loaded into the app before its own code, and told by lines on stdin what to do. `timers`: says on stdout, as JSON, how
// many milliseconds each timer has that is set and, of those that rang since the last time, how many they had; Node's
// own timers are among them. `close`: closes every window, as a person would.
const { createHook } = require('node:async_hooks');
const { createInterface } = require('node:readline');
const { BrowserWindow } = require('electron');

/** @type {Map<number, { ref: WeakRef<object>, ms: number }>} */
const set = new Map();
/** @type {number[]} */
let rung = [];
createHook({
  init(id, type, _trigger, timer) {
    if (type === 'Timeout') set.set(id, { ref: new WeakRef(timer), ms: timer._idleTimeout });
  },
  before(id) {
    const timer = set.get(id);
    if (timer) rung.push(timer.ms);
  },
  destroy(id) {
    set.delete(id);
  },
}).enable();

createInterface({ input: process.stdin }).on('line', (line) => {
  if (line === 'close') for (const window of BrowserWindow.getAllWindows()) window.close();
  if (line !== 'timers') return;
  const waiting = [...set.values()].filter(({ ref }) => ref.deref() !== undefined).map(({ ms }) => ms);
  process.stdout.write(`timers ${JSON.stringify({ waiting, rung })}\n`);
  rung = [];
});
