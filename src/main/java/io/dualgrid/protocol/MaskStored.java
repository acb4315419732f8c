package io.dualgrid.protocol;

/**
 * From a cloud to an edge: the program of a mask is there, or is no longer.
 *
 * @param mask number of the mask
 * @param present whether the cloud has its program
 */
public record MaskStored(long mask, boolean present) implements Message {
  static final Codec<MaskStored> CODEC =
      new Codec<>() {
        @Override
        public void write(MaskStored message, WireWriter out) {
          out.i64(message.mask);
          out.flag(message.present);
        }

        @Override
        public MaskStored read(WireReader in) {
          return new MaskStored(in.i64(), in.flag());
        }
      };

  @Override
  public MessageType type() {
    return MessageType.MASK_STORED;
  }
}
