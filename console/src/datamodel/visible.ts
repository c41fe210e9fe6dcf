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
  const visit = (node: TreeNode): TreeNode[] => {
    const below = model.children(node).flatMap(visit);
    const hit = matchesAll(node, words);
    if (hit) matches++;
    return hit || below.length > 0 ? [node, ...below] : [];
  };
  const lines = model.children(model.root()).flatMap((child) => visit({ ...child, depth: 0 }));
  return { lines, matches };
}

function matchesAll(node: TreeNode, words: string[]): boolean {
  const value = node.kind === 'param' && !node.item?.secured ? (node.item?.value ?? '') : '';
  const text = `${node.path} ${value}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

/** Every object that must be open for the path to be seen. */
export function ancestors(path: string): string[] {
  const found: string[] = [];
  for (let at = parentPath(path); at.length > 0; at = parentPath(at)) found.unshift(at);
  return found;
}
