-- Awards that could not be had and that an operator has tried again: who, why, and what came of it. Never changed. Times are UTC.
create table award_retry (
    tenant_id varchar(100) collate "C" not null,
    retry_id varchar(100) collate "C" not null,
    award_id varchar(100) collate "C" not null,
    who varchar(200) not null,
    reason varchar(500) not null,
    outcome varchar(20) not null,
    created_at timestamp(3) not null,
    primary key (tenant_id, retry_id)
);
comment on column award_retry.outcome is 'awarded, or what is still in the way';
