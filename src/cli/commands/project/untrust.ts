import { trust } from './trust.ts';

export const run = trust(false);
