/*
 * A woman who is registered as زرمینه is found as "Zarmeena", and is shown to whoever would
 * register her a second time under that name; where that cannot be looked up, it is said.
 *
 *     tools/node tests/browser/doubles.mjs [ps [FOLDER]]
 *
 * in English, else in that language; with FOLDER its screens are photographed into it.
 */
import assert from "node:assert/strict";
import { join } from "node:path";

import { openCentre } from "./centre.mjs";
import { openRoom } from "./desk.mjs";

const [language = "en", folder] = process.argv.slice(2);
const centre = await openCentre({ households: 5, stories: ["family", "day"] });
const room = await openRoom(centre);

async function fills(desk, { given, birth, father }) {
  await desk.goTo("register");
  await desk.pickArea("field.residence", "PK528");
  await desk.type("field.given", given);
  await desk.type("field.father", father);
  await desk.type("web.register.birth", birth);
  await desk.select("field.sex", "female");
  await desk.select("field.group", "undocumented");
  await desk.press("web.register.record");
}

async function photographs(desk, name) {
  if (folder)
    await desk.page.screenshot({
      path: join(folder, `${name}-${language}.png`),
      fullPage: true,
    });
}

/** The first who is found, and why. */
async function firstFound(desk) {
  const first = desk.page.locator(".found").first();

  await first.waitFor();
  return first.textContent();
}

try {
  const desk = await room.desk("registration", language);

  await fills(desk, { given: "زرمینه", father: "شېر علي", birth: "1369" });
  await desk.seesHeading(desk.say("web.register.done"));

  await desk.goTo("find");
  await desk.type("web.find.box", "Zarmeena");
  await desk.sees("web.find.more");
  assert.equal(await desk.page.locator(".found").count(), 0);
  await desk.type("web.find.box", "Zarmeena, Sher Ali, about 36, Peshawar");
  assert.match(await firstFound(desk), /زرمینه/);
  assert.ok((await desk.page.locator(".reasons .for").count()) >= 3);
  await photographs(desk, "found");

  await fills(desk, { given: "Zarmeena", father: "Sher Ali", birth: "1991" });
  await desk.sees("web.register.doubles");
  assert.match(await firstFound(desk), /زرمینه/);
  await photographs(desk, "doubles");
  await desk.press("web.register.none-of-them");
  await desk.seesHeading(desk.say("web.register.done"));

  // What cannot be looked up is said, and holds nobody up.
  await desk.goTo("find");
  await desk.page.route("**/api/doubles", (route) => route.abort(), {
    times: 1,
  });
  await fills(desk, { given: "Wagma", father: "Nazar", birth: "1980" });
  await desk.sees("web.register.doubles-unknown");
  await photographs(desk, "doubles-unknown");
  await desk.press("web.register.record-anyway");
  await desk.seesHeading(desk.say("web.register.done"));
  console.log(
    "found in another script, and shown before she is registered again",
  );
} finally {
  await room.close().finally(() => centre.close());
}
