-- The system of record on MariaDB, and on MySQL, column for column that of PostgreSQL. Every key starts with the tenant. Texts
-- compare by their bytes and to their last blank (the collation is set by the program: its name differs between the two), so
-- that time-ordered ids sort by age. Times are UTC, in milliseconds, whatever the time zone of a session.

-- What must be published. The relay reads it from the log; rows stay for some hours, so that they can be published again.
create table outbox (
    id char(36) character set ascii collate ascii_bin not null,
    aggregatetype varchar(200) not null comment 'topic',
    aggregateid varchar(250) not null comment 'record key',
    type varchar(100) not null comment 'record name',
    payload longblob not null comment 'Confluent wire format',
    position bigint not null auto_increment primary key,
    partition_no int null comment 'null: partition by key, a number: that partition',
    tenant_id varchar(100) not null,
    traceparent varchar(64) null,
    occurred_at datetime(3) not null comment 'event time, UTC',
    ce_time varchar(32) not null comment 'RFC 3339 of occurred_at',
    written_at datetime(6) not null default (utc_timestamp(6)),
    key outbox_written_at (written_at)
) engine = innodb default character set utf8mb4 collate ${collation};

create table game (
    tenant_id varchar(100) not null,
    game_id varchar(100) not null,
    revision bigint not null,
    created_at datetime(3) not null,
    updated_at datetime(3) not null,
    primary key (tenant_id, game_id)
) engine = innodb default character set utf8mb4 collate ${collation};

create table game_revision (
    tenant_id varchar(100) not null,
    game_id varchar(100) not null,
    revision bigint not null,
    merchant_id varchar(100) null,
    campaign_id varchar(100) null,
    name varchar(200) not null,
    type varchar(100) not null,
    seed_generator varchar(100) not null,
    validator varchar(100) not null,
    reward_handler varchar(100) not null,
    status varchar(20) not null,
    max_plays_per_user int not null,
    max_plays_per_day int not null,
    require_login boolean not null,
    start_date datetime(3) null,
    end_date datetime(3) null,
    handler_config longtext not null,
    validator_config longtext not null,
    ui longtext not null,
    on_unavailable varchar(20) not null,
    wallet_scope varchar(20) not null,
    created_at datetime(3) not null,
    primary key (tenant_id, game_id, revision)
) engine = innodb default character set utf8mb4 collate ${collation};

create table prize (
    tenant_id varchar(100) not null,
    prize_id varchar(100) not null,
    revision bigint not null,
    name varchar(200) not null,
    type varchar(20) not null,
    image varchar(2000) null,
    value bigint not null,
    max_per_user int not null,
    max_per_day int not null,
    needs_code boolean not null,
    fulfillment longtext not null,
    created_at datetime(3) not null,
    updated_at datetime(3) not null,
    primary key (tenant_id, prize_id)
) engine = innodb default character set utf8mb4 collate ${collation};

-- Apart from the prize: this row is the one that everybody wants, so it is short and has no index but its key.
create table prize_stock (
    tenant_id varchar(100) not null,
    prize_id varchar(100) not null,
    total bigint null,
    remaining bigint null comment 'null: unlimited',
    primary key (tenant_id, prize_id),
    check (remaining >= 0),
    check ((total is null) = (remaining is null))
) engine = innodb default character set utf8mb4 collate ${collation};

-- What operators put in and took out. Their sum less what remains is what was awarded.
create table stock_movement (
    tenant_id varchar(100) not null,
    prize_id varchar(100) not null,
    movement_id varchar(100) not null,
    delta bigint not null,
    reason varchar(500) not null,
    created_at datetime(3) not null,
    primary key (tenant_id, prize_id, movement_id)
) engine = innodb default character set utf8mb4 collate ${collation};

create table prize_code (
    tenant_id varchar(100) not null,
    prize_id varchar(100) not null,
    code varchar(255) not null,
    position bigint not null auto_increment,
    reward_id varchar(100) null,
    created_at datetime(3) not null,
    primary key (tenant_id, prize_id, code),
    unique (position),
    key prize_code_free (tenant_id, prize_id, reward_id, position)
) engine = innodb default character set utf8mb4 collate ${collation};

