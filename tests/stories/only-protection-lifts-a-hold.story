story: only protection staff lift a hold

at 2025-05-05T09:00
registration record [
  {"kind": "household.registered", "subject": "@h", "residence": "PK528"},
  {"kind": "person.registered", "subject": "@rahim", "household": "@h", "given_latin": "Rahim", "sex": "male", "birth_year": 1979, "relation": "head", "group": "acc"}
] → recorded
protection record {"kind": "hold.placed", "subject": "@rahim", "reason": "legal"} → recorded
counsellor ready @rahim seat → missing HOLDS_HOLD
movement record {"kind": "hold.lifted", "subject": "@rahim"} → error deed.denied
protection record {"kind": "hold.lifted", "subject": "@rahim"} → recorded
