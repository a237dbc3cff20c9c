package io.saldo.app.verification;

import io.saldo.app.config.Configuration;
import io.saldo.app.dispute.Rerun;
import io.saldo.app.run.Run;
import io.saldo.app.store.DisputeStore;
import io.saldo.app.store.DisputeStore.Dispute;
import io.saldo.app.store.RunStore;
import io.saldo.app.store.VerificationStore.MonthShard;
import io.saldo.problem.ProblemException;
import io.saldo.usage.Identity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Computes disputes again from what their runs knew, whatever a person decided about them. */
@Component
public class DisputeCheck {
    private final DisputeStore disputes;
    private final RunStore runs;
    private final Rerun rerun;

    /** Over the books. */
    public DisputeCheck(DisputeStore disputes, RunStore runs, Rerun rerun) {
        this.disputes = disputes;
        this.runs = runs;
        this.rerun = rerun;
    }

    /** Proves the disputes of the scope that have a revision. */
    void prove(StatementCheck.Context context, Provers provers) throws IOException {
        List<Provers.Proof> proofs = new ArrayList<>();
        for (Dispute each : disputes.all()) {
            String accountId = context.scope().accountId();
            if (each.revision() > 0
                    && context.scope().has(each.request().month().toString())
                    && (accountId == null || accountId.equals(each.request().accountId()))) {
                proofs.add(() -> prove(context, each));
            }
        }
        provers.run(Check.DISPUTES, proofs);
    }

    private void prove(StatementCheck.Context context, Dispute dispute) {
        Run run = runs.find(dispute.runId()).orElseThrow();
        Configuration configuration = context.configurations().of(run).configuration();
        DisputeStore.Request request = dispute.request();
        Protocol protocol = context.protocol();
        String place = "dispute " + dispute.id() + " of " + request.accountId() + " of " + request.month();
        int shard = new Identity()
                .shard(request.accountId(), configuration.settings().accountShards());
        MonthShard usage = new MonthShard(request.month().toString(), shard);
        if (context.damaged().stream().anyMatch(path -> StatementCheck.isOf(path, usage))) {
            protocol.note(Check.DISPUTES, place + " is not computed again: usage of its month is damaged");
            return;
        }
        DisputeStore.Revision stored = disputes.revision(dispute.id());
        DisputeStore.Revision again;
        try {
            again = rerun.again(context.home(), dispute, run, configuration);
        } catch (ProblemException cannotBeComputed) {
            protocol.fail(
                    Check.DISPUTES,
                    place,
                    "",
                    "a disputed revision",
                    cannotBeComputed.problems().get(0).what());
            return;
        } catch (IOException unreadable) {
            protocol.fail(Check.DISPUTES, place, "", "usage that can be read", String.valueOf(unreadable.getMessage()));
            return;
        }
        StatementCheck.compare(
                protocol, Check.DISPUTES, place, "result_sha256", again.resultSha256(), stored.resultSha256());
        StatementCheck.compare(protocol, Check.DISPUTES, place, "statement", again.statement(), stored.statement());
        StatementCheck.compare(protocol, Check.DISPUTES, place, "outcome", again.outcome(), stored.outcome());
    }
}
