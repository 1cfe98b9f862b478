import { z } from 'zod';
import { Settings } from './settings';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The JSON Schema (2020-12) of `handover.yaml` as it is written, for editors: what has a default may be left out. */
export function settingsJsonSchema(): JsonSchema {
  const schema = z.toJSONSchema(Settings, {
    io: 'input',
    override({ jsonSchema }) {
      // Socket Mode is meant where nothing is said (`withReceive`).
      const { receive } = jsonSchema.properties ?? {};
      if (typeof receive !== 'object' || receive.const !== 'socket') return;
      jsonSchema.required = (jsonSchema.required ?? []).filter((name) => name !== 'receive');
    },
  });
  return { title: 'handover.yaml', description: ABOUT, ...schema };
}

const ABOUT = 'Settings of Handover, read by bot and workers, each its part.';

/** The keys that may stand at a place of the file. */
export function keysAt(schema: JsonSchema, path: readonly PropertyKey[]): readonly string[] {
  const [step, ...rest] = path;
  const branches = [schema, ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].filter(isSchema)];
  if (step === undefined) return branches.flatMap(({ properties }) => Object.keys(properties ?? {}));
  return branches.flatMap(({ properties, additionalProperties, items }) => {
    const next: unknown =
      typeof step === 'number' ? items : (properties?.[String(step)] ?? additionalProperties);
    return isSchema(next) ? keysAt(next, rest) : [];
  });
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