create table session (
    tenant_id varchar(100) not null,
    session_id varchar(100) not null,
    game_id varchar(100) not null,
    game_revision bigint not null,
    player_id varchar(100) not null,
    seed longtext not null,
    server_seed char(64) not null,
    started_at datetime(3) not null,
    expires_at datetime(3) not null,
    consumed_at datetime(3) null,
    primary key (tenant_id, session_id)
) engine = innodb default character set utf8mb4 collate ${collation};
-- For sweeping out the ones that were never played.
create index session_unplayed on session (consumed_at, expires_at);

create table play_counter (
    tenant_id varchar(100) not null,
    game_id varchar(100) not null,
    player_id varchar(100) not null,
    epoch_day int not null comment 'UTC day, counted from 1970-01-01, or -1: ever',
    plays bigint not null,
    primary key (tenant_id, game_id, player_id, epoch_day),
    check (plays >= 0)
) engine = innodb default character set utf8mb4 collate ${collation};
create index play_counter_day on play_counter (epoch_day);

create table award_counter (
    tenant_id varchar(100) not null,
    prize_id varchar(100) not null,
    player_id varchar(100) not null,
    epoch_day int not null comment 'UTC day, counted from 1970-01-01, or -1: ever',
    units bigint not null,
    primary key (tenant_id, prize_id, player_id, epoch_day),
    check (units >= 0)
) engine = innodb default character set utf8mb4 collate ${collation};
create index award_counter_day on award_counter (epoch_day);

create table play (
    tenant_id varchar(100) not null,
    play_id varchar(100) not null,
    game_id varchar(100) not null,
    game_revision bigint not null,
    player_id varchar(100) not null,
    session_id varchar(100) not null,
    sequence bigint not null,
    input longtext not null,
    client_seed varchar(1000) not null,
    metadata longtext not null,
    score bigint null,
    unavailable longtext not null,
    wallet_scope_key varchar(100) null,
    wallet_number bigint null,
    traceparent varchar(64) null,
    occurred_at datetime(3) not null,
    primary key (tenant_id, play_id),
    unique (tenant_id, player_id, game_id, sequence)
) engine = innodb default character set utf8mb4 collate ${collation};

create table reward (
    tenant_id varchar(100) not null,
    reward_id varchar(100) not null,
    player_id varchar(100) not null,
    prize_id varchar(100) not null,
    game_id varchar(100) not null,
    play_id varchar(100) not null,
    ordinal int not null comment 'place among the rewards of its play, from 0',
    name varchar(200) not null,
    image varchar(2000) null,
    type varchar(20) not null,
    quantity bigint not null,
    value bigint not null,
    code varchar(255) null,
    status varchar(20) not null,
    created_at datetime(3) not null,
    primary key (tenant_id, reward_id)
) engine = innodb default character set utf8mb4 collate ${collation};
create index reward_of_player on reward (tenant_id, player_id, reward_id);
create index reward_of_play on reward (tenant_id, play_id);
create index reward_of_prize on reward (tenant_id, prize_id);

create table idempotency_key (
    tenant_id varchar(100) not null,
    caller varchar(120) not null,
    `key` varchar(255) not null,
    request_hash varchar(100) not null,
    status int null comment 'null only inside the transaction that claims the key',
    body longtext null,
    created_at datetime(3) not null,
    expires_at datetime(3) not null,
    primary key (tenant_id, caller, `key`)
) engine = innodb default character set utf8mb4 collate ${collation};
create index idempotency_key_expiry on idempotency_key (expires_at);

-- The last number given out. Whoever holds the row is the only one who can commit the next.
create table player_sequence (
    tenant_id varchar(100) not null,
    player_id varchar(100) not null,
    stream varchar(120) not null comment 'plays, or wallet:<scope key>',
    last_number bigint not null,
    primary key (tenant_id, player_id, stream)
) engine = innodb default character set utf8mb4 collate ${collation};

-- The authority for what was asked of wallets; the topic can be filled again from it.
create table wallet_command (
    tenant_id varchar(100) not null,
    scope_key varchar(100) not null,
    player_id varchar(100) not null,
    number bigint not null,
    command_id char(36) character set ascii collate ascii_bin not null,
    payload longblob not null,
    traceparent varchar(64) null,
    occurred_at datetime(3) not null,
    primary key (tenant_id, scope_key, player_id, number),
    unique (tenant_id, command_id)
) engine = innodb default character set utf8mb4 collate ${collation};

create table leaderboard (
    tenant_id varchar(100) not null,
    leaderboard_id varchar(100) not null,
    revision bigint not null,
    created_at datetime(3) not null,
    updated_at datetime(3) not null,
    primary key (tenant_id, leaderboard_id)
) engine = innodb default character set utf8mb4 collate ${collation};

