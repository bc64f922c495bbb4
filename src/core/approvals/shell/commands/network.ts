import { asks, both, each, type Grammar } from '../grammar/grammar.ts';
import { judgeKind } from '../grammar/judge-words.ts';
import type { Found } from '../grammar/options.ts';
import { NETWORK, type Noted, type Reach } from '../reach.ts';
import type { Arg } from '../words.ts';

const away = 'sending work away';
const CURL = `[sSLfkigIvNGOJ#0146aqRZj] -o,--output:write -X,--request:plain -H,--header:text -d,--data,--data-ascii:text --data-raw:text --data-binary:text --data-urlencode:text --json:text -F,--form:text --form-string:text -u,--user:text -A,--user-agent:text -e,--referer:text -b,--cookie:text -c,--cookie-jar:write -m,--max-time:text --connect-timeout:text --retry:text --retry-delay:text --retry-max-time:text -w,--write-out:text -T,--upload-file:read --url:text -x,--proxy:text -r,--range:text -z,--time-cond:text -D,--dump-header:write --cacert:read --max-redirs:text --limit-rate:text --resolve:text --output-dir:write --create-dirs --silent --show-error --location --fail --fail-with-body --insecure --include --head --verbose --get --remote-name --remote-header-name --compressed --http1.1 --http2 --no-buffer --globoff --ipv4 --ipv6 --no-progress-meter --progress-bar --tlsv1.2 --proto:plain --retry-connrefused --retry-all-errors --version --help --parallel --noproxy:text --trace-time --location-trusted --basic --digest --anyauth`;
const HELD = /^(-d|--data-binary|--data-urlencode|--json|-F|-b|-w|-H)$/;

/** Data that is read from a file: behind `@` or `<`, or as a whole. */
function dataOfFiles({ given }: Found, reach: Reach, name: string): Noted {
  for (const { name: option, value, word } of given) {
    if (option === '--url' && value) addresses({ ...NO_WORDS, operands: [value] }, reach, name);
    if (!HELD.test(option) || !value) continue;
    if (option === '-b' && value.kind === 'literal' && !value.text.includes('='))
      judgeKind('read', value, word, reach, name);
    if (value.kind === 'dynamic') {
      reach.refuse('sending what is only known when the command runs');
      continue;
    }
    for (const file of filesIn(value)) judgeKind('read', file, word, reach, name);
  }
}

const NO_WORDS: Found = { given: [], operands: [], unknown: [], unsure: [], before: 0 };

function filesIn(value: Arg): Arg[] {
  return [...value.text.matchAll(/(?:^|[=,;])[@<]([^;,]+)/g)].map(([, path = '']) => ({
    ...value,
    text: path,
    tilde: path.startsWith('~'),
  }));
}

const GH_SHARED =
  '-R,--repo:text --json:plain -q,--jq:text -L,--limit:text -s,--state:plain --web! -w! -B,--base:plain -H,--head:plain -t,--title:text -b,--body:text -F,--body-file:read -d,--draft --fill --fill-first --fill-verbose -l,--label:text -a,--assignee:text -r,--reviewer:text -m,--milestone:text -p,--project:text --template:text --author:text -S,--search:text --name-only --patch --comments -c,--comments --log --log-failed -v --verbose --exit-status --interval:text --job:plain --ref:plain --workflow:plain --branch:plain --commit:plain --event:plain --dry-run --no-maintainer-edit --required --watch --fail-fast --add-label:text --remove-label:text --add-reviewer:text --edit-last';
const lists: Grammar = asks(away, GH_SHARED, 'text*');
const GH: Grammar = asks(away, GH_SHARED, '', {
  verbs: {
    pr: asks(away, '', '', {
      verbs: {
        ...each('create edit view list status checks diff comment review close reopen ready checkout co', lists),
        merge: asks(
          away,
          `${GH_SHARED} --squash --rebase --merge -s -m -r -d --delete-branch --auto --admin --disable-auto --subject:text`,
          'text*',
          { protects: 'push-default-branch' },
        ),
      },
    }),
    ...each(
      'issue run workflow label release repo search',
      asks(away, '', '', {
        verbs: {
          ...each(
            'create edit view list status comment close reopen watch download issues prs code repos commits',
            lists,
          ),
        },
      }),
    ),
    auth: asks(away, '', '', { verbs: { status: asks(away, '-h,--hostname:plain', '') } }),
    api: asks(
      away,
      '--paginate --jq:text -q:text -H:text -i --include --cache:text --hostname:plain -t:text --slurp --silent -X,--method:plain! -f,--raw-field:text! -F,--field:text! --input:read!',
      'text',
      {
        also: ({ given }, reach) => {
          const changes = given.some(
            ({ name, value }) =>
              /^-[fF]$|^--input$/.test(name) || (name === '-X' && value?.text.toUpperCase() !== 'GET'),
          );
          if (changes) reach.protect('push-default-branch');
        },
      },
    ),
  },
});

