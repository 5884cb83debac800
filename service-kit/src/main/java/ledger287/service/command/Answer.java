package ledger287.service.command;

/**
 * What a command is answered, now and whenever it is sent again under the same key.
 *
 * @param json the whole body
 */
public record Answer(int status, String json) {}
