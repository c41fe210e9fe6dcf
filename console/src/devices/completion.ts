// SPDX-License-Identifier: Apache-2.0
// What may stand next in a query for devices, as docs/query.md has the language.

type Kind = 'text' | 'flag' | 'time' | 'score' | 'tag' | 'group' | 'path';

/** What queries know of devices, most useful first. */
const NAMES: Record<string, Kind> = {
  model: 'text',
  software: 'text',
  online: 'flag',
  tag: 'tag',
  group: 'group',
  lastSeen: 'time',
  health: 'score',
  status: 'text',
  manufacturer: 'text',
  serial: 'text',
  id: 'text',
  hardware: 'text',
  class: 'text',
  transport: 'text',
  protocol: 'text',
  address: 'text',
  oui: 'text',
  approved: 'flag',
  verified: 'flag',
  onboarded: 'flag',
  firstSeen: 'time',
};

const OPERATORS: Record<Kind, readonly string[]> = {
  text: ['=', '!=', '~'],
  flag: [':'],
  time: ['<', '>'],
  score: ['<', '<=', '>', '>='],
  tag: [':'],
  group: [':'],
  path: ['=', '!=', '~', '<', '<=', '>', '>='],
};

const VALUES: Partial<Record<Kind, readonly string[]>> & Record<string, readonly string[]> = {
  flag: ['true', 'false'],
  time: ['1h', '1d', '7d', '30d'],
  score: ['50', '80', '100'],
  status: ['online', 'offline', 'onboarding', 'error'],
};

const isPath = (word: string): boolean => /^(Device|InternetGatewayDevice)\./i.test(word);

function nameOf(word: string): string | undefined {
  if (isPath(word)) return word;
  return Object.keys(NAMES).find((name) => name.toLowerCase() === word.toLowerCase());
}

const kindOf = (name: string): Kind => NAMES[name] ?? 'path';

/** Where in a query somebody types, and what may stand there. */
export interface Place {
  expects: 'name' | 'operator' | 'value' | 'joiner';
  /** what is typed of it already */
  typed: string;
  /** where that begins */
  from: number;
  /** whose operator or value it is */
  name?: string;
}

const TOKENS = /"(?:\\.|[^"\\])*"?|!=|<=|>=|[=<>~:]|[()]|[^\s()=<>!~:"]+/g;

/** Reads what stands before the caret; a word that the caret touches is what is being typed. */
export function placeOf(before: string): Place {
  let expects: Place['expects'] = 'name';
  let name: string | undefined;
  const tokens = [...before.matchAll(TOKENS)].map((match) => ({ text: match[0], from: match.index }));
  const last = tokens.at(-1);
  const touched =
    last && last.from + last.text.length === before.length && /[^()=<>~:]$/.test(last.text) ? last : undefined;
  for (const { text } of touched ? tokens.slice(0, -1) : tokens) {
    if (text === '(') expects = 'name';
    else if (text === ')') expects = 'joiner';
    else if (expects === 'value' && !/^[=<>~:!]+$/.test(text)) expects = 'joiner';
    else if (/^(!=|<=|>=|[=<>~:])$/.test(text)) expects = name === undefined ? 'joiner' : 'value';
    else if (/^(and|or|not)$/i.test(text)) {
      expects = 'name';
      name = undefined;
    } else {
      name = nameOf(text);
      expects = name === undefined ? 'name' : 'operator';
    }
  }
  return {
    expects,
    typed: touched?.text ?? '',
    from: touched?.from ?? before.length,
    ...(name !== undefined && (expects === 'operator' || expects === 'value') && { name }),
  };
}

/** Whose values the server has to be asked for; undefined where they are known, or none are wanted. */
export function askedValues({ expects, name }: Place): string | undefined {
  if (expects !== 'value' || name === undefined || VALUES[name] || VALUES[kindOf(name)]) return undefined;
  return kindOf(name) === 'group' || (isPath(name) && name.endsWith('.')) ? undefined : name;
}

/** Whether paths of parameters are wanted. */
export const wantsPaths = ({ expects, typed }: Place): boolean =>
  (expects === 'name' || expects === 'joiner') && isPath(typed);

