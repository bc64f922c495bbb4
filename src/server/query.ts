import * as z from 'zod';

/**
 * Texts of a query string as the types that the input of the call asks for: `limit=5` becomes a number, `live=true` a
 * boolean, a single `status=running` a list of one. What does not look like its type is left as it is, and refused with
 * the name of its key when the input is checked.
 */
export function readQuery(input: unknown, schema: unknown): unknown {
  if (!(schema instanceof z.ZodObject) || typeof input !== 'object' || input === null) return input;
  const read: Record<string, unknown> = { ...input };
  for (const [key, value] of Object.entries(read)) {
    const wanted = Object.hasOwn(schema.shape, key) ? unwrap(schema.shape[key]) : undefined;
    if (wanted instanceof z.ZodArray) {
      if (typeof value === 'string') read[key] = [value];
    } else if (typeof value === 'string') {
      if (wanted instanceof z.ZodNumber && /^-?\d+(\.\d+)?$/.test(value)) read[key] = Number(value);
      if (wanted instanceof z.ZodBoolean && (value === 'true' || value === 'false')) read[key] = value === 'true';
    }
  }
  return read;
}

function unwrap(schema: unknown): unknown {
  let inner = schema;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault || inner instanceof z.ZodNullable) {
    inner = inner.unwrap();
  }
  return inner;
}
