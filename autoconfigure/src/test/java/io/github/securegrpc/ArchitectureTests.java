package io.github.securegrpc;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * Who may import whom: docs/decisions/0001-packages.md.
 */
@AnalyzeClasses(packages = "io.github.securegrpc", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	private static final String ROOT = "io.github.securegrpc.";

	@ArchTest
	static final ArchRule noCycles = slices().matching(ROOT + "(*)..").should().beFreeOfCycles();

	@ArchTest
	static final ArchRule textImportsNothingOfOurs = imports("text", "material", "rotation", "validation", "transport",
			"server", "client", "peer", "actuate", "engine", "devh", "boot");

	@ArchTest
	static final ArchRule materialImportsTextOnly = imports("material", "rotation", "validation", "transport", "server",
			"client", "peer", "engine", "devh", "boot");

	@ArchTest
	static final ArchRule valuesKnowNeitherChecksNorSources = noClasses().that()
		.resideInAPackage(ROOT + "material")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage(ROOT + "material.check..", ROOT + "material.source..");

	@ArchTest
	static final ArchRule checksKnowNoSources = imports("material.check", "material.source");

	@ArchTest
	static final ArchRule rulesKnowNoCalls = noClasses().that()
		.resideInAPackage(ROOT + "peer.rules")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage(ROOT + "peer", "io.grpc..");

	@ArchTest
	static final ArchRule rotationImportsMaterialOnly = imports("rotation", "validation", "transport", "server",
			"client", "peer", "engine", "devh", "boot");

	@ArchTest
	static final ArchRule validationImportsMaterialOnly = imports("validation", "rotation", "transport", "server",
			"client", "peer", "engine", "devh", "boot");

	@ArchTest
	static final ArchRule transportKnowsNoSideAndNoEngine = imports("transport", "server", "client", "peer", "engine",
			"devh", "boot");

	@ArchTest
	static final ArchRule serverKnowsNoChannelTransportOrEngine = imports("server", "client", "validation", "transport",
			"peer", "engine", "devh", "boot");

	@ArchTest
	static final ArchRule clientKnowsNoServerTransportOrEngine = imports("client", "server", "validation", "transport",
			"peer", "engine", "devh", "boot");

	@ArchTest
	static final ArchRule peerKnowsNoSideTransportOrEngine = imports("peer", "transport", "server", "client", "engine",
			"devh", "boot");

	@ArchTest
	static final ArchRule actuateKnowsNoEngine = imports("actuate", "engine", "devh", "boot");

	@ArchTest
	static final ArchRule engineKnowsNoneOfThem = imports("engine", "devh", "boot", "actuate");

	@ArchTest
	static final ArchRule nobodyKnowsActuate = noClasses().that()
		.resideOutsideOfPackage(ROOT + "actuate..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage(ROOT + "actuate..");

	@ArchTest
	static final ArchRule onlyTransportKnowsNetty = noClasses().that()
		.resideOutsideOfPackage(ROOT + "transport..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.netty..", "io.grpc.netty..");

	@ArchTest
	static final ArchRule onlyDevhKnowsItsEngine = noClasses().that()
		.resideOutsideOfPackage(ROOT + "devh..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("net.devh..");

	@ArchTest
	static final ArchRule devhKnowsNoOtherEngine = imports("devh", "boot");

	@ArchTest
	static final ArchRule bootKnowsNoOtherEngine = imports("boot", "devh");

	@ArchTest
	static final ArchRule onlyBootKnowsItsEngine = noClasses().that()
		.resideOutsideOfPackage(ROOT + "boot..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework.grpc..", "org.springframework.boot.grpc..");

	@ArchTest
	static final ArchRule timeComesIn = noClasses().should().callMethod(java.time.Instant.class, "now");

	/* An application's own clock is for its own purposes. */
	@ArchTest
	static final ArchRule thereIsOneClock = noClasses().that()
		.doNotHaveFullyQualifiedName(ROOT + "material.source.MaterialAutoConfiguration")
		.should()
		.callMethod(java.time.Clock.class, "systemUTC")
		.orShould()
		.callMethod(java.time.Clock.class, "systemDefaultZone");

	/* What others wrote passes one place on its way out: text.Printable. */
	@ArchTest
	static final ArchRule onePlaceLogs = noClasses().that()
		.doNotHaveFullyQualifiedName(ROOT + "text.PrintableLog")
		.and()
		.doNotHaveFullyQualifiedName(ROOT + "peer.AuditLog")
		.and()
		.haveNameNotMatching(".*\\.transport\\.GrpcLoggers(\\$.*)?")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.apache.commons.logging..")
		.orShould()
		.dependOnClassesThat()
		.haveFullyQualifiedName("org.slf4j.LoggerFactory")
		.orShould()
		.dependOnClassesThat()
		.resideInAPackage("java.util.logging..");

	@ArchTest
	static final ArchRule onePlaceMakesTextPrintable = noClasses().that()
		.doNotHaveFullyQualifiedName(ROOT + "text.Printable")
		.should()
		.callMethod(Character.class, "getType", int.class)
		.orShould()
		.callMethod(Character.class, "isISOControl", int.class)
		.orShould()
		.callMethod(Character.class, "isISOControl", char.class);

	/* Of a Denial or a failed handshake, whose texts are printable. */
	@ArchTest
	static final ArchRule fewTellPeers = noClasses().that()
		.haveNameNotMatching(
				".*\\.(client\\.BasicAuth|peer\\.(Denials|PeerInterceptor|UnknownMethods)|transport\\..*\\.FirstReadObserver)")
		.should()
		.callMethod(io.grpc.Status.class, "withDescription", String.class)
		.orShould()
		.callMethod(io.grpc.Status.class, "augmentDescription", String.class)
		.orShould()
		.callMethod(io.grpc.Status.class, "withCause", Throwable.class);

	/* Of a PeerIdentity's name, which is printable. */
	@ArchTest
	static final ArchRule oneNamesPeersInTheLoggingContext = noClasses().that()
		.haveNameNotMatching(".*\\.peer\\.PeerMdcInterceptor(\\$.*)?")
		.should()
		.dependOnClassesThat()
		.haveFullyQualifiedName("org.slf4j.MDC");

	@ArchTest
	static final ArchRule oneAnalyzesFailures = noClasses().that()
		.haveNameNotMatching(".*FailureAnalyzer")
		.should()
		.dependOnClassesThat()
		.haveFullyQualifiedName("org.springframework.boot.diagnostics.FailureAnalysis");

	@ArchTest
	static final ArchRule onlyMetricsHaveTags = noClasses().that()
		.haveNameNotMatching(".*\\.actuate\\.([A-Za-z]*Metrics|MetricsAutoConfiguration)(\\$.*)?")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("io.micrometer..");

	@ArchTest
	static final ArchRule onlyConfigurationTouchesTheContainer = noClasses().that()
		.haveNameNotMatching(".*(AutoConfiguration|Properties|FailureAnalyzer)(\\$.*)?")
		.and()
		.haveNameNotMatching(
				".*\\.(devh\\.repair\\.(DevhImportFilter|ReaderGuard)|engine\\.EngineImportFilter)(\\$.*)?")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework.context..", "org.springframework.beans.factory..");

	private static ArchRule imports(String from, String... forbidden) {
		String[] packages = java.util.Arrays.stream(forbidden).map((name) -> ROOT + name + "..").toArray(String[]::new);
		return noClasses().that()
			.resideInAPackage(ROOT + from + "..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(packages);
	}

}
