package io.fanfare.store;

/**
 * The families of SQL that the stores are written in. Where one text serves both there is only that one; where they differ, the
 * store switches over this in one place.
 */
@AcrossTenants("it is about words")
public enum Dialect {
    POSTGRESQL,

    /** MariaDB, and MySQL as far as the stores go: nothing that only one of the two has is used. */
    MARIADB;

    /** Ends a query whose rows nobody else locks {@code for update} before the transaction ends; any number may hold them. */
    public String forHolding() {
        return switch (this) {
            case POSTGRESQL -> "for key share";
            case MARIADB -> "lock in share mode";
        };
    }

    /**
     * @param product as its JDBC driver calls it
     * @throws IllegalStateException where the stores do not speak its language
     */
    static Dialect ofProduct(String product) {
        return switch (product) {
            case "PostgreSQL" -> POSTGRESQL;
            case "MariaDB", "MySQL" -> MARIADB;
            default ->
                throw new IllegalStateException(
                        "the database is %s, expected PostgreSQL, MariaDB or MySQL".formatted(product));
        };
    }
}
