-- What a site wants to keep with a prize, in its own words.
alter table prize add column metadata text not null default '{}';
alter table prize_revision add column metadata text not null default '{}';
comment on column prize.metadata is 'a JSON object that means nothing to the platform';

-- An operator's name takes more than a player's id.
alter table reward_step alter column actor type varchar(200);

-- How far players were reminded of rewards that expire, in the order in which they expire: one row, which whoever reminds holds.
create table reward_reminder (
    reminder varchar(20) collate "C" not null primary key,
    expires_at timestamp(3) not null,
    tenant_id varchar(100) collate "C" not null,
    reward_id varchar(100) collate "C" not null
);
comment on column reward_reminder.reminder is 'expiry';
comment on column reward_reminder.reward_id is 'the last one that was looked at, with its tenant and the time at which it expires';
