-- settled_reports: of the batch, in parts of their own: delivered, dead letters or discarded; the books have them there already.
-- attempt is the fence and only grows; released_attempts of it were given back, attempts_before were before the last replay.
alter table batch add column settled_reports integer not null default 0;
alter table batch add column released_attempts integer not null default 0;
alter table batch add column attempts_before integer not null default 0;
alter table batch add column first_attempt_at integer;
alter table batch add column request_reports integer;

update batch set settled_reports = report_count where state = 4;

create index batch_oldest on batch (export_id, oldest_at) where state in (1, 2);
create index batch_retained on batch (export_id, ended_at) where state = 3 and released_to = from_sequence and release_at > ended_at;

alter table export add column is_paused integer not null default 0;
update export set settings = json_set(settings, '$.max_age', '00:00:00', '$.authority_secret', '');

alter table dead_letter add column first_attempt_at integer;
alter table dead_letter add column attempts integer not null default 1;

drop index dead_letter_batch;
create index dead_letter_batch on dead_letter (batch_id, from_report);
create index dead_letter_by_export on dead_letter (export_id, number);
create index dead_letter_created_at on dead_letter (created_at);
create index dead_letter_error_type on dead_letter (error_type, number);

-- outcome: 3 delivered, 5 discarded.
alter table done_part add column outcome integer not null default 3;

-- No row: no faults. Kept by whoever records an outcome (rule C2).
create table circuit (
  export_id blob primary key,
  is_open integer not null,
  fault_count integer not null,
  since integer not null,
  paused_until integer not null,
  error_type text not null,
  error_detail text not null
) strict, without rowid;
