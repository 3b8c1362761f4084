story: she changes her mind after the list of the bus is printed

at 2025-05-05T09:00
registration record [
  {"kind": "household.registered", "subject": "@h", "residence": "PK528", "language": "pbu"},
  {"kind": "person.registered", "subject": "@zarmina", "household": "@h", "given_latin": "Zarmina", "sex": "female", "birth_year": 1985, "relation": "head", "marital": "widowed", "group": "por", "origin": "AF06", "destination": "AF06"}
] → recorded

# A choice to return needs counselling before it; one to stay would not.
protection record {"kind": "choice.made", "subject": "@zarmina", "answer": "return", "form": "current", "mark": "thumb", "witness": "Gul", "by": "@zarmina", "company": "alone", "destination": "AF06"} → refused INFORMED
counsellor record {"kind": "counselling.held", "subject": "@zarmina", "company": "alone", "language": "pbu", "understood": true, "counsellor_sex": "female", "topics": ["safety", "withdrawal"], "sheet": "current", "sheet_area": "AF06", "read_back": true} → recorded
protection record {"kind": "choice.made", "subject": "@zarmina", "answer": "return", "form": "current", "mark": "thumb", "witness": "Gul", "by": "@zarmina", "company": "alone", "destination": "AF06"} → recorded
movement record {"kind": "movement.planned", "subject": "@bus", "departs": "+30h", "from": "VRC-AZAKHEL", "crossing": "XP-TORKHAM", "seats": 2} → recorded
movement record {"kind": "seat.assigned", "subject": "@zarmina", "movement": "@bus"} → recorded
movement manifest @bus → @zarmina
movement record {"kind": "departure.recorded", "subject": "@zarmina", "movement": "@bus"} → refused TIME_TO_THINK ASKED_AGAIN

wait 28h
cashier record {"kind": "choice.withdrawn", "subject": "@zarmina", "channel": "phone"} → recorded
movement manifest @bus →
boarding record {"kind": "choice.reconfirmed", "subject": "@zarmina", "company": "alone", "by_transporter": false} → refused ASKED_AGAIN
movement record {"kind": "seat.assigned", "subject": "@zarmina", "movement": "@bus"} → refused REVOCABLE

# Only a new choice that has heard of it supersedes it.
wait 1h
protection record {"kind": "choice.made", "subject": "@zarmina", "answer": "return", "form": "current", "mark": "thumb", "witness": "Gul", "by": "@zarmina", "company": "alone", "destination": "AF06"} → recorded
movement record {"kind": "departure.recorded", "subject": "@zarmina", "movement": "@bus"} → refused TIME_TO_THINK