export interface Known {
  /** of parameters, with `*` for the numbers of rows */
  paths: readonly string[];
  /** of the name that the place is about, most frequent first */
  values: readonly string[];
  groups: readonly string[];
}

export interface Completion {
  /** what is shown */
  word: string;
  hint: string;
  /** the query before the caret, with it */
  text: string;
}

const MOST = 12;

const HINTS: Record<Kind, string> = {
  text: '',
  flag: 'true or false',
  time: 'how long ago',
  score: 'a number from 0 to 100',
  tag: '',
  group: 'a query with a name',
  path: 'parameter',
};

/** What may stand at the end of the text before the caret. */
export function completionsOf(before: string, known: Known): Completion[] {
  const place = placeOf(before);
  const { typed, from, name } = place;
  const head = before.slice(0, from);
  const bare = typed.replace(/^"/, '').toLowerCase();
  const begins = (word: string) => word.toLowerCase().startsWith(bare) && word.toLowerCase() !== bare;
  switch (place.expects) {
    case 'name':
      return wantsPaths(place) ? pathCompletions(head, typed, known.paths) : nameCompletions(head, begins);
    case 'joiner':
      if (wantsPaths(place)) return pathCompletions(head, typed, known.paths);
      return [
        ...['and', 'or'].filter(begins).map((word) => ({ word, hint: '', text: `${spaced(head)}${word} ` })),
        ...(typed ? nameCompletions(head, begins) : []),
      ];
    case 'operator':
      return typed || name === undefined
        ? []
        : OPERATORS[kindOf(name)].map((word) => ({
            word,
            hint: '',
            text: word === ':' ? `${before.trimEnd()}:` : `${spaced(before)}${word} `,
          }));
    case 'value': {
      const kind = kindOf(name ?? '');
      const values = kind === 'group' ? known.groups : (VALUES[name ?? ''] ?? VALUES[kind] ?? known.values);
      return values
        .filter((value) => value !== '' && begins(value))
        .slice(0, MOST)
        .map((value) => ({ word: value, hint: '', text: `${head}${quoted(value)} ` }));
    }
  }
}

const spaced = (text: string): string => (text === '' || text.endsWith(' ') || text.endsWith('(') ? text : `${text} `);

const quoted = (value: string): string =>
  /^[\w.*-]+$/.test(value) && !/^(and|or|not)$/i.test(value) ? value : `"${value.replace(/[\\"]/g, '\\$&')}"`;

function nameCompletions(head: string, begins: (word: string) => boolean): Completion[] {
  return [...Object.keys(NAMES), 'Device.']
    .filter(begins)
    .slice(0, MOST)
    .map((word) => {
      const kind = kindOf(word);
      const [only, ...more] = OPERATORS[kind];
      const ending = isPath(word) ? '' : more.length === 0 ? (only ?? '') : ' ';
      return {
        word,
        hint: isPath(word) ? 'the path of a parameter' : HINTS[kind],
        text: `${spaced(head)}${word}${ending}`,
      };
    });
}

/** One step further down the tree: an object ends with its dot, a parameter with a blank. */
function pathCompletions(head: string, typed: string, paths: readonly string[]): Completion[] {
  const bare = typed.toLowerCase().replace(/\.\d+(?=\.)/g, '.*');
  const next = new Set<string>();
  for (const path of paths) {
    if (!path.toLowerCase().startsWith(bare)) continue;
    const dot = path.indexOf('.', bare.length);
    const step = dot < 0 ? path : path.slice(0, dot + 1);
    // the star of a table is no choice
    next.add(path.startsWith('*.', step.length) ? `${step}*.` : step);
  }
  return [...next]
    .filter((step) => step.toLowerCase() !== bare)
    .sort((a, b) => a.localeCompare(b, 'en'))
    .slice(0, MOST)
    .map((step) => ({
      word: step,
      hint: step.endsWith('.') ? '' : HINTS.path,
      text: `${spaced(head)}${step}${step.endsWith('.') ? '' : ' '}`,
    }));
}

/** The paths of a twin with `*` for the numbers of rows, each once. */
export function patternsOf(paths: Iterable<string>): string[] {
  const patterns = new Set<string>();
  for (const path of paths) patterns.add(path.replace(/\.\d+(?=\.)/g, '.*'));
  return [...patterns].sort();
}
