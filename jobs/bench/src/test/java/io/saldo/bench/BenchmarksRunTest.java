package io.saldo.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every benchmark still runs: once, with every parameter, in this process. How long it takes is not looked at. */
class BenchmarksRunTest {
    @Test
    void everyBenchmarkRuns() throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include("^io\\.saldo\\.bench\\.")
                        .mode(Mode.SingleShotTime)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .forks(0)
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        assertThat(results)
                .extracting(result -> {
                    String benchmark = result.getParams().getBenchmark();
                    String credit = result.getParams().getParam("credit");
                    String prices = result.getParams().getParam("prices");
                    return benchmark.substring("io.saldo.bench.".length())
                            + (credit == null ? "" : " " + credit + " " + prices);
                })
                .containsExactlyInAnyOrder(
                        "BenchmarkRawLog.commonsCsv",
                        "BenchmarkRawLog.rawLog",
                        "BenchmarkStatement.compute FEW FLAT",
                        "BenchmarkStatement.compute FEW GRADUATED",
                        "BenchmarkStatement.compute MANY FLAT",
                        "BenchmarkStatement.compute MANY GRADUATED",
                        "BenchmarkStatement.compute MANY_SCOPED FLAT",
                        "BenchmarkStatement.compute MANY_SCOPED GRADUATED");
    }
}
