package dev.rustbridge.boot;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import dev.rustbridge.BridgeOptions.Startup;
import dev.rustbridge.RustBridge;
import dev.rustbridge.boot.autoconfigure.RustBridgeAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.BeanCurrentlyInCreationException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextAware;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * How bridges are found among the beans, by whom they may be replaced.
 */
class BridgeBeansTests {

	private final ApplicationContextRunner runner = BridgeContexts.idle();

	private final ApplicationContextRunner two = this.runner.withPropertyValues(
			"rustbridge.bridges.search.request-timeout=1s", "rustbridge.bridges.my-vpn.request-timeout=2s");

	@Test
	void withoutDeclaredBridgesThereAreNone() {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(RustBridge.class);
			assertThat(context.getBean(RustBridgeRegistry.class)).isEmpty();
		});
	}

	@Test
	void aBridgeIsInjectedByItsQualifier() {
		this.two.withUserConfiguration(ByQualifier.class)
			.run((context) -> assertThat(context.getBean(Holder.class).bridge().name()).isEqualTo("my-vpn"));
	}

	@Test
	void aBridgeIsInjectedByTheNameOfTheParameter() {
		this.two.withUserConfiguration(ByParameterName.class)
			.run((context) -> assertThat(context.getBean(Holder.class).bridge().name()).isEqualTo("search"));
	}

	@Test
	void aBridgeIsInjectedByItsNameInCamelCase() {
		this.two.withUserConfiguration(ByCamelCase.class)
			.run((context) -> assertThat(context.getBean(Holder.class).bridge().name()).isEqualTo("my-vpn"));
	}

	@Test
	void anOnlyBridgeIsInjectedByItsType() {
		this.runner.withPropertyValues("rustbridge.bridges.search.enabled=true")
			.withUserConfiguration(ByType.class)
			.run((context) -> assertThat(context.getBean(Holder.class).bridge().name()).isEqualTo("search"));
	}

	@Test
	void allBridgesAreInjectedAsAMap() {
		this.two.withUserConfiguration(AsMap.class)
			.run((context) -> assertThat(context.getBean(MapHolder.class).bridges()).containsOnlyKeys("search",
					"my-vpn"));
	}

	@Test
	void aKeyThatIsAlsoTheNameOfABeanOfTheApplicationBreaksNeither() {
		this.two.withBean("search", String.class, () -> "mine")
			.withUserConfiguration(ByQualifierSearch.class)
			.run((context) -> {
				assertThat(context.getBean("search")).isEqualTo("mine");
				assertThat(context.getBean(Holder.class).bridge().name()).isEqualTo("search");
			});
	}

	@Test
	void aKeyThatIsAlsoTheNameOfAConfiguredBeanBreaksNeither() {
		this.two.withUserConfiguration(ByQualifierSearch.class, SameName.class).run((context) -> {
			assertThat(context.getBean("search")).isEqualTo("mine");
			assertThat(context.getBean(Holder.class).bridge().name()).isEqualTo("search");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "messageSource", "message-source", "lifecycleProcessor", "conversionService",
			"taskScheduler", "bootstrapExecutor", "environment", "rustBridgeRegistry" })
	void aKeyThatIsANameOfSpringsOwnBreaksNothing(String key) {
		this.runner.withPropertyValues("rustbridge.bridges." + key + ".instances=1").run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(RustBridgeRegistry.class).get(key)).isNotNull();
			assertThat(BeanFactoryAnnotationUtils.qualifiedBeanOfType(context.getBeanFactory(), RustBridge.class, key))
				.isSameAs(context.getBean(RustBridge.class));
		});
	}

	@Test
	void aBridgeOfTheApplicationNamedLikeAKeyReplacesTheDeclaredOne() {
		this.two.withUserConfiguration(Replacing.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBeansOfType(RustBridge.class)).hasSize(2);
			assertThat(context.getBean(RustBridgeRegistry.class).get("search").options().requestTimeout())
				.isEqualTo(Duration.ofSeconds(9));
		});
	}

	@Test
	void aBridgeOfTheApplicationIsInTheRegistry() {
		this.two.withUserConfiguration(Programmatic.class)
			.run((context) -> assertThat(context.getBean(RustBridgeRegistry.class).names())
				.containsExactlyInAnyOrder("search", "my-vpn", "mine"));
	}

	@Test
	void twoBridgesOfOneNameAreRefused() {
		this.two.withUserConfiguration(SameBridgeName.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("two bridges of the name 'search'"));
	}

	@Test
	void whoAsksForTheBridgesWhileOneIsBeingMadeIsRefusedAndNotToldThatThereAreNone() {
		this.two.withBean(RustBridgeCustomizer.class, AsksForTheBridges::new)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(BeanCurrentlyInCreationException.class));
	}

	@Test
	void everythingIsReplacedByABeanOfTheApplication() {
		assertThat(RustBridgeAutoConfiguration.class.getDeclaredMethods())
			.filteredOn((method) -> method.isAnnotationPresent(Bean.class))
			.isNotEmpty()
			.allMatch((method) -> method.isAnnotationPresent(ConditionalOnMissingBean.class));
	}

	@Test
	void theRegistryIsReplacedByThatOfTheApplication() {
		this.two.withBean(RustBridgeRegistry.class, EmptyRegistry::new)
			.run((context) -> assertThat(context).hasNotFailed()
				.getBean(RustBridgeRegistry.class)
				.isInstanceOf(EmptyRegistry.class));
	}

	@Test
	void theRegistryNamesTheKnownBridgesWhenOneIsUnknown() {
		this.two.run((context) -> assertThatExceptionOfType(UnknownBridgeException.class)
			.isThrownBy(() -> context.getBean(RustBridgeRegistry.class).get("serach"))
			.withMessageContainingAll("'serach'", "search", "my-vpn"));
	}

	static Duration requestTimeout(Object bridge) {
		return ((RustBridge) bridge).options().requestTimeout();
	}

	static class AsksForTheBridges implements RustBridgeCustomizer, ApplicationContextAware {

		private ApplicationContext context;

		@Override
		public void setApplicationContext(ApplicationContext context) {
			this.context = context;
		}

		@Override
		public void customize(String name, RustBridge.Builder builder) {
			this.context.getBean(RustBridgeRegistry.class).names();
		}

	}

	static class EmptyRegistry implements RustBridgeRegistry {

		@Override
		public RustBridge get(String name) {
			throw new UnknownBridgeException(name, names(), "the application");
		}

		@Override
		public RustBridge find(String name) {
			return null;
		}

		@Override
		public Collection<String> names() {
			return List.of();
		}

		@Override
		public Iterator<RustBridge> iterator() {
			return Collections.emptyIterator();
		}

	}

	record Holder(RustBridge bridge) {

	}

	record MapHolder(Map<String, RustBridge> bridges) {

	}

	@Configuration(proxyBeanMethods = false)
	static class ByQualifier {

		@Bean
		Holder holder(@Qualifier("my-vpn") RustBridge bridge) {
			return new Holder(bridge);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ByQualifierSearch {

		@Bean
		Holder holder(@Qualifier("search") RustBridge bridge) {
			return new Holder(bridge);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ByParameterName {

		@Bean
		Holder holder(RustBridge search) {
			return new Holder(search);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ByCamelCase {

		@Bean
		Holder holder(RustBridge myVpn) {
			return new Holder(myVpn);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ByType {

		@Bean
		Holder holder(RustBridge anyName) {
			return new Holder(anyName);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class AsMap {

		@Bean
		MapHolder holder(@Autowired Map<String, RustBridge> bridges) {
			return new MapHolder(bridges);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SameName {

		@Bean
		String search() {
			return "mine";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Replacing {

		@Bean
		RustBridge search() {
			return RustBridge.builder("search")
				.binaryName("x")
				.startup(Startup.LAZY)
				.requestTimeout(Duration.ofSeconds(9))
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Programmatic {

		@Bean
		RustBridge custom() {
			return RustBridge.builder("mine").binaryName("x").startup(Startup.LAZY).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SameBridgeName {

		@Bean
		RustBridge custom() {
			return RustBridge.builder("search").binaryName("x").startup(Startup.LAZY).build();
		}

	}

}
