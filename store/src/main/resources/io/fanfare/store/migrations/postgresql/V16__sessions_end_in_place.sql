-- Each play ends a session. An index that knows which ones have ended makes that a new entry in every index of the table; without
-- it, and with room on the page, the row is changed where it stands. Nothing asks for the ones that were never played.
drop index session_unplayed;
alter table session set (fillfactor = 70);
