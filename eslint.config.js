// Lint: TypeScript's own mistakes, and the one-way imports between the folders of src/.

import tseslint from 'typescript-eslint';

/** The folders of src/, lowest first. Each may import from the lines above its own, never from beside or below. */
const floors = [
  ['errors'],
  ['tensor'],
  ['random', 'functions', 'plot'],
  ['data', 'graph', 'expression'],
  ['nn', 'optim', 'protocol'],
  ['train', 'explain', 'check'],
  ['index'],
  ['cli'],
];

const oneWay = floors.flatMap((floor, level) =>
  floor.map((folder) => {
    const forbidden = floors.slice(level).flat().filter((other) => other !== folder);
    return restrict([`src/${folder}/**/*.ts`, `src/${folder}.ts`], {
      regex: `^(\\.\\.?/)+(${forbidden.join('|')})(/|\\.js$)`,
      message: `src/${folder} may import only from folders below it; see the floors in eslint.config.js.`,
    });
  }),
);

/** What stands on the public API reaches no deeper. */
const publicOnly = [
  restrict(['src/cli/**/*.ts'], {
    regex: '^(\\.\\./)+(?!index\\.js$|plot/index\\.js$|cli/|lessons/)',
    message: 'The command line stands on the public API: import from ../index.js or ../plot/index.js.',
  }),
  restrict(['lessons/**/*.ts'], {
    regex: '^(\\.\\./)+src/(?!index\\.js$|plot/index\\.js$)',
    message: 'The lessons stand on the public API: import from ../src/index.js.',
  }),
];

function restrict(files, pattern) {
  return { files, rules: { 'no-restricted-imports': ['error', { patterns: [pattern] }] } };
}

export default tseslint.config(
  { ignores: ['dist/', 'docs/api/', 'out/'] },
  ...tseslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: 'error',
    },
  },
  // `../index.js` inside a folder of src/ is the folder's own table of contents, or the public API for cli/.
  ...oneWay.slice(0, -1),
  ...publicOnly,
);
