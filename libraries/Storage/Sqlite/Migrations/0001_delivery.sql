-- Times are milliseconds since the Unix epoch by the store's clock; ids are 16 bytes, big-endian.

create table revision (
  name text primary key,
  value integer not null
) strict, without rowid;

insert into revision (name, value) values ('exports', 0), ('api_keys', 0);

create table api_key (
  key text primary key,
  max_requests_per_day integer not null,
  submit_sample_percent integer not null,
  created_at integer not null
) strict, without rowid;

create table limit_count (
  day text not null,
  path text not null,
  key text not null,
  requests integer not null,
  primary key (day, path, key)
) strict, without rowid;

create table export (
  id blob primary key,
  name text not null unique,
  kind integer not null,
  is_enabled integer not null,
  settings text not null,
  conditional_put integer not null,
  created_at integer not null,
  updated_at integer not null,
  revision integer not null
) strict, without rowid;

create unique index export_one_internal on export (kind) where kind = 3;

-- Payload and state are apart (rule B4): this table is written once and deleted, never updated.
create table block_payload (
  number integer primary key,
  id blob not null unique,
  bytes blob not null
) strict;

-- remaining: memberships that still need the block; null until it is routed (rule B5).
create table block (
  number integer primary key,
  id blob not null unique,
  api_key text,
  source text not null,
  report_count integer not null,
  payload_bytes integer not null,
  payload_sha256 blob not null,
  received_at integer not null,
  first_observed_at integer not null,
  last_observed_at integer not null,
  remaining integer
) strict;

create index block_unrouted on block (number) where remaining is null;

create table idempotency (
  api_key text not null,
  key text not null,
  request_sha256 blob not null,
  answer blob not null,
  created_at integer not null,
  primary key (api_key, key)
) strict, without rowid;

create index idempotency_created_at on idempotency (created_at);

-- Counts, oldest_at, observed range and hash are of what is not sealed: sequences from head_sequence up to next_sequence.
create table partition (
  number integer primary key,
  export_id blob not null,
  key text not null,
  source text,
  api_key text,
  report_count integer not null,
  payload_bytes integer not null,
  oldest_at integer,
  first_observed_at integer,
  last_observed_at integer,
  head_sequence integer not null,
  next_sequence integer not null,
  members_sha256 blob not null,
  unique (export_id, key)
) strict;

create index partition_oldest on partition (export_id, oldest_at) where oldest_at is not null;

create table membership (
  partition integer not null,
  sequence integer not null,
  block_id blob not null,
  report_count integer not null,
  primary key (partition, sequence)
) strict, without rowid;

-- state: 1 sealed, 2 sending, 3 delivered, 4 dead, 5 discarded. released_to: memberships below it are gone.
create table batch (
  number integer primary key autoincrement,
  id blob not null unique,
  export_id blob not null,
  partition integer not null,
  partition_key text not null,
  from_sequence integer not null,
  to_sequence integer not null,
  released_to integer not null,
  report_count integer not null,
  payload_bytes integer not null,
  trigger integer not null,
  state integer not null,
  attempt integer not null,
  due_at integer not null,
  lease_until integer,
  sealed_at integer not null,
  oldest_at integer not null,
  first_observed_at integer not null,
  last_observed_at integer not null,
  members_sha256 blob not null,
  location text,
  format integer,
  compression integer,
  compression_level integer,
  error_type text not null default '',
  error_detail text not null default '',
  ended_at integer,
  release_at integer,
  object_bytes integer,
  object_etag text,
  object_sha256 text
) strict;

create index batch_open on batch (export_id, number) where state in (1, 2);
create index batch_sending on batch (export_id, lease_until) where state = 2;
create index batch_unreleased on batch (release_at) where state in (3, 5) and released_to < to_sequence;
create index batch_ended on batch (ended_at) where state in (3, 5) and released_to = to_sequence;
create index batch_by_export on batch (export_id, number);

create table dead_letter (
  number integer primary key autoincrement,
  batch_id blob not null,
  export_id blob not null,
  from_report integer not null,
  to_report integer not null,
  error_type text not null,
  error_detail text not null,
  created_at integer not null
) strict;

create index dead_letter_batch on dead_letter (batch_id);

create table done_part (
  batch_id blob not null,
  from_report integer not null,
  to_report integer not null,
  primary key (batch_id, from_report)
) strict, without rowid;

-- In reports, per export: routed = delivered + waiting + in_flight + dead + discarded (rule C8).
create table book (
  export_id blob primary key,
  routed integer not null default 0,
  delivered integer not null default 0,
  waiting integer not null default 0,
  in_flight integer not null default 0,
  dead integer not null default 0,
  discarded integer not null default 0
) strict, without rowid;
