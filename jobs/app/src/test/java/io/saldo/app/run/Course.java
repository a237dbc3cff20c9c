package io.saldo.app.run;

import io.saldo.app.Folders;
import io.saldo.app.SmallHome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a home goes through in tests that disturb it: commands, and what is delivered before each. */
final class Course {
    private static final List<String> ACCOUNTS = List.of("a-1", "a-2", "a-3", "a-4");
    private static final String MONTH = "2026-10";
    private static final String DISPUTED = "a-3";
    private static final String ISSUE_AGAIN = "issue of the correction";
    private static final String LAST = "night after all";

    /** Stands for the folder of the home in the arguments of a command. */
    private static final String HOME = "HOME";

    private static final String COMPLETED_RUNS = "SELECT COUNT(*) FROM runs WHERE status = 'COMPLETED'";

    private Course() {}

    interface Delivery {
        void to(SmallHome home) throws IOException;
    }

    /**
     * One command.
     *
     * @param name what it is called in reports
     * @param done what tells, before and after it, whether the books have it; empty where it may be given again, done or not
     * @param delivery what comes before it
     * @param arguments of the command
     * @param isContinued whether the command after it does what it left undone, once the books have it
     */
    record Step(String name, String done, Delivery delivery, List<String> arguments, boolean isContinued) {
        private static Step night(String name, String date, Delivery delivery) {
            return new Step(name, COMPLETED_RUNS, delivery, List.of("nightly", "--date", date), false);
        }

        private static Step of(String name, String done, String... command) {
            return new Step(name, done, home -> {}, List.of(command), false);
        }

        private Step continued() {
            return new Step(name, done, delivery, arguments, true);
        }

        /** What is given to the program. */
        List<String> command(SmallHome home) {
            return arguments.stream()
                    .map(each -> each.replace(HOME, home.root().toString()))
                    .toList();
        }

        /** Whether it is a run, which {@code resume} continues, or the next run. */
        boolean isRun() {
            return done.equals(COMPLETED_RUNS);
        }
    }

    /** All of them, in their order: to be given to a home that {@link #home} made. */
    static final List<Step> STEPS = List.of(
            Step.night("first night", "2026-10-05", home -> {
                home.deliverUsage("usage-5.csv", usage(5, "a-1", "a-2", "a-3"));
                // Of what is disputed, credit paid a part: that comes back to the grant, and the rest is credited.
                home.deliverCredits(
                        "credits-5.csv",
                        credit(5, "a-1"),
                        credit(5, "a-2"),
                        "g-5-a-3,c-5-a-3,a-3,grant,promo,2.15,0,EUR,2026-10-05T03:00:00Z,,,,");
            }),
            Step.night("night with all outcomes", "2026-10-06", home -> {
                home.deliverUsage("usage-5-again.csv", usage(5, "a-1", "a-2", "a-3"));
                List<String> rows = new ArrayList<>(List.of(usage(6, "a-1", "a-2", "a-4")));
                rows.add("e-5-1,2026-10-05T01:00:00Z,a-2,,openai,m,101");
                rows.add("e-6-2,2026-10-06T02:00:00Z,a-4,,openai,m,7");
                rows.add("r-1,2026-10-06T01:00:00Z,a-1,,openai,m,12.5");
                rows.add("h-1,2026-10-06T01:00:00Z,nobody,,openai,m,5");
                rows.add("u-1,2026-10-06T01:00:00Z,a-4,,openai,other,5");
                home.deliverUsage("usage-6.csv", rows.toArray(new String[0]));
                home.deliverCredits("credits-6.csv", credit(6, "a-1"));
            }),
            Step.of(
                    "reassign",
                    "SELECT COUNT(*) FROM reassignment",
                    "reassign",
                    "--event",
                    "e-6-1",
                    "--month",
                    MONTH,
                    "--from",
                    "a-2",
                    "--to",
                    "a-1",
                    "--reason",
                    "the key was another's"),
            Step.night(
                    "night that merges the month",
                    "2026-11-02",
                    home -> home.deliverUsage("usage-10.csv", usage(10, "a-1", "a-2", "a-3"))),
            Step.of("close", COMPLETED_RUNS, "close", "--month", MONTH, "--date", "2026-11-03"),
            Step.of("approve", "", "invoices", "approve", "--month", MONTH, "--by", "M. Weber", "--date", "2026-11-03"),
            Step.of("issue", "", "invoices", "issue", "--month", MONTH, "--date", "2026-11-03"),
            Step.night(
                    "night with late usage",
                    "2026-11-04",
                    home -> home.deliverUsage("usage-12.csv", usage(12, "a-1", "a-2", "a-3"))),
            Step.of("export", "", "export", "--month", MONTH, "--to", HOME + "/out/export"),
            Step.of(
                    "rerun",
                    COMPLETED_RUNS,
                    "rerun",
                    "--account",
                    DISPUTED,
                    "--month",
                    MONTH,
                    "--reason",
                    "not ours",
                    "--exclude",
                    "e-5-5",
                    "--exclude",
                    "e-5-8",
                    "--date",
                    "2026-11-04"),
            Step.of(
                            "rerun approve",
                            "SELECT COUNT(*) FROM dispute_decision",
                            "rerun",
                            "approve",
                            "1",
                            "--by",
                            "M. Weber",
                            "--date",
                            "2026-11-04")
                    .continued(),
            // What an approval left that was killed before its document had a number, or a file.
            Step.of(ISSUE_AGAIN, "", "invoices", "issue", "--month", MONTH, "--date", "2026-11-04"),
            Step.night(LAST, "2026-11-05", home -> {}));

