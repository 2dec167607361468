// Lint: TypeScript's own mistakes, and the one-way imports between the folders of src/.

import tseslint from 'typescript-eslint';

/** The folders of src/, lowest first. Each may import from the lines above its own, never from beside or below. */
const floors = [
  ['errors'],
  ['tensor'],
  ['random', 'functions', 'plot'],
  ['data', 'graph', 'expression'],
  ['nn', 'optim', 'protocol', 'engines'],
  ['train', 'explain', 'check', 'files'],
  ['disk'],
  ['index'],
  ['cli'],
];

const oneWay = floors.flatMap((floor, level) =>
  floor.map((folder) => {
    const forbidden = floors
      .slice(level)
      .flat()
      .filter((other) => other !== folder);
    return restrict([`src/${folder}/**/*.ts`, `src/${folder}.ts`], {
      regex: `^(\\.\\.?/)+(${forbidden.join('|')})(/|\\.js$)`,
      message: `src/${folder} may import only from folders below it; see the floors in eslint.config.js.`,
    });
  }),
);

/** What stands on the public API reaches no deeper. `up` leads from the files to the folder that holds src/ or to src/ itself. */
const publicOnly = [
  standing(['src/cli/*.ts'], '\\.\\./', '((plot|files|disk)/)?index\\.js$|\\.\\./(lessons|exercises)/'),
  standing(
    ['src/cli/*/*.ts'],
    '(\\.\\./){2}',
    '((plot|files|disk)/)?index\\.js$|\\.\\./(lessons|exercises)/',
  ),
  standing(
    ['src/cli/*/*/*.ts'],
    '(\\.\\./){3}',
    '((plot|files|disk)/)?index\\.js$|\\.\\./(lessons|exercises)/',
  ),
  standing(['lessons/*.ts', 'exercises/*.ts'], '\\.\\./', 'src/((plot|files|disk)/)?index\\.js$'),
  standing(['lessons/*/*.ts', 'exercises/*/*.ts'], '(\\.\\./){2}', 'src/((plot|files|disk)/)?index\\.js$'),
  standing(['examples/*.ts'], '\\.\\./', 'src/((plot|files|disk)/)?index\\.js$'),
  standing(['examples/*/*.ts'], '(\\.\\./){2}', 'src/((plot|files|disk)/)?index\\.js$'),
  standing(
    ['lab/*/*.ts'],
    '(\\.\\./){2}',
    '(src/((plot|files)/)?index\\.js$|(lessons|exercises)/index\\.js$)',
  ),
  standing(
    ['lab/*/*/*.ts'],
    '(\\.\\./){3}',
    '(src/((plot|files)/)?index\\.js$|(lessons|exercises)/index\\.js$)',
  ),
  standing(['bench/*.ts'], '\\.\\./', 'src/((plot|files|disk)/)?index\\.js$'),
  standing(['bench/*/*.ts'], '(\\.\\./){2}', 'src/((plot|files|disk)/)?index\\.js$'),
];

function standing(files, up, allowed) {
  return restrict(files, {
    regex: `^${up}(?!${allowed})`,
    message:
      'This stands on the public API: import from src/index.js, or from the index.js of plot, files or disk.',
  });
}

function restrict(files, pattern) {
  return { files, rules: { 'no-restricted-imports': ['error', { patterns: [pattern] }] } };
}

export default tseslint.config(
  { ignores: ['dist/', 'docs/api/', 'out/', 'bench/dist/'] },
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
