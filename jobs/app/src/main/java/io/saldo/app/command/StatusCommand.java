package io.saldo.app.command;

import io.saldo.app.notice.NoticeLog;
import io.saldo.app.run.Run;
import io.saldo.app.store.BreakStore;
import io.saldo.app.store.RunStore;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** What ran and what is left. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows the latest runs, interrupted ones, and how many breaks are open.")
final class StatusCommand implements Callable<Integer> {
    private static final int RUNS = 10;

    @ParentCommand
    Saldo saldo = new Saldo();

    @Override
    public Integer call() throws IOException {
        try (Session session = saldo.open()) {
            RunStore runs = session.get(RunStore.class);
            Table table = new Table("run", "job", "date", "month", "status", "verdict");
            for (Run run : runs.latest(RUNS)) {
                table.row(
                        run.id(),
                        run.job().word(),
                        run.businessDate(),
                        run.month(),
                        run.status() == Run.Status.COMPLETED ? "completed" : "interrupted",
                        runs.verdict(run.id()));
            }
            table.print(saldo);
            long open = session.get(BreakStore.class)
                    .select(BreakStore.Selection.UNRESOLVED)
                    .size();
            saldo.say(open + " breaks are not resolved; 'saldo breaks list' shows them");
            if (!runs.unfinished().isEmpty()) {
                saldo.say("an interrupted run waits: saldo resume");
            }
            tellNotices();
            return ExitCode.DONE;
        }
    }

    /** What could not be sent and stands last of its channel. */
    private void tellNotices() throws IOException {
        Map<String, NoticeLog.Line> last = new TreeMap<>();
        new NoticeLog(saldo.home()).lines().forEach(line -> last.put(line.channel(), line));
        last.values().stream()
                .filter(line -> !line.sent())
                .forEach(line -> saldo.say("the " + line.channel() + " of run " + line.run() + " was not sent: "
                        + Table.printable(line.reason())));
    }
}
