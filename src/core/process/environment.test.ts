import { expect, test } from 'vitest';
import { agentEnvironment } from './environment.ts';

test('agentEnvironment keeps what the user set and drops what belongs to others', () => {
  const kept = {
    PATH: '/bin',
    ANTHROPIC_API_KEY: 'k',
    ANTHROPIC_BASE_URL: 'http://x',
    CLAUDE_CONFIG_DIR: '/c',
    CLAUDE_CODE_USE_BEDROCK: '1',
    CLAUDE_CODE_DISABLE_EXPERIMENTAL_BETAS: '1',
    CLAUDE_CODE_EXTRA_BODY: '{}',
    NODE_OPTIONS: '--max-old-space-size=4096',
    npm_config_registry: 'http://registry.test',
    GIT_SSH_COMMAND: 'ssh',
    NPM_TOKEN: 'n',
  };
  const dropped = {
    DROVER_TOKEN: 'secret',
    ELECTRON_RUN_AS_NODE: '1',
    GIT_DIR: '/g',
    GIT_WORK_TREE: '/w',
    GIT_INDEX_FILE: '/i',
    UNSET: undefined,
  };
  const here = { NO_PROXY: '127.0.0.1,localhost,::1', no_proxy: '127.0.0.1,localhost,::1' };
  expect(agentEnvironment({ ...kept, ...dropped }, { DROVER_TASK: 'a1' })).toEqual({
    ...kept,
    ...here,
    DROVER_TASK: 'a1',
  });
});
