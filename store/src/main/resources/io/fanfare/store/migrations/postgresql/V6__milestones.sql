-- Milestones of games, what players redeem and earn of them, and rewards that no play has won. Times are UTC, in milliseconds.

-- Of each revision of a game that says something about its milestones. A wallet is judged by the one in force.
create table game_milestones (
    tenant_id varchar(100) collate "C" not null,
    game_id varchar(100) collate "C" not null,
    revision bigint not null,
    scope_key varchar(100) collate "C" not null,
    currency varchar(100) not null,
    mode varchar(20) not null,
    auto_grant boolean not null,
    milestones text not null,
    effective_at timestamp(3) not null,
    created_at timestamp(3) not null,
    primary key (tenant_id, game_id, revision)
);
comment on column game_milestones.milestones is 'a JSON array; empty: they were taken away';

-- Whether a player got what can be had once: of a milestone, later of a place on a board or of a quest.
create table award (
    tenant_id varchar(100) collate "C" not null,
    award_id varchar(100) collate "C" not null,
    cause varchar(20) collate "C" not null,
    cause_key varchar(310) collate "C" not null,
    player_id varchar(100) collate "C" not null,
    game_id varchar(100) collate "C" not null,
    prize_id varchar(100) collate "C" not null,
    status varchar(20) not null check (status in ('reserved', 'awarded', 'unawarded')),
    why varchar(20) null,
    redemption_id varchar(100) collate "C" null,
    reward_id varchar(100) collate "C" null,
    created_at timestamp(3) not null,
    updated_at timestamp(3) not null,
    primary key (tenant_id, award_id),
    unique (tenant_id, cause, cause_key, player_id)
);
comment on column award.cause_key is 'what it is for, among all causes of its kind: <scope key>/<game>/<milestone>';
comment on column award.why is 'what was in the way when it was earned; while it is reserved: what was before';
create index award_unawarded on award (tenant_id, award_id) where status = 'unawarded';

-- A request for the prize of a milestone. While it is pending, a unit and a code are set aside for it; only what becomes of
-- its wallet command ends it.
create table redemption (
    tenant_id varchar(100) collate "C" not null,
    redemption_id varchar(100) collate "C" not null,
    player_id varchar(100) collate "C" not null,
    game_id varchar(100) collate "C" not null,
    game_revision bigint not null,
    milestone_id varchar(100) collate "C" not null,
    mode varchar(20) not null,
    currency varchar(100) not null,
    threshold bigint not null,
    scope_key varchar(100) collate "C" not null,
    wallet_number bigint not null,
    award_id varchar(100) collate "C" null,
    reward_id varchar(100) collate "C" not null,
    prize_id varchar(100) collate "C" not null,
    prize_name varchar(200) not null,
    prize_image varchar(2000) null,
    prize_type varchar(20) not null,
    prize_value bigint not null,
    code varchar(255) null,
    is_unit_taken boolean not null,
    status varchar(20) not null check (status in ('pending', 'granted', 'refused')),
    refusal varchar(50) null,
    detail varchar(500) null,
    balance_after bigint null,
    credit_number bigint null,
    idempotency_key varchar(255) collate "C" null,
    request_hash varchar(100) null,
    traceparent varchar(64) null,
    requested_at timestamp(3) not null,
    ended_at timestamp(3) null,
    primary key (tenant_id, redemption_id),
    unique (tenant_id, player_id, idempotency_key)
);
comment on column redemption.wallet_number is 'of its command; only that one''s outcome ends it';
comment on column redemption.award_id is 'where it can be had once';
comment on column redemption.reward_id is 'there once it is granted';
comment on column redemption.is_unit_taken is 'of limited stock';
comment on column redemption.balance_after is 'of its currency, where it was paid';
comment on column redemption.credit_number is 'of the command that pays the reward into the wallet, where it is one of those';
create index redemption_pending on redemption (requested_at) where status = 'pending';

alter table reward alter column play_id drop not null;
alter table reward add column cause varchar(20) not null default 'play';
alter table reward add column cause_id varchar(100) collate "C" null;
comment on column reward.cause is 'play, redemption or award';
comment on column reward.cause_id is 'the redemption or award; a play is in play_id';
