alter table caught_play add column traceparent varchar(64) null;
