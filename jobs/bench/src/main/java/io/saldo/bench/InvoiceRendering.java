package io.saldo.bench;

import io.saldo.documents.design.Design;
import io.saldo.documents.einvoice.InvoiceFiles;
import io.saldo.documents.invoice.InvoiceDocument;
import io.saldo.invoice.CreditPosition;
import io.saldo.invoice.DailyUsage;
import io.saldo.invoice.ElectronicInvoice;
import io.saldo.invoice.Invoice;
import io.saldo.invoice.InvoiceLine;
import io.saldo.invoice.Issuer;
import io.saldo.invoice.Party;
import io.saldo.invoice.TaxLine;
import io.saldo.money.Amount;
import io.saldo.money.Money;
import io.saldo.money.Rounding;
import io.saldo.sample.Options;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Renders invoices as PDF/A-3b with their EN 16931 XML inside, as {@code invoices issue} does, into a stream that counts bytes,
 * and tells how many it makes in a second of each block: the first blocks are those of a cold process.
 */
public final class InvoiceRendering {
    private static final YearMonth MONTH = YearMonth.of(2026, 10);
    private static final Currency EURO = Currency.getInstance("EUR");
    private static final int BLOCKS = 10;
    private static final Options OPTIONS = Options.NONE
            .and("--invoices", "N", "20000", "how many are rendered")
            .and("--lines", "N", "12", "usage lines of each")
            .and("--threads", "N", "2", "how many are rendered at the same time");
    private static final Amount RATE = Amount.of(19);

    private final InvoiceFiles files = new InvoiceFiles(Design.STANDARD);
    private final AtomicLong bytes = new AtomicLong();

    private InvoiceRendering() {}

    /** {@code --help} tells the options. */
    public static void main(String[] arguments) throws Exception {
        OPTIONS.start(arguments, given -> new InvoiceRendering()
                .measure(given.number("--invoices"), given.number("--lines"), given.number("--threads")));
    }

    private void measure(int invoices, int lines, int threads) throws InterruptedException, ExecutionException {
        for (int block = 1; block <= BLOCKS; block++) {
            int count = invoices / BLOCKS;
            int first = (block - 1) * count;
            long start = System.nanoTime();
            render(first, count, lines, threads);
            long micros = (System.nanoTime() - start) / 1_000;
            Runtime runtime = Runtime.getRuntime();
            System.out.println("block=" + block + " invoices=" + count + " per second=" + count * 1_000_000L / micros
                    + " bytes each=" + bytes.getAndSet(0) / count + " heap MiB="
                    + ((runtime.totalMemory() - runtime.freeMemory()) >> 20));
        }
        System.out.println("peak heap MiB="
                + (ManagementFactory.getMemoryPoolMXBeans().stream()
                                .filter(pool -> pool.getType() == MemoryType.HEAP)
                                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                                .sum()
                        >> 20));
    }

    private void render(int first, int count, int lines, int threads) throws InterruptedException, ExecutionException {
        AtomicInteger next = new AtomicInteger(first);
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        List<Future<?>> running = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            running.add(workers.submit(() -> {
                for (int number = next.getAndIncrement(); number < first + count; number = next.getAndIncrement()) {
                    files.writePdf(document(number, lines), new Counting());
                }
                return null;
            }));
        }
        for (Future<?> each : running) {
            each.get();
        }
        workers.shutdown();
    }

    private final class Counting extends OutputStream {
        @Override
        public void write(int single) {
            bytes.incrementAndGet();
        }

        @Override
        public void write(byte[] data, int offset, int length) throws IOException {
            bytes.addAndGet(length);
        }
    }

    private static InvoiceDocument document(int number, int count) {
        List<InvoiceLine> lines = new ArrayList<>();
        Money total = Money.zero(EURO);
        for (int line = 1; line <= count; line++) {
            Amount price = Amount.parse("0." + (100 + line % 900));
            Amount quantity = Amount.of(1_000_000L + 977L * number + 31L * line);
            Money amount = Rounding.halfUp(quantity.times(price).dividedByPowerOfTen(6), EURO);
            total = total.plus(amount);
            lines.add(new InvoiceLine(
                    line,
                    InvoiceLine.Kind.USAGE,
                    MONTH,
                    line % 2 == 0 ? "openai" : "anthropic",
                    "model-" + line / 3,
                    "",
                    line % 3 == 0 ? "input" : line % 3 == 1 ? "output" : "cached_input",
                    quantity,
                    price,
                    1_000_000,
                    amount));
        }
        Money tax = Rounding.tax(total, RATE);
        Invoice invoice = new Invoice(
                Invoice.Kind.INVOICE,
                "account-" + number,
                MONTH,
                EURO,
                lines,
                List.of(),
                List.of(new TaxLine("S", RATE, total, tax, "")),
                total,
                Money.zero(EURO),
                total,
                tax,
                total.plus(tax));
        List<DailyUsage> days = new ArrayList<>();
        for (LocalDate day = MONTH.atDay(1); !day.isAfter(MONTH.atEndOfMonth()); day = day.plusDays(1)) {
            days.add(new DailyUsage(day, Amount.of((number + day.getDayOfMonth()) % 40L)));
        }
        Party issuer = new Party(
                "Beispiel API GmbH", "Musterstrasse 1", "10115", "Berlin", "DE", "DE123456789", "billing@example.com");
        return new InvoiceDocument(
                invoice,
                String.format(Locale.ROOT, "INV-2026-%06d", number + 1),
                LocalDate.of(2026, 11, 2),
                LocalDate.of(2026, 11, 16),
                new Issuer(
                        issuer,
                        "HRB 1, Amtsgericht Berlin",
                        "M. Weber",
                        "+49 30 1",
                        "https://example.com",
                        "Beispielbank",
                        "DE02120300000000202051",
                        "BYLADEM1001",
                        EURO),
                new Party("Customer " + number + " Ltd", "Street 5", "80331", "München", "DE", "", "pay@example.com"),
                "",
                number % 2 == 0 ? "en" : "de",
                ElectronicInvoice.ZUGFERD,
                null,
                null,
                List.of(new CreditPosition(
                        "c-" + number,
                        "purchase",
                        "INV-1",
                        LocalDate.of(2027, 10, 1),
                        Amount.of(100),
                        Amount.ZERO,
                        Amount.ZERO,
                        Amount.of(100),
                        Amount.ZERO,
                        Amount.ZERO,
                        Amount.ZERO)),
                days);
    }
}
