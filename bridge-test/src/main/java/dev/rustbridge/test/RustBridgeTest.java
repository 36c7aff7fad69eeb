package dev.rustbridge.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import dev.rustbridge.test.autoconfigure.RustBridgeTestContextBootstrapper;
import dev.rustbridge.test.autoconfigure.RustBridgeTypeExcludeFilter;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Tests what an application does with its bridges, and nothing else of it: a
 * {@link ScriptedDaemon} is behind each bridge that {@code rustbridge.bridges} declares,
 * so that neither Rust nor a binary is needed.
 * <p>
 * Configured are the bridges, the typed clients, Jackson, and those components that have
 * to do with bridges: the ones with {@code @BridgeEventListener}, {@code @BridgeHandler}
 * and {@code @BridgeInitializer} methods, customizers and interceptors. All others are
 * left out: import them with {@code @Import}, or replace them by {@code @MockitoBean}.
 * For a whole application use {@code @SpringBootTest} with
 * {@link AutoConfigureTestRustBridge} instead. <pre class="code">
 * &#64;RustBridgeTest
 * &#64;Import(Finder.class)
 * class FinderTests {
 *
 * 	&#64;Test
 * 	void findsWhatTheDaemonStreams(@Autowired Finder finder, @Autowired ScriptedDaemon daemon) {
 * 		daemon.on("search").streams(new Hit("a.rs", 7));
 * 		StepVerifier.create(finder.find("main")).expectNextCount(1).verifyComplete();
 * 		assertThat(daemon).hasReceived("search", new SearchQuery("main"));
 * 	}
 *
 * }
 * </pre>
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@BootstrapWith(RustBridgeTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(RustBridgeTypeExcludeFilter.class)
@AutoConfigureTestRustBridge
@ImportAutoConfiguration
public @interface RustBridgeTest {

	/**
	 * Properties in the form {@code key=value}, added to the environment before the test
	 * runs.
	 * @return the properties
	 */
	String[] properties() default {};

	/**
	 * Whether components that have to do with bridges are found by the scan.
	 * @return {@code false} to find only what {@link #includeFilters()} match
	 */
	boolean useDefaultFilters() default true;

	/**
	 * Components that are configured as well.
	 * @return the filters
	 */
	Filter[] includeFilters() default {};

	/**
	 * Components that are left out.
	 * @return the filters
	 */
	Filter[] excludeFilters() default {};

	/**
	 * Auto-configurations that are left out.
	 * @return the auto-configurations
	 */
	@AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
	Class<?>[] excludeAutoConfiguration() default {};

}
