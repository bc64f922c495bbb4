import type { ContractRouterClient } from '@orpc/contract';
import type { Api } from './api.ts';

/** What every client is written against; it does not know the carrier. */
export type Client = ContractRouterClient<Api>;
