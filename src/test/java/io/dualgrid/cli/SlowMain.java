package io.dualgrid.cli;

/** The command line with an engine that takes its time, for a test that ends it from outside. */
final class SlowMain {
  private SlowMain() {}

  /** Runs a command and exits with its code. */
  public static void main(String[] arguments) {
    FakeEngine engine = new FakeEngine();
    engine.iterations = 10_000;
    engine.pauseMillis = 20;
    HeldEnd.exit(Main.run(engine, arguments));
  }
}
