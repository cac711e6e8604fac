-- Which command a transfer waits for, and in which place of its wallet. With the wallet's own word of that place this says whether the
-- command can have an effect still. A retry is a further attempt, whose commands are its own.
alter table wallet_transfer
    add column attempt int not null default 1,
    add column debit_attempt int not null default 1 comment 'of the debit that counts',
    add column leg_command_id char(36) character set ascii collate ascii_bin null
        comment 'the latest; null where it was given before this was kept',
    add column leg_number bigint null comment 'of that command, in its wallet',
    add constraint wallet_transfer_attempts check (debit_attempt between 1 and attempt);
create index wallet_transfer_of_tenant on wallet_transfer (tenant_id, status, created_at, transfer_id);
