import { notifyDone, notifyProblem } from './notify.ts';

/** Copies and says so. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    notifyDone('Copied.');
  } catch {
    notifyProblem('The clipboard could not be reached.');
  }
}
