package io.saldo.documents.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InvoiceTextsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "payment.title    | Please pay                     | ''",
                "payment.request  | By {due}: {total}, please.     | ''",
                "payment.request  | Please pay {total}.            | 'it must have {due} and {total}, and no other {name}'",
                "payment.request  | {total} by {due} to {payee}    | 'it must have {due} and {total}, and no other {name}'",
                "payment.request  | {Total} by {due}               | 'it must have {due} and {total}, and no other {name}'",
                "payment.title    | Pay {total}                    | 'nothing is filled in here, so no {name} may stand in it'",
                "footer.page      | {page}/{pages}                 | ''",
                "footer.page      | {page}                         | 'it must have {page} and {pages}, and no other {name}'",
                "number.decimal   | ;                              | how figures and dates are written is fixed for each language",
                "money.sign       | {sign}{amount}                 | how figures and dates are written is fixed for each language",
                "date             | {month} {day} {year}           | how figures and dates are written is fixed for each language",
                "document.draft   | Invoice                        | what marks a draft is fixed",
                "payment.title    | 請求書                          | it has a letter that the documents' fonts do not have",
            })
    void aReplacementSaysWhatTheTextSaid(String key, String replacement, String fault) {
        assertThat(InvoiceTexts.keys()).contains(key);
        assertThat(InvoiceTexts.fault("en", key, replacement)).isEqualTo(fault);
    }

    @Test
    void aReplacementIsOneLineOfALengthThatFits() {
        assertThat(InvoiceTexts.fault("de", "payment.title", "a\nb"))
                .isEqualTo("a text is one line without control characters");
        assertThat(InvoiceTexts.fault("de", "payment.title", "a\u202Eb"))
                .isEqualTo("a text is one line without control characters");
        assertThat(InvoiceTexts.fault("de", "payment.title", "a".repeat(301)))
                .isEqualTo("a text has at most 300 characters");
    }

    @Test
    void everyTextMayBeReplacedByItself() {
        for (String language : InvoiceTexts.LANGUAGES) {
            for (String key : InvoiceTexts.keys()) {
                String fault = InvoiceTexts.fault(
                        language, key, InvoiceTexts.standard(language).text(key));
                assertThat(fault.isEmpty())
                        .as(language + " " + key + ": " + fault)
                        .isNotEqualTo(InvoiceTexts.isFixed(key));
            }
        }
    }
}
