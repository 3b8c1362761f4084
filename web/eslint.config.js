// Which rooms of web/src a file may use, by the folder it stands in: the house's arrows.
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const FLOORS = {
	core: ['**/api/*', '**/parts/*', '**/parts/**', '**/screens/**', 'preact', 'preact/*'],
	api: ['**/parts/*', '**/parts/**', '**/screens/**'],
	parts: ['**/screens/**'],
};

export default tseslint.config(
	{ ignores: ['dist/', 'src/gen/', 'node_modules/', 'node/'] },
	{
		files: ['scripts/*', '*.js'],
		...js.configs.recommended,
		languageOptions: {
			globals: { process: 'readonly', console: 'readonly', URL: 'readonly' },
		},
	},
	{
		files: ['src/**/*.{ts,tsx}', 'vite.config.ts'],
		extends: [js.configs.recommended, ...tseslint.configs.strictTypeChecked],
		languageOptions: { parserOptions: { projectService: true } },
		rules: {
			'@typescript-eslint/switch-exhaustiveness-check': 'error',
			'@typescript-eslint/restrict-template-expressions': [
				'error',
				{ allowNumber: true },
			],
			'@typescript-eslint/no-confusing-void-expression': [
				'error',
				{ ignoreArrowShorthand: true },
			],
			'@typescript-eslint/no-unnecessary-type-parameters': 'off',
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ ignoreRestSiblings: true },
			],
			eqeqeq: 'error',
		},
	},
	...Object.entries(FLOORS).map(([room, above]) => ({
		files: [`src/${room}/**/*.{ts,tsx}`],
		ignores: ['**/*.test.*', '**/examples.tsx'],
		rules: { 'no-restricted-imports': ['error', { patterns: above }] },
	})),
);
