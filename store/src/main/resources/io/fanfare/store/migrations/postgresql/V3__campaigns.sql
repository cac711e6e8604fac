-- Campaigns of a tenant, revision by revision. Times are UTC; a list is a JSON array of texts.

create table campaign (
    tenant_id varchar(100) collate "C" not null,
    campaign_id varchar(100) collate "C" not null,
    revision bigint not null,
    created_at timestamp(3) not null,
    updated_at timestamp(3) not null,
    primary key (tenant_id, campaign_id),
    -- A public page knows its campaign by this alone.
    unique (campaign_id)
);
comment on column campaign.revision is 'the current one';

create table campaign_revision (
    tenant_id varchar(100) collate "C" not null,
    campaign_id varchar(100) collate "C" not null,
    revision bigint not null,
    merchant_id varchar(100) collate "C" null,
    name varchar(200) not null,
    status varchar(20) not null,
    start_date timestamp(3) null,
    end_date timestamp(3) null,
    channels text not null,
    games text not null,
    quests text not null,
    require_auth boolean not null,
    auth_methods text not null,
    collect_fields text not null,
    max_plays_per_user int not null,
    max_plays_per_day int not null,
    wallet_scope varchar(20) not null,
    created_at timestamp(3) not null,
    primary key (tenant_id, campaign_id, revision)
);
