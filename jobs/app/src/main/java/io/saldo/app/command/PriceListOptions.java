package io.saldo.app.command;

import io.saldo.app.pricelist.PriceList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Which part of a public price list goes into which book: what import and diff have in common. */
final class PriceListOptions {
    @Option(
            names = "--book",
            paramLabel = "NAME",
            description = "The price book; its file is prices/NAME.csv in the configuration.")
    String book = "";

    @Option(
            names = "--effective-from",
            paramLabel = "DATE",
            description = {
                "Since when what differs holds: a date, or an instant with its offset. What the book says before"
                        + " stays. Required for litellm, which has no dates; genai-prices has some."
            })
    @Nullable
    String effectiveFrom;

    @Option(
            names = "--provider",
            paramLabel = "PROVIDER",
            description = "Only this provider, as the list names it. May be repeated.")
    List<String> providers = new ArrayList<>();

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "Only this model, as the list names it. May be repeated.")
    List<String> models = new ArrayList<>();

    @Option(
            names = "--currency",
            paramLabel = "CURRENCY",
            defaultValue = "USD",
            description =
                    "The currency of the list's figures, which the lists do not say (default:" + " ${DEFAULT-VALUE}).")
    String currency = "USD";

    /** The form of a list, by its word. */
    static final class FormConverter implements CommandLine.ITypeConverter<PriceList.Form> {
        @Override
        public PriceList.Form convert(String word) {
            return Arrays.stream(PriceList.Form.values())
                    .filter(form -> form.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new CommandLine.TypeConversionException(
                            "'" + Table.printable(word) + "' is not genai-prices or litellm"));
        }
    }
}
