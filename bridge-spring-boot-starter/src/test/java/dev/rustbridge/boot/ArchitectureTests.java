package dev.rustbridge.boot;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import org.springframework.context.annotation.Import;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "dev.rustbridge.boot", importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule nothingReachesIntoTheInternalsOfTheCore = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("dev.rustbridge.engine..", "dev.rustbridge.protocol..", "dev.rustbridge.process..",
				"dev.rustbridge.transport..");

	@ArchTest
	static final ArchRule thePackagesHaveNoCycles = slices().matching("dev.rustbridge.boot.(*)..")
		.should()
		.beFreeOfCycles();

	@ArchTest
	static final ArchRule whatAnApplicationUsesKnowsNothingOfHowItIsDone = noClasses().that()
		.resideInAPackage("dev.rustbridge.boot")
		// an annotation that imports names what it imports
		.and()
		.areNotAnnotatedWith(Import.class)
		.should()
		.dependOnClassesThat()
		.resideInAPackage("dev.rustbridge.boot.*..");

}
