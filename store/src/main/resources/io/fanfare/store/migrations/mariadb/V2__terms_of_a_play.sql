-- What a game and its campaign say beyond stock and caps: turns, budgets, winning moments, client seeds, strictness; and the life
-- of a reward. Column for column as on PostgreSQL. There is nothing to carry over: no service wrote here before.

alter table game_revision add column use_turns boolean not null default false;

alter table session
    add column client_seed varchar(1000) null comment 'null: still open; otherwise no play may draw with another';

alter table play
    add column draws_used bigint not null default 0,
    add column drawn longtext not null default ('[]')
        comment 'what chance drew, before it was known what could be had; a JSON array';

-- Counts the plays of a campaign too, in the statement that counts those of the game.
alter table play_counter
    modify column game_id varchar(120) not null
        comment 'a game, or campaign:<campaign id> for all of its games together';

create table turn_balance (
    tenant_id varchar(100) not null,
    campaign_id varchar(100) not null,
    player_id varchar(100) not null,
    balance bigint not null,
    primary key (tenant_id, campaign_id, player_id),
    check (balance >= 0)
) engine = innodb default character set utf8mb4 collate ${collation};

-- What was granted and taken away. Its sum less the plays that took a turn is the balance.
create table turn_movement (
    tenant_id varchar(100) not null,
    campaign_id varchar(100) not null,
    player_id varchar(100) not null,
    cause varchar(255) not null comment 'what it is for: the same cause moves turns once',
    delta bigint not null comment 'as applied: no more is taken than was there',
    reason varchar(500) not null,
    created_at datetime(3) not null,
    primary key (tenant_id, campaign_id, player_id, cause)
) engine = innodb default character set utf8mb4 collate ${collation};

-- What was given away, in the prizes' value, while the game or the campaign had a budget.
create table budget_counter (
    tenant_id varchar(100) not null,
    scope varchar(20) not null comment 'game or campaign',
    scope_id varchar(100) not null,
    spent bigint not null,
    primary key (tenant_id, scope, scope_id),
    check (spent >= 0)
) engine = innodb default character set utf8mb4 collate ${collation};

create table moment_counter (
    tenant_id varchar(100) not null,
    game_id varchar(100) not null,
    prize_id varchar(100) not null,
    claimed bigint not null,
    primary key (tenant_id, game_id, prize_id),
    check (claimed >= 0)
) engine = innodb default character set utf8mb4 collate ${collation};

-- Attempts that could not be true. Each made an end of its session and took nothing.
create table caught_play (
    tenant_id varchar(100) not null,
    play_id varchar(100) not null,
    game_id varchar(100) not null,
    game_revision bigint not null,
    player_id varchar(100) not null,
    session_id varchar(100) not null,
    input longtext not null,
    verdict varchar(500) not null,
    facts longtext not null comment 'what gave it away: a JSON object of texts',
    occurred_at datetime(3) not null,
    primary key (tenant_id, play_id),
    unique (tenant_id, session_id)
) engine = innodb default character set utf8mb4 collate ${collation};
create index caught_play_of_game on caught_play (tenant_id, game_id, play_id);

alter table prize
    add column redemption_mode varchar(20) not null default 'on_claim',
    add column is_in_app boolean not null default true,
    add column valid_for_seconds bigint null comment 'how long a won unit can be claimed; null: for ever'
        check (valid_for_seconds > 0);

alter table prize_code
    add column voided_at datetime(3) null
        comment 'its reward was revoked or expired; it is never given out again';

alter table reward
    add column expires_at datetime(3) null comment 'the first instant at which it cannot be claimed any more; null: never',
    add column claimed_at datetime(3) null,
    add column fulfilled_at datetime(3) null,
    add column expired_at datetime(3) null,
    add column revoked_at datetime(3) null,
    add column is_unit_returned boolean not null default false;
-- Of all rewards, since there are no indexes on some rows only; those that wait to be claimed are one stretch of it.
create index reward_expiring on reward (status, expires_at);

-- What was done with a reward after it was won. Never changed.
create table reward_step (
    tenant_id varchar(100) not null,
    reward_id varchar(100) not null,
    step_no int not null comment 'from 1, without gaps',
    step varchar(20) not null,
    actor varchar(120) not null,
    reason varchar(500) null,
    traceparent varchar(64) null,
    occurred_at datetime(3) not null,
    primary key (tenant_id, reward_id, step_no)
) engine = innodb default character set utf8mb4 collate ${collation};

alter table campaign_revision
    add column budget bigint not null default 0
        comment 'what its games may give away, in the prizes'' value; 0: no bound' check (budget >= 0),
    add column schedule longtext not null default ('{"zone":"UTC","opening":[]}')
        comment 'the hours of the week at which its games can be played: a JSON object; no opening: always';
