package io.saldo.app.notice;

import io.saldo.app.home.Home;
import io.saldo.app.store.FigureStore;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Tells each channel of each end of a run once; also of one that a killed process could not tell any more. */
public final class Notices {
    /** Where a channel was away for long, older runs are not told any more. */
    private static final int RUNS_TOLD_LATER = 10;

    private final Home home;
    private final NoticeLog log;
    private final List<Channel> channels;
    private final InstantSource clock;
    private final Consumer<String> lines;

    /**
     * On those channels.
     *
     * @param lines is told what could not be sent
     */
    public Notices(Home home, List<Channel> channels, InstantSource clock, Consumer<String> lines) {
        this.home = home;
        this.log = new NoticeLog(home);
        this.channels = List.copyOf(channels);
        this.clock = clock;
        this.lines = lines;
    }

    /**
     * The summaries of those runs, and of completed ones that came after the last one that was told. Reads the books; {@link #send}
     * does not.
     */
    public List<RunSummary> owed(List<Long> completed, RunSummaries summaries, FigureStore figures) throws IOException {
        if (channels.isEmpty()) {
            return List.of();
        }
        TreeSet<Long> runs = new TreeSet<>(completed);
        List<NoticeLog.Line> told = log.lines();
        Optional<Long> last = channels.stream()
                .flatMap(channel -> lastTold(channel, told).stream())
                .min(Comparator.naturalOrder());
        if (last.isPresent()) {
            runs.addAll(figures.completedAfter(last.get(), RUNS_TOLD_LATER));
        }
        return runs.stream().map(run -> summaries.of(run, home)).toList();
    }

    private static Optional<Long> lastTold(Channel channel, List<NoticeLog.Line> told) {
        return told.stream()
                .filter(line ->
                        line.channel().equals(channel.name()) && line.outcome().equals(RunSummary.COMPLETED))
                .map(NoticeLog.Line::run)
                .max(Comparator.naturalOrder());
    }

    /**
     * Sends to each channel what it has not been told. What fails is written down and told, and is not tried again with the next
     * run.
     *
     * @throws InterruptedException where the program is to end; what was not sent is sent another time
     * @throws IOException where it cannot be written down
     */
    public void send(List<RunSummary> summaries) throws InterruptedException, IOException {
        List<NoticeLog.Line> told = log.lines();
        for (Channel channel : channels) {
            for (RunSummary summary : summaries) {
                if (told.stream().noneMatch(line -> isOf(line, channel, summary))) {
                    log.add(send(channel, summary));
                }
            }
        }
    }

    private static boolean isOf(NoticeLog.Line line, Channel channel, RunSummary summary) {
        return line.channel().equals(channel.name())
                && line.run() == summary.run()
                && line.outcome().equals(summary.outcome());
    }

    private NoticeLog.Line send(Channel channel, RunSummary summary) throws InterruptedException {
        String reason = "";
        try {
            channel.send(summary);
        } catch (Channel.NotSent failed) {
            reason = failed.reason();
            lines.accept("the " + channel.name() + " of run " + summary.run() + " was not sent: " + reason);
        }
        return new NoticeLog.Line(
                clock.instant().toString(), channel.name(), summary.run(), summary.outcome(), reason.isEmpty(), reason);
    }
}
