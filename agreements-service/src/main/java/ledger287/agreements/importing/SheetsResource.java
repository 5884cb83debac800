package ledger287.agreements.importing;

import io.quarkus.security.Authenticated;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.UUID;
import ledger287.agreements.request.Given;
import ledger287.agreements.sheet.SheetSource;
import ledger287.agreements.vocabulary.SheetKind;
import ledger287.service.command.Answer;
import ledger287.service.command.CommandRequest;
import ledger287.service.command.CommandRequests;
import ledger287.service.paging.Page;
import ledger287.service.problem.Problem;
import ledger287.service.problem.ProblemType;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/** ICE's workbooks: in by upload, and back out with what became of every row. */
@Path("/v1/sheets")
@Produces(MediaType.APPLICATION_JSON)
public final class SheetsResource {
    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private final SheetImport sheetImport;
    private final SheetDecisions decisions;
    private final SheetReports reports;
    private final CommandRequests commands;
    private final Uploads uploads;

    SheetsResource(
            SheetImport sheetImport,
            SheetDecisions decisions,
            SheetReports reports,
            CommandRequests commands,
            Uploads uploads) {
        this.sheetImport = sheetImport;
        this.decisions = decisions;
        this.reports = reports;
        this.commands = commands;
        this.uploads = uploads;
    }

    @POST
    @RolesAllowed("importer")
    @Consumes({MediaType.APPLICATION_OCTET_STREAM, XLSX})
    public Response importBody(
            InputStream body,
            @Context SecurityContext caller,
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
            @HeaderParam("X-File-Name") @Nullable String fileName,
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("published_at") @Nullable String publishedAt,
            @QueryParam("dry_run") @Nullable String dryRun,
            @QueryParam("again") @Nullable String again)
            throws IOException, SQLException {
        try (Upload upload = uploads.receive(body)) {
            return take(caller, idempotencyKey, upload, source(fileName, kind, publishedAt), dryRun, again);
        }
    }

    @POST
    @RolesAllowed("importer")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public Response importForm(
            @RestForm("file") @Nullable FileUpload file,
            @Context SecurityContext caller,
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
            @HeaderParam("X-File-Name") @Nullable String fileName,
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("published_at") @Nullable String publishedAt,
            @QueryParam("dry_run") @Nullable String dryRun,
            @QueryParam("again") @Nullable String again)
            throws IOException, SQLException {
        if (file == null) {
            throw Problem.of(ProblemType.MALFORMED_BODY, "The form has no part 'file' with the workbook.")
                    .about("file", null)
                    .asException();
        }
        try (InputStream body = Files.newInputStream(file.uploadedFile());
                Upload upload = uploads.receive(body)) {
            String name = fileName == null ? file.fileName() : fileName;
            return take(caller, idempotencyKey, upload, source(name, kind, publishedAt), dryRun, again);
        }
    }

    @GET
    @PermitAll
    public Page<ImportReport> sheets(
            @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor)
            throws SQLException {
        return reports.sheets(Page.after(cursor), Page.limit(limit));
    }

    @GET
    @Path("/{id}")
    @PermitAll
    public ImportReport sheet(@PathParam("id") UUID id) throws SQLException {
        return reports.sheet(id);
    }

    @GET
    @Path("/{id}/rows")
    @PermitAll
    public Page<RowJson> rows(
            @PathParam("id") UUID id,
            @QueryParam("state") @Nullable String state,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor)
            throws SQLException {
        return reports.rows(id, RowState.of(state), Page.after(cursor), Page.limit(limit));
    }

    /** Needs a key: links in the file carry mail addresses, which are dropped everywhere else. */
    @GET
    @Path("/{id}/file")
    @Authenticated
    @Produces({XLSX, MediaType.APPLICATION_JSON})
    public Response file(@PathParam("id") UUID id) throws SQLException {
        SheetArchive.File file = reports.file(id);
        return Response.ok(file.bytes(), XLSX)
                .header("Content-Disposition", "attachment; filename=\"" + safe(file.name()) + "\"")
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "private")
                .build();
    }

    @POST
    @Path("/{id}/release")
    @RolesAllowed("editor")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response release(
            @PathParam("id") UUID id,
            SheetDecision decision,
            @Context SecurityContext caller,
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey)
            throws SQLException {
        return respond(decisions.release(request("release", id, decision, caller, idempotencyKey), id, decision));
    }

    @POST
    @Path("/{id}/rejection")
    @RolesAllowed("editor")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response reject(
            @PathParam("id") UUID id,
            SheetDecision decision,
            @Context SecurityContext caller,
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey)
            throws SQLException {
        return respond(decisions.reject(request("rejection", id, decision, caller, idempotencyKey), id, decision));
    }

    @POST
    @Path("/{id}/retraction")
    @RolesAllowed("editor")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response retract(
            @PathParam("id") UUID id,
            SheetDecision decision,
            @Context SecurityContext caller,
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey)
            throws SQLException {
        return respond(decisions.retract(request("retraction", id, decision, caller, idempotencyKey), id, decision));
    }

    private CommandRequest request(
            String act,
            UUID id,
            @Nullable SheetDecision decision,
            SecurityContext caller,
            @Nullable String idempotencyKey) {
        if (decision == null) {
            throw Given.invalid("reason", "Say why: {\"reason\": \"…\"}.", null);
        }
        return commands.of(
                caller.getUserPrincipal(),
                idempotencyKey,
                "sheets",
                act,
                id.toString(),
                decision.reason(),
                decision.sourceUrl());
    }

    private Response take(
            SecurityContext caller,
            @Nullable String idempotencyKey,
            Upload upload,
            SheetSource source,
            @Nullable String dryRun,
            @Nullable String again)
            throws SQLException {
        SheetImport.Repeat repeat =
                Given.flag("again", again) ? SheetImport.Repeat.JUDGE_AGAIN : SheetImport.Repeat.KNOWN;
        SheetImport.Submission submission = new SheetImport.Submission(upload, source, repeat);
        if (Given.flag("dry_run", dryRun)) {
            return Response.ok(sheetImport.tryOut(submission)).build();
        }
        SheetKind kind = source.kind();
        CommandRequest request = commands.of(
                caller.getUserPrincipal(),
                idempotencyKey,
                "sheets",
                upload.sha256(),
                source.fileName(),
                kind == null ? null : kind.code(),
                source.publishedAt(),
                repeat.name());
        return respond(sheetImport.importSheet(request, submission));
    }

    private static Response respond(Answer answer) {
        return Response.status(answer.status()).entity(answer.json()).build();
    }

    private static SheetSource source(@Nullable String fileName, @Nullable String kind, @Nullable String publishedAt) {
        return new SheetSource(
                fileName == null ? "" : fileName,
                Given.codeOrNull("kind", kind, SheetKind.values(), SheetKind::code),
                publishedAt);
    }

    /** A name that ends no header and no quotation. */
    private static String safe(String fileName) {
        String plain = fileName.replaceAll("[^A-Za-z0-9._ ()-]", "_");
        return plain.isBlank() ? "workbook.xlsx" : plain;
    }
}
