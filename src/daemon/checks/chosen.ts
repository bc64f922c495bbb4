import { type SettingKey, settings } from '../../contract/settings/state.ts';
import type { ChosenProgram } from '../../core/process/locate-program.ts';

/** The programs that a person chose in the settings; what is stored there is checked. */
export function chosenIn(
  stored: Readonly<Record<string, unknown>>,
): Record<'claude' | 'git' | 'shell', ChosenProgram | null> {
  const of = (key: SettingKey & `${string}.program`): ChosenProgram | null => {
    const argv = settings.shape[key].safeParse(stored[key] ?? null).data ?? null;
    return argv && { argv, where: `the setting ${key}` };
  };
  return { claude: of('agent.claude.program'), git: of('git.program'), shell: of('shell.program') };
}
