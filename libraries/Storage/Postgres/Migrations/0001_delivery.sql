-- Ids of blocks are UUID version 7, of batches version 4. Enumerations stand as their numbers; docs/postgresql.md lists them.

-- The store's clock (rule S6). Tests put another in its place.
create function exporter.clock() returns timestamptz language sql stable parallel safe as 'select pg_catalog.statement_timestamp()';

create table exporter.revision (
  name text primary key,
  value bigint not null
);

insert into exporter.revision (name, value) values ('exports', 0), ('api_keys', 0);

create table exporter.api_key (
  key text primary key,
  max_requests_per_day integer not null constraint api_key_limit_not_negative check (max_requests_per_day >= 0),
  submit_sample_percent integer not null constraint api_key_sample_is_percent check (submit_sample_percent between 0 and 100),
  created_at timestamptz not null
);

create table exporter.limit_count (
  day date not null,
  path text not null,
  key text not null,
  request_count bigint not null,
  primary key (day, path, key)
) with (fillfactor = 70);

create table exporter.export (
  id uuid primary key,
  name text not null constraint export_name_is_unique unique,
  kind smallint not null constraint export_kind_is_known check (kind between 1 and 4),
  is_enabled boolean not null,
  settings jsonb not null,
  conditional_put smallint not null constraint export_conditional_put_is_known check (conditional_put between 0 and 4),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  revision bigint not null
);

create unique index export_one_internal on exporter.export (kind) where kind = 3;

-- One row a group commit: how a commit whose answer was lost is known to stand, whatever became of its blocks (rule B1).
create table exporter.commit_mark (
  id uuid primary key,
  created_at timestamptz not null
);

create index commit_mark_created_at on exporter.commit_mark (created_at);

create table exporter.idempotency (
  api_key text not null,
  key text not null,
  request_sha256 bytea not null,
  answer bytea not null,
  created_at timestamptz not null,
  primary key (api_key, key)
);

create index idempotency_created_at on exporter.idempotency (created_at);

-- Payload and state are apart (rule B4). Payloads lie on shelves, filled one after the other in time: written once, never
-- updated, never deleted one by one. A shelf that no block names any more is truncated; the few that stay are moved on.
create table exporter.payload_shelf (
  number smallint primary key,
  is_current boolean not null,
  opened_at timestamptz not null
) with (fillfactor = 50);

create unique index payload_shelf_one_current on exporter.payload_shelf (is_current) where is_current;

insert into exporter.payload_shelf (number, is_current, opened_at)
select number, number = 0, exporter.clock() from generate_series(0, 15) as number;

create table exporter.block_payload (
  shelf smallint not null,
  id uuid not null,
  bytes bytea not null,
  primary key (shelf, id)
) partition by list (shelf);

alter table exporter.block_payload alter column bytes set storage external;

do $$
begin
  for number in 0..15 loop
    execute format(
      'create table exporter.block_payload_%s partition of exporter.block_payload for values in (%s) with (autovacuum_vacuum_insert_scale_factor = 1, toast.autovacuum_vacuum_insert_scale_factor = 1)',
      number, number);
  end loop;
end $$;

-- remaining: memberships that still need the block. Not indexed, so that counting down is a HOT update.
create table exporter.block (
  id uuid primary key,
  number bigint generated always as identity,
  shelf smallint not null,
  api_key text,
  source text not null,
  report_count integer not null constraint block_is_not_empty check (report_count > 0),
  payload_bytes integer not null,
  payload_sha256 bytea not null constraint block_hash_is_sha256 check (length(payload_sha256) = 32),
  received_at timestamptz not null,
  first_observed_at timestamptz not null,
  last_observed_at timestamptz not null,
  is_routed boolean not null default false,
  remaining integer not null default 0 constraint block_remaining_not_negative check (remaining >= 0)
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);

create index block_unrouted on exporter.block (number) where not is_routed;
create index block_shelf on exporter.block (shelf);

-- Counts, oldest_at, observed range and hash are of what is not sealed: sequences from head_sequence up to next_sequence.
create table exporter.partition (
  number bigint generated always as identity primary key,
  export_id uuid not null,
  key text not null,
  source text,
  api_key text,
  report_count bigint not null default 0,
  payload_bytes bigint not null default 0,
  oldest_at timestamptz,
  first_observed_at timestamptz,
  last_observed_at timestamptz,
  head_sequence bigint not null default 1,
  next_sequence bigint not null default 1,
  members_sha256 bytea not null,
  constraint partition_is_unique unique (export_id, key),
  constraint partition_range_is_ordered check (head_sequence <= next_sequence)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 200, autovacuum_vacuum_cost_delay = 0);

