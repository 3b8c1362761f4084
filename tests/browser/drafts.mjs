/*
 * A form that was begun is handed over on a shared tablet: by who has to go, and, when she is
 * gone, by the administrator, who sees whose it is and since when, and not what stands in it.
 *
 *     tools/node tests/browser/drafts.mjs
 */
import { openCentre } from "./centre.mjs";
import { openRoom } from "./desk.mjs";

const GIVEN = "زرغونه";
const PIN = "258036";

/** A second account that registers. */
async function opensAccount(admin, centre) {
  centre.accounts.nadia = "copper lantern seven rivers";
  await admin.goTo("node");
  await admin.unfold("web.accounts.new");
  await admin.type("web.accounts.name", "nadia");
  await admin.content
    .getByLabel(admin.sayCode("role", "registration"), { exact: true })
    .check();
  await admin.type("web.accounts.first", centre.accounts.nadia);
  await admin.type("web.accounts.again", centre.accounts.administrator);
  await admin.press("web.accounts.open");
  await admin.sees("web.accounts.opened");
}

/** Another comes in at the same tablet, where `desk.role` sits now. */
async function takesSeat(desk, role) {
  await desk.button("web.seat.menu", desk.page, desk.role).click();
  await desk.press("web.seat.another");
  desk.role = role;
  await desk.tick("web.login.shared");
  await desk.comeIn();
}

function given(desk) {
  return desk.page.getByLabel(desk.say("field.given"), { exact: true }).first();
}

async function hands(desk, to) {
  await desk.press("web.handing.title");
  await desk.button("web.handing.to", desk.page.locator("dialog"), to).click();
  await desk.page
    .locator("dialog .notice-done")
    .filter({ hasText: to })
    .waitFor();
  await desk.press("web.form.close", desk.page.locator("dialog"));
}

async function findsForm(desk, of) {
  await desk.goTo("register");
  await desk.page
    .locator(".notice")
    .filter({ hasText: desk.say("web.draft.was-of", of) })
    .waitFor();
  if ((await given(desk).inputValue()) !== GIVEN)
    throw new Error("it is not the form that was begun");
}

const centre = await openCentre({ households: 2 });
const room = await openRoom(centre);

try {
  await opensAccount(await room.desk("administrator", "en"), centre);

  const tablet = await room.emptyDesk("nadia", "en");

  await tablet.tick("web.login.shared");
  await tablet.comeIn();
  await tablet.setPin(PIN);
  await takesSeat(tablet, "registration");
  await tablet.goTo("register");
  await given(tablet).fill(GIVEN);
  await hands(tablet, "nadia");
  if ((await given(tablet).inputValue()) !== "")
    throw new Error("she still has it");

  await takesSeat(tablet, "nadia");
  await findsForm(tablet, "registration");

  await takesSeat(tablet, "administrator");
  await tablet.goTo("node");
  const row = tablet.section("web.drafts.title").locator("tbody tr");

  await row.filter({ hasText: "nadia" }).waitFor();
  if ((await tablet.page.content()).includes(GIVEN))
    throw new Error("an administrator reads it");
  await hands(tablet, "registration");
  await row.filter({ hasText: "registration" }).waitFor();

  await takesSeat(tablet, "registration");
  await findsForm(tablet, "nadia");
  console.log(
    "a form goes on under a colleague, and who hands it on does not read it",
  );
} finally {
  await room.close().finally(() => centre.close());
}
