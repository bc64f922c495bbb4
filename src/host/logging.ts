import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { pino, stdTimeFunctions } from 'pino';
import { createStream } from 'rotating-file-stream';
import type { Logger } from '../core/base/logger.ts';
import { mask, maskText } from './mask.ts';

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LEVELS)[number];

export interface Logging {
  readonly logger: Logger;
  /** The file that is written to now; older ones beside it end in `.1` to `.4`. */
  readonly file: string;
  /** For loggers that exist already, too. */
  setLevel(level: LogLevel): void;
  /** A text that must never stand in the log. */
  addSecret(secret: string): void;
  /** Resolves when everything has been written. */
  close(): Promise<void>;
}

export interface LoggingOptions {
  dataFolder: string;
  level?: LogLevel;
  /** When a file is full; with a unit, such as `10M`. */
  fileSize?: `${number}${'K' | 'M'}`;
}

export function logFileOf(dataFolder: string): string {
  return path.join(dataFolder, 'logs', 'drover.log');
}

/**
 * Lines of JSON in `<data folder>/logs/drover.log`, readable by this user only, at most five files of 10 MB. Secrets are
 * hidden before a line is made. A log that cannot be written (a full disk) is lost, and nothing else is.
 */
export function createLogging({ dataFolder, level = 'info', fileSize = '10M' }: LoggingOptions): Logging {
  const file = logFileOf(dataFolder);
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const stream = createStream((index) => `drover.log${index ? `.${index}` : ''}`, {
    path: path.dirname(file),
    size: fileSize,
    rotate: 4,
    mode: 0o600,
  });
  stream.on('error', () => {});
  stream.on('warning', () => {});
  const sink = pino({ level: 'debug', base: { pid: process.pid }, timestamp: stdTimeFunctions.isoTime }, stream);
  const secrets = new Set<string>();
  let threshold = LEVELS.indexOf(level);

  const loggerWith = (bound: Record<string, unknown>): Logger => {
    const write = (at: LogLevel) => (message: string, fields?: Record<string, unknown>) => {
      if (LEVELS.indexOf(at) < threshold) return;
      sink[at](mask({ ...bound, ...fields }, secrets) as object, maskText(message, secrets));
    };
    return {
      debug: write('debug'),
      info: write('info'),
      warn: write('warn'),
      error: write('error'),
      child: (fields) => loggerWith({ ...bound, ...fields }),
    };
  };

  let closing: Promise<void> | null = null;
  return {
    logger: loggerWith({}),
    file,
    setLevel: (next) => {
      threshold = LEVELS.indexOf(next);
    },
    addSecret: (secret) => void secrets.add(secret),
    close() {
      closing ??= new Promise((resolve) => {
        stream.once('close', resolve);
        stream.once('error', () => resolve());
        stream.end();
      });
      return closing;
    },
  };
}
