package io.dualgrid.ckks;

/** The sets of parameters that a run may encrypt under. */
public enum ParameterSet {
  /** One small modulus; the operator only adds. */
  COMPACT {
    @Override
    public CkksParameters parameters() {
      return CkksParameters.compact();
    }
  },

  /** That of the published study; the operator multiplies by the weights and adds. */
  PUBLISHED {
    @Override
    public CkksParameters parameters() {
      return CkksParameters.published();
    }
  };

  /** The parameters themselves. */
  public abstract CkksParameters parameters();
}
