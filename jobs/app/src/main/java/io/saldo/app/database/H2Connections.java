package io.saldo.app.database;

import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.stereotype.Component;

/** Puts {@link OneWriter} before the connections to books in H2. */
@Component
final class H2Connections implements BeanPostProcessor {
    private final BooksDatabase database;

    H2Connections(BooksDatabase database) {
        this.database = database;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource connections && !database.isPostgresql() ? new OneWriter(connections) : bean;
    }
}
