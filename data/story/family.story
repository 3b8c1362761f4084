story: one family, three adults, three answers

# What is told here is made up; what the directives say is real.  Each step is a real
# fact through the real rules.  → what must come out; anything else ends the story.

at 2025-04-04T09:00

tell A family comes to the voluntary repatriation centre at Azakhel near Peshawar.
tell Zarmina holds an Afghan Citizen Card.  Her husband Ajmal has no paper, nor has their son Wali, who is nine.
tell Spozhmai, Ajmal's mother, a widow, holds an Afghan Citizen Card too.

registration record [
  {"kind": "household.registered", "subject": "@family", "residence": "PK528", "language": "pbu", "arrival_year": 1996},
  {"kind": "person.registered", "subject": "@zarmina", "household": "@family", "given": "زرمینه", "given_latin": "Zarmina", "father_latin": "Gul Rahman", "sex": "female", "birth_year": 1990, "relation": "head", "marital": "married", "group": "acc", "documents": [{"kind": "acc", "number": "00000-1990017-4"}], "origin": "AF06", "destination": "AF0617", "language": "pbu", "counsellor_sex": "female"},
  {"kind": "person.registered", "subject": "@ajmal", "household": "@family", "given": "اجمل", "given_latin": "Ajmal", "father_latin": "Haji Nazar", "sex": "male", "age": 38, "age_on": "2025-04-04", "relation": "spouse", "marital": "married", "spouse": "@zarmina", "group": "undocumented", "origin": "AF06", "language": "pbu"},
  {"kind": "person.registered", "subject": "@spozhmai", "household": "@family", "given": "سپوږمۍ", "given_latin": "Spozhmai", "sex": "female", "birth_year": 1962, "relation": "parent", "marital": "widowed", "group": "acc", "documents": [{"kind": "acc", "number": "00000-1962044-1"}], "origin": "AF06", "destination": "AF0617", "language": "pbu", "counsellor_sex": "female"},
  {"kind": "person.registered", "subject": "@wali", "household": "@family", "given": "ولي", "given_latin": "Wali", "father_latin": "Ajmal", "sex": "male", "birth_date": "2015-09-12", "relation": "child", "group": "undocumented", "guardian": "@zarmina", "care": "with-parents", "origin": "AF06", "language": "pbu"}
] → recorded

tell This is what is asked of them this week.  It is shown to whoever it concerns, with its source; it opens no gate and closes none.
instrument DIR-038
instrument DIR-059
instrument DIR-056

tell The deadline of 31 March has passed.  Does any rule ask for that?
counsellor ready @zarmina departure → missing

tell Zarmina is counselled alone, in Pashto, by a woman, with the information sheet of Nangarhar.
counsellor record {"kind": "counselling.held", "subject": "@zarmina", "company": "alone", "language": "pbu", "understood": true, "counsellor_sex": "female", "topics": ["safety", "school", "women", "staying", "withdrawal"], "sheet": "current", "sheet_area": "AF06", "read_back": true} → recorded
tell Her husband and her mother-in-law are counselled apart, each alone.
counsellor record {"kind": "counselling.held", "subject": "@ajmal", "company": "alone", "language": "pbu", "understood": true, "counsellor_sex": "female", "topics": ["safety", "work", "staying", "withdrawal"], "sheet": "current", "sheet_area": "AF06", "read_back": true} → recorded
counsellor record {"kind": "counselling.held", "subject": "@spozhmai", "company": "alone", "language": "pbu", "understood": true, "counsellor_sex": "female", "topics": ["safety", "health", "staying", "withdrawal"], "sheet": "current", "sheet_area": "AF06", "read_back": true} → recorded

wait 1h
tell Each is asked alone.  Zarmina chooses to return; she knows that others of her family may answer differently.
protection record {"kind": "choice.made", "subject": "@zarmina", "answer": "return", "form": "current", "mark": "thumb", "witness": "Bibi Hawa, teacher", "by": "@zarmina", "company": "alone", "destination": "AF0617", "apart": true} → recorded
tell Ajmal does not know yet.  That is an answer like the others.
protection record {"kind": "choice.made", "subject": "@ajmal", "answer": "undecided", "form": "current", "mark": "signature", "witness": "Bibi Hawa, teacher", "by": "@ajmal", "company": "alone"} → recorded
protection record {"kind": "choice.made", "subject": "@spozhmai", "answer": "return", "form": "current", "mark": "thumb", "witness": "Bibi Hawa, teacher", "by": "@spozhmai", "company": "alone", "destination": "AF0617", "apart": true} → recorded
tell Wali is nine.  A child follows its guardian, and is heard.
protection record {"kind": "child.heard", "subject": "@wali", "view": "agrees", "company": "alone"} → recorded

