package io.dualgrid.audit;

/**
 * Messages of one kind.
 *
 * @param receiver operator or cloud
 * @param kind what they are
 * @param content what is in them
 * @param count how many
 * @param bytes of all of them, numbers as 8 bytes each
 */
public record MessageCount(String receiver, String kind, String content, long count, long bytes) {}
