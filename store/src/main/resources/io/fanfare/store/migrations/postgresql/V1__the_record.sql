-- The system of record. Every key starts with the tenant. Ids compare by their bytes (collate "C"), so that time-ordered ids
-- sort by age whatever the database's language. Times are UTC, in milliseconds.

-- What was acknowledged survives a crash: a commit waits for the log, also where the server was set up not to. Holds for
-- sessions that begin later; the ledger sets it for itself.
do $$ begin execute format('alter database %I set synchronous_commit = on', current_database()); end $$;

-- What must be published. The relay reads it from the log; rows stay for some hours, so that they can be published again.
create table outbox (
    id uuid not null,
    aggregatetype varchar(200) not null,
    aggregateid varchar(250) not null,
    type varchar(100) not null,
    payload bytea not null,
    position bigint generated always as identity,
    partition_no int null,
    tenant_id varchar(100) not null,
    traceparent varchar(64) null,
    occurred_at timestamp(3) not null,
    ce_time varchar(32) not null,
    written_at timestamp not null default (now() at time zone 'utc')
) partition by range (written_at);
comment on column outbox.aggregatetype is 'topic';
comment on column outbox.aggregateid is 'record key';
comment on column outbox.type is 'record name';
comment on column outbox.payload is 'Confluent wire format';
comment on column outbox.partition_no is 'null: partition by key; a number: that partition';
comment on column outbox.occurred_at is 'event time, UTC';
comment on column outbox.ce_time is 'RFC 3339 of occurred_at';
-- Takes what no hourly partition is there for, so that a play never fails because maintenance did.
create table outbox_default partition of outbox default;
-- Rows arrive in the order of this column: a few bytes per block range instead of an entry per row.
create index outbox_written_at on outbox using brin (written_at);

-- Where the log stood at a time. Together with the slot's confirmed position it says until when everything was relayed.
create table relay_mark (
    taken_at timestamp not null primary key,
    lsn pg_lsn not null
);

create table game (
    tenant_id varchar(100) collate "C" not null,
    game_id varchar(100) collate "C" not null,
    revision bigint not null,
    created_at timestamp(3) not null,
    updated_at timestamp(3) not null,
    primary key (tenant_id, game_id)
);
comment on column game.revision is 'the current one';

create table game_revision (
    tenant_id varchar(100) collate "C" not null,
    game_id varchar(100) collate "C" not null,
    revision bigint not null,
    merchant_id varchar(100) collate "C" null,
    campaign_id varchar(100) collate "C" null,
    name varchar(200) not null,
    type varchar(100) not null,
    seed_generator varchar(100) not null,
    validator varchar(100) not null,
    reward_handler varchar(100) not null,
    status varchar(20) not null,
    max_plays_per_user int not null,
    max_plays_per_day int not null,
    require_login boolean not null,
    start_date timestamp(3) null,
    end_date timestamp(3) null,
    handler_config text not null,
    validator_config text not null,
    ui text not null,
    on_unavailable varchar(20) not null,
    wallet_scope varchar(20) not null,
    created_at timestamp(3) not null,
    primary key (tenant_id, game_id, revision)
);

create table prize (
    tenant_id varchar(100) collate "C" not null,
    prize_id varchar(100) collate "C" not null,
    revision bigint not null,
    name varchar(200) not null,
    type varchar(20) not null,
    image varchar(2000) null,
    value bigint not null,
    max_per_user int not null,
    max_per_day int not null,
    needs_code boolean not null,
    fulfillment text not null,
    created_at timestamp(3) not null,
    updated_at timestamp(3) not null,
    primary key (tenant_id, prize_id)
);

-- Apart from the prize: this row is the one that everybody wants, so it is short and has no index but its key.
create table prize_stock (
    tenant_id varchar(100) collate "C" not null,
    prize_id varchar(100) collate "C" not null,
    total bigint null,
    remaining bigint null,
    primary key (tenant_id, prize_id),
    check (remaining >= 0),
    check ((total is null) = (remaining is null))
) with (fillfactor = 50);
comment on column prize_stock.remaining is 'null: unlimited';

-- What operators put in and took out. Their sum less what remains is what was awarded.
create table stock_movement (
    tenant_id varchar(100) collate "C" not null,
    prize_id varchar(100) collate "C" not null,
    movement_id varchar(100) collate "C" not null,
    delta bigint not null,
    reason varchar(500) not null,
    created_at timestamp(3) not null,
    primary key (tenant_id, prize_id, movement_id)
);

create table prize_code (
    tenant_id varchar(100) collate "C" not null,
    prize_id varchar(100) collate "C" not null,
    code varchar(255) collate "C" not null,
    position bigint generated always as identity,
    reward_id varchar(100) collate "C" null,
    created_at timestamp(3) not null,
    primary key (tenant_id, prize_id, code)
);
create index prize_code_free on prize_code (tenant_id, prize_id, position) where reward_id is null;

create table session (
    tenant_id varchar(100) collate "C" not null,
    session_id varchar(100) collate "C" not null,
    game_id varchar(100) collate "C" not null,
    game_revision bigint not null,
    player_id varchar(100) collate "C" not null,
    seed text not null,
    server_seed char(64) not null,
    started_at timestamp(3) not null,
    expires_at timestamp(3) not null,
    consumed_at timestamp(3) null,
    primary key (tenant_id, session_id)
);
-- For sweeping out the ones that were never played.
create index session_unplayed on session (expires_at) where consumed_at is null;

