import './ui/first-paint.ts';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './ui/base.css';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { connect } from './connection/connection.ts';
import { createSession } from './state/session.ts';

const session = createSession(connect());
session.run(new AbortController().signal).catch((error: unknown) => {
  // Only a refused subscription ends here: a mistake of ours, which must not go unseen.
  queueMicrotask(() => {
    throw error;
  });
});
const root = document.getElementById('root');
// At once, so that what V8 compiles for it is in the code that the browser keeps of this script for the next start.
if (root) flushSync(() => createRoot(root).render(<App session={session} />));
