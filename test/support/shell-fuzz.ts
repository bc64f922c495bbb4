// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the text is for a shell

/** The same letters, written so that the shell reads them as before. */
export const disguises: ((word: string) => string)[] = [
  (word) => word,
  (word) => `\\${word}`,
  (word) => `${word.slice(0, 1)}""${word.slice(1)}`,
  (word) => `'${word}'`,
  (word) => `"${word.slice(0, 1)}"${word.slice(1)}`,
  (word) => `$'${[...word].map((letter) => `\\x${letter.charCodeAt(0).toString(16)}`).join('')}'`,
  (word) => `${word.slice(0, 1)}\\\n${word.slice(1)}`,
];

/** Ways to put one command inside another text so that a shell may run it. */
export const wrappers: ((inner: string, other: string) => string)[] = [
  (inner, other) => `${other}; ${inner}`,
  (inner, other) => `${inner}; ${other}`,
  (inner, other) => `${other} && ${inner}`,
  (inner, other) => `${other} || ${inner}`,
  (inner, other) => `${other} | ${inner}`,
  (inner, other) => `${other} & ${inner}`,
  (inner, other) => `${other}\n${inner}`,
  (inner, other) => `${other} # comment\n${inner}`,
  // The blanks matter: `$((` would begin a number.
  (inner) => ` (${inner}) `,
  (inner) => `{ ${inner}; }`,
  (inner) => `! ${inner}`,
  (inner) => `time ${inner}`,
  (inner) => `echo $(${inner})`,
  (inner) => `echo "a $(${inner}) b"`,
  (inner) => `x=$(${inner})`,
  (inner) => `cat <(${inner})`,
  (inner) => `if ${inner}; then ls; fi`,
  (inner) => `if ls; then ${inner}; fi`,
  (inner) => `if ls; then ls; elif ls; then ls; else ${inner}; fi`,
  (inner) => `while ls; do ${inner}; done`,
  (inner) => `until ${inner}; do ls; done`,
  (inner) => `for x in a b; do ${inner}; done`,
  (inner) => `for x in $(${inner}); do ls; done`,
  (inner) => `for ((i=0;i<1;i++)); do ${inner}; done`,
  (inner) => `case a in a) ${inner};; esac`,
  (inner) => `go_on() { ${inner}; }; go_on`,
  (inner) => `[[ -n $(${inner}) ]]`,
  (inner) => `echo $(( $(${inner}) + 1 ))`,
  (inner) => `cat <<END\n$(${inner})\nEND\n`,
  (inner) => `cat <<< "$(${inner})"`,
  (inner) => `echo \${x:-$(${inner})}`,
  (inner) => `a=(1 $(${inner}))`,
  (inner) => `{ ${inner}; } > out.txt 2>&1`,
  (inner) => `cd src && ${inner}`,
  (inner) => `sh -c '${inner.replaceAll("'", "'\\''")}'`,
  (inner) => `eval '${inner.replaceAll("'", "'\\''")}'`,
  (inner) => `trap '${inner.replaceAll("'", "'\\''")}' EXIT`,
];

/** What commands are made of, for texts at random. */
export const shellBits: readonly string[] = [
  ...' \n\t;&|<>(){}[]$`\'"\\*?~#!=-./aAxé\u0000\u200b0'.split(''),
  ...'$( ${ << (( [[ cd rm do for in eval git push sed npm test sudo sh -c'.split(' '),
];
