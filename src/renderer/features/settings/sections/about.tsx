import { Button, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { SystemStatus } from '../../../../contract/system/state.ts';
import { openSettings } from '../../../app/window-state.ts';
import { wordsOf } from '../../../state/act.ts';
import { useStore } from '../../../state/hooks.ts';
import { notifyDone } from '../../../ui/notify.ts';
import { labels } from '../labels.ts';
import { reportOf } from '../report.logic.ts';
import { Row } from '../row.tsx';
import classes from '../settings.module.css';
import { useSave } from '../use-save.ts';

const QUIET = { kind: 'quiet' } as const;

/** What this is, how to report a problem, and the way to the licences. */
export function About() {
  const { client, connection } = useStore();
  const [status, setStatus] = useState<SystemStatus | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    client.system.status().then(setStatus, (error: unknown) => setProblem(wordsOf(error)));
  }, [client]);
  const report = useSave(async () => {
    if (status === null) return;
    const platform = connection.desktop?.platform ?? null;
    const text = reportOf({ status, platform, browser: navigator.userAgent, now: Date.now() });
    await navigator.clipboard.writeText(text);
    notifyDone(labels.reportCopied);
  });
  const facts = [
    [labels.version, status?.version],
    [labels.shownIn, connection.desktop === null ? labels.browser : labels.desktopApp],
    [labels.address, status?.address],
    [labels.logFile, status?.logFile],
  ] as const;
  return (
    <>
      {problem !== null && <Text size="sm">{problem}</Text>}
      <div className={classes.card}>
        {facts.map(([label, words]) => (
          <Row key={label} label={label} help="" state={QUIET}>
            {(naming) => (
              <Text size="sm" ta="end" className={classes.path} aria-labelledby={naming['aria-labelledby']} role="note">
                {words ?? '…'}
              </Text>
            )}
          </Row>
        ))}
      </div>
      <div className={classes.card}>
        <Row label={labels.problem} help={labels.problemHint} state={report.state}>
          {(naming) => (
            <Button
              className={classes.act}
              size="compact-sm"
              variant="default"
              disabled={status === null}
              aria-describedby={naming['aria-describedby']}
              onClick={() => void report.save(undefined)}
            >
              {labels.copyReport}
            </Button>
          )}
        </Row>
        <Row label={labels.licences} help={labels.licencesHint} state={QUIET}>
          {(naming) => (
            <Button
              className={classes.act}
              size="compact-sm"
              variant="default"
              aria-describedby={naming['aria-labelledby']}
              onClick={() => openSettings('licences')}
            >
              {labels.showLicences}
            </Button>
          )}
        </Row>
      </div>
    </>
  );
}
