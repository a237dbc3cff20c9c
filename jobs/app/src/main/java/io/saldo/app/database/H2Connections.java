package io.saldo.app.database;

import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.stereotype.Component;

/** Gives books in H2 to {@link OneWriter} at a time. */
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
