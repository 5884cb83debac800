package ledger287.operations.bulk;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import ledger287.operations.ledger.Ledger;
import ledger287.service.paging.Page;
import ledger287.service.problem.Problem;
import ledger287.service.problem.ProblemType;
import ledger287.service.publication.Json;

/** Jobs as they are answered. */
@Singleton
final class JobViews {
    private final Ledger ledger;
    private final JobStore jobs;

    JobViews(Ledger ledger, JobStore jobs) {
        this.ledger = ledger;
        this.jobs = jobs;
    }

    /** @param failures how many of them to show, after the line {@code afterLine} */
    ObjectNode job(UUID id, long afterLine, int failures) throws SQLException {
        return ledger.read((connection, dossiers) -> {
            Job job = jobs.byId(connection, id)
                    .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND, "There is no job " + id + ".")
                            .asException());
            List<ParsedLine.Bad> failed = jobs.failures(connection, id, afterLine, failures);
            ObjectNode json = json(job);
            ArrayNode items = Json.array();
            failed.forEach(line -> items.add(json(line)));
            ObjectNode list = json.putObject("failures");
            list.put("count", job.failed());
            list.set("items", items);
            boolean more = failures > 0 && failed.size() == failures;
            list.put("next_cursor", more ? Page.cursorAfter(failed.getLast().number()) : null);
            return json;
        });
    }

    private static ObjectNode json(Job job) {
        ObjectNode json = Json.object();
        json.put("job_id", job.id().toString());
        json.put("state", job.state().name().toLowerCase(Locale.ROOT));
        json.put("message", job.message());
        json.put("format", job.format().code());
        json.put("file_name", job.fileName());
        ObjectNode lines = json.putObject("lines");
        lines.put("total", job.total());
        lines.put("done", job.recorded() + job.unchanged() + job.failed());
        lines.put("recorded", job.recorded());
        lines.put("unchanged", job.unchanged());
        lines.put("failed", job.failed());
        json.put("position", job.position() == null ? null : "operations:" + job.position());
        json.put("received_at", job.receivedAt().toString());
        json.put("finished_at", Json.text(job.finishedAt()));
        return json;
    }

    private static ObjectNode json(ParsedLine.Bad line) {
        ObjectNode json = Json.object();
        json.put("line", line.number());
        json.put("line_id", line.lineId());
        json.put("code", line.code());
        json.put("field", line.field());
        json.put("reason", line.reason());
        return json;
    }
}
