-- What became of commands that somebody waits for. The wallets app decides; this is what it said on its topic.
alter table wallet_command
    add column awaited_by varchar(100) null,
    add column outcome varchar(20) null check (outcome in ('awaited', 'posted', 'refused')),
    add column refusal varchar(50) null,
    add column detail text null,
    add column entries text null;
comment on column wallet_command.awaited_by is 'the hash of the request, or a word for the process; null: nobody waits';
comment on column wallet_command.outcome is 'null where nobody waits';
comment on column wallet_command.entries is 'JSON; of a posted one';
create index wallet_command_awaited on wallet_command (occurred_at) where outcome = 'awaited';

-- What a tenant allows its players to do with their wallets.
create table wallet_terms (
    tenant_id varchar(100) collate "C" not null,
    revision bigint not null,
    conversions text not null,
    transfers text not null,
    who varchar(200) not null,
    effective_at timestamp(3) not null,
    primary key (tenant_id, revision)
);

-- A transfer on its way between two wallets: each leg is a command of its own, and this says which one is next.
create table wallet_transfer (
    tenant_id varchar(100) collate "C" not null,
    transfer_id varchar(100) collate "C" not null,
    from_player_id varchar(100) collate "C" not null,
    to_player_id varchar(100) collate "C" not null,
    scope_key varchar(100) collate "C" not null,
    currency varchar(100) collate "C" not null,
    amount bigint not null,
    epoch_day bigint not null,
    asked_by varchar(100) not null,
    status varchar(20) not null,
    refusal varchar(50) null,
    lots text null,
    created_at timestamp(3) not null,
    updated_at timestamp(3) not null,
    primary key (tenant_id, transfer_id),
    check (amount > 0),
    check (status in ('pending', 'refused', 'sent', 'completed', 'returning', 'returned', 'stranded'))
);
create index wallet_transfer_status on wallet_transfer (status, updated_at);

-- What a player has sent on a day.
create table transfer_counter (
    tenant_id varchar(100) collate "C" not null,
    player_id varchar(100) collate "C" not null,
    currency varchar(100) collate "C" not null,
    epoch_day bigint not null,
    sent bigint not null,
    primary key (tenant_id, player_id, currency, epoch_day)
);
create index transfer_counter_day on transfer_counter (epoch_day);

-- In which wallet a hold is.
create table wallet_hold (
    tenant_id varchar(100) collate "C" not null,
    hold_id varchar(100) collate "C" not null,
    player_id varchar(100) collate "C" not null,
    scope_key varchar(100) collate "C" not null,
    created_at timestamp(3) not null,
    primary key (tenant_id, hold_id)
);

-- Who did what to a wallet by hand, and why. The command says what exactly; its cause refers here.
create table wallet_action (
    tenant_id varchar(100) collate "C" not null,
    action_id varchar(100) collate "C" not null,
    kind varchar(20) not null,
    who varchar(200) not null,
    reason varchar(500) not null,
    player_id varchar(100) collate "C" not null,
    scope_key varchar(100) collate "C" not null,
    command_id uuid not null,
    created_at timestamp(3) not null,
    primary key (tenant_id, action_id)
);

-- Grants to many players at once, row by row.
create table wallet_grant (
    tenant_id varchar(100) collate "C" not null,
    grant_id varchar(100) collate "C" not null,
    content_hash varchar(100) not null,
    reason varchar(500) not null,
    who varchar(200) not null,
    created_at timestamp(3) not null,
    primary key (tenant_id, grant_id)
);

create table wallet_grant_row (
    tenant_id varchar(100) collate "C" not null,
    grant_id varchar(100) collate "C" not null,
    line int not null,
    player_id varchar(100) null,
    scope_key varchar(100) null,
    currency varchar(100) null,
    amount bigint null,
    expires_at timestamp(3) null,
    command_id uuid null,
    status varchar(20) not null,
    error varchar(500) null,
    primary key (tenant_id, grant_id, line),
    check (status in ('waiting', 'given', 'known', 'invalid'))
);
create index wallet_grant_row_waiting on wallet_grant_row (tenant_id, grant_id) where status = 'waiting';
comment on column wallet_terms.conversions is 'JSON';
comment on column wallet_terms.transfers is 'JSON';
comment on column wallet_transfer.asked_by is 'the hash of the request';
comment on column wallet_transfer.lots is 'JSON; of what was sent';
