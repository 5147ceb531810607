package io.github.securegrpc.certs;

import java.time.Clock;
import java.time.Instant;
import java.util.Set;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

/**
 * Who may import whom in this module.
 */
@AnalyzeClasses(packages = "io.github.securegrpc.certs", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	private static final Set<String> SHARED = Set.of("io.github.securegrpc.text", "io.github.securegrpc.material",
			"io.github.securegrpc.material.check");

	@ArchTest
	void certificatesSeeOnlyTheMaterial(JavaClasses classes) {
		ArchRuleDefinition.noClasses()
			.that()
			.resideInAPackage("io.github.securegrpc.certs..")
			.should()
			.dependOnClassesThat(DescribedPredicate.describe("are ours, and neither material, its checks nor text",
					(type) -> type.getPackageName().startsWith("io.github.securegrpc")
							&& !type.getPackageName().startsWith("io.github.securegrpc.certs")
							&& !SHARED.contains(type.getPackageName())
							&& !type.getSimpleName().equals("KeyFormatCheck")))
			.because("the authority shares only what is loaded, never how it is used")
			.check(classes);
	}

	@ArchTest
	void authorityKnowsNeitherTheDevCaNorTheCommandLine(JavaClasses classes) {
		ArchRuleDefinition.noClasses()
			.that()
			.resideInAnyPackage("io.github.securegrpc.certs", "io.github.securegrpc.certs.file",
					"io.github.securegrpc.certs.key")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("io.github.securegrpc.certs.devca..", "io.github.securegrpc.certs.cli..", "picocli..")
			.because("the library stands alone")
			.check(classes);
	}

	@ArchTest
	void filesDoNotKnowWhatTheyHold(JavaClasses classes) {
		ArchRuleDefinition.noClasses()
			.that()
			.resideInAPackage("io.github.securegrpc.certs.file")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("io.github.securegrpc.certs", "io.github.securegrpc.certs.key", "org.bouncycastle..")
			.because("a file is written whole whatever it holds")
			.check(classes);
	}

	@ArchTest
	void keysDoNotKnowWhoMadeThem(JavaClasses classes) {
		ArchRuleDefinition.noClasses()
			.that()
			.resideInAPackage("io.github.securegrpc.certs.key")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("io.github.securegrpc.certs")
			.because("the authority uses keys and certificates of any origin")
			.check(classes);
	}

	@ArchTest
	void reportsKnowNoCommands(JavaClasses classes) {
		ArchRuleDefinition.noClasses()
			.that()
			.resideInAnyPackage("io.github.securegrpc.certs.cli.report", "io.github.securegrpc.certs.cli.live")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("io.github.securegrpc.certs.cli", "picocli..")
			.because("what is found out is the same whatever command asks")
			.check(classes);
	}

	@ArchTest
	void onlyTheAutoConfigurationKnowsSpring(JavaClasses classes) {
		ArchRuleDefinition.noClasses()
			.that()
			.haveSimpleNameNotEndingWith("AutoConfiguration")
			.and()
			.haveSimpleNameNotEndingWith("Properties")
			.and()
			.haveSimpleNameNotEndingWith("Guard")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.springframework..")
			.because("the engine runs without Spring")
			.check(classes);
	}

	@ArchTest
	void onlyTheLibraryKnowsBouncyCastle(JavaClasses classes) {
		ArchRuleDefinition.noClasses()
			.that()
			.resideInAnyPackage("io.github.securegrpc.certs.devca..", "io.github.securegrpc.certs.cli..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.bouncycastle..")
			.because("the dev CA and the command line use the authority as anyone would")
			.check(classes);
	}

	@ArchTest
	void timeComesInAsAClock(JavaClasses classes) {
		ArchRuleDefinition.noClasses()
			.should()
			.callMethod(Instant.class, "now")
			.orShould()
			.callMethod(Clock.class, "systemDefaultZone")
			.because("tests move the clock")
			.check(classes);
	}

}
