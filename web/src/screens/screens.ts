/*
 * The screens, in the order of the menu.  THE one table: an address "#/find/…" is the
 * screen of that name, drawn with what stands behind it.  A screen is loaded when it is
 * first opened.
 */
import type { ComponentType } from 'preact';

import { may } from '../api/session';
import type { Key } from '../gen/keys';

export interface ScreenProps {
	/** What stands behind the screen's name in the address. */
	readonly args: readonly string[];
}

export interface ScreenInfo {
	/** In the address; empty: where one begins. */
	readonly name: string;
	/** In the menu; absent: reached from other screens only. */
	readonly menu?: Key;
	readonly isAllowed: () => boolean;
	readonly load: () => Promise<{ default: ComponentType<ScreenProps> }>;
}

export const SCREENS: readonly ScreenInfo[] = [
	{
		name: '',
		menu: 'web.menu.today',
		isAllowed: () => may('status'),
		load: () => import('./today/today'),
	},
	{
		name: 'find',
		menu: 'web.menu.find',
		isAllowed: () => may('find') || may('show-household'),
		load: () => import('./find/find'),
	},
	{
		name: 'register',
		isAllowed: () => may('household.registered'),
		load: () => import('./register/register'),
	},
	{
		name: 'packs',
		isAllowed: () => may('case-numbers.reserved'),
		load: () => import('./packs/packs'),
	},
	{
		name: 'lists',
		isAllowed: () => may('import'),
		load: () => import('./lists/lists'),
	},
	{
		name: 'pairs',
		isAllowed: () => may('pairs'),
		load: () => import('./pairs/pairs'),
	},
	{
		name: 'household',
		isAllowed: () => may('show-household'),
		load: () => import('./household/household'),
	},
	{
		name: 'record',
		isAllowed: () => may('print-record'),
		load: () => import('./record/record'),
	},
	{
		name: 'counselling',
		menu: 'web.counselling.title',
		isAllowed: () => may('counselling.held') || may('choice.made'),
		load: () => import('./counselling/counselling'),
	},
	{
		name: 'protection',
		menu: 'web.protection.title',
		isAllowed: () => may('cases'),
		load: () => import('./protection/protection'),
	},
	{
		name: 'movements',
		menu: 'web.movements.title',
		isAllowed: () => may('movements'),
		load: () => import('./movements/movements'),
	},
	{
		name: 'applies',
		menu: 'web.applies.title',
		isAllowed: () => may('rules'),
		load: () => import('./applies/applies'),
	},
	{
		name: 'node',
		menu: 'web.node.menu',
		isAllowed: () => may('status'),
		load: () => import('./node/node'),
	},
];
