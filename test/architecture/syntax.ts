import { parseSync } from '@swc/core';

/** A node of the parser's tree; its fields differ by `type`. */
export type Node = { readonly type: string } & Readonly<Record<string, unknown>>;

/** A name or text that a node holds, or undefined. */
export function textOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  // A template without holes is as good as a string.
  if (node.type === 'TemplateLiteral') return textOfTemplate(node);
  return typeof node['value'] === 'string' ? node['value'] : undefined;
}

function textOfTemplate(node: Node): string | undefined {
  const { expressions, quasis } = node as { expressions?: unknown[]; quasis?: { cooked?: string }[] };
  return expressions?.length === 0 ? quasis?.[0]?.cooked : undefined;
}

/** The name of an identifier node, or undefined. */
export function nameOf(node: unknown): string | undefined {
  return isNode(node) && node.type === 'Identifier' ? String(node['value']) : undefined;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}

/** The tree of a TypeScript or JavaScript file; throws on a syntax error, naming the file. */
export function parse(path: string, text: string): Node {
  try {
    return parseSync(text, { syntax: 'typescript', target: 'es2022' }) as unknown as Node;
  } catch (error) {
    throw new Error(`${path} does not parse`, { cause: error });
  }
}

/** Calls `visit` with every node of a tree and the field of its parent that holds it. */
export function walk(
  tree: unknown,
  visit: (node: Node, field: string, parent: Node | undefined) => void,
): void {
  descend(tree, '', undefined);

  function descend(value: unknown, field: string, parent: Node | undefined): void {
    if (Array.isArray(value)) {
      for (const item of value) descend(item, field, parent);
    } else if (isNode(value)) {
      visit(value, field, parent);
      // Where a node stands in its file is half of a tree, and no rule asks for it.
      for (const key in value) if (key !== 'span') descend(value[key], key, value);
    } else if (typeof value === 'object' && value !== null) {
      // Arguments and list items are wrapped in plain objects: they pass their place on.
      for (const child of Object.values(value)) descend(child, field, parent);
    }
  }
}

/** One module named by a file; `names` are what it takes of it, empty for the whole. `null`: the name is computed. */
export interface Import {
  readonly specifier: string | null;
  readonly names: readonly string[];
}

/** Every way in which a file names another module: import and export (types too), import(), require, import type expressions. */
export function importsOf(tree: Node): Import[] {
  const found: Import[] = [];
  walk(tree, (node) => {
    const source = sourceOf(node);
    if (source !== undefined) found.push({ specifier: textOf(source) ?? null, names: importedNames(node) });
  });
  return found;
}

/** The node that names the other module, if this node imports one. */
function sourceOf(node: Node): unknown {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
      return node['source'];
    case 'ExportNamedDeclaration':
      return node['source'] ?? undefined;
    case 'TsExternalModuleReference':
      return node['expression'];
    case 'TsImportType':
      return node['argument'];
    case 'CallExpression':
      return isLoading(node['callee'])
        ? (node['arguments'] as { expression: unknown }[])[0]?.expression
        : undefined;
    default:
      return undefined;
  }
}

/** `import(…)`, `require(…)` and `require.resolve(…)`. */
function isLoading(callee: unknown): boolean {
  if (!isNode(callee)) return false;
  if (callee.type === 'MemberExpression') return nameOf(callee['object']) === 'require';
  return callee.type === 'Import' || nameOf(callee) === 'require';
}

function importedNames(node: Node): string[] {
  const specifiers = (node['specifiers'] ?? []) as Node[];
  return specifiers.flatMap((specifier) => {
    // `import { a as b }` has imported a and local b; `export { a as b } from` has orig a.
    const name = nameOf(specifier['imported'] ?? specifier['orig'] ?? specifier['local']);
    const isNamed = specifier.type === 'ImportSpecifier' || specifier.type === 'ExportSpecifier';
    return isNamed && name !== undefined ? [name] : [];
  });
}

/** The names of all classes that a file declares. */
export function classesOf(tree: Node): string[] {
  const names: string[] = [];
  walk(tree, (node) => {
    const name = nameOf(node['identifier']);
    if (/^Class(Declaration|Expression)$/.test(node.type) && name !== undefined) names.push(name);
  });
  return names;
}
