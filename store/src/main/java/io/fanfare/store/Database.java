package io.fanfare.store;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.fanfare.store.RowStatement.Rows;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.jdbc.support.SqlValue;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The database behind all stores. Statements join the transaction of their thread where there is one. Its default
 * isolation must be read committed: the stores lock what they decide on.
 */
@AcrossTenants("it runs what the stores ask for")
public final class Database {

    private static final int MAX_RETRIES = 5;

    private final JdbcTemplate template;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final TransactionTemplate transactionsBeside;
    private volatile @Nullable Dialect dialect;

    private Database(DataSource dataSource) {
        this.template = new JdbcTemplate(dataSource);
        template.setExceptionTranslator(new LockWaits());
        this.jdbc = JdbcClient.create(template);
        var manager = new JdbcTransactionManager(dataSource);
        manager.setExceptionTranslator(new LockWaits());
        this.transactions = new TransactionTemplate(manager);
        this.transactionsBeside = new TransactionTemplate(manager);
        transactionsBeside.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    public static Database over(DataSource dataSource) {
        return new Database(dataSource);
    }

    public JdbcClient jdbc() {
        return jdbc;
    }

    /** What it speaks: asked once, when somebody first wants to know. */
    public Dialect dialect() {
        Dialect known = dialect;
        if (known == null) {
            known = requireNonNull(
                    template.execute((Connection connection) ->
                            Dialect.ofProduct(connection.getMetaData().getDatabaseProductName())),
                    "a database without a name");
            dialect = known;
        }
        return known;
    }

    /** Returns when the database has answered a question; throws where it cannot. */
    public void requireAnswer() {
        jdbc.sql("select 1").query(Integer.class).single();
    }

    /** Runs the work in a transaction: all of it or, where it throws, nothing. Joins one that is under way. */
    public <T> T inTransaction(Supplier<T> work) {
        return requireNonNull(transactions.execute(_ -> work.get()), "the work came to nothing");
    }

    /** As {@link #inTransaction}, but never joins: one that is under way waits with its connection, and does not see the work. */
    public <T> T inTransactionBeside(Supplier<T> work) {
        return requireNonNull(transactionsBeside.execute(_ -> work.get()), "the work came to nothing");
    }

    /**
     * Runs the work in a transaction of its own and, where that meets others in a deadlock or the like, all of it again: at most
     * {@value #MAX_RETRIES} times.
     *
     * @throws IllegalStateException inside another transaction, which could not begin again
     */
    public <T> T inTransactionOrAgain(Supplier<T> work) {
        requireNoTransaction("work that may begin again was to be done");
        for (int retries = 0; ; retries++) {
            try {
                return inTransaction(work);
            } catch (ConcurrencyFailureException conflict) {
                if (retries == MAX_RETRIES) {
                    throw conflict;
                }
            }
        }
    }

    /** Makes the commit of this transaction wait until the log is on disk; on MariaDB that is a setting of the server. */
    public void waitForTheLog() {
        switch (dialect()) {
            case POSTGRESQL -> jdbc.sql("set local synchronous_commit = on").update();
            case MARIADB -> {
                // Looked at when the platform starts.
            }
        }
    }

    /** A list of texts as one parameter, for {@code unnest}. Typed, for then the driver sends it in binary form. */
    public static SqlValue texts(Collection<String> values) {
        return new SqlArrayValue("varchar", (Object[]) values.toArray(String[]::new));
    }

    /** A list of numbers as one parameter, for {@code unnest}. */
    public static SqlValue numbers(Collection<Long> values) {
        return new SqlArrayValue("int8", (Object[]) values.toArray(Long[]::new));
    }

    /** A time, as {@link UtcTimes} makes it, as one parameter of a {@link Question}. */
    public static SqlValue time(LocalDateTime value) {
        return new SqlValue() {
            @Override
            public void setValue(PreparedStatement statement, int parameter) throws SQLException {
                statement.setObject(parameter, value);
            }

            @Override
            public void cleanup() {}
        };
    }

    /** Runs one statement for each row, in order, with one round trip for all of them. */
    public void batch(String sql, List<@Nullable Object[]> rows) {
        if (!rows.isEmpty()) {
            template.batchUpdate(sql, rows);
        }
    }

    /** Writes all of the rows, statement by statement; on PostgreSQL with one round trip. */
    public void write(List<Rows> all) {
        List<Rows> some = all.stream().filter(rows -> !rows.isEmpty()).toList();
        if (some.isEmpty()) {
            return;
        }
        switch (dialect()) {
            case POSTGRESQL ->
                template.execute(
                        some.stream().map(Rows::forAllRows).collect(joining(";\n")), (PreparedStatement together) -> {
                            int parameter = 1;
                            for (Rows rows : some) {
                                for (Array column : rows.arrays(together.getConnection())) {
                                    together.setArray(parameter++, column);
                                }
                            }
                            return together.execute();
                        });
            case MARIADB -> some.forEach(rows -> template.batchUpdate(rows.perRow(), rows.rows()));
        }
    }

    /** What was asked together, and what was answered. */
    @AcrossTenants("it holds what a store has asked for")
    public static final class Answers {

        private final IdentityHashMap<Question<?>, List<?>> answers = new IdentityHashMap<>();

        private Answers() {}

        /**
         * The rows of a question.
         *
         * @throws IllegalArgumentException where it was not asked
         */
        // Its rows were read as the question says.
        @SuppressWarnings("unchecked")
        public <R> List<R> to(Question<R> question) {
            List<?> rows = answers.get(question);
            if (rows == null) {
                throw new IllegalArgumentException("a question that was not asked: " + question.sql());
            }
            return (List<R>) rows;
        }
    }

    /** Asks all of them, one after the other, with one round trip: of PostgreSQL, which takes several statements at a time. */
    public Answers ask(List<Question<?>> questions) {
        var answers = new Answers();
        template.execute(
                questions.stream().map(Question::sql).collect(joining(";\n")), (PreparedStatement together) -> {
                    int parameter = 1;
                    for (Question<?> question : questions) {
                        for (SqlValue value : question.parameters()) {
                            value.setValue(together, parameter++);
                        }
                    }
                    boolean isRows = together.execute();
                    for (Question<?> question : questions) {
                        if (!isRows) {
                            throw new IllegalStateException("no rows from " + question.sql());
                        }
                        try (ResultSet rows = together.getResultSet()) {
                            answers.answers.put(question, read(question, rows));
                        }
                        isRows = together.getMoreResults();
                    }
                    questions.stream()
                            .flatMap(question -> question.parameters().stream())
                            .forEach(SqlValue::cleanup);
                    return answers;
                });
        return answers;
    }

    private static <R> List<R> read(Question<R> question, ResultSet rows) throws SQLException {
        List<R> read = new ArrayList<>();
        while (rows.next()) {
            read.add(question.reading().mapRow(rows, read.size()));
        }
        return read;
    }

    /**
     * Refuses to go on outside a transaction.
     *
     * @throws IllegalStateException where none is under way on this thread
     */
    public void requireTransaction(String what) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("%s outside a transaction".formatted(what));
        }
    }

    /**
     * Refuses to go on inside a transaction: for work that must be able to begin again.
     *
     * @throws IllegalStateException where one is under way on this thread
     */
    public void requireNoTransaction(String what) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("%s inside another transaction".formatted(what));
        }
    }
}
