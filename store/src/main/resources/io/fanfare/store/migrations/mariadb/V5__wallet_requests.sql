-- What became of commands that somebody waits for. The wallets app decides; this is what it said on its topic.
alter table wallet_command
    add column awaited_by varchar(100) null comment 'the hash of the request, or a word for the process; null: nobody waits',
    add column outcome varchar(20) null comment 'null where nobody waits',
    add column refusal varchar(50) null,
    add column detail longtext null,
    add column entries longtext null comment 'JSON; of a posted one',
    add constraint wallet_command_outcome check (outcome in ('awaited', 'posted', 'refused'));
create index wallet_command_awaited on wallet_command (outcome, occurred_at);

-- What a tenant allows its players to do with their wallets.
create table wallet_terms (
    tenant_id varchar(100) not null,
    revision bigint not null,
    conversions longtext not null comment 'JSON',
    transfers longtext not null comment 'JSON',
    who varchar(200) not null,
    effective_at datetime(3) not null,
    primary key (tenant_id, revision)
) engine = innodb default character set utf8mb4 collate ${collation};

-- A transfer on its way between two wallets: each leg is a command of its own, and this says which one is next.
create table wallet_transfer (
    tenant_id varchar(100) not null,
    transfer_id varchar(100) not null,
    from_player_id varchar(100) not null,
    to_player_id varchar(100) not null,
    scope_key varchar(100) not null,
    currency varchar(100) not null,
    amount bigint not null,
    epoch_day bigint not null,
    asked_by varchar(100) not null,
    status varchar(20) not null,
    refusal varchar(50) null,
    lots longtext null comment 'JSON; of what was sent',
    created_at datetime(3) not null,
    updated_at datetime(3) not null,
    primary key (tenant_id, transfer_id),
    check (amount > 0),
    check (status in ('pending', 'refused', 'sent', 'completed', 'returning', 'returned', 'stranded'))
) engine = innodb default character set utf8mb4 collate ${collation};
create index wallet_transfer_status on wallet_transfer (status, updated_at);

-- What a player has sent on a day.
create table transfer_counter (
    tenant_id varchar(100) not null,
    player_id varchar(100) not null,
    currency varchar(100) not null,
    epoch_day bigint not null,
    sent bigint not null,
    primary key (tenant_id, player_id, currency, epoch_day)
) engine = innodb default character set utf8mb4 collate ${collation};
create index transfer_counter_day on transfer_counter (epoch_day);

-- In which wallet a hold is.
create table wallet_hold (
    tenant_id varchar(100) not null,
    hold_id varchar(100) not null,
    player_id varchar(100) not null,
    scope_key varchar(100) not null,
    created_at datetime(3) not null,
    primary key (tenant_id, hold_id)
) engine = innodb default character set utf8mb4 collate ${collation};

-- Who did what to a wallet by hand, and why. The command says what exactly; its cause refers here.
create table wallet_action (
    tenant_id varchar(100) not null,
    action_id varchar(100) not null,
    kind varchar(20) not null,
    who varchar(200) not null,
    reason varchar(500) not null,
    player_id varchar(100) not null,
    scope_key varchar(100) not null,
    command_id char(36) character set ascii collate ascii_bin not null,
    created_at datetime(3) not null,
    primary key (tenant_id, action_id)
) engine = innodb default character set utf8mb4 collate ${collation};

-- Grants to many players at once, row by row.
create table wallet_grant (
    tenant_id varchar(100) not null,
    grant_id varchar(100) not null,
    content_hash varchar(100) not null,
    reason varchar(500) not null,
    who varchar(200) not null,
    created_at datetime(3) not null,
    primary key (tenant_id, grant_id)
) engine = innodb default character set utf8mb4 collate ${collation};

create table wallet_grant_row (
    tenant_id varchar(100) not null,
    grant_id varchar(100) not null,
    line int not null,
    player_id varchar(100) null,
    scope_key varchar(100) null,
    currency varchar(100) null,
    amount bigint null,
    expires_at datetime(3) null,
    command_id char(36) character set ascii collate ascii_bin null,
    status varchar(20) not null,
    error varchar(500) null,
    primary key (tenant_id, grant_id, line),
    check (status in ('waiting', 'given', 'known', 'invalid'))
) engine = innodb default character set utf8mb4 collate ${collation};
create index wallet_grant_row_waiting on wallet_grant_row (status, tenant_id, grant_id);