create table leaderboard_revision (
    tenant_id varchar(100) not null,
    leaderboard_id varchar(100) not null,
    revision bigint not null,
    campaign_id varchar(100) null,
    name varchar(200) not null,
    metric varchar(50) not null,
    tie_rule varchar(20) not null,
    settings longtext not null,
    status varchar(20) not null,
    effective_at datetime(3) not null comment 'plays from then on are judged by this revision',
    created_at datetime(3) not null,
    primary key (tenant_id, leaderboard_id, revision)
) engine = innodb default character set utf8mb4 collate ${collation};

-- Outbound integrations of a tenant, and what is to be delivered to each.

create table integration (
    integration_id varchar(100) not null primary key,
    tenant_id varchar(100) not null,
    merchant_id varchar(100) null,
    campaign_id varchar(100) null,
    type varchar(20) not null,
    events varchar(500) not null,
    url varchar(2000) not null,
    secret varchar(200) null,
    status varchar(20) not null,
    status_reason varchar(500) null,
    revision bigint not null,
    created_at datetime(3) not null,
    check (status in ('active', 'paused', 'disabled')),
    check (revision > 0),
    key integration_of_tenant (tenant_id, integration_id)
) engine = innodb default character set utf8mb4 collate ${collation};

-- One row per endpoint and event, for ever: the unique key is what makes an event that is read again have no second
-- effect. While the state is open, due_at is when somebody may take it: the next attempt, or the end of a lease.
create table webhook_delivery (
    delivery_id bigint not null auto_increment primary key,
    tenant_id varchar(100) not null,
    integration_id varchar(100) not null,
    event_id char(36) character set ascii collate ascii_bin not null,
    event_type varchar(50) not null,
    body longtext not null,
    traceparent varchar(64) null,
    state varchar(20) not null,
    attempts int not null default 0,
    due_at datetime(3) not null,
    -- Stands in for an index on open deliveries only: null where nothing is to be taken any more.
    open_due_at datetime(3) generated always as
        (case when state in ('pending', 'processing', 'retrying') then due_at end) virtual,
    lease char(36) character set ascii collate ascii_bin null,
    last_error varchar(500) null,
    created_at datetime(3) not null,
    finished_at datetime(3) null,
    unique (integration_id, event_id),
    check (state in ('pending', 'processing', 'retrying', 'delivered', 'dead')),
    foreign key (integration_id) references integration (integration_id),
    key webhook_delivery_due (integration_id, open_due_at, delivery_id),
    key webhook_delivery_state (state)
) engine = innodb default character set utf8mb4 collate ${collation};

-- What was tried, and what came of it. Never changed; as many rows per delivery as it may have attempts.
create table webhook_attempt (
    delivery_id bigint not null,
    attempt int not null,
    started_at datetime(3) not null,
    duration_ms bigint not null,
    outcome varchar(20) not null,
    http_status int null,
    detail varchar(500) not null,
    response varchar(1000) not null,
    primary key (delivery_id, attempt),
    check (outcome in ('delivered', 'retry', 'dead')),
    foreign key (delivery_id) references webhook_delivery (delivery_id)
) engine = innodb default character set utf8mb4 collate ${collation};

-- Campaigns of a tenant, revision by revision; a list is a JSON array of texts.

create table campaign (
    tenant_id varchar(100) not null,
    campaign_id varchar(100) not null,
    revision bigint not null,
    created_at datetime(3) not null,
    updated_at datetime(3) not null,
    primary key (tenant_id, campaign_id),
    -- A public page knows its campaign by this alone.
    unique (campaign_id)
) engine = innodb default character set utf8mb4 collate ${collation};

create table campaign_revision (
    tenant_id varchar(100) not null,
    campaign_id varchar(100) not null,
    revision bigint not null,
    merchant_id varchar(100) null,
    name varchar(200) not null,
    status varchar(20) not null,
    start_date datetime(3) null,
    end_date datetime(3) null,
    channels longtext not null,
    games longtext not null,
    quests longtext not null,
    require_auth boolean not null,
    auth_methods longtext not null,
    collect_fields longtext not null,
    max_plays_per_user int not null,
    max_plays_per_day int not null,
    wallet_scope varchar(20) not null,
    created_at datetime(3) not null,
    primary key (tenant_id, campaign_id, revision)
) engine = innodb default character set utf8mb4 collate ${collation};
