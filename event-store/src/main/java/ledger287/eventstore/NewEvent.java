package ledger287.eventstore;

import java.util.UUID;

/**
 * A fact to be appended.
 *
 * @param eventId made by the caller; the same id on every transport
 * @param streamId what the fact is about, for example {@code agreement-1f0c…}
 * @param type logical name in the past tense, for example {@code agreement-signed}; never a class name
 * @param schemaVersion version of the shape of {@code data}, from 1
 * @param data what happened: a JSON object
 * @param metadata who, why, and on which evidence: a JSON object
 */
public record NewEvent(UUID eventId, String streamId, String type, int schemaVersion, String data, String metadata) {}
