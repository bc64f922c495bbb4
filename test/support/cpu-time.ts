/**
 * How much processor time this process has used, in milliseconds. For tests of how much work something is: unlike the
 * time of day it does not grow while other tests have the processor.
 */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
