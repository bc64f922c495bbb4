import type { Command } from '../context.ts';

/** Files are completed by the shell itself, where nothing else fits. Words are handed over one by one, never as text. */
const BASH = `# Completion of drover for bash: source <(drover completion bash)
_drover() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    [[ -n $line ]] && COMPREPLY+=("$(printf '%q' "\${line%%$'\\t'*}")")
  done < <(command drover __complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -o nosort -F _drover drover 2>/dev/null || complete -o default -F _drover drover
`;

const ZSH = `#compdef drover
# Completion of drover for zsh: drover completion zsh > "\${fpath[1]}/_drover"
_drover() {
  local line value words_of=()
  while IFS= read -r line; do
    value=\${line%%$'\\t'*}
    value=\${value//:/\\\\:}
    [[ $line == *$'\\t'* ]] && value="$value:\${line#*$'\\t'}"
    [[ -n $value ]] && words_of+=("$value")
  done < <(command drover __complete -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null)
  if (( \${#words_of} )); then
    _describe -V 'drover' words_of
  else
    _files
  fi
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _drover "$@"
else
  compdef _drover drover
fi
`;

const FISH = `# Completion of drover for fish: drover completion fish > ~/.config/fish/completions/drover.fish
function __drover_complete
  set -l words (commandline -opc) (commandline -ct)
  command drover __complete -- $words[2..-1] 2>/dev/null
end
complete -c drover -f -n 'test -n "$(__drover_complete)"' -a '(__drover_complete)'
`;

const SCRIPTS: Record<string, string> = { bash: BASH, zsh: ZSH, fish: FISH };

export const run: Command = async (context, [shell = '']) => {
  context.out.write(SCRIPTS[shell] ?? '');
  return undefined;
};