tell A movement is planned for Sunday.  Somebody asks for a seat for Ajmal, too.
movement record {"kind": "movement.planned", "subject": "@bus", "departs": "+47h", "from": "VRC-AZAKHEL", "crossing": "XP-TORKHAM", "seats": 40} → recorded
movement record {"kind": "seat.assigned", "subject": "@ajmal", "movement": "@bus"} → refused OWN_CHOICE

wait 4h
tell A neighbour telephones: an agent was paid to make Zarmina go.  That is reported, and her case waits for a review.
legal-aid record {"kind": "pressure.reported", "subject": "@zarmina", "sort": "paid-agent", "reporter": "other"} → recorded
movement record {"kind": "seat.assigned", "subject": "@zarmina", "movement": "@bus"} → refused FREE
tell A reviewer, who did not counsel her, talks with her alone and finds her choice her own.
reviewer record {"kind": "review.made", "subject": "@zarmina", "finding": "voluntary", "company": "alone"} → recorded

tell May she leave today?
movement record {"kind": "departure.recorded", "subject": "@zarmina", "movement": "@bus"} → refused TIME_TO_THINK

wait 20h
tell The next day.  Ajmal has thought, and chooses to stay.  Nothing he gets depends on it.
protection record {"kind": "choice.made", "subject": "@ajmal", "answer": "stay", "form": "current", "mark": "signature", "witness": "Bibi Hawa, teacher", "by": "@ajmal", "company": "alone"} → recorded
tell So Wali would go with one parent: the other's consent has to be on record.
registration record {"kind": "person.amended", "subject": "@wali", "care": "with-one-parent"} → recorded
movement record {"kind": "seat.assigned", "subject": "@wali", "movement": "@bus"} → refused CHILDREN_ALONE
protection record {"kind": "assessment.made", "subject": "@wali", "sort": "other-parent", "result": "favourable", "basis": "consent"} → recorded
tell Seats: for Zarmina and her son, and for Spozhmai.
movement record [
  {"kind": "seat.assigned", "subject": "@zarmina", "movement": "@bus"},
  {"kind": "seat.assigned", "subject": "@wali", "movement": "@bus"},
  {"kind": "seat.assigned", "subject": "@spozhmai", "movement": "@bus"}
] → recorded
movement manifest @bus → @zarmina @wali @spozhmai

wait 21h
tell Sunday morning, at the gate.  Each adult is asked once more, alone, by somebody who does not work for the transport.
boarding record {"kind": "choice.reconfirmed", "subject": "@zarmina", "company": "alone", "by_transporter": false} → recorded
tell Spozhmai has changed her mind.  She says so at the gate.  No reason, no paper.
border record {"kind": "choice.withdrawn", "subject": "@spozhmai", "channel": "gate"} → recorded
movement manifest @bus → @zarmina @wali
tell She is off the manifest at once.  Her card was never taken from her, her seat is free, and staying costs her nothing.
movement record {"kind": "departure.recorded", "subject": "@spozhmai", "movement": "@bus"} → refused REVOCABLE
show @spozhmai

tell Zarmina and Wali leave.
movement record [
  {"kind": "departure.recorded", "subject": "@zarmina", "movement": "@bus"},
  {"kind": "departure.recorded", "subject": "@wali", "movement": "@bus"}
] → recorded

wait 5h
tell At Torkham they cross.  Only here, at the line, she gives up her card.
border record [
  {"kind": "crossing.recorded", "subject": "@zarmina", "crossing": "XP-TORKHAM", "direction": "crossed", "return_kind": "facilitated-voluntary"},
  {"kind": "crossing.recorded", "subject": "@wali", "crossing": "XP-TORKHAM", "direction": "crossed", "return_kind": "facilitated-voluntary"},
  {"kind": "document.surrendered", "subject": "@zarmina", "document": "acc", "crossing": "XP-TORKHAM"}
] → recorded
wait 6h
border record [
  {"kind": "arrival.recorded", "subject": "@zarmina", "area": "AF0617"},
  {"kind": "arrival.recorded", "subject": "@wali", "area": "AF0617"}
] → recorded

wait 720h
tell Thirty days later somebody calls, on a number that is safe to call.
counsellor record {"kind": "followup.held", "subject": "@zarmina", "wellbeing": "well", "channel": "phone", "would_choose_again": true} → recorded

tell And this is the family today.
show @family
