package dev.rustbridge.boot.lifecycle;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.rustbridge.BridgeListener;
import dev.rustbridge.BridgeState;
import dev.rustbridge.BridgeStateChange;
import dev.rustbridge.BridgeUnavailableException;
import dev.rustbridge.RustBridge;
import dev.rustbridge.boot.BridgeContexts;
import dev.rustbridge.boot.RustBridgeCustomizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static dev.rustbridge.boot.BridgeContexts.search;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class BridgeLifecycleIntegrationTests {

	private final ApplicationContextRunner runner = BridgeContexts.chaosSearch();

	@Test
	void aRequiredBridgeIsReadyWhenTheContextIsUp() {
		this.runner.run((context) -> assertThat(search(context).state()).isEqualTo(BridgeState.READY));
	}

	@Test
	void theDaemonIsGoneWhenTheContextIsClosed() {
		this.runner.run((context) -> {
			long pid = pid(search(context));
			assertThat(isAlive(pid)).isTrue();
			source(context).close();
			assertThat(isAlive(pid)).isFalse();
		});
	}

	@Test
	void bridgesStartBesideEachOther() {
		List<BridgeStateChange> changes = new CopyOnWriteArrayList<>();
		this.runner.withPropertyValues("rustbridge.bridges.vpn.args=--ready-delay,300")
			.withBean(RustBridgeCustomizer.class, () -> (name, builder) -> builder.listener(new BridgeListener() {

				@Override
				public void stateChanged(BridgeStateChange change) {
					changes.add(change);
				}

			}))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(changes.subList(0, 2)).extracting(BridgeStateChange::to).containsOnly(BridgeState.STARTING);
			});
	}

	@Test
	void allRequiredBridgesThatFailAreToldTogetherAndTheOthersAreStopped() {
		List<BridgeStateChange> changes = new CopyOnWriteArrayList<>();
		this.runner
			.withPropertyValues("rustbridge.bridges.one.binary.path=/no/such/one",
					"rustbridge.bridges.two.args=--die-at,start,--die-how,exit:3,--stderr,no luck")
			.withBean(RustBridgeCustomizer.class, () -> (name, builder) -> builder.listener(new BridgeListener() {

				@Override
				public void stateChanged(BridgeStateChange change) {
					changes.add(change);
				}

			}))
			.run((context) -> {
				assertThat(context.getStartupFailure()).hasCauseInstanceOf(BridgesFailedToStartException.class)
					.cause()
					.satisfies((cause) -> assertThat(((BridgesFailedToStartException) cause).failures())
						.containsOnlyKeys("one", "two"));
				assertThat(changes).filteredOn((change) -> change.bridge().equals("search"))
					.last()
					.extracting(BridgeStateChange::to)
					.isEqualTo(BridgeState.STOPPED);
			});
	}

	@Test
	void aBackgroundBridgeThatFailsLetsTheApplicationComeUp(CapturedOutput output) {
		this.runner
			.withPropertyValues("rustbridge.bridges.vpn.startup=background",
					"rustbridge.bridges.vpn.binary.path=/no/such/daemon")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				await().untilAsserted(() -> assertThat(output).contains("Bridge 'vpn' is not up"));
			});
	}

	@Test
	void aLazyBridgeIsStartedByItsFirstCall() {
		this.runner.withPropertyValues("rustbridge.bridges.search.startup=lazy").run((context) -> {
			RustBridge search = search(context);
			assertThat(search.state()).isEqualTo(BridgeState.STOPPED);
			assertThat(isAlive(pid(search))).isTrue();
			assertThat(search.state()).isEqualTo(BridgeState.READY);
		});
	}

	@Test
	void aDisabledBridgeIsNeverStartedAndItsCallsFail() {
		this.runner.withPropertyValues("rustbridge.bridges.search.enabled=false").run((context) -> {
			RustBridge search = search(context);
			assertThat(search.state()).isEqualTo(BridgeState.STOPPED);
			assertThatExceptionOfType(BridgeUnavailableException.class).isThrownBy(() -> pid(search));
		});
	}

	@Test
	void aContextThatIsPausedAndResumedHasItsBridgesAgain() {
		this.runner.run((context) -> {
			ConfigurableApplicationContext source = source(context);
			RustBridge search = search(context);
			long before = pid(search);
			source.stop();
			assertThat(search.state()).isEqualTo(BridgeState.STOPPED);
			assertThat(isAlive(before)).isFalse();
			source.start();
			assertThat(search.state()).isEqualTo(BridgeState.READY);
			assertThat(pid(search)).isNotEqualTo(before);
		});
	}

	@Test
	void whatAnOperatorStoppedStaysStoppedWhenTheContextResumes() {
		this.runner.withPropertyValues("rustbridge.bridges.vpn.args=--management").run((context) -> {
			ConfigurableApplicationContext source = source(context);
			RustBridge vpn = context.getBean("vpn", RustBridge.class);
			vpn.stop().block(Duration.ofSeconds(10));
			source.stop();
			source.start();
			assertThat(vpn.state()).isEqualTo(BridgeState.STOPPED);
			assertThat(search(context).state()).isEqualTo(BridgeState.READY);
		});
	}

	@Test
	void aLazyBridgeThatWasNeverCalledStillStartsByItsFirstCallWhenTheContextResumes() {
		this.runner.withPropertyValues("rustbridge.bridges.search.startup=lazy").run((context) -> {
			source(context).stop();
			source(context).start();
			assertThat(search(context).state()).isEqualTo(BridgeState.STOPPED);
			assertThat(isAlive(pid(search(context)))).isTrue();
		});
	}

	@Test
	void bridgesAreStartedInALazyApplicationToo() {
		this.runner
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> assertThat(search(context).state()).isEqualTo(BridgeState.READY));
	}

	@Test
	void aBridgeOfTheApplicationIsStartedAndStoppedLikeADeclaredOne() {
		this.runner.withUserConfiguration(Programmatic.class).run((context) -> {
			RustBridge mine = context.getBean("mine", RustBridge.class);
			assertThat(mine.state()).isEqualTo(BridgeState.READY);
			long pid = pid(mine);
			source(context).close();
			assertThat(isAlive(pid)).isFalse();
		});
	}

	@Test
	void aCallMadeBeforeTheLifecycleStartsStartsItsBridge() {
		this.runner.withUserConfiguration(CallsEarly.class)
			.run((context) -> assertThat(context).hasNotFailed()
				.getBean(EarlyCaller.class)
				.satisfies((caller) -> assertThat(caller.pid).isEqualTo(pid(search(context)))));
	}

	@Test
	void contextsThatAreClosedLeaveNeitherThreadsNorProcesses() {
		for (int round = 0; round < 10; round++) {
			this.runner.withPropertyValues("rustbridge.bridges.vpn.instances=2").run((context) -> {
				assertThat(context).hasNotFailed();
				pid(search(context));
			});
		}
		await().untilAsserted(() -> {
			assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
				.noneMatch((name) -> name.startsWith("rustbridge-search") || name.startsWith("rustbridge-vpn")
						|| name.startsWith("rustbridge-dispatch"));
			assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
		});
	}

	@Test
	void bridgesStopBesideEachOtherAndTheStopWaitsForNone() {
		List<BridgeState> states = new CopyOnWriteArrayList<>();
		this.runner
			.withPropertyValues("rustbridge.bridges.search.args=--ignore-stdin-end",
					"rustbridge.bridges.vpn.args=--ignore-stdin-end", "rustbridge.defaults.shutdown.exit-timeout=500ms")
			.withBean(RustBridgeCustomizer.class, () -> (name, builder) -> builder.listener(new BridgeListener() {

				@Override
				public void stateChanged(BridgeStateChange change) {
					states.add(change.to());
				}

			}))
			.run((context) -> {
				states.clear();
				CountDownLatch stopped = new CountDownLatch(1);
				context.getBean(BridgeLifecycle.class).stop(stopped::countDown);
				assertThat(stopped.getCount()).isOne();
				assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
				assertThat(search(context).state()).isEqualTo(BridgeState.STOPPED);
				await().untilAsserted(() -> assertThat(states).containsExactly(BridgeState.DRAINING,
						BridgeState.DRAINING, BridgeState.STOPPED, BridgeState.STOPPED));
			});
	}

	@Test
	void aRunningLazyBridgeRunsAgainWhenTheContextResumes() {
		this.runner.withPropertyValues("rustbridge.bridges.search.startup=lazy").run((context) -> {
			pid(search(context));
			source(context).stop();
			assertThat(search(context).state()).isEqualTo(BridgeState.STOPPED);
			source(context).start();
			await().until(() -> search(context).state() == BridgeState.READY);
		});
	}

	@Test
	void aShutdownThatSpringWillNotWaitForIsWarnedOf(CapturedOutput output) {
		this.runner
			.withPropertyValues("rustbridge.bridges.search.shutdown.drain-timeout=60s",
					"spring.lifecycle.timeout-per-shutdown-phase=20s")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(output)
					.contains("Bridge 'search' may take up to 70 s to stop (shutdown.*), but Spring waits 20 s only");
			});
	}

	private static ConfigurableApplicationContext source(AssertableApplicationContext context) {
		return (ConfigurableApplicationContext) context.getSourceApplicationContext();
	}

	private static long pid(RustBridge bridge) {
		Map<?, ?> answer = bridge.command("pid").retrieveMono(Map.class).block(Duration.ofSeconds(10));
		return ((Number) answer.get("pid")).longValue();
	}

	private static boolean isAlive(long pid) {
		return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
	}

	@Configuration(proxyBeanMethods = false)
	static class Programmatic {

		@Bean
		RustBridge mine() {
			return RustBridge.builder("mine").binaryPath(BridgeContexts.chaosDaemon()).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class CallsEarly {

		@Bean
		EarlyCaller caller(RustBridge search) {
			return new EarlyCaller(search);
		}

	}

	static class EarlyCaller implements InitializingBean {

		private final RustBridge bridge;

		long pid;

		EarlyCaller(RustBridge bridge) {
			this.bridge = bridge;
		}

		@Override
		public void afterPropertiesSet() {
			this.pid = pid(this.bridge);
		}

	}

}
