package io.dualgrid.recording;

import io.dualgrid.protocol.MessageTap;

/**
 * One thing that was taken down.
 *
 * @param kind what
 * @param number of the edge for a message, -1 where the party does not know it; of the iteration
 *     for a solution; else 0
 * @param bytes the message as it travelled; numbers as doubles or, for a mask, a long, big endian
 */
public record RecordingEntry(Kind kind, int number, byte[] bytes) {
  /** Number of an edge that a cloud does not know. */
  public static final int UNKNOWN = -1;

  /** Kinds of entries, in the order of their codes. */
  public enum Kind {
    /** A message to the operator. */
    TO_OPERATOR,
    /** A message of the operator. */
    FROM_OPERATOR,
    /** A question to a cloud. */
    TO_CLOUD,
    /** An answer of a cloud. */
    FROM_CLOUD,
    /** A solution of a site. */
    SOLUTION,
    /** The dispatch of a site. */
    DISPATCH,
    /** A mask of a site. */
    OWN_MASK,
    /** The end of a recording that is whole. */
    END;

    static Kind of(MessageTap.Way way) {
      return switch (way) {
        case TO_OPERATOR -> TO_OPERATOR;
        case FROM_OPERATOR -> FROM_OPERATOR;
        case TO_CLOUD -> TO_CLOUD;
        case FROM_CLOUD -> FROM_CLOUD;
      };
    }

    /**
     * Which way a message of this kind goes.
     *
     * @throws IllegalStateException when this is none
     */
    public MessageTap.Way way() {
      return switch (this) {
        case TO_OPERATOR -> MessageTap.Way.TO_OPERATOR;
        case FROM_OPERATOR -> MessageTap.Way.FROM_OPERATOR;
        case TO_CLOUD -> MessageTap.Way.TO_CLOUD;
        case FROM_CLOUD -> MessageTap.Way.FROM_CLOUD;
        default -> throw new IllegalStateException(this + " is no message");
      };
    }

    /** Whether this is a message. */
    public boolean isMessage() {
      return compareTo(FROM_CLOUD) <= 0;
    }
  }

  /** Kind, number and length: what is inside may be private. */
  @Override
  public String toString() {
    return kind + " " + number + ", " + bytes.length + " bytes";
  }
}
