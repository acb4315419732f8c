package io.dualgrid.protocol;

/**
 * From an edge to the operator: scalars of which the operator may know the sum over all edges.
 *
 * @param values in the clear, or masked so that only the sum over all edges can be read
 */
public record Report(Payload values) implements Message {
  static final Codec<Report> CODEC =
      new Codec<>() {
        @Override
        public void write(Report message, WireWriter out) {
          Payload.write(message.values, out);
        }

        @Override
        public Report read(WireReader in) {
          return new Report(Payload.read(in));
        }
      };

  @Override
  public MessageType type() {
    return MessageType.REPORT;
  }
}
