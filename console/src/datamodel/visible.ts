// SPDX-License-Identifier: Apache-2.0
import { type DeviceModel, parentPath, type TreeNode } from './model';

/** The lines to draw: the root's children, and the children of whatever is open. */
export function openLines(model: DeviceModel, open: ReadonlySet<string>): TreeNode[] {
  const lines: TreeNode[] = [];
  const visit = (node: TreeNode): void => {
    lines.push(node);
    if (open.has(node.path)) for (const child of model.children(node)) visit(child);
  };
  for (const child of model.children(model.root())) visit({ ...child, depth: 0 });
  return lines;
}

/**
 * The lines that match every word of the text in their path or value, below their ancestors. A word that an object's
 * path already holds brings all it contains.
 */
export function matchingLines(model: DeviceModel, text: string): { lines: TreeNode[]; matches: number } {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  let matches = 0;
  const lines: TreeNode[] = [];
  // a line stands before those below it, and is taken back where none of them matches
  const visit = (node: TreeNode): boolean => {
    const place = lines.push(node) - 1;
    let found = matchesAll(node, words);
    if (found) matches++;
    for (const child of model.children(node)) found = visit(child) || found;
    if (!found) lines.length = place;
    return found;
  };
  for (const child of model.children(model.root())) visit({ ...child, depth: 0 });
  return { lines, matches };
}

/** What is searched in a node, of those that were searched once. */
const texts = new WeakMap<TreeNode, string>();

function textOf(node: TreeNode): string {
  const known = texts.get(node);
  if (known !== undefined) return known;
  const value = node.kind === 'param' && !node.item?.secured ? (node.item?.value ?? '') : '';
  const text = `${node.path} ${value}`.toLowerCase();
  texts.set(node, text);
  return text;
}

function matchesAll(node: TreeNode, words: string[]): boolean {
  const text = textOf(node);
  return words.every((word) => text.includes(word));
}

/** Every object that must be open for the path to be seen. */
export function ancestors(path: string): string[] {
  const found: string[] = [];
  for (let at = parentPath(path); at.length > 0; at = parentPath(at)) found.unshift(at);
  return found;
}
