package io.saldo.app.store;

import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;
import org.springframework.stereotype.Component;

/** Forces the books to disk before anything leaves the house: H2 else may lose what it acknowledged. */
@Component
public class BooksCheckpoint {
    private final JdbcClient jdbc;
    private final boolean isH2;

    /** Over the books. */
    public BooksCheckpoint(JdbcClient jdbc, DataSource dataSource) throws MetaDataAccessException {
        this.jdbc = jdbc;
        String product = JdbcUtils.extractDatabaseMetaData(dataSource, metaData -> metaData.getDatabaseProductName());
        this.isH2 = "H2".equals(product);
    }

    /** Returns when everything committed is on disk. */
    public void force() {
        if (isH2) {
            jdbc.sql("CHECKPOINT SYNC").update();
        }
    }
}
