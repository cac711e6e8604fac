package io.fanfare.store;

/** Makes a database refuse changes as if they had met another transaction, in the way in which it says so. */
public final class Conflicts {

    private final Database database;

    private Conflicts(Database database) {
        this.database = database;
    }

    /**
     * From now on, once per database.
     *
     * @param change {@code insert on play}: what fails for the row
     * @param times how often, counted across transactions: a sequence survives a rollback
     */
    public static Conflicts on(Database database, String change, int times) {
        var conflicts = new Conflicts(database);
        switch (database.dialect()) {
            case POSTGRESQL -> {
                conflicts.run("create sequence tries");
                conflicts.run("""
                        create function conflict() returns trigger language plpgsql as $$
                        begin
                            if nextval('tries') <= %d then
                                raise exception 'conflict' using errcode = 'deadlock_detected';
                            end if;
                            return new;
                        end $$
                        """.formatted(times));
                conflicts.run(
                        "create trigger conflict before %s for each row execute function conflict()".formatted(change));
            }
            case MARIADB -> {
                conflicts.run("create sequence tries nocache");
                conflicts.run("""
                        create trigger conflict before %s for each row
                        begin
                            if nextval(tries) <= %d then
                                signal sqlstate '40001' set mysql_errno = 1213, message_text = 'conflict';
                            end if;
                        end
                        """.formatted(change, times));
            }
        }
        return conflicts;
    }

    /** How often it was tried so far. */
    public long tries() {
        String question = switch (database.dialect()) {
            case POSTGRESQL -> "select last_value from tries";
            case MARIADB -> "select next_not_cached_value - 1 from tries";
        };
        return database.jdbc().sql(question).query(Long.class).single();
    }

    private void run(String statement) {
        database.jdbc().sql(statement).update();
    }
}