    static List<String> names() {
        return STEPS.stream().map(Step::name).toList();
    }

    /** Those that are killed: not those that are there to follow one that was killed at its very end. */
    static List<String> longForm() {
        return names().stream()
                .filter(each -> !each.equals(ISSUE_AGAIN) && !each.equals(LAST))
                .toList();
    }

    /** Those of which a build has the time. */
    static List<String> shortForm() {
        return List.of("night with all outcomes", "close", "issue");
    }

    /** How many there are up to the run after the last of those; what a kill leaves undone, that run ends. */
    static int until(List<String> killed) {
        int last = 0;
        for (String each : killed) {
            last = Math.max(last, names().indexOf(each));
        }
        int run = last + 1;
        while (run < STEPS.size() - 1 && !STEPS.get(run).isRun()) {
            run++;
        }
        return run + 1;
    }

    /** A home that is ready for the first of them. */
    static SmallHome home(Path root) throws IOException {
        SmallHome home = SmallHome.create(root, ACCOUNTS);
        StringBuilder rows =
                new StringBuilder("account_id,name,legal_name,address,postal_code,city,country,vat_id,email,"
                        + "currency,locale,tax_profile,e_invoice,buyer_reference\n");
        List<String> forms = List.of("zugferd", "xrechnung", "none", "none");
        for (int account = 0; account < ACCOUNTS.size(); account++) {
            rows.append(ACCOUNTS.get(account))
                    .append(",Name,Name GmbH,Allee 7,80999,Ort,DE,,a@name.example,EUR,de,standard,")
                    .append(forms.get(account))
                    .append(",04011000-12345-03\n");
        }
        home.configure("accounts.csv", rows.toString());
        // Few partitions: each is a process's time, and two of a kind show what many would.
        Path settings = root.resolve("config/application.yml");
        Folders.edit(settings, "account-shards: 16", "account-shards: 2");
        Folders.edit(settings, "identity-shards: 16", "identity-shards: 2");
        return home;
    }

    private static String[] usage(int day, String... accounts) {
        String[] events = new String[30];
        for (int event = 0; event < events.length; event++) {
            events[event] = "e-%d-%d,2026-10-%02dT%02d:00:00Z,%s,,openai,m,%d"
                    .formatted(day, event, day, event % 24, accounts[event % accounts.length], 100 + event);
        }
        return events;
    }

    private static String credit(int day, String account) {
        return "g-%d-%s,c-%d-%s,%s,grant,purchase,1,0.19,EUR,2026-10-%02dT03:00:00Z,,,,"
                .formatted(day, account, day, account, account, day);
    }
}
