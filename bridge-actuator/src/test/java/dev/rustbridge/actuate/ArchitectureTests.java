package dev.rustbridge.actuate;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * The actuator module uses the public sides of core and starter.
 */
@AnalyzeClasses(packages = "dev.rustbridge.actuate", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule nothingReachesIntoTheCore = noClasses().should()
		.dependOnClassesThat(resideInAnyPackage("dev.rustbridge.engine..", "dev.rustbridge.connection..",
				"dev.rustbridge.supervision..", "dev.rustbridge.process..", "dev.rustbridge.protocol..",
				"dev.rustbridge.transport.."));

	@ArchTest
	static final ArchRule nothingReachesIntoTheStarter = noClasses().should()
		.dependOnClassesThat(resideInAnyPackage("dev.rustbridge.boot.bean..", "dev.rustbridge.boot.client..",
				"dev.rustbridge.boot.diagnostics..", "dev.rustbridge.boot.event..", "dev.rustbridge.boot.handler..",
				"dev.rustbridge.boot.lifecycle..", "dev.rustbridge.boot.properties.."));

	@ArchTest
	static final ArchRule packagesHaveNoCycles = slices().matching("dev.rustbridge.actuate.(*)..")
		.should()
		.beFreeOfCycles();

}
