package io.saldo.app.store;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What the partitions of a run handed back. */
@Repository
public class ManifestStore {
    private final JdbcClient jdbc;

    /** Over the books. */
    public ManifestStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether the partition has committed. */
    public boolean has(long runId, String step, String partition) {
        return jdbc.sql("SELECT COUNT(*) FROM partition_manifest WHERE run_id = ? AND step = ? AND partition_name = ?")
                        .params(runId, step, partition)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Stores a manifest. */
    public void add(long runId, String step, String partition, Object manifest) {
        jdbc.sql("INSERT INTO partition_manifest (run_id, step, partition_name, manifest) VALUES (?, ?, ?, ?)")
                .params(runId, step, partition, Json.write(manifest))
                .update();
    }

    /** All manifests of a step, by partition name. */
    public <M> List<M> all(long runId, String step, Class<M> type) {
        return jdbc
                .sql("SELECT manifest FROM partition_manifest WHERE run_id = ? AND step = ? ORDER BY partition_name")
                .params(runId, step)
                .query(String.class)
                .list()
                .stream()
                .map(json -> Json.read(json, type))
                .toList();
    }
}
