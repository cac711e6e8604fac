package io.fanfare.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;

/**
 * Translates errors as Spring does, and a lock that was waited for in vain on MariaDB into a conflict: it has a number and a
 * general state, where a deadlock has a state of its own. Both leave the transaction to be tried again.
 */
final class LockWaits extends SQLExceptionSubclassTranslator {

    private static final int LOCK_WAIT_TIMEOUT = 1205;

    @Override
    protected @Nullable DataAccessException doTranslate(String task, @Nullable String sql, SQLException failure) {
        if (failure.getErrorCode() == LOCK_WAIT_TIMEOUT) {
            return new CannotAcquireLockException(buildMessage(task, sql, failure), failure);
        }
        return super.doTranslate(task, sql, failure);
    }
}
