-- One row for each counter: how many ever, on the last day that it has counted on, and on the day before that one. A play locks and
-- writes half as many rows, none of them goes out of date, and nothing but the key has an index.
create table play_counter_by_key (
    tenant_id varchar(100) collate "C" not null,
    game_id varchar(120) collate "C" not null,
    player_id varchar(100) collate "C" not null,
    plays bigint not null,
    epoch_day int not null,
    plays_of_day bigint not null,
    plays_of_day_before bigint not null,
    constraint play_counter_of_key primary key (tenant_id, game_id, player_id),
    check (plays >= 0 and plays_of_day >= 0 and plays_of_day_before >= 0)
) with (fillfactor = 80);
insert into play_counter_by_key (tenant_id, game_id, player_id, plays, epoch_day, plays_of_day, plays_of_day_before)
select ever.tenant_id, ever.game_id, ever.player_id, ever.plays,
    coalesce(latest.epoch_day, 0), coalesce(of_day.plays, 0), coalesce(of_day_before.plays, 0)
from play_counter ever
left join (
    select tenant_id, game_id, player_id, max(epoch_day) as epoch_day
    from play_counter
    where epoch_day >= 0
    group by tenant_id, game_id, player_id
) latest on latest.tenant_id = ever.tenant_id and latest.game_id = ever.game_id and latest.player_id = ever.player_id
left join play_counter of_day on of_day.tenant_id = ever.tenant_id and of_day.game_id = ever.game_id
    and of_day.player_id = ever.player_id and of_day.epoch_day = latest.epoch_day
left join play_counter of_day_before on of_day_before.tenant_id = ever.tenant_id and of_day_before.game_id = ever.game_id
    and of_day_before.player_id = ever.player_id and of_day_before.epoch_day >= 0
    and of_day_before.epoch_day = latest.epoch_day - 1
where ever.epoch_day = -1;
drop table play_counter;
alter table play_counter_by_key rename to play_counter;
comment on column play_counter.plays is 'ever';
comment on column play_counter.epoch_day is 'the last day that it has counted on: a UTC day, counted from 1970-01-01';
comment on column play_counter.game_id is 'a game, or campaign:<campaign id> for all of its games together';

create table award_counter_by_key (
    tenant_id varchar(100) collate "C" not null,
    prize_id varchar(100) collate "C" not null,
    player_id varchar(100) collate "C" not null,
    units bigint not null,
    epoch_day int not null,
    units_of_day bigint not null,
    units_of_day_before bigint not null,
    constraint award_counter_of_key primary key (tenant_id, prize_id, player_id),
    check (units >= 0 and units_of_day >= 0 and units_of_day_before >= 0)
) with (fillfactor = 80);
insert into award_counter_by_key (tenant_id, prize_id, player_id, units, epoch_day, units_of_day, units_of_day_before)
select ever.tenant_id, ever.prize_id, ever.player_id, ever.units,
    coalesce(latest.epoch_day, 0), coalesce(of_day.units, 0), coalesce(of_day_before.units, 0)
from award_counter ever
left join (
    select tenant_id, prize_id, player_id, max(epoch_day) as epoch_day
    from award_counter
    where epoch_day >= 0
    group by tenant_id, prize_id, player_id
) latest on latest.tenant_id = ever.tenant_id and latest.prize_id = ever.prize_id and latest.player_id = ever.player_id
left join award_counter of_day on of_day.tenant_id = ever.tenant_id and of_day.prize_id = ever.prize_id
    and of_day.player_id = ever.player_id and of_day.epoch_day = latest.epoch_day
left join award_counter of_day_before on of_day_before.tenant_id = ever.tenant_id and of_day_before.prize_id = ever.prize_id
    and of_day_before.player_id = ever.player_id and of_day_before.epoch_day >= 0
    and of_day_before.epoch_day = latest.epoch_day - 1
where ever.epoch_day = -1;
drop table award_counter;
alter table award_counter_by_key rename to award_counter;
comment on column award_counter.units is 'ever';
comment on column award_counter.epoch_day is 'the last day that it has counted on: a UTC day, counted from 1970-01-01';
