package io.saldo.documents.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateRulesTest {
    private static final Pattern EXPRESSION = Pattern.compile("<(\\w*[eE]xpression)[^>]*>(.*?)</\\1>", Pattern.DOTALL);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "invoice/invoice.jrxml",
                "night/night.jrxml",
                "health/health.jrxml",
                "finance/finance.jrxml",
                "dispute/difference.jrxml"
            })
    void anExpressionNamesOneThingAndIsNoProgram(String template) throws Exception {
        List<String> expressions = EXPRESSION
                .matcher(read(template))
                .results()
                .map(MatchResult::group)
                .map(expression -> expression.replaceAll("(?s)^<[^>]*>\\s*<!\\[CDATA\\[(.*?)]]>.*$", "$1"))
                .toList();
        assertThat(expressions)
                .hasSizeGreaterThan(30)
                .allMatch(expression -> expression.matches("\\$[FPRV]\\{[\\w.-]+}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "invoice/invoice.jrxml",
                "night/night.jrxml",
                "health/health.jrxml",
                "finance/finance.jrxml",
                "dispute/difference.jrxml",
                "brand/styles.jrtx"
            })
    void noTextIsReadAsMarkup(String template) throws Exception {
        assertThat(read(template)).doesNotContain("markup=");
    }

    /** A design may replace words by longer ones. */
    @Test
    void noTextOfAnInvoiceIsCutOff() throws Exception {
        List<String> texts = read("invoice/invoice.jrxml")
                .lines()
                .filter(line -> line.contains("kind=\"textField\""))
                .toList();
        assertThat(texts).hasSizeGreaterThan(50).allMatch(line -> line.contains("textAdjust="));
    }

    private static String read(String template) throws Exception {
        try (InputStream stream = PdfTemplate.class.getResourceAsStream("/io/saldo/documents/" + template)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
