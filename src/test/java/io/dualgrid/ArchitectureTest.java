package io.dualgrid;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.dualgrid.ckks.Decryptor;
import io.dualgrid.ckks.KeyPair;
import io.dualgrid.ckks.SecretKey;
import io.dualgrid.edge.EdgeNode;
import io.dualgrid.run.RunSettings;
import io.dualgrid.securesum.SecureSumKeys;
import io.dualgrid.securesum.SecureSumParty;
import io.dualgrid.securesum.TotalPad;

/** Who may know whom. */
@OneRound
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
          .layer("network")
          .definedBy("io.dualgrid.network..")
          .layer("run")
          .definedBy("io.dualgrid.run..")
          .layer("operator")
          .definedBy("io.dualgrid.operator..")
          .layer("edge")
          .definedBy("io.dualgrid.edge..")
          .layer("cloud")
          .definedBy("io.dualgrid.cloud..")
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
          .layer("study")
          .definedBy("io.dualgrid.study..")
          .layer("natives")
          .definedBy("io.dualgrid.natives..")
          .layer("audit")
          .definedBy("io.dualgrid.audit..")
          .whereLayer("audit")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("network")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("study")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("results")
          .mayOnlyBeAccessedByLayers("cli", "study")
          .whereLayer("checkpoint")
          .mayOnlyBeAccessedByLayers("network", "cli")
          .whereLayer("run")
          .mayOnlyBeAccessedByLayers("network", "cli", "results", "checkpoint", "audit", "study")
          // parties reach each other by messages; only a run puts them together
          .whereLayer("operator")
          .mayOnlyBeAccessedByLayers("network", "run")
          .whereLayer("edge")
          .mayOnlyBeAccessedByLayers("network", "run")
          .whereLayer("cloud")
          .mayOnlyBeAccessedByLayers("network", "run");

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

  // The flow of all injections at once is for studies: no party has them.
  @ArchTest
  static final ArchRule powerFlowKnowsTheFeederOnly =
      noClasses()
          .that()
          .resideInAPackage("io.dualgrid.powerflow..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.dualgrid..")
                  .and(not(resideInAnyPackage("io.dualgrid.powerflow..", "io.dualgrid.feeder.."))));

  @ArchTest
  static final ArchRule partiesReachNoPowerFlow =
      noClasses()
          .that()
          .resideInAnyPackage("io.dualgrid.operator..", "io.dualgrid.edge..", "io.dualgrid.cloud..")
          .should()
          .transitivelyDependOnClassesThat(resideInAPackage("io.dualgrid.powerflow.."));

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

  // What a party can reach in the program is what it could learn: neither by itself nor through
  // any class it uses may it come to what is another's.

  @ArchTest
  static final ArchRule operatorReachesNothingPrivate =
      noClasses()
          .that()
          .resideInAPackage("io.dualgrid.operator..")
          .should()
          .transitivelyDependOnClassesThat(
              resideInAnyPackage(
                      "io.dualgrid.site..",
                      "io.dualgrid.device..",
                      "io.dualgrid.caseio..",
                      "io.dualgrid.mask..",
                      "io.dualgrid.edge..",
                      "io.dualgrid.cloud..",
                      "io.dualgrid.run..")
                  .or(
                      belongToAnyOf(
                          SecretKey.class,
                          KeyPair.class,
                          Decryptor.class,
                          SecureSumKeys.class,
                          SecureSumParty.class,
                          TotalPad.class)));

  // The prices of the certificate come from a program of the operator's own, behind PriceBundle.
  @ArchTest
  static final ArchRule operatorSolvesNoProgramOfOthers =
      noClasses()
          .that()
          .resideInAPackage("io.dualgrid.operator..")
          .should()
          .dependOnClassesThat(resideInAPackage("io.dualgrid.qp.."));

  @ArchTest
  static final ArchRule cloudReachesMessagesAndSolversOnly =
      noClasses()
          .that()
          .resideInAPackage("io.dualgrid.cloud..")
          .should()
          .transitivelyDependOnClassesThat(
              resideInAPackage("io.dualgrid..")
                  .and(
                      not(
                          resideInAnyPackage(
                              "io.dualgrid.cloud..",
                              "io.dualgrid.protocol..",
                              "io.dualgrid.qp..",
                              "io.dualgrid.backend..",
                              "io.dualgrid.natives..",
                              "io.dualgrid.files.."))));

  @ArchTest
  static final ArchRule edgesReachNoOtherParty =
      noClasses()
          .that()
          .resideInAPackage("io.dualgrid.edge..")
          .should()
          .transitivelyDependOnClassesThat(
              resideInAnyPackage(
                  "io.dualgrid.operator..", "io.dualgrid.cloud..", "io.dualgrid.run.."));

  @ArchTest
  static final ArchRule edgesReachNoOtherEdge =
      noClasses()
          .that()
          .resideInAPackage("io.dualgrid.edge..")
          .and()
          .doNotHaveFullyQualifiedName(EdgeNode.class.getName())
          .and(not(belongToAnyOf(EdgeNode.class)))
          .should()
          .dependOnClassesThat(belongToAnyOf(EdgeNode.class));

  @ArchTest
  static final ArchRule messagesKnowNoParty =
      noClasses()
          .that()
          .resideInAnyPackage("io.dualgrid.protocol..", "io.dualgrid.runtime..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "io.dualgrid.operator..",
                  "io.dualgrid.edge..",
                  "io.dualgrid.cloud..",
                  "io.dualgrid.run..",
                  "io.dualgrid.site..",
                  "io.dualgrid.device.."));

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
                  "io.dualgrid.operator..",
                  "io.dualgrid.edge..",
                  "io.dualgrid.cloud..",
                  "io.dualgrid.run..",
                  "io.dualgrid.results..",
                  "io.dualgrid.cli.."));

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
              "io.dualgrid.protocol..",
              "io.dualgrid.edge..",
              "io.dualgrid.operator..",
              "io.dualgrid.steering..",
              "io.dualgrid.run..",
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
          .callMethod(StrictMath.class, "random");

  // A list of so many values of few types is mixed up too easily.
  @ArchTest
  static final ArchRule settingsAreBuilt =
      noClasses()
          .that(not(belongToAnyOf(RunSettings.class)))
          .should()
          .callConstructorWhere(target(owner(type(RunSettings.class))));

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
