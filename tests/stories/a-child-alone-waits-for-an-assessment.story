story: two brothers without parents

at 2025-05-05T09:00
registration record [
  {"kind": "household.registered", "subject": "@h", "residence": "PK528"},
  {"kind": "person.registered", "subject": "@elder", "household": "@h", "given_latin": "Baryalai", "sex": "male", "age": 15, "age_on": "2025-05-05", "relation": "head", "care": "heads-household", "group": "undocumented", "needs": ["SC"]},
  {"kind": "person.registered", "subject": "@younger", "household": "@h", "given_latin": "Ajmal", "sex": "male", "age": 11, "age_on": "2025-05-05", "relation": "sibling", "care": "unaccompanied", "group": "undocumented", "needs": ["SC"]}
] → recorded
movement record {"kind": "movement.planned", "subject": "@bus", "departs": "+72h", "from": "VRC-AZAKHEL", "crossing": "XP-TORKHAM", "seats": 10} → recorded

# A child decides for nobody, not even for himself; his view is recorded.
protection record {"kind": "choice.made", "subject": "@elder", "answer": "return", "form": "current", "mark": "thumb", "witness": "Gul", "by": "@elder", "company": "alone", "destination": "AF06"} → refused OWN_CHOICE
protection record {"kind": "child.heard", "subject": "@elder", "view": "agrees", "company": "alone"} → recorded
movement record {"kind": "seat.assigned", "subject": "@elder", "movement": "@bus"} → refused OWN_CHOICE CHILDREN_ALONE
counsellor ready @younger departure → missing CHILDREN_ALONE
