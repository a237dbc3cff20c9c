package io.saldo.lake.file;

import org.apache.parquet.conf.HadoopParquetConfiguration;
import org.apache.parquet.conf.ParquetConfiguration;

/** What Parquet is configured with. */
public final class ParquetSettings {
    private ParquetSettings() {}

    /**
     * Settings without any. Of every other kind of settings Parquet's codecs make Hadoop's, and these read some megabytes of XML
     * in each process that opens a file.
     */
    public static ParquetConfiguration none() {
        return new HadoopParquetConfiguration(false);
    }
}
