package dev.rustbridge;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * The layers of the core: bytes, links, processes, connections, supervision, the bridge.
 */
@AnalyzeClasses(packages = "dev.rustbridge", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule theCoreKnowsNoSpring = noClasses().should()
		.dependOnClassesThat(resideInAnyPackage("org.springframework..", "io.micrometer.."));

	@ArchTest
	static final ArchRule packagesHaveNoCycles = slices().matching("dev.rustbridge.(*)..").should().beFreeOfCycles();

	@ArchTest
	static final ArchRule onlyTheFactoryMethodOfTheApiReachesIntoTheEngine = noClasses().that()
		.resideInAPackage("dev.rustbridge")
		.and()
		.doNotHaveFullyQualifiedName(RustBridge.class.getName())
		.should()
		.dependOnClassesThat(resideInAnyPackage("dev.rustbridge.engine..", "dev.rustbridge.connection..",
				"dev.rustbridge.supervision..", "dev.rustbridge.process..", "dev.rustbridge.protocol.."));

	@ArchTest
	static final ArchRule theProtocolKnowsBytesOnly = noClasses().that()
		.resideInAPackage("dev.rustbridge.protocol..")
		.should()
		.dependOnClassesThat(resideInAnyPackage("dev.rustbridge.transport..", "dev.rustbridge.process..",
				"dev.rustbridge.connection..", "dev.rustbridge.supervision..", "dev.rustbridge.engine..", "reactor.."));

	@ArchTest
	static final ArchRule connectionsKnowNothingOfTheirSupervision = noClasses().that()
		.resideInAPackage("dev.rustbridge.connection..")
		.should()
		.dependOnClassesThat(resideInAnyPackage("dev.rustbridge.process..", "dev.rustbridge.supervision..",
				"dev.rustbridge.engine.."));

	@ArchTest
	static final ArchRule typedClientsUseTheApiOnly = noClasses().that()
		.resideInAPackage("dev.rustbridge.client..")
		.should()
		.dependOnClassesThat(resideInAPackage("dev.rustbridge..")
			.and(not(resideInAnyPackage("dev.rustbridge", "dev.rustbridge.client.."))));

	@ArchTest
	static final ArchRule everyPackageIsNullMarked = classes().that()
		.haveSimpleName("package-info")
		.should()
		.beAnnotatedWith(NullMarked.class);

}
