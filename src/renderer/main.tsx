import './app/first-paint.ts';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './ui/fonts.css';
import './ui/tokens.css';
import './ui/base.css';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { LogReplaced } from '../contract/connection/follow.ts';
import { App } from './app.tsx';
import { connect } from './connection/connection.ts';
import { createStore } from './state/store.ts';

const store = createStore(connect());
store.run(new AbortController().signal).catch((error: unknown) => {
  // Whatever the page shows may be wrong: it begins again.
  if (error instanceof LogReplaced) return location.reload();
  // Only a refused subscription ends here: a mistake of ours, which must not go unseen.
  queueMicrotask(() => {
    throw error;
  });
});
const root = document.getElementById('root');
// At once, so that what V8 compiles for it is in the code that the browser keeps of this script for the next start.
if (root) flushSync(() => createRoot(root).render(<App store={store} />));
