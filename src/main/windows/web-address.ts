/** Only https, and http to a port of this machine: other schemes start other programs. */
export function isWebAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  const isOwn = /^127\.\d+\.\d+\.\d+$/.test(hostname) || hostname === '[::1]';
  return protocol === 'https:' || (protocol === 'http:' && isOwn);
}
