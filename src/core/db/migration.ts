/** A step of the schema. `id` counts from 1 without a gap; a step that has been released is never edited. */
export interface Migration {
  id: number;
  name: string;
  sql: string;
}
