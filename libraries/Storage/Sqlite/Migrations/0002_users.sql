create table user_sketch (
  day text not null,
  key text not null,
  registers blob not null,
  primary key (day, key)
) strict;
