package io.fanfare.store;

import java.util.List;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.support.SqlValue;

/**
 * A statement that answers with rows.
 *
 * @param sql with a {@code ?} for each parameter
 * @param reading makes something of each row
 */
public record Question<R>(String sql, List<SqlValue> parameters, RowMapper<R> reading) {
    public Question {
        parameters = List.copyOf(parameters);
    }
}
