-- A transfer that takes another one back. Of those that have not failed, each original has one.
alter table wallet_transfer
    add column reverses varchar(100) null comment 'the transfer that this one takes back',
    add column gives_back bigint null comment 'number of its credit, in the wallet that sends back; null where it is not known',
    add column standing_reversal_of varchar(100) generated always as
        (case when status not in ('refused', 'returned') then reverses end) virtual;
create unique index wallet_transfer_reversal on wallet_transfer (tenant_id, standing_reversal_of);
create index wallet_transfer_reverses on wallet_transfer (tenant_id, reverses);
