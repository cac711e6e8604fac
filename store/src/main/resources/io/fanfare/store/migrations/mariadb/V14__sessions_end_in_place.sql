-- Each play ends a session, and an index that knows which ones have ended has to be changed with it. Nothing asks for the ones that
-- were never played.
drop index session_unplayed on session;
