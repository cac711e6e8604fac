-- Milestones of games, what players redeem and earn of them, and rewards that no play has won. Times are UTC, in milliseconds.

-- Of each revision of a game that says something about its milestones. A wallet is judged by the one in force.
create table game_milestones (
    tenant_id varchar(100) not null,
    game_id varchar(100) not null,
    revision bigint not null,
    scope_key varchar(100) not null,
    currency varchar(100) not null,
    mode varchar(20) not null,
    auto_grant boolean not null,
    milestones longtext not null comment 'a JSON array; empty: they were taken away',
    effective_at datetime(3) not null,
    created_at datetime(3) not null,
    primary key (tenant_id, game_id, revision)
) engine = innodb default character set utf8mb4 collate ${collation};

-- Whether a player got what can be had once: of a milestone, later of a place on a board or of a quest.
create table award (
    tenant_id varchar(100) not null,
    award_id varchar(100) not null,
    cause varchar(20) not null,
    cause_key varchar(310) not null comment 'what it is for, among all causes of its kind: <scope key>/<game>/<milestone>',
    player_id varchar(100) not null,
    game_id varchar(100) not null,
    prize_id varchar(100) not null,
    status varchar(20) not null,
    why varchar(20) null comment 'what was in the way when it was earned; while it is reserved: what was before',
    redemption_id varchar(100) null,
    reward_id varchar(100) null,
    created_at datetime(3) not null,
    updated_at datetime(3) not null,
    primary key (tenant_id, award_id),
    unique (tenant_id, cause, cause_key, player_id),
    check (status in ('reserved', 'awarded', 'unawarded'))
) engine = innodb default character set utf8mb4 collate ${collation};
create index award_unawarded on award (tenant_id, status, award_id);

-- A request for the prize of a milestone. While it is pending, a unit and a code are set aside for it; only what becomes of
-- its wallet command ends it.
create table redemption (
    tenant_id varchar(100) not null,
    redemption_id varchar(100) not null,
    player_id varchar(100) not null,
    game_id varchar(100) not null,
    game_revision bigint not null,
    milestone_id varchar(100) not null,
    mode varchar(20) not null,
    currency varchar(100) not null,
    threshold bigint not null,
    scope_key varchar(100) not null,
    wallet_number bigint not null comment 'of its command; only the outcome of that one ends it',
    award_id varchar(100) null,
    reward_id varchar(100) not null,
    prize_id varchar(100) not null,
    prize_name varchar(200) not null,
    prize_image varchar(2000) null,
    prize_type varchar(20) not null,
    prize_value bigint not null,
    code varchar(255) null,
    is_unit_taken boolean not null comment 'of limited stock',
    status varchar(20) not null,
    refusal varchar(50) null,
    detail varchar(500) null,
    balance_after bigint null comment 'of its currency, where it was paid',
    credit_number bigint null,
    idempotency_key varchar(255) null,
    request_hash varchar(100) null,
    traceparent varchar(64) null,
    requested_at datetime(3) not null,
    ended_at datetime(3) null,
    primary key (tenant_id, redemption_id),
    unique (tenant_id, player_id, idempotency_key),
    check (status in ('pending', 'granted', 'refused'))
) engine = innodb default character set utf8mb4 collate ${collation};
create index redemption_pending on redemption (status, requested_at);

alter table reward modify column play_id varchar(100) null;
alter table reward add column cause varchar(20) not null default 'play' comment 'play, redemption or award';
alter table reward add column cause_id varchar(100) null comment 'the redemption or award; a play is in play_id';
