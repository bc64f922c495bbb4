import { createContext } from 'react';

/** What is looked for in the row around; null in every other row. */
export const FindContext = createContext<string | null>(null);