const DOCKER_BEFORE =
  '-f,--file:any -p,--project-name:plain --profile:plain --env-file:read --project-directory:any --context:plain -c:plain --log-level:plain -l:plain --ansi:plain --progress:plain';
const COMPOSE: Grammar = asks(away, DOCKER_BEFORE, '', {
  verbs: {
    ...each(
      'up down build ps logs restart start stop pull config top images ls version create kill rm pause unpause port wait watch',
      asks(
        away,
        '[dqatf] --detach --build --no-deps --force-recreate --remove-orphans -v --volumes --rmi:plain --timeout:text --tail:text --follow --no-cache --pull::plain --quiet --wait --wait-timeout:text --no-color --services --format:plain --scale:plain --abort-on-container-exit --exit-code-from:plain --no-log-prefix --since:text --timestamps --parallel:text --no-start --attach:plain --renew-anon-volumes -V --stop',
        'plain*',
      ),
    ),
  },
});

/** Programs that reach out: always a question, so what is understood of them is what an open rule may let through. */
export const NETWORKS: Readonly<Record<string, Grammar>> = {
  curl: asks(NETWORK, CURL, 'text*', {
    also: both(dataOfFiles, addresses),
  }),
  wget: asks(
    NETWORK,
    '[qcNSrkpELHnv4-] -O,--output-document:write -P,--directory-prefix:write -o,--output-file:write -a:write -T,--timeout:text -t,--tries:text -U,--user-agent:text --header:text --quiet --continue --no-check-certificate --spider --post-data:text --method:plain -l:text -A:text -R:text --show-progress --no-verbose --no-clobber -nc -nv --server-response --version --help --max-redirect:text',
    'text*',
    { also: addresses },
  ),
  gh: GH,
  'docker-compose': COMPOSE,
  ...each(
    'docker podman',
    asks(away, '--context:plain -c:plain -l,--log-level:plain -D --debug', '', {
      verbs: {
        compose: COMPOSE,
        ...each(
          'ps images logs inspect version info stats top port diff history search events',
          asks(
            away,
            '[aqflsn] --all --quiet --filter:text --format:text --no-trunc --size --last:text --tail:text --follow --since:text --until:text --timestamps --no-stream --latest',
            'plain*',
          ),
        ),
        ...each(
          'start stop restart kill rm rmi pause unpause wait',
          asks(away, '[fvta] --force --time:text --volumes --signal:plain', 'plain*'),
        ),
        ...each(
          'build',
          asks(
            away,
            '[q] -t,--tag:plain -f,--file:any --target:plain --build-arg:text --no-cache --pull --platform:plain --progress:plain --quiet --load --label:text',
            'any',
          ),
        ),
        pull: asks(away, '[qa] --platform:plain --quiet', 'plain'),
      },
    }),
  ),
  kubectl: asks(
    away,
    '-n,--namespace:plain --context:plain -o,--output:plain -A,--all-namespaces -l,--selector:text -w,--watch -f,--filename:any -R --recursive --dry-run:plain --tail:text --since:text -c,--container:plain -p,--previous --follow --show-labels --no-headers --field-selector:text --sort-by:text',
    '',
    {
      verbs: {
        ...each(
          'get describe logs explain top version rollout diff apply create api-resources cluster-info events',
          asks(away, '', 'text*', { also: secrets }),
        ),
      },
    },
  ),
  ...each(
    'terraform tofu',
    asks(away, '-chdir:folder', '', {
      dashes: 'single',
      verbs: {
        ...each(
          'init plan validate fmt show output providers version graph',
          asks(
            away,
            '-var:text -var-file:any -out:write -no-color -input:plain -check -recursive -diff -json -upgrade -reconfigure -backend:plain -target:plain -refresh:plain -lock:plain -detailed-exitcode -compact-warnings',
            'any*',
            { dashes: 'single' },
          ),
        ),
      },
    }),
  ),
};

/** A secret of a cluster is a key. */
function secrets({ operands }: Found, reach: Reach): Noted {
  if (operands.some(({ text }) => /^secrets?(\/|,|$)/.test(text))) reach.protect('key-files');
}

/** What is fetched may be a file of this machine. */
function addresses({ operands }: Found, reach: Reach, name: string): Noted {
  for (const operand of operands) {
    if (operand.kind === 'dynamic') reach.refuse('an address that is only known when the command runs');
    const path = /^file:\/*(\/.*)$/i.exec(operand.text)?.[1];
    if (path !== undefined) judgeKind('read', { ...operand, text: path }, operand, reach, name);
  }
}