create table play_counter (
    tenant_id varchar(100) collate "C" not null,
    game_id varchar(100) collate "C" not null,
    player_id varchar(100) collate "C" not null,
    epoch_day int not null,
    plays bigint not null,
    primary key (tenant_id, game_id, player_id, epoch_day),
    check (plays >= 0)
) with (fillfactor = 80);
comment on column play_counter.epoch_day is 'UTC day, counted from 1970-01-01; -1: ever';
create index play_counter_day on play_counter (epoch_day) where epoch_day >= 0;

create table award_counter (
    tenant_id varchar(100) collate "C" not null,
    prize_id varchar(100) collate "C" not null,
    player_id varchar(100) collate "C" not null,
    epoch_day int not null,
    units bigint not null,
    primary key (tenant_id, prize_id, player_id, epoch_day),
    check (units >= 0)
) with (fillfactor = 80);
comment on column award_counter.epoch_day is 'UTC day, counted from 1970-01-01; -1: ever';
create index award_counter_day on award_counter (epoch_day) where epoch_day >= 0;

create table play (
    tenant_id varchar(100) collate "C" not null,
    play_id varchar(100) collate "C" not null,
    game_id varchar(100) collate "C" not null,
    game_revision bigint not null,
    player_id varchar(100) collate "C" not null,
    session_id varchar(100) collate "C" not null,
    sequence bigint not null,
    input text not null,
    client_seed varchar(1000) not null,
    metadata text not null,
    score bigint null,
    unavailable text not null,
    wallet_scope_key varchar(100) collate "C" null,
    wallet_number bigint null,
    traceparent varchar(64) null,
    occurred_at timestamp(3) not null,
    primary key (tenant_id, play_id),
    unique (tenant_id, player_id, game_id, sequence)
);

create table reward (
    tenant_id varchar(100) collate "C" not null,
    reward_id varchar(100) collate "C" not null,
    player_id varchar(100) collate "C" not null,
    prize_id varchar(100) collate "C" not null,
    game_id varchar(100) collate "C" not null,
    play_id varchar(100) collate "C" not null,
    ordinal int not null,
    name varchar(200) not null,
    image varchar(2000) null,
    type varchar(20) not null,
    quantity bigint not null,
    value bigint not null,
    code varchar(255) null,
    status varchar(20) not null,
    created_at timestamp(3) not null,
    primary key (tenant_id, reward_id)
);
comment on column reward.ordinal is 'place among the rewards of its play, from 0';
create index reward_of_player on reward (tenant_id, player_id, reward_id);
create index reward_of_play on reward (tenant_id, play_id);
create index reward_of_prize on reward (tenant_id, prize_id);

create table idempotency_key (
    tenant_id varchar(100) collate "C" not null,
    caller varchar(120) collate "C" not null,
    key varchar(255) collate "C" not null,
    request_hash varchar(100) not null,
    status int null,
    body text null,
    created_at timestamp(3) not null,
    expires_at timestamp(3) not null,
    primary key (tenant_id, caller, key)
);
comment on column idempotency_key.status is 'null only inside the transaction that claims the key';
create index idempotency_key_expiry on idempotency_key (expires_at);

-- The last number given out. Whoever holds the row is the only one who can commit the next.
create table player_sequence (
    tenant_id varchar(100) collate "C" not null,
    player_id varchar(100) collate "C" not null,
    stream varchar(120) collate "C" not null,
    last_number bigint not null,
    primary key (tenant_id, player_id, stream)
) with (fillfactor = 80);
comment on column player_sequence.stream is 'plays, or wallet:<scope key>';

-- The authority for what was asked of wallets; the topic can be filled again from it.
create table wallet_command (
    tenant_id varchar(100) collate "C" not null,
    scope_key varchar(100) collate "C" not null,
    player_id varchar(100) collate "C" not null,
    number bigint not null,
    command_id uuid not null,
    payload bytea not null,
    traceparent varchar(64) null,
    occurred_at timestamp(3) not null,
    primary key (tenant_id, scope_key, player_id, number),
    unique (tenant_id, command_id)
);

create table leaderboard (
    tenant_id varchar(100) collate "C" not null,
    leaderboard_id varchar(100) collate "C" not null,
    revision bigint not null,
    created_at timestamp(3) not null,
    updated_at timestamp(3) not null,
    primary key (tenant_id, leaderboard_id)
);
comment on column leaderboard.revision is 'the newest one';

create table leaderboard_revision (
    tenant_id varchar(100) collate "C" not null,
    leaderboard_id varchar(100) collate "C" not null,
    revision bigint not null,
    campaign_id varchar(100) collate "C" null,
    name varchar(200) not null,
    metric varchar(50) not null,
    tie_rule varchar(20) not null,
    settings text not null,
    status varchar(20) not null,
    effective_at timestamp(3) not null,
    created_at timestamp(3) not null,
    primary key (tenant_id, leaderboard_id, revision)
);
comment on column leaderboard_revision.effective_at is 'plays from then on are judged by this revision';
