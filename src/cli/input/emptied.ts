/** The values of a repeated option; one empty value stands for an empty list. */
export function unlessEmptied(values: string[]): string[] {
  return values.length === 1 && values[0] === '' ? [] : values;
}
