import { changes, each, type Grammar, reads } from '../grammar/grammar.ts';
import type { Found } from '../grammar/options.ts';
import { type Noted, type Reach, shown } from '../reach.ts';
import { judgeVariable } from '../variables.ts';

/** Options of `set` that only say when a script ends, and what it prints. */
const SET = '[eux] -o:plain';

/** What the shell itself does, and the little that is done to processes. */
export const SYSTEM: Readonly<Record<string, Grammar>> = {
  set: reads(SET, 'text*', { also: judgeSet }),
  kill: changes(
    '-s:plain -l -0 -1 -2 -3 -6 -9 -15 -TERM -KILL -INT -HUP -QUIT -USR1 -USR2 -SIGTERM -SIGKILL -SIGINT -SIGHUP',
    'text*',
    { dashes: 'single', also: judgeKill },
  ),
  jobs: reads('[lpnrs]', 'plain*'),
  times: reads('', ''),
  wait: reads('[fn]', 'text*', { also: plainWords }),
  umask: reads('[Sp]', 'text', { also: plainWords }),
  ulimit: reads('[aHS] -n:plain -c:plain -s:plain -u:plain -v:plain -f:plain -t:plain -m:plain', 'plain'),
  printenv: reads('[0] --null', 'plain*'),
  unset: reads('[fv]', 'plain*', { also: (found, reach) => names(found, reach) }),
  ...each(
    'mapfile readarray',
    reads('[t] -d:text -n:text -O:text -s:text', 'plain', { also: (found, reach) => names(found, reach) }),
  ),
  read: reads('[ers] -a:plain -d:text -n:text -N:text -p:text -t:text -i:text', 'plain*', {
    also: (found, reach, name) => {
      names(found, reach);
      for (const { name: option, value } of found.given) {
        if (option === '-a' && value) judgeVariable(value.text, reach);
        if (/^-[nNt]$/.test(option) && value && !/^[\d.]+$/.test(value.text))
          reach.refuse(`\`${name}\` with a number that is only known when it runs`);
      }
    },
  }),
  getopts: reads('', 'text plain text*', {
    also: ({ operands: [, name] }, reach) => (name ? judgeVariable(name.text, reach) : undefined),
  }),
  ...each('export readonly local', reads('[rxp]', 'plain*', { also: (found, reach) => names(found, reach) })),
  ...each('declare typeset', reads('[aArxgp]', 'plain*', { also: (found, reach) => names(found, reach) })),
};

/** Some shells work out what stands here as a number. */
function plainWords({ operands }: Found, reach: Reach, name: string): Noted {
  if (operands.some(({ kind, text }) => kind !== 'literal' || !/^[\w%!+=,-]*$/.test(text))) {
    reach.refuse(`\`${name}\` with a word that is only known when it runs`);
  }
}

/** Only plain names: what stands in brackets behind one is worked out. */
function names({ operands }: Found, reach: Reach): Noted {
  for (const { text, kind } of operands) {
    const name = text.replace(/\+?=.*$/s, '');
    if (kind !== 'literal' || !/^[A-Za-z_]\w*$/.test(name))
      reach.refuse(`a variable that is not plain (\`${shown(text)}\`)`);
    else judgeVariable(name, reach);
  }
}

function judgeSet({ given, operands, before }: Found, reach: Reach): Noted {
  if (operands.slice(0, before).some(({ text }) => text.startsWith('+') && !/^\+[eux]+$/.test(text))) {
    reach.refuse('`set` with options that change what later commands mean');
  }
  for (const { name, value } of given) {
    if (name === '-o' && !/^(pipefail|errexit|nounset|xtrace|noclobber)$/.test(value?.text ?? '')) {
      reach.refuse(`\`set -o ${shown(value?.text ?? '')}\`, which changes what later commands mean`);
    }
  }
}

/** Only what this very command has started. */
function judgeKill({ operands }: Found, reach: Reach): Noted {
  if (operands.length === 0 || operands.some(({ text }) => !/^%[\w!+-]*$/.test(text))) {
    reach.refuse('ending a process by its number', 'whole');
  }
}
