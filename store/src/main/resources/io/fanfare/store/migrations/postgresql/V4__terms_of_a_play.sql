-- What a game and its campaign say beyond stock and caps: turns, budgets, winning moments, client seeds, strictness; and the life
-- of a reward. Times are UTC.

alter table game_revision add column use_turns boolean not null default false;

alter table session add column client_seed varchar(1000) null;
comment on column session.client_seed is 'null: still open; otherwise no play may draw with another';

alter table play add column draws_used bigint not null default 0;
alter table play add column drawn text not null default '[]';
comment on column play.drawn is 'what chance drew, before it was known what could be had; a JSON array';

-- Counts the plays of a campaign too, in the statement that counts those of the game.
alter table play_counter alter column game_id type varchar(120) collate "C";
comment on column play_counter.game_id is 'a game, or campaign:<campaign id> for all of its games together';
insert into play_counter (tenant_id, game_id, player_id, epoch_day, plays)
select p.tenant_id, 'campaign:' || r.campaign_id, p.player_id, -1, count(*)
from play p
join game_revision r on r.tenant_id = p.tenant_id and r.game_id = p.game_id and r.revision = p.game_revision
where r.campaign_id is not null
group by p.tenant_id, r.campaign_id, p.player_id;
insert into play_counter (tenant_id, game_id, player_id, epoch_day, plays)
select p.tenant_id, 'campaign:' || r.campaign_id, p.player_id, cast(p.occurred_at as date) - date '1970-01-01', count(*)
from play p
join game_revision r on r.tenant_id = p.tenant_id and r.game_id = p.game_id and r.revision = p.game_revision
where r.campaign_id is not null and p.occurred_at >= cast(now() at time zone 'utc' as date) - 1
group by p.tenant_id, r.campaign_id, p.player_id, cast(p.occurred_at as date);

create table turn_balance (
    tenant_id varchar(100) collate "C" not null,
    campaign_id varchar(100) collate "C" not null,
    player_id varchar(100) collate "C" not null,
    balance bigint not null,
    primary key (tenant_id, campaign_id, player_id),
    check (balance >= 0)
) with (fillfactor = 80);

-- What was granted and taken away. Its sum less the plays that took a turn is the balance.
create table turn_movement (
    tenant_id varchar(100) collate "C" not null,
    campaign_id varchar(100) collate "C" not null,
    player_id varchar(100) collate "C" not null,
    cause varchar(255) collate "C" not null,
    delta bigint not null,
    reason varchar(500) not null,
    created_at timestamp(3) not null,
    primary key (tenant_id, campaign_id, player_id, cause)
);
comment on column turn_movement.cause is 'what it is for: the same cause moves turns once';
comment on column turn_movement.delta is 'as applied: no more is taken than was there';

-- What was given away, in the prizes'' value, while the game or the campaign had a budget.
create table budget_counter (
    tenant_id varchar(100) collate "C" not null,
    scope varchar(20) collate "C" not null,
    scope_id varchar(100) collate "C" not null,
    spent bigint not null,
    primary key (tenant_id, scope, scope_id),
    check (spent >= 0)
) with (fillfactor = 50);
comment on column budget_counter.scope is 'game or campaign';

create table moment_counter (
    tenant_id varchar(100) collate "C" not null,
    game_id varchar(100) collate "C" not null,
    prize_id varchar(100) collate "C" not null,
    claimed bigint not null,
    primary key (tenant_id, game_id, prize_id),
    check (claimed >= 0)
) with (fillfactor = 50);

-- Attempts that could not be true. Each made an end of its session and took nothing.
create table caught_play (
    tenant_id varchar(100) collate "C" not null,
    play_id varchar(100) collate "C" not null,
    game_id varchar(100) collate "C" not null,
    game_revision bigint not null,
    player_id varchar(100) collate "C" not null,
    session_id varchar(100) collate "C" not null,
    input text not null,
    verdict varchar(500) not null,
    facts text not null,
    occurred_at timestamp(3) not null,
    primary key (tenant_id, play_id),
    unique (tenant_id, session_id)
);
comment on column caught_play.facts is 'what gave it away: a JSON object of texts';
create index caught_play_of_game on caught_play (tenant_id, game_id, play_id);

alter table prize add column redemption_mode varchar(20) not null default 'on_claim';
alter table prize add column is_in_app boolean not null default true;
alter table prize add column valid_for_seconds bigint null check (valid_for_seconds > 0);
comment on column prize.valid_for_seconds is 'how long a won unit can be claimed; null: for ever';
update prize set redemption_mode = coalesce(fulfillment::json ->> 'redemption_mode', 'on_claim');

alter table prize_code add column voided_at timestamp(3) null;
comment on column prize_code.voided_at is 'its reward was revoked or expired; it is never given out again';

alter table reward add column expires_at timestamp(3) null;
alter table reward add column claimed_at timestamp(3) null;
alter table reward add column fulfilled_at timestamp(3) null;
alter table reward add column expired_at timestamp(3) null;
alter table reward add column revoked_at timestamp(3) null;
alter table reward add column is_unit_returned boolean not null default false;
comment on column reward.expires_at is 'the first instant at which it cannot be claimed any more; null: never';
update reward set fulfilled_at = created_at where status = 'fulfilled';
create index reward_expiring on reward (expires_at) where status = 'won' and expires_at is not null;

-- What was done with a reward after it was won. Never changed.
create table reward_step (
    tenant_id varchar(100) collate "C" not null,
    reward_id varchar(100) collate "C" not null,
    step_no int not null,
    step varchar(20) not null,
    actor varchar(120) not null,
    reason varchar(500) null,
    traceparent varchar(64) null,
    occurred_at timestamp(3) not null,
    primary key (tenant_id, reward_id, step_no)
);
comment on column reward_step.step_no is 'from 1, without gaps';

alter table campaign_revision add column budget bigint not null default 0 check (budget >= 0);
alter table campaign_revision add column schedule text not null default '{"zone":"UTC","opening":[]}';
comment on column campaign_revision.budget is 'what its games may give away, in the prizes'' value; 0: no bound';
comment on column campaign_revision.schedule is 'the hours of the week at which its games can be played: a JSON object; no opening: always';
