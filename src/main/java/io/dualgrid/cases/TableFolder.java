package io.dualgrid.cases;

import io.dualgrid.cases.CsvTable.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The tables of a folder, under the names of our own and of the published workflow. */
final class TableFolder {
  /** Which devices stand at which node. */
  static final List<String> DEVICES = List.of("devices.csv", "des_config.csv");

  /** The lines of the network. */
  static final List<String> LINES = List.of("lines.csv", "network_config.csv");

  /** Limits, sizes and prices other than their defaults. */
  static final List<String> PARAMETERS = List.of("parameters.csv");

  private final Path folder;
  private final Consumer<CaseProblem> problems;
  private final Set<String> used = new LinkedHashSet<>();

  TableFolder(Path folder, Consumer<CaseProblem> problems) {
    this.folder = folder;
    this.problems = problems;
  }

  /** The names of the profile files of a kind of device. */
  static List<String> profiles(String kind) {
    return switch (kind) {
      case "P_load" -> List.of("p_load.csv", "p_load_data.csv");
      case "Q_load" -> List.of("q_load.csv", "q_load_data.csv");
      case "H_load" -> List.of("h_load.csv", "h_load_data.csv");
      case "PV" -> List.of("pv.csv", "pv_data.csv");
      case "WP" -> List.of("wp.csv", "wp_data.csv");
      case "GI" -> List.of("prices.csv", "price.csv");
      default -> List.of();
    };
  }

  Path path() {
    return folder;
  }

  /** The first of some names that is there. */
  Optional<String> find(List<String> names) {
    Optional<String> found =
        names.stream().filter(name -> Files.isRegularFile(folder.resolve(name))).findFirst();
    found.ifPresent(used::add);
    return found;
  }

  /** The profile files that are there. */
  List<String> profileFiles() {
    return CaseSchema.instance().devices().keySet().stream()
        .flatMap(kind -> profiles(kind).stream())
        .filter(name -> Files.isRegularFile(folder.resolve(name)))
        .toList();
  }

  /** A table that may hold comments; problems are told. */
  Optional<CsvTable> read(String name) throws IOException {
    return CsvTable.parse(
        name, Files.readAllBytes(folder.resolve(name)), Dialect.COMMENTED, problems);
  }

  /** A table that must be there; problems are told. */
  Optional<CsvTable> require(List<String> names) throws IOException {
    Optional<String> name = find(names);
    if (name.isEmpty()) {
      problems.accept(
          new CaseProblem(
              names.get(0),
              "",
              "",
              "",
              "there is no such file in " + folder,
              "give the folder with the tables; make one with: dualgrid new"));
      return Optional.empty();
    }
    return read(name.get());
  }

  /** Names the CSV files that nothing has used. */
  void nameLeftovers(Notices notices) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      entries
          .map(path -> path.getFileName().toString())
          .filter(name -> name.toLowerCase(java.util.Locale.ROOT).endsWith(".csv"))
          .filter(name -> !used.contains(name))
          .sorted()
          .forEach(name -> notices.add(name, "not used; left out"));
    }
  }
}
