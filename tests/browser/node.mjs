/*
 * The server's own screen, as its administrator uses it: a backup that is made while she
 * looks on, and that becomes a register again.
 *
 *     tools/node tests/browser/node.mjs
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { openCentre } from './centre.mjs';
import { openRoom } from './desk.mjs';

async function makesBackup(admin, centre) {
	await admin.goTo('node');
	await admin.type('web.backup.folder', centre.place);
	await admin.press('web.backup.begin');
	await admin.sees('web.backup.made');
	const path = await admin.page.locator('.notice .path').innerText();

	// Its age is new on every screen, this one among them.
	await admin
		.section('web.node.state')
		.getByText(admin.say('web.node.last-backup'), { exact: true })
		.waitFor();
	await centre.command(
		'restore',
		path,
		join(centre.place, 'restored'),
		'--erasures',
		`${path}.erasures`,
	);
	if (!existsSync(join(centre.place, 'restored', 'register.sqlite')))
		throw new Error(`${path} became no register`);
}

async function isToldWhyNot(admin) {
	await admin.type('web.backup.folder', '/no/such/folder');
	await admin.press('web.backup.begin');
	await admin.page.locator('.notice-care').filter({ hasText: '/no/such/folder' }).waitFor();
}

const centre = await openCentre();
const room = await openRoom(centre);

try {
	const admin = await room.desk('administrator', 'en');

	await makesBackup(admin, centre);
	await isToldWhyNot(admin);
	console.log('a backup from the screen is a register again');
} finally {
	await room.close().finally(() => centre.close());
}
