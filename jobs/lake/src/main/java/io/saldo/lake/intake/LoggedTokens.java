package io.saldo.lake.intake;

import io.saldo.lake.source.RawLog;
import io.saldo.lake.source.SourceFormat;
import io.saldo.lake.usage.QuantitySum;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.function.LongPredicate;

/**
 * What a delivery logged of tokens, read again from its file.
 *
 * @param input sum of input_tokens as logged, of all records that were not rejected
 * @param output the same of output_tokens
 */
public record LoggedTokens(BigInteger input, BigInteger output) {
    /** Every instant is taken: which ones its night rejected, whoever asks knows. */
    private static final long ALL_INSTANTS = Long.MAX_VALUE / 2;

    /**
     * Reads a delivery.
     *
     * @param rejected whether the night rejected the record of a line
     * @param workFolder gets an expanded copy where a format cannot be read in one go
     * @throws io.saldo.problem.ProblemException where the file cannot be read
     */
    public static LoggedTokens of(Path file, SourceFormat format, LongPredicate rejected, Path workFolder)
            throws IOException {
        RecordCheck check = new RecordCheck(format, ALL_INSTANTS, -ALL_INSTANTS, new OccurredAt(format.timestamp()));
        QuantitySum input = new QuantitySum();
        QuantitySum output = new QuantitySum();
        try (RawLog log = RawLog.open(file, format.layout(), workFolder)) {
            while (log.next()) {
                if (check.check(log) == null && !rejected.test(log.line())) {
                    input.add(check.logged[RecordCheck.INPUT_TOKENS]);
                    output.add(check.logged[RecordCheck.OUTPUT_TOKENS]);
                }
            }
        }
        return new LoggedTokens(input.value(), output.value());
    }
}
