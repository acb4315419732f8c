package io.dualgrid.protocol;

import java.util.BitSet;

/**
 * From the operator to a relay: an order to all sites behind it, and what they are to answer.
 *
 * @param order to be told as it is
 * @param senders line ends of which copies are due
 * @param readers line ends that are to have the consensus of their line
 * @param withReports whether each site reports
 * @param answered whether the relay says when all of that is there; else nothing is due
 */
public record RelayOrder(
    Broadcast order, BitSet senders, BitSet readers, boolean withReports, boolean answered)
    implements Message {
  static final Codec<RelayOrder> CODEC =
      new Codec<>() {
        @Override
        public void write(RelayOrder message, WireWriter out) {
          out.u8(message.order.type().code());
          message.order.type().write(message.order, out);
          out.bits(message.senders)
              .bits(message.readers)
              .flag(message.withReports)
              .flag(message.answered);
        }

        @Override
        public RelayOrder read(WireReader in) {
          return new RelayOrder(
              MessageType.readOrder(in), in.bits(), in.bits(), in.flag(), in.flag());
        }
      };

  @Override
  public MessageType type() {
    return MessageType.RELAY_ORDER;
  }

  /** The order without its values. */
  @Override
  public String toString() {
    return "RelayOrder[" + order.type() + "]";
  }
}
