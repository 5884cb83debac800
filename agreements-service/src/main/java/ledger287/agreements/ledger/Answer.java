package ledger287.agreements.ledger;

/**
 * What a command is answered, now and whenever it is sent again under the same key.
 *
 * @param json the whole body
 */
public record Answer(int status, String json) {}
