package io.dualgrid;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom. */
@AnalyzeClasses(packages = "io.dualgrid", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule dependenciesPointOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("cli")
          .definedBy("io.dualgrid.cli..")
          .layer("results")
          .definedBy("io.dualgrid.results..")
          .layer("checkpoint")
          .definedBy("io.dualgrid.checkpoint..")
          .layer("parties")
          .definedBy("io.dualgrid.parties..")
          .layer("methods")
          .definedBy(
              "io.dualgrid.consensus..",
              "io.dualgrid.mask..",
              "io.dualgrid.ckks..",
              "io.dualgrid.qp..")
          .layer("model")
          .definedBy(
              "io.dualgrid.feeder..",
              "io.dualgrid.device..",
              "io.dualgrid.site..",
              "io.dualgrid.caseio..")
          .layer("natives")
          .definedBy("io.dualgrid.natives..")
          .layer("audit")
          .definedBy("io.dualgrid.audit..")
          .whereLayer("audit")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("results")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("checkpoint")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("parties")
          .mayOnlyBeAccessedByLayers("cli", "results", "checkpoint", "audit");

  // A program is described by the QP package, so devices may speak of it; nothing else may look up.
  @ArchTest
  static final ArchRule modelKnowsOfTheMethodsOnlyThePrograms =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.dualgrid.feeder..",
              "io.dualgrid.device..",
              "io.dualgrid.site..",
              "io.dualgrid.caseio..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "io.dualgrid.consensus..",
                  "io.dualgrid.mask..",
                  "io.dualgrid.ckks..",
                  "io.dualgrid.qp.nativeqp..",
                  "io.dualgrid.qp.osqp..",
                  "io.dualgrid.qp.java.."));

  // What an operator may know: who reaches this reaches nothing private.
  @ArchTest
  static final ArchRule feederKnowsNothingElse =
      noClasses()
          .that()
          .resideInAPackage("io.dualgrid.feeder..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.dualgrid..").and(not(resideInAPackage("io.dualgrid.feeder.."))));

  @ArchTest
  static final ArchRule nativesKnowNoDomain =
      noClasses()
          .that()
          .resideInAPackage("io.dualgrid.natives..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.dualgrid..")
                  .and(not(resideInAPackage("io.dualgrid.natives.."))));

  @ArchTest
  static final ArchRule onlyBindingsKnowJna =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.dualgrid.natives..",
              "io.dualgrid.qp.nativeqp..",
              "io.dualgrid.qp.osqp..",
              "io.dualgrid.qp.dense.jna..",
              "io.dualgrid.ckks.seal..")
          .should()
          .dependOnClassesThat(resideInAPackage("com.sun.jna.."));

  // The cloud is for hire: what it can reach in the program is what it could learn.
  @ArchTest
  static final ArchRule cloudReachesNoSecrets =
      noClasses()
          .that()
          .haveFullyQualifiedName("io.dualgrid.parties.Cloud")
          .or()
          .haveNameMatching("io\\.dualgrid\\.parties\\.Cloud\\$.*")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "io.dualgrid.site..",
                  "io.dualgrid.device..",
                  "io.dualgrid.caseio..",
                  "io.dualgrid.ckks.."))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule methodsKnowNoParties =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.dualgrid.consensus..",
              "io.dualgrid.securesum..",
              "io.dualgrid.mask..",
              "io.dualgrid.ckks..",
              "io.dualgrid.qp..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "io.dualgrid.parties..", "io.dualgrid.results..", "io.dualgrid.cli.."))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule encryptionAndMaskingDoNotMix =
      noClasses()
          .that()
          .resideInAPackage("io.dualgrid.ckks..")
          .should()
          .dependOnClassesThat(resideInAnyPackage("io.dualgrid.mask..", "io.dualgrid.qp.."));

  @ArchTest
  static final ArchRule authenticationKnowsKeysAndCiphertextsOnly =
      noClasses()
          .that()
          .resideInAnyPackage("io.dualgrid.auth..", "io.dualgrid.keys..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.dualgrid..")
                  .and(
                      not(
                          resideInAnyPackage(
                              "io.dualgrid.auth..", "io.dualgrid.keys..", "io.dualgrid.ckks.."))));

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.dualgrid.(**)").should().beFreeOfCycles();

  // java.util.Random can be predicted from a few of its outputs.
  @ArchTest
  static final ArchRule protectionUsesNoPredictableRandomness =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.dualgrid.mask..",
              "io.dualgrid.ckks..",
              "io.dualgrid.consensus..",
              "io.dualgrid.securesum..",
              "io.dualgrid.keys..",
              "io.dualgrid.auth..",
              "io.dualgrid.parties..",
              "io.dualgrid.checkpoint..")
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(
              java.util.Random.class,
              java.util.SplittableRandom.class,
              java.util.concurrent.ThreadLocalRandom.class)
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .callMethod(StrictMath.class, "random")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule commandsAreNotAnInterface =
      classes()
          .that()
          .resideInAPackage("io.dualgrid.cli..")
          .and()
          .doNotHaveFullyQualifiedName("io.dualgrid.cli.Main")
          .should()
          .notBePublic();
}
