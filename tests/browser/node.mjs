/*
 * The server's own screen, as its administrator uses it: a backup that is made while she
 * looks on, and that becomes a register again; days that hold so many appointments, as who
 * gives one sees them; and an appointment of somebody else, annulled by two.
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

/** "2025-04-03", some days behind `day`. */
function daysBehind(day, count) {
	const at = new Date(`${day}T00:00:00Z`);

	at.setUTCDate(at.getUTCDate() + count);
	return at.toISOString().slice(0, 10);
}

async function closesTomorrow(admin, day) {
	const tomorrow = daysBehind(day, 1);

	await admin.goTo('node');
	await admin.unfold('web.days.new');
	for (const [most, first, reason] of [
		['۲۰', '', ''],
		['0', tomorrow, 'Eid'],
	]) {
		await admin.type('field.people_max', most);
		await admin.type('field.first_day', first);
		await admin.type('field.last_day', first);
		await admin.type('field.reason', reason);
		await admin.press('web.days.set');
		await admin.sees('web.days.done');
		await admin.press('web.form.another');
	}
	await admin.page.locator('td').filter({ hasText: 'Eid' }).waitFor();
}

async function findsAnotherDay(clerk, day) {
	await clerk.openFile('gul muhammad');
	await clerk.press('web.appointment.title', clerk.page.locator('.person-file').first());
	await clerk.type('web.appointment.day', daysBehind(day, 1));
	await clerk.sees('web.days.closed-then');
	await clerk.type('web.appointment.clock', '9:30');
	await clerk.select('field.purpose', 'counselling');
	await clerk.press('web.appointment.record');
	await clerk.page.locator('.notice-care').filter({ hasText: daysBehind(day, 2) }).waitFor();
	await clerk.page.locator('fieldset button').filter({ hasText: '0 of 20' }).nth(1).click();
	await clerk.press('web.appointment.record');
	await clerk.sees('web.appointment.done');
}

/** The appointment was another's: a second person agrees at the same screen. */
async function annulsIt(clerk, centre) {
	await clerk.press('web.form.close');
	await clerk.unfold('web.person.history');
	await clerk.page
		.getByRole('button', {
			name: clerk.say('web.annul.of', clerk.say('kind.appointment.set')),
			exact: true,
		})
		.first()
		.click();
	await clerk.choose('field.reason', 'annulment', 'wrong-person');
	await clerk.type('web.accounts.name', 'protection');
	await clerk.type('web.login.passphrase', 'a guess of hers');
	await clerk.press('web.annul.record');
	await clerk.page.locator('dialog .notice-care').waitFor();
	await clerk.type('web.login.passphrase', centre.accounts.protection);
	await clerk.press('web.annul.record');
	await clerk.sees('web.annul.done');
	await clerk.press('web.form.close', clerk.page.locator('dialog'));
	await clerk.page
		.locator('dl.known dt')
		.getByText(clerk.say('web.person.appointment'), { exact: true })
		.waitFor({ state: 'detached' });
}

const centre = await openCentre();
const room = await openRoom(centre);

try {
	const admin = await room.desk('administrator', 'en');

	await makesBackup(admin, centre);
	await isToldWhyNot(admin);
	await closesTomorrow(admin, await centre.day());
	const clerk = await room.desk('registration', 'en');

	await findsAnotherDay(clerk, await centre.day());
	await annulsIt(clerk, centre);
	console.log('a backup from the screen is a register again; a closed day gives way to the next');
} finally {
	await room.close().finally(() => centre.close());
}