create index partition_oldest on exporter.partition (export_id, oldest_at) where oldest_at is not null;

create table exporter.membership (
  partition bigint not null,
  sequence bigint not null,
  block_id uuid not null,
  report_count integer not null,
  primary key (partition, sequence)
) with (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);

-- state: 1 sealed, 2 sending, 3 delivered, 4 dead, 5 discarded. released_to: memberships below it are gone.
-- is_deferred: put back for its own fault, until due_at; all other sealed batches are due, in the order of their numbers.
-- Each queue has a column that only its own index orders by (ready_number, due_at, lease_until, release_at, ended_at), so that
-- no plan can walk another one; number itself has no index of its own for that reason.
create table exporter.batch (
  id uuid primary key,
  number bigint generated always as identity,
  export_id uuid not null,
  partition bigint not null,
  partition_key text not null,
  from_sequence bigint not null,
  to_sequence bigint not null,
  released_to bigint not null,
  report_count bigint not null,
  payload_bytes bigint not null,
  trigger smallint not null,
  state smallint not null constraint batch_state_is_known check (state between 1 and 5),
  is_deferred boolean not null default false,
  ready_number bigint generated always as (case when state = 1 and not is_deferred then number end) stored,
  attempt integer not null default 0 constraint batch_attempt_not_negative check (attempt >= 0),
  due_at timestamptz not null,
  lease_until timestamptz,
  sealed_at timestamptz not null,
  oldest_at timestamptz not null,
  first_observed_at timestamptz not null,
  last_observed_at timestamptz not null,
  members_sha256 bytea not null,
  location text,
  format smallint,
  compression smallint,
  compression_level smallint,
  error_type text not null default '',
  error_detail text not null default '',
  ended_at timestamptz,
  release_at timestamptz,
  object_bytes bigint,
  object_etag text,
  object_sha256 text,
  constraint batch_range_is_ordered check (from_sequence < to_sequence and released_to between from_sequence and to_sequence),
  constraint batch_sending_has_a_lease check ((state = 2) = (lease_until is not null))
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0);

create index batch_ready on exporter.batch (export_id, ready_number) where ready_number is not null;
create index batch_deferred on exporter.batch (export_id, due_at) where state = 1 and is_deferred;
create index batch_sending on exporter.batch (export_id, lease_until) where lease_until is not null;
create index batch_unreleased on exporter.batch (release_at) where state in (3, 5) and released_to < to_sequence;
create index batch_ended on exporter.batch (ended_at) where state in (3, 5) and released_to = to_sequence;
create index batch_by_export on exporter.batch (export_id, state, number);

create table exporter.dead_letter (
  number bigint generated always as identity primary key,
  batch_id uuid not null,
  export_id uuid not null,
  from_report bigint not null,
  to_report bigint not null,
  error_type text not null,
  error_detail text not null,
  created_at timestamptz not null,
  constraint dead_letter_range_is_ordered check (from_report < to_report)
);

create index dead_letter_batch on exporter.dead_letter (batch_id);
create index dead_letter_by_export on exporter.dead_letter (export_id, number);

create table exporter.done_part (
  batch_id uuid not null,
  from_report bigint not null,
  to_report bigint not null,
  primary key (batch_id, from_report)
);

-- In reports, per export: routed = delivered + waiting + in_flight + dead + discarded (rule C8). What moves is written as an
-- entry, so that no two transactions wait for one row; entries are added to the book a little later.
create table exporter.book (
  export_id uuid primary key,
  routed bigint not null default 0,
  delivered bigint not null default 0,
  waiting bigint not null default 0,
  in_flight bigint not null default 0,
  dead bigint not null default 0,
  discarded bigint not null default 0
) with (fillfactor = 20);

create table exporter.book_entry (
  number bigint generated always as identity primary key,
  export_id uuid not null,
  routed bigint not null default 0,
  delivered bigint not null default 0,
  waiting bigint not null default 0,
  in_flight bigint not null default 0,
  dead bigint not null default 0,
  discarded bigint not null default 0,
  constraint book_entry_balances check (routed = delivered + waiting + in_flight + dead + discarded)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);
