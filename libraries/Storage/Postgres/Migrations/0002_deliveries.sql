-- settled_reports: of the batch, in parts of their own: delivered, dead letters or discarded; the books have them there already.
-- attempt is the fence and only grows; released_attempts of it were given back, attempts_before were before the last replay.
alter table exporter.batch
  add column settled_reports bigint not null default 0,
  add column released_attempts integer not null default 0,
  add column attempts_before integer not null default 0,
  add column first_attempt_at timestamptz,
  add column request_reports integer,
  add constraint batch_settles_its_own check (settled_reports between 0 and report_count);

update exporter.batch set settled_reports = report_count where state = 4;

create index batch_oldest on exporter.batch (export_id, oldest_at) where state in (1, 2);
create index batch_retained on exporter.batch (export_id, ended_at)
  where state = 3 and released_to = from_sequence and release_at > ended_at;

alter table exporter.export add column is_paused boolean not null default false;
update exporter.export set settings = settings || '{"max_age": "00:00:00", "authority_secret": ""}';

alter table exporter.dead_letter
  add column first_attempt_at timestamptz,
  add column attempts integer not null default 1;

drop index exporter.dead_letter_batch;
create index dead_letter_batch on exporter.dead_letter (batch_id, from_report);
create index dead_letter_created_at on exporter.dead_letter (created_at);
create index dead_letter_error_type on exporter.dead_letter (error_type, number);

-- outcome: 3 delivered, 5 discarded.
alter table exporter.done_part
  add column outcome smallint not null default 3 constraint done_part_outcome_is_known check (outcome in (3, 5)),
  add constraint done_part_range_is_ordered check (from_report < to_report);

-- No row: no faults. Kept by whoever records an outcome (rule C2).
create table exporter.circuit (
  export_id uuid primary key,
  is_open boolean not null,
  fault_count integer not null constraint circuit_has_faults check (fault_count > 0),
  since timestamptz not null,
  paused_until timestamptz not null,
  error_type text not null,
  error_detail text not null
) with (fillfactor = 50);
