story: an ordinary day at the centre

# Told after the family's story, before the demo is served: so that every screen shows
# a day as a centre has it.  All of it is made up.

wait 15h
tell The evening before: three families come, are counselled, and choose.
registration record [
  {"kind": "household.registered", "subject": "@gul", "residence": "PK528", "language": "pbu", "arrival_year": 2001, "phone": "0300 0000001", "phone_safe": true},
  {"kind": "person.registered", "subject": "@gulmina", "household": "@gul", "given": "ګلمینه", "given_latin": "Gulmina", "father_latin": "Sher Ali", "sex": "female", "birth_year": 1979, "relation": "head", "marital": "widowed", "group": "por", "documents": [{"kind": "por", "number": "KPK 0000001"}], "origin": "AF06", "destination": "AF0601", "language": "pbu", "counsellor_sex": "female"},
  {"kind": "person.registered", "subject": "@hamid", "household": "@gul", "given": "حميد", "given_latin": "Hamid", "sex": "male", "birth_year": 2003, "relation": "child", "group": "por", "origin": "AF06", "destination": "AF0601", "language": "pbu"}
] → recorded
registration record [
  {"kind": "household.registered", "subject": "@sahak", "residence": "PK528", "language": "prs"},
  {"kind": "person.registered", "subject": "@nadir", "household": "@sahak", "given": "نادر", "given_latin": "Nadir", "father_latin": "Abdul Wahid", "sex": "male", "birth_year": 1986, "relation": "head", "marital": "single", "group": "undocumented", "origin": "AF01", "destination": "AF0101", "language": "prs"}
] → recorded
registration record [
  {"kind": "household.registered", "subject": "@stanikzai", "residence": "PK528", "language": "pbu"},
  {"kind": "person.registered", "subject": "@bibi", "household": "@stanikzai", "given": "بي بي جانه", "given_latin": "Bibi Jana", "sex": "female", "age": 60, "age_on": "2025-04-01", "relation": "head", "marital": "widowed", "group": "acc", "documents": [{"kind": "acc", "number": "00000-1965001-2"}], "origin": "AF04", "destination": "AF0401", "language": "pbu", "counsellor_sex": "female"}
] → recorded
counsellor record {"kind": "counselling.held", "subject": "@gulmina", "company": "alone", "language": "pbu", "understood": true, "counsellor_sex": "female", "topics": ["safety", "housing-land", "women", "staying", "withdrawal"], "sheet": "current", "sheet_area": "AF06", "read_back": true} → recorded
counsellor record {"kind": "counselling.held", "subject": "@hamid", "company": "alone", "language": "pbu", "understood": true, "counsellor_sex": "female", "topics": ["safety", "work", "staying", "withdrawal"], "sheet": "current", "sheet_area": "AF06", "read_back": true} → recorded
counsellor record {"kind": "counselling.held", "subject": "@nadir", "company": "alone", "language": "prs", "understood": true, "counsellor_sex": "female", "topics": ["safety", "work", "staying", "withdrawal"], "sheet": "current", "sheet_area": "AF01", "read_back": true} → recorded
wait 1h
protection record {"kind": "choice.made", "subject": "@gulmina", "answer": "return", "form": "current", "mark": "thumb", "witness": "Bibi Hawa, teacher", "by": "@gulmina", "company": "alone", "destination": "AF0601"} → recorded
protection record {"kind": "choice.made", "subject": "@hamid", "answer": "return", "form": "current", "mark": "signature", "witness": "Bibi Hawa, teacher", "by": "@hamid", "company": "alone", "destination": "AF0601"} → recorded
protection record {"kind": "choice.made", "subject": "@nadir", "answer": "return", "form": "current", "mark": "signature", "witness": "Bibi Hawa, teacher", "by": "@nadir", "company": "alone", "destination": "AF0101"} → recorded
movement record {"kind": "movement.planned", "subject": "@bus", "departs": "+29h", "from": "VRC-AZAKHEL", "crossing": "XP-TORKHAM", "seats": 40} → recorded
movement record [
  {"kind": "seat.assigned", "subject": "@gulmina", "movement": "@bus"},
  {"kind": "seat.assigned", "subject": "@hamid", "movement": "@bus"},
  {"kind": "seat.assigned", "subject": "@nadir", "movement": "@bus"}
] → recorded

wait 23h
tell Today.  Who is expected, who waits, and what protection has to look at.
registration record {"kind": "appointment.set", "subject": "@bibi", "at": "+3h", "purpose": "counselling"} → recorded
registration record [
  {"kind": "household.registered", "subject": "@noori", "residence": "PK528", "language": "pbu"},
  {"kind": "person.registered", "subject": "@laila", "household": "@noori", "given": "لیلا", "given_latin": "Laila", "sex": "female", "birth_year": 1998, "relation": "head", "marital": "married", "group": "undocumented", "origin": "AF06", "language": "pbu", "counsellor_sex": "female"},
  {"kind": "person.registered", "subject": "@omid", "household": "@noori", "given": "امید", "given_latin": "Omid", "sex": "male", "birth_year": 2021, "relation": "child", "group": "undocumented", "guardian": "@laila", "care": "with-one-parent", "origin": "AF06", "language": "pbu"}
] → recorded
registration record [
  {"kind": "household.registered", "subject": "@karim", "residence": "PK528", "language": "prs"},
  {"kind": "person.registered", "subject": "@rahima", "household": "@karim", "given": "رحیمه", "given_latin": "Rahima", "sex": "female", "birth_year": 1990, "relation": "head", "marital": "widowed", "group": "acc", "documents": [{"kind": "acc", "number": "00000-1990003-6"}], "origin": "AF01", "language": "prs"}
] → recorded
counsellor record {"kind": "counselling.held", "subject": "@rahima", "company": "alone", "language": "prs", "understood": true, "counsellor_sex": "female", "topics": ["safety", "school", "women", "staying", "withdrawal"], "sheet": "current", "sheet_area": "AF01", "read_back": true} → recorded
legal-aid record {"kind": "pressure.reported", "subject": "@nadir", "sort": "eviction", "reporter": "relative"} → recorded
protection record {"kind": "hold.placed", "subject": "@bibi", "reason": "medical"} → recorded
registration record {"kind": "incident.reported", "subject": "@laila", "sort": "document-taken", "area": "PK528"} → recorded
movement record {"kind": "movement.planned", "subject": "@second", "departs": "+30h", "from": "VRC-AZAKHEL", "crossing": "XP-TORKHAM", "seats": 40} → recorded
