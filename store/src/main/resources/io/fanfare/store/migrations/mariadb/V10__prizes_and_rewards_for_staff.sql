-- What a site wants to keep with a prize, in its own words.
alter table prize
    add column metadata longtext not null default ('{}') comment 'a JSON object that means nothing to the platform';
alter table prize_revision
    add column metadata longtext not null default ('{}');

-- An operator's name takes more than a player's id.
alter table reward_step
    modify column actor varchar(200) not null;

-- How far players were reminded of rewards that expire, in the order in which they expire: one row, which whoever reminds holds.
create table reward_reminder (
    reminder varchar(20) not null primary key comment 'expiry',
    expires_at datetime(3) not null,
    tenant_id varchar(100) not null,
    reward_id varchar(100) not null
        comment 'the last one that was looked at, with its tenant and the time at which it expires'
) engine = innodb default character set utf8mb4 collate ${collation};
