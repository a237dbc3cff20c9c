package io.saldo.app.config;

import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The text of a configuration file: UTF-8, with or without a byte order mark. */
final class FileText {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private FileText() {}

    /** The text; null where it is not UTF-8, which is told and stops everything. */
    static @Nullable String decode(String file, byte[] bytes, Findings findings) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer input = ByteBuffer.wrap(bytes);
        CharBuffer output = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(input, output, true);
        String text = output.flip().toString();
        if (result.isError()) {
            long line = 1 + text.chars().filter(character -> character == '\n').count();
            long column = (long) text.length() - text.lastIndexOf('\n');
            findings.add(
                    ProblemCode.FILE_UNREADABLE,
                    new Place(file, line, column),
                    "the file is not UTF-8 from here on",
                    Subject.EVERYBODY);
            return null;
        }
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }
}
