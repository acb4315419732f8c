package io.dualgrid.cli;

import io.dualgrid.network.pki.Authority;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dualgrid ca}. */
@Command(
    name = "ca",
    description = {
      "The authority of a district, which certifies operator, cloud and sites.",
      "It is not the operator's: who can issue certificates can stand in for any site."
    },
    footer = {
      "",
      "Examples:",
      "  dualgrid ca init authority",
      "  dualgrid ca sign authority site-3/request.pem --out site-3/certificate.pem",
      "  dualgrid ca revoke authority site/my-case/3"
    })
final class CaCommand implements Runnable {
  private static final int USUAL_DAYS = 365;

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  CaCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say init, sign or revoke");
  }

  @Command(
      name = "init",
      description = "Makes an authority, with keys that never leave its folder.")
  int init(
      @Parameters(paramLabel = "AUTHORITY", description = "Folder to make it in.") Path folder) {
    Authority.init(folder);
    terminal.out().println("made an authority in " + folder + "; keep it from the operator");
    return ExitCode.OK;
  }

  @Command(
      name = "sign",
      description = {
        "Certifies what a request asks for, and puts the party on the list of those let in.",
        "Compare name and fingerprint with what the party read on its own screen."
      })
  int sign(
      @Parameters(index = "0", paramLabel = "AUTHORITY", description = "Folder of the authority.")
          Path folder,
      @Parameters(index = "1", paramLabel = "REQUEST", description = "request.pem of the party.")
          Path request,
      @Option(
              names = "--out",
              paramLabel = "FILE",
              required = true,
              description = "Where the certificates go: certificate.pem in the party's folder.")
          Path out,
      @Option(
              names = "--days",
              paramLabel = "N",
              description = "How long they hold (default: " + USUAL_DAYS + ").")
          Integer days,
      @Option(
              names = "--hours",
              paramLabel = "N",
              description = "The same in hours, where certificates are renewed by a program.")
          Integer hours) {
    Duration validity = validity(days, hours);
    Authority authority = Authority.open(folder);
    Authority.Asker asker = authority.sign(request, out, validity);
    terminal.out().println(asker.fingerprint() + "  " + asker.name());
    terminal.out().println("certificates in " + out + "; let in by " + authority.allowList());
    return ExitCode.OK;
  }

  private Duration validity(Integer days, Integer hours) {
    CommandLine line = spec.subcommands().get("sign");
    if (days != null && hours != null) {
      throw new ParameterException(line, "--days and --hours say the same; take one of them");
    }
    if (hours != null) {
      Counts.requirePositive(line.getCommandSpec(), "--hours", hours);
      return Duration.ofHours(hours);
    }
    int whole = days == null ? USUAL_DAYS : days;
    Counts.requirePositive(line.getCommandSpec(), "--days", whole);
    return Duration.ofDays(whole);
  }

  @Command(
      name = "revoke",
      description = "Takes a party off the list of those let in. The operator needs the new list.")
  int revoke(
      @Parameters(index = "0", paramLabel = "AUTHORITY", description = "Folder of the authority.")
          Path folder,
      @Parameters(index = "1", paramLabel = "NAME", description = "Such as site/my-case/3.")
          String name) {
    Authority authority = Authority.open(folder);
    authority.revoke(name);
    terminal.out().println("give the operator the new " + authority.allowList());
    return ExitCode.OK;
  }
}
