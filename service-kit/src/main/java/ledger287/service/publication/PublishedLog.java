package ledger287.service.publication;

import ledger287.eventstore.EventMapper;

/**
 * The log of a service, as the publisher must know it; each service produces one.
 *
 * @param name names the log in positions such as {@code agreements:4711}, on Kafka and in the database; never to be
 *     changed
 * @param mapper the public form of every stored event
 */
public record PublishedLog(String name, EventMapper mapper) {}
