story: one mother, two records

# Told after the family's story.  All of it is made up; the tariff is real.

tell Peshawar.  A mother holds a Proof of Registration card.  Her name is written as she says it.
registration record [
  {"kind": "household.registered", "subject": "@peshawar", "residence": "PK528", "language": "pbu", "arrival_year": 1998},
  {"kind": "person.registered", "subject": "@mother", "household": "@peshawar", "given": "زرمینه", "father": "شېر علي توریالی", "sex": "female", "birth_year": 1988, "relation": "head", "marital": "widowed", "group": "por", "documents": [{"kind": "por", "number": "KPK 0000021"}], "origin": "AF27", "language": "pbu"},
  {"kind": "person.registered", "subject": "@son", "household": "@peshawar", "given": "نوروز", "father": "ګلاب خان", "sex": "male", "birth_date": "2013-03-21", "relation": "child", "group": "por", "guardian": "@mother", "care": "with-parents", "origin": "AF27", "language": "pbu"}
] → recorded

tell Months later, Quetta.  She goes home by herself, by way of Chaman, and has left her card with her sister.  The officer there writes what he hears.
wait 2400h
registration record [
  {"kind": "household.registered", "subject": "@quetta", "residence": "PK226", "language": "pbu"},
  {"kind": "person.registered", "subject": "@zarmeena", "household": "@quetta", "given_latin": "Zarmeena", "father_latin": "Sher Ali Toryalai", "sex": "female", "birth_year": 1989, "relation": "head", "marital": "widowed", "group": "por", "origin": "AF27", "language": "pbu"},
  {"kind": "person.registered", "subject": "@nawroz", "household": "@quetta", "given_latin": "Nawroz", "father_latin": "Gulab Khan", "sex": "male", "birth_year": 2013, "relation": "child", "group": "por", "guardian": "@zarmeena", "care": "with-parents", "origin": "AF27", "language": "pbu"}
] → recorded
border record [
  {"kind": "crossing.recorded", "subject": "@zarmeena", "crossing": "XP-CHAMAN", "direction": "crossed", "return_kind": "assisted-spontaneous"},
  {"kind": "crossing.recorded", "subject": "@nawroz", "crossing": "XP-CHAMAN", "direction": "crossed", "return_kind": "assisted-spontaneous"}
] → recorded

tell Across the border a grant is due to her, as to everybody who came home.
registration record {"kind": "grant.approved", "subject": "@zarmeena", "tariff": "TAR-UNHCR-2023-1", "part": 1, "amount": 37500} → recorded

tell Meanwhile the register has compared its records.  Nothing is merged: it asks.
registration pair @mother @zarmeena → waits

tell Whose name is it?  She is asked, and says: "I am Zarmina, I was written down in Peshawar."  A grant hangs on the answer, so one officer alone does not give it.
registration record [
  {"kind": "person.same-as", "subject": "@mother", "other": "@zarmeena"},
  {"kind": "person.same-as", "subject": "@zarmeena", "other": "@mother"}
] → refused PAID_ONCE
tell Nor is a name that is only written down a second officer.
registration record [
  {"kind": "person.same-as", "subject": "@mother", "other": "@zarmeena", "second": "protection"},
  {"kind": "person.same-as", "subject": "@zarmeena", "other": "@mother", "second": "protection"}
] → error record.second-first
registration with protection record [
  {"kind": "person.same-as", "subject": "@mother", "other": "@zarmeena", "second": "protection"},
  {"kind": "person.same-as", "subject": "@zarmeena", "other": "@mother", "second": "protection"}
] → recorded
registration pair @mother @zarmeena → none

tell She is paid, once, under the record by which she came home.
cashier record {"kind": "grant.paid", "subject": "@zarmeena", "tariff": "TAR-UNHCR-2023-1", "part": 1, "amount": 37500} → recorded
tell A list has her crossing under the first record, too.  There she is not paid a second time.
border record {"kind": "crossing.recorded", "subject": "@mother", "crossing": "XP-CHAMAN", "direction": "crossed", "return_kind": "assisted-spontaneous"} → recorded
registration record {"kind": "grant.approved", "subject": "@mother", "tariff": "TAR-UNHCR-2023-1", "part": 1, "amount": 37500} → refused PAID_ONCE

tell Her son's two records wait for an answer.  There is time to ask him.
registration pair @son @nawroz → waits
show @quetta
