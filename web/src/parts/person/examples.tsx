import type { Examples } from '../../examples';
import type { Person } from '../../gen/api';
import { PersonLine } from './person_line';

const zarmina: Person = {
	id: '3f',
	version: 1,
	member: 2,
	name: 'زرمینه (Zarmina)',
	alias: 'KL4M7Q',
	sex: 'female',
	born_from: '1985-03-21',
	born_to: '1986-03-20',
	child: false,
	relation: 'spouse',
	needs: [],
	status: 'return',
	opened: 3,
};

export const examples: Examples = {
	'wants to return': () => <PersonLine person={zarmina} />,
	'a child who stays': () => (
		<PersonLine
			person={{
				...zarmina,
				relation: 'child',
				born_from: '2018-01-01',
				born_to: '2018-12-31',
				child: true,
				status: 'stay',
			}}
		/>
	),
	'with all marks': () => (
		<PersonLine
			person={{
				...zarmina,
				status: 'withdrawn',
				withdrawn: '2026-11-26T08:00:00+05:00',
				holds: 1,
				detained: true,
				review_due: true,
				incidents: 2,
				broken: ['FREE'],
			}}
		/>
	),
	'nothing is known but an alias': () => (
		<PersonLine
			person={{
				id: '3f',
				version: 1,
				member: 0,
				name: 'KL4M7Q',
				alias: 'KL4M7Q',
				child: false,
				needs: [],
				status: 'none',
				opened: 0,
			}}
		/>
	),
};
