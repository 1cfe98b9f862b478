import { importsOf, nameOf, textOf, walk, type Node } from './syntax';

/** Names that are a clock or randomness wherever they stand as a value. */
const NAMES = new Set(['setTimeout', 'setInterval', 'setImmediate', 'performance']);
/** Members that are, whatever object they belong to. */
const MEMBERS = new Set([
  'randomUUID',
  'randomBytes',
  'randomInt',
  'randomFillSync',
  'getRandomValues',
  'hrtime',
]);
/** Members of one object. */
const MEMBERS_OF: Readonly<Record<string, readonly string[]>> = {
  Date: ['now'],
  Math: ['random'],
  AbortSignal: ['timeout'],
  process: ['uptime'],
  globalThis: [...NAMES],
  global: [...NAMES],
};
const MODULES = /^(node:)?(timers|timers\/promises|perf_hooks)$/;
const CRYPTO = /^(node:)?crypto$/;
/** Fields in which an identifier is a label and not the thing of that name. */
const LABELS = new Set(['key', 'property', 'label', 'imported', 'orig', 'exported']);

/** Every use of a clock or of randomness that a file makes past the Clock and Random ports, as written. */
export function ambientUses(tree: Node): string[] {
  const uses = importsOf(tree).flatMap(({ specifier, names }) => {
    if (specifier !== null && MODULES.test(specifier)) return [`import of ${specifier}`];
    if (specifier === null || !CRYPTO.test(specifier)) return [];
    return names.filter((name) => MEMBERS.has(name) || name === 'webcrypto');
  });
  walk(tree, (node, field, parent) => {
    const use = useIn(node, field, parent);
    if (use !== undefined) uses.push(use);
  });
  return uses;
}

function useIn(node: Node, field: string, parent: Node | undefined): string | undefined {
  switch (node.type) {
    case 'Identifier':
      return bareUse(nameOf(node), LABELS.has(field) || parent?.type === 'ImportSpecifier');
    case 'MemberExpression':
      return memberUse(nameOf(node['object']), nameOf(node['property']) ?? computedName(node['property']));
    case 'VariableDeclarator':
      return unpackedUse(nameOf(node['init']), node['id']);
    case 'NewExpression':
      return nameOf(node['callee']) === 'Date' && !hasArguments(node) ? 'new Date()' : undefined;
    case 'CallExpression':
      return nameOf(node['callee']) === 'Date' ? 'Date()' : undefined;
    default:
      return undefined;
  }
}

function bareUse(name: string | undefined, isLabel: boolean): string | undefined {
  return name !== undefined && NAMES.has(name) && !isLabel ? name : undefined;
}

function hasArguments(node: Node): boolean {
  return ((node['arguments'] ?? []) as unknown[]).length > 0;
}

function memberUse(object: string | undefined, member: string | undefined): string | undefined {
  if (member === undefined) return undefined;
  const isForbidden = MEMBERS.has(member) || MEMBERS_OF[object ?? '']?.includes(member) === true;
  return isForbidden ? `${object ?? '…'}.${member}` : undefined;
}

/** `object['member']`. */
function computedName(property: unknown): string | undefined {
  return textOf((property as { expression?: unknown } | undefined)?.expression);
}

/** `const { now } = Date`. */
function unpackedUse(object: string | undefined, pattern: unknown): string | undefined {
  const fields = ((pattern as { properties?: Node[] } | undefined)?.properties ?? []).map((field) =>
    nameOf(field['key']),
  );
  return fields.map((field) => memberUse(object, field)).find((use) => use !== undefined);
}
