-- Outbound integrations of a tenant, and what is to be delivered to each. Times are UTC.

create table integration (
    integration_id  varchar(100) collate "C" not null primary key,
    tenant_id       varchar(100) collate "C" not null,
    merchant_id     varchar(100),
    campaign_id     varchar(100),
    type            varchar(20)   not null,
    events          varchar(500)  not null,
    url             varchar(2000) not null,
    secret          varchar(200),
    status          varchar(20)   not null check (status in ('active', 'paused', 'disabled')),
    status_reason   varchar(500),
    revision        bigint        not null check (revision > 0),
    created_at      timestamp(3)  not null
);

create index integration_of_tenant on integration (tenant_id, integration_id);

-- One row per endpoint and event, for ever: the unique key is what makes an event that is read again have no second
-- effect. While the state is open, due_at is when somebody may take it: the next attempt, or the end of a lease.
create table webhook_delivery (
    delivery_id     bigint        generated always as identity primary key,
    tenant_id       varchar(100) collate "C" not null,
    integration_id  varchar(100) collate "C" not null references integration (integration_id),
    event_id        uuid          not null,
    event_type      varchar(50)   not null,
    body            text          not null,
    traceparent     varchar(64),
    state           varchar(20)   not null check (state in ('pending', 'processing', 'retrying', 'delivered', 'dead')),
    attempts        integer       not null default 0,
    due_at          timestamp(3)  not null,
    lease           uuid,
    last_error      varchar(500),
    created_at      timestamp(3)  not null,
    finished_at     timestamp(3),
    unique (integration_id, event_id)
);

create index webhook_delivery_due on webhook_delivery (integration_id, due_at, delivery_id)
    where state in ('pending', 'processing', 'retrying');

create index webhook_delivery_unfinished on webhook_delivery (state)
    where state in ('pending', 'processing', 'retrying', 'dead');

-- What was tried, and what came of it. Never changed; as many rows per delivery as it may have attempts.
create table webhook_attempt (
    delivery_id     bigint        not null references webhook_delivery (delivery_id),
    attempt         integer       not null,
    started_at      timestamp(3)  not null,
    duration_ms     bigint        not null,
    outcome         varchar(20)   not null check (outcome in ('delivered', 'retry', 'dead')),
    http_status     integer,
    detail          varchar(500)  not null,
    response        varchar(1000) not null,
    primary key (delivery_id, attempt)
);
